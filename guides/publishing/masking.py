"""A text that should never have been written: one person hides it at once, two people remove it for good.

Removing is the one exception to "nothing is ever altered": the text of a Version gives way to a
tombstone with the old hash, the reason and the time. Its row, number and hash stay, so that the
history has no hole and no file can bring the text back.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from guides.models import Masking, Release, Rendering, Version
from guides.publishing import uploads
from guides.publishing.errors import PublishingError
from guides.publishing.release import RELEASE, move_counter
from guides.publishing.versions import keep_renderings, key_now, latest, read, same_wording, wording


def state(version: Version) -> Masking | None:
    """The last act on a version; None when it was never hidden, or is shown again."""
    last = version.maskings.order_by("pk").last()
    return None if last is None or last.act == "lift" else last


@transaction.atomic
def hide(version: Version, by, reason: str) -> Masking:
    """Nobody in public sees what the version says any more, in no version of its document and on no earlier date.

    Raises PublishingError without a reason, and when it is hidden already.
    """
    if not reason.strip():
        raise PublishingError("Skriv varför texten ska döljas. Skriv inte av det som ska döljas.")
    if state(version):
        raise PublishingError("Versionen är redan dold.")
    _act_on_same(version, "hide", by, lambda held: held is None, reason.strip())
    return state(version)


@transaction.atomic
def lift(version: Version, by) -> Masking:
    """Show a hidden version again. Raises PublishingError when `by` may not release, or when the text is gone."""
    _may_release(by)
    held = state(version)
    if held is None:
        raise PublishingError("Versionen är inte dold.")
    if held.act == "remove":
        raise PublishingError("Texten är borttagen och kan inte visas igen.")
    _act_on_same(version, "lift", by, lambda held: held and held.act != "remove")
    return version.maskings.order_by("pk").last()


@transaction.atomic
def ask(version: Version, by) -> Masking:
    """The first of the two who remove a text for good. Raises PublishingError when it is not hidden, or asked for."""
    held = state(version)
    if held is None or held.act != "hide":
        raise PublishingError("Dölj versionen först." if held is None else "Det är redan begärt.")
    _act_on_same(version, "ask", by, lambda held: held and held.act == "hide")
    return state(version)


def to_remove(user) -> list[Masking]:
    """What somebody else has asked to have removed, and `user` may remove."""
    if not user.has_perm(RELEASE):
        return []
    last = Masking.objects.values("version").annotate(last=Max("pk")).values("last")
    found = Masking.objects.filter(pk__in=last, act="ask").exclude(by=user).select_related("version", "by")
    return list(found.order_by("pk"))


@transaction.atomic
def remove(version: Version, by) -> Masking:
    """The second of the two: the text is replaced, in every version of the document that says just this.

    Raises PublishingError when `by` may not release, asked for it, or the row still says the same.
    """
    _may_release(by)
    held = state(version)
    if held is None or held.act != "ask":
        raise PublishingError("Någon måste först begära att texten tas bort.")
    if by is None or held.by_id == by.pk:
        raise PublishingError("Den som begärde borttagningen kan inte själv utföra den. Be en kollega.")
    newest = latest(version.kind, key_now(version))
    if newest.hash == version.hash or wording(newest) == wording(version):
        raise PublishingError("Texten är fortfarande den senaste. Rätta den och spara först.")
    reason = version.maskings.filter(act="hide").order_by("pk").last().reason
    row = _act(version, "remove", by, reason)
    same = same_wording(version)
    _bury(same, reason)
    _remember({one.hash for one in same}, reason)
    transaction.on_commit(_forget_copies)
    return row


def bury_again() -> int:
    """Remove what two people removed before, if a restored backup has brought it back; returns how many versions."""
    removed = _remembered()
    back = [version for version in Version.objects.filter(hash__in=list(removed)) if not version.removed]
    if not back:
        return 0
    with transaction.atomic():
        for version in back:
            _act(version, "hide", None, removed[version.hash])
            _bury([version], removed[version.hash])
    _forget_copies()
    return len(back)


def _may_release(by) -> None:
    if by is not None and not by.has_perm(RELEASE):
        raise PublishingError("Du har inte rätt till det. Be en publicerare.")


def _act_on_same(version: Version, act: str, by, may, reason: str = "") -> None:
    """Each version that says the same gets a row, if `may(its state)`."""
    for one in same_wording(version):
        if may(state(one)):
            _act(one, act, by, reason)


def _act(version: Version, act: str, by, reason: str = "") -> Masking:
    row = Masking(kind=version.kind, key=version.key, version=version, act=act, reason=reason, at=timezone.now(), by=by)
    row.save()
    move_counter()
    return row


def _bury(versions: list[Version], reason: str) -> None:
    """The one place where a text that was written is altered, and the only way past AppendOnly."""
    now = timezone.now()
    files = {read(version)["hash"] for version in versions if version.kind == "file"}
    transaction.on_commit(lambda: uploads.drop(files))
    for version in versions:
        when = timezone.localtime(now)
        tombstone = f"Texten är borttagen {when:%Y-%m-%d %H:%M}.\nSkäl: {reason}\nKontrollsumma: {version.hash}\n"
        QuerySet(Version).filter(pk=version.pk, hash=version.hash).update(text=tombstone)
        last = state(version)
        if last is None or last.act != "remove":
            _act(version, "remove", None, reason)
    # Rendered texts carry no name of whose they are: all go, and those that are public are made anew.
    Rendering.objects.all().delete()
    keep_renderings([read(release.version) for release in Release.objects.public(now)])


def _forget_copies() -> None:
    """Handbooks kept as files hold what their guide said, and SQLite's file what its rows held."""
    shutil.rmtree(Path(settings.DATA_DIR) / "handbooks", ignore_errors=True)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# Beside the database, so that a backup of it from before cannot undo what two people did.


def _list() -> Path:
    return Path(settings.DATA_DIR) / "removed_texts.json"


def _remembered() -> dict[str, str]:
    """Hash -> reason of every text that was removed here."""
    return json.loads(_list().read_text("utf-8")) if _list().exists() else {}


def _remember(names: set[str], reason: str) -> None:
    known = _remembered() | dict.fromkeys(sorted(names), reason)
    _list().write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
