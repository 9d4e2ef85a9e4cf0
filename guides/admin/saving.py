"""Saving when several people write: nobody overwrites anybody, and nothing that was typed is lost.

Every content form carries `base`, the number of the version that it was shown with. A newer
one makes the answer a page (409) with all three texts. What was typed lies in that page and
nowhere else, so a reload, which sends it again, finds the same.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guides.admin.capture import capture, caught, is_capturing
from guides.admin.verbs import show_draft
from guides.edition.merging import ORDER, Merge, Part, merge
from guides.publishing.drafts import hold, number_of, put, put_aside, version_of
from guides.publishing.errors import PublishingError
from guides.publishing.versions import latest, read
from guides.text.digits import whole_number
from guides.text.documents import make, scalar_text

# Which button was pressed is no part of what was typed.
BUTTONS = frozenset(
    {
        *("csrfmiddlewaretoken", "theirs", "_merge", "_aside"),
        *("_save", "_continue", "_addanother", "_preview", "_ask", "_release", "_schedule"),
    }
)


class SafeSaving:
    """For a ModelAdmin of a content model: saves only on the version that the form was shown with."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or is_capturing(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        allowed = self.has_change_permission(request, obj) if object_id else self.has_add_permission(request)
        if not allowed:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id and obj is None:
            return row_is_gone(self, request)
        if "_preview" in request.POST:
            return preview(self, request, obj)
        with transaction.atomic():
            if obj is not None:
                hold(obj)
            if obj is None or number_of(obj.kind, obj.key) in (0, base_of(request)):
                return super().changeform_view(request, object_id, form_url, extra_context)
        return conflict(self, request, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        caught(request, form.instance)


def preview(model_admin, request, obj):
    """The posted form through the public view; the form with its faults when it does not hold."""
    stale = obj is not None and number_of(obj.kind, obj.key) != base_of(request)
    shown = version_of(obj.kind, obj.key, base_of(request) or 0) if stale else None
    found = capture(model_admin, request, obj, read(shown) if shown else None)
    return found if isinstance(found, HttpResponse) else show_draft(request, found)


def row_is_gone(model_admin, request):
    """The answer when somebody has taken the row away meanwhile: 404 with what was typed, to read and to copy."""
    context = model_admin.admin_site.each_context(request) | {
        "title": "Det du skrev i är borttaget",
        "opts": model_admin.opts,
        "typed": [(name, value) for name, value in typed(request, "base") if not name.endswith("_FORMS")],
        "list_address": reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist"),
    }
    return render(request, "admin/row_gone.html", context, status=404)


def base_of(request) -> int | None:
    """The number of the version that the form was shown with; None when it does not say."""
    return whole_number(request.POST.get("base", ""))


def conflict(model_admin, request, obj):
    """The answer to saving on a version that is no longer the newest: 409 with the three texts, or what was chosen there."""
    newest = latest(obj.kind, obj.key)
    shown = version_of(obj.kind, obj.key, base_of(request) or 0)
    base = read(shown) if shown else None
    mine = capture(model_admin, request, obj, base)
    if isinstance(mine, HttpResponse):
        return mine
    found = merge(base or make(obj.kind, obj.key, {}), read(newest), mine)
    back = HttpResponseRedirect(reverse(f"admin:guides_{model_admin.opts.model_name}_change", args=[obj.pk]))
    if not found.mine:
        messages.info(request, "Du hade inte ändrat något. Här är den senaste versionen.")
        return back
    if "_aside" in request.POST:
        version = put_aside(mine, obj, request.user)
        messages.success(request, f"Din text är sparad som version {version.number}, vid sidan av. Den senaste är kvar.")
        return back
    # What is merged is what this page showed, not something that has come since.
    if "_merge" in request.POST and found.document and request.POST.get("theirs") == str(newest.number):
        try:
            version = put(found.document, obj, newest.number, request.user)
            messages.success(request, f"Sammanslaget till version {version.number}. Bådas ändringar är med.")
            return back
        except PublishingError as error:
            messages.error(request, " ".join(error.messages))
    return _page(model_admin, request, obj, newest, shown, found, back.url)


def _page(model_admin, request, obj, newest, shown, found: Merge, address: str):
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Någon annan har sparat ”{obj}”",
        "opts": model_admin.opts,
        "original": obj,
        "newest": newest,
        "shown": shown,
        "parts": [(_label(type(obj), part), *_texts(part), part) for part in found.parts],
        "can_merge": found.document is not None,
        "typed": typed(request),
        "change_address": address,
        "list_address": reverse(f"admin:guides_{model_admin.opts.model_name}_changelist"),
    }
    return render(request, "admin/conflict.html", context, status=409)


def typed(request, *more: str) -> list[tuple[str, str]]:
    """What a form held, for hidden fields: every name and value except the buttons, and `more`."""
    left_out = BUTTONS.union(more)
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def sent(request, *left_out: str) -> list[tuple[str, str]]:
    """All that was sent, for a form that sends it again: the button that was pressed too, a password and `left_out` not."""
    found = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in found if name not in ("csrfmiddlewaretoken", *left_out) and "password" not in name]


def _label(model, part: Part) -> str:
    """The words that the form has for a field, and for the row it stands in."""
    owner = model._meta
    field = owner.get_field(part.field)
    if field.is_relation and field.one_to_many:
        owner = field.related_model._meta
        words = str(owner.verbose_name_plural)
    else:
        words = str(field.verbose_name)
    column = part.column
    if column and column != ORDER and any(f.name == column for f in owner.get_fields()):
        column = str(owner.get_field(column).verbose_name)
    return ": ".join(text for text in (words.capitalize(), part.row, column) if text)


def _texts(part: Part) -> list[str]:
    return [_text(value) for value in (part.base, part.theirs, part.mine)]


def _text(value: object) -> str:
    """A field's value, or a whole row, for reading."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(_text(one) for one in value.values() if one not in ("", (), None))
    if isinstance(value, tuple | list):
        return "\n".join(map(str, value))
    return scalar_text(value)
