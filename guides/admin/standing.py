"""How a document stands in public: what its form says besides *Publicerad*."""

from __future__ import annotations

from django.utils import timezone

from guides.addresses import address
from guides.edition.edition import Edition
from guides.models import Release
from guides.publishing.versions import names_of


def standing(obj, edition: Edition) -> dict:
    """For the form: `public` is its record, `public_address` its page, `coming` its scheduled release, `withdrawn` why it is gone."""
    own = {"kind": obj.kind, "key__in": names_of(obj.kind, obj.key)}
    now = timezone.now()
    public = edition.get(obj.kind, obj.key)
    coming = Release.objects.ahead(now).filter(**own).select_related("version").order_by("effective_from").first()
    last = Release.objects.in_force(now).filter(**own).order_by("effective_from", "pk").last()
    page = address(public, edition) if public else ""
    return {
        "public": public,
        "public_address": page if page.startswith("/") else "",
        "coming": coming,
        "withdrawn": last if public is None and last and last.version is None else None,
    }


def told_releases(own: dict) -> tuple[dict[int, list[tuple]], list[Release]]:
    """What is true of each version's releases, by its row: (words, release, what took it back); and the withdrawals.

    A release that lies ahead is scheduled, and one that was taken back never happened.
    """
    now = timezone.now()
    rows = list(Release.objects.filter(**own).order_by("effective_from", "pk"))
    cancels = {row.cancels_id: row for row in rows if row.cancels_id}
    found: dict[int, list[tuple]] = {}
    for row in rows:
        if row.version_id:
            words = "Schemalagd till" if row.effective_from > now else "Publicerad"
            found.setdefault(row.version_id, []).append((words, row, cancels.get(row.pk)))
    return found, [row for row in rows if row.version_id is None and not row.cancels_id]
