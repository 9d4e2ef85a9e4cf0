"""*Publicera eller schemalägg*: one document, with what it needs that is approved and not public yet."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from guides.admin.forms import ReleaseForm
from guides.admin.fresh import demand_fresh
from guides.admin.verbs import row_to_change, with_form
from guides.models import Version
from guides.publishing import together
from guides.publishing.current import current
from guides.publishing.drafts import hold, refuse_newer
from guides.publishing.fault_words import in_words
from guides.publishing.mapping import to_document
from guides.publishing.release import RELEASE, release
from guides.publishing.review import approval
from guides.publishing.versions import latest, read, save_version
from guides.text.documents import Document


def releasing(request, pk, model_admin):
    """Release the newest version, now or at a moment ahead, and what is ticked with it."""
    if not request.user.has_perm(RELEASE):
        raise PermissionDenied
    row = row_to_change(request, model_admin, pk)
    newest = latest(row.kind, row.key)
    text = read(newest) if newest else to_document(row)
    found = party_of(request, text)
    ready = {together.mark(one): one for one in found.ready}

    def act(obj, data):
        demand_fresh(request)
        along = [_seen(ready[name]) for name in data.pop("along", ())]
        version = latest(obj.kind, obj.key) or save_version(obj, request.user)
        release([version, *along], request.user, **data)
        with_it = f", {len(along)} till på samma gång" if along else ""
        moment = data["effective_from"]
        if moment is None:
            return f"Publicerad{with_it}. Den syns på webbplatsen inom två sekunder."
        return f"Schemalagd{with_it}. Den syns på webbplatsen {date_format(localtime(moment), 'j F Y H:i')}."

    # Who pressed Schemalägg in the form must not publish by pressing Enter here.
    later = "schemalagg" in request.GET
    context = {
        "title": "Schemalägg" if later else "Publicera",
        "buttons": [("_schedule", "Schemalägg")] if later else [("_now", "Publicera nu"), ("_schedule", "Schemalägg")],
        "releases": True,
        "approved": newest and approval(newest),
        "review_address": reverse(f"admin:{row._meta.model_name}_granskning", args=[pk]),
        "faults": in_words(text, found.faults),
        "refused_along": [(one, _form_of(one)) for one in found.refused],
    }
    return with_form(request, model_admin, pk, partial(ReleaseForm, ready=found.ready), act=act, **context)


def party_of(request, text: Document) -> together.Party:
    """What a document could take along, as this person may."""

    def may(row) -> bool:
        return admin.site._registry[type(row)].has_change_permission(request, row)

    return together.party(text, current.edition(), may)


def way_there(request, obj) -> str:
    """A link to that page when something could come along; else nothing."""
    if not party_of(request, read(latest(obj.kind, obj.key))).ready:
        return ""
    address = reverse(f"admin:{obj._meta.model_name}_publicera", args=[obj.pk])
    return format_html('<a href="{}">Publicera det tillsammans med det som saknas</a>', address)


def _seen(one: together.Companion) -> Version:
    """The version that the page showed, held; a newer one is refused."""
    hold(one.row)
    refuse_newer(one.row, one.version.number)
    return one.version


def _form_of(one: together.Companion) -> str:
    return reverse(f"admin:guides_{one.row._meta.model_name}_change", args=[one.row.pk]) if one.row else ""


VIEWS = {"publicera": releasing}
