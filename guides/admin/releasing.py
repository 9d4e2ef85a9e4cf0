"""*Publicera eller schemalägg*: one document, with what it needs that is approved and not public yet."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.forms import ReleaseForm
from guides.admin.verbs import row_to_change, with_form
from guides.models import Version
from guides.publishing import together
from guides.publishing.current import current
from guides.publishing.drafts import hold, refuse_newer
from guides.publishing.mapping import to_document
from guides.publishing.release import RELEASE, release
from guides.publishing.versions import latest, read, save_version


def releasing(request, pk, model_admin):
    """Release the newest version, now or at a moment ahead, and what is ticked with it."""
    if not request.user.has_perm(RELEASE):
        raise PermissionDenied
    found = party_of(request, row_to_change(request, model_admin, pk))
    ready = {together.mark(one): one for one in found.ready}

    def act(obj, data):
        along = [_seen(ready[name]) for name in data.pop("along", ())]
        version = latest(obj.kind, obj.key) or save_version(obj, request.user)
        release([version, *along], request.user, **data)
        with_it = f", {len(along)} till på samma gång" if along else ""
        return f"Schemalagd{with_it}." if data["effective_from"] else f"Publicerad{with_it}. Det syns inom två sekunder."

    refused = [(one, _form_of(one)) for one in found.refused]
    form = partial(ReleaseForm, ready=found.ready)
    return with_form(request, model_admin, pk, form, "Publicera", act, faults=found.faults, refused_along=refused)


def party_of(request, obj) -> together.Party:
    """What a row's newest version could take along, as this person may."""
    newest = latest(obj.kind, obj.key)

    def may(row) -> bool:
        return admin.site._registry[type(row)].has_change_permission(request, row)

    return together.party(read(newest) if newest else to_document(obj), current.edition(), may)


def way_there(request, obj) -> str:
    """A link to that page when something could come along; else nothing."""
    if not party_of(request, obj).ready:
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
