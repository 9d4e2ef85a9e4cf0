"""Saving rows that have no versions (open questions, mailboxes, accounts): nobody overwrites anybody here either.

The form carries `base`: what the row held when the form was shown. If the row holds something else when it is saved,
nothing is saved and the form comes back (409): with the others' text in the fields that I have left alone, with mine in
those that I have changed, and beside each of these what stands in the row and what stood there. Sent again, it is saved.
"""

from __future__ import annotations

import json

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core import serializers
from django.db import transaction
from django.forms.models import ModelChoiceField, _get_foreign_key
from django.http import QueryDict

from guides.admin.filters import Askable
from guides.admin.kept import keeps_typed
from guides.admin.saving import row_is_gone
from guides.publishing.drafts import hold

# What an account keeps secret, and what the site itself writes there.
NEVER_TOLD = frozenset({"password", "last_login", "date_joined"})


class RowSaving(Askable):
    """For a ModelAdmin of a model without versions: saves only on what the form was shown with."""

    change_form_template = "admin/row_change_form.html"

    def get_urls(self):
        found = super().get_urls()
        for pattern in found:
            pattern.callback = keeps_typed(pattern.callback)
        return found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        shown = super().changeform_view
        if request.method != "POST" or not object_id:
            return shown(request, object_id, form_url, extra_context)
        obj = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, obj):
            return shown(request, object_id, form_url, extra_context)
        if obj is None:
            return row_is_gone(self, request)
        with transaction.atomic():
            hold(obj)
            request.met = self._meet(request, self.get_object(request, unquote(object_id)))
            response = shown(request, object_id, form_url, extra_context)
        if request.met:
            response.status_code = 409
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        # A form with faults goes on from what it was shown with, not from what has come since.
        obj = kwargs.get("obj")
        context["base"] = request.POST.get("base", "") if request.method == "POST" else _text(self._held(request, obj))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        met = getattr(request, "met", None)
        if not met:
            return form

        class Met(form):
            def full_clean(self):
                super().full_clean()
                for field, words in met:
                    self.add_error(field, words)

        return Met

    def _meet(self, request, obj) -> list[tuple[str | None, str]]:
        """What to say, and at which field, when others have saved since; their text is then in `request.POST`."""
        held, base = self._held(request, obj), _read(request.POST.get("base", ""))
        theirs = {name for name in held if held[name] != base.get(name)}
        if not theirs:
            return []
        form_class = self.get_form(request, obj, change=True)
        now = form_class(instance=obj)
        mine = _typed(form_class(request.POST, instance=self.get_object(request, str(obj.pk))), held)
        both = {name for name in theirs & set(mine) if mine[name] != base.get(name) and mine[name] != held[name]}
        data = request.POST.copy()
        for name in theirs & set(now.fields) - both:
            _put(data, now[name])
        data["base"] = _text(held)
        request.POST = data
        who = _last_to_save(obj)
        labels = [self._label(name).lower() for name in held if name in theirs]
        told = f"{who} har sparat medan du skrev, och har ändrat {', '.join(labels)}. Inget av ditt är sparat än. "
        told += "Läs igenom formuläret, där bådas text nu står, och spara igen."
        return [(None, told), *((name, _both(who, now[name].field, held[name], base.get(name))) for name in sorted(both))]

    def _held(self, request, obj) -> dict[str, object]:
        """What a row and its inlines hold, as text and numbers; nothing for a new one."""
        if obj is None or obj.pk is None:
            return {}
        names = [name for name in self.get_form(request, obj, change=True).base_fields if name not in NEVER_TOLD]
        found = _plain(obj, names)
        for inline in self.get_inline_instances(request, obj):
            parent = _get_foreign_key(self.model, inline.model).name
            rows = inline.model._default_manager.filter(**{parent: obj}).order_by("pk")
            found[f"{inline.model._meta.model_name}_rows"] = [[row.pk, _plain(row)] for row in rows]
        return found

    def _label(self, name: str) -> str:
        for inline in self.inlines:
            if name == f"{inline.model._meta.model_name}_rows":
                return str(inline.model._meta.verbose_name_plural)
        return str(self.opts.get_field(name).verbose_name)


def _plain(row, names=None) -> dict[str, object]:
    text = serializers.serialize("json", [row], fields=names)
    return {name: sorted(v) if isinstance(v, list) else v for name, v in json.loads(text)[0]["fields"].items()}


def _typed(form, held: dict) -> dict[str, object]:
    """What a sent form would make of the row; a field that does not hold counts as it was sent."""
    form.is_valid()
    found = {name: value for name, value in _plain(form.instance, list(form.fields)).items() if name in held}
    for name in found:
        if name in form.errors:
            found[name] = form[name].value()
        elif isinstance(held[name], list):
            found[name] = sorted(row.pk for row in form.cleaned_data[name])
    return found


def _put(data: QueryDict, bound) -> None:
    """Write the value of a form's field into what was sent, as a browser would."""
    value, name = bound.value(), bound.html_name
    if isinstance(value, list | tuple):
        data.setlist(name, [str(getattr(one, "pk", one)) for one in value])
    elif hasattr(bound.field.widget, "decompress"):
        for number, part in enumerate(bound.field.widget.decompress(value)):
            data[f"{name}_{number}"] = "" if part is None else str(part)
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "" if value is None else str(value)


def _both(who: str, field, theirs, base) -> str:
    stands, stood = _words(field, theirs), _words(field, base)
    return f"{who} har också ändrat här. Nu står ”{stands}”, förut stod ”{stood}”. I fältet står din text: den ersätter den andra om du sparar igen."


def _words(field, value) -> str:
    """A value for reading."""
    if value in (None, "", []):
        return "inget"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(field, ModelChoiceField):
        rows = field.queryset.filter(pk__in=value if isinstance(value, list) else [value])
        return ", ".join(map(str, rows))
    return str(value)


def _last_to_save(obj) -> str:
    """Who, by the log of the admin; it does not know what a command has written."""
    rows = LogEntry.objects.filter(content_type=get_content_type_for_model(obj), object_id=str(obj.pk))
    row = rows.select_related("user").order_by("-action_time", "-pk").first()
    return row.user.get_username() if row else "Någon annan"


def _text(held: dict) -> str:
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def _read(text: str) -> dict:
    """What a form says that it was shown with; nothing when that cannot be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
