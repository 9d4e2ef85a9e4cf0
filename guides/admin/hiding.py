"""*Dölj numret nu*: whoever may edit a contact takes its number away at once, with a reason and nobody's leave."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from guides.admin.verbs import back_to_form, row_to_change, verb_page
from guides.models import Check
from guides.publishing.errors import PublishingError
from guides.publishing.release import check, number_in_question
from guides.publishing.versions import names_of

HIDES = "Dölj numret nu"


class HideForm(forms.Form):
    reason = forms.CharField(
        label="Skäl",
        max_length=500,
        help_text="Visas bara för redaktionen. Till exempel: en privatperson svarar.",
        error_messages={"required": "Skriv varför numret ska döljas."},
    )


def hide(request, pk, model_admin):
    """Hide a contact's number behind its fallback. Shown again by a check that somebody answers."""
    obj = row_to_change(request, model_admin, pk)
    if obj.kind != "contact":
        raise Http404
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check(obj.kind, obj.key, "hidden", request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "Numret är dolt. Inom två sekunder visar webbplatsen reservvägen i stället.")
            return back_to_form(model_admin, obj)
        except PublishingError as error:
            for text in error.messages:
                form.add_error(None, text)
    return verb_page(request, model_admin, obj, "verb_form", f"{HIDES}: {obj}", form=form, verb=HIDES)


def context_of(obj) -> dict:
    """What a contact's form needs to hide its number, or to tell that it is hidden; empty for all else."""
    if obj.kind != "contact":
        return {}
    number, grade = number_in_question(obj)
    if not number or grade == "C":
        return {}
    calls = Check.objects.filter(
        kind="contact", key__in=names_of("contact", obj.key), outcome__in=("answers", "silent", "hidden")
    )
    last = calls.order_by("at", "pk").last()
    return {
        "hidden_by": last if last and last.outcome != "answers" else None,
        "hide_address": reverse("admin:contact_dolj", args=[obj.pk]),
        "call_address": reverse("admin:contact_kontroll", args=[obj.pk], query={"utfall": "answers"}),
    }


VIEWS = {"dolj": hide}
