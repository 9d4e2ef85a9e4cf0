"""The verb *Faktakoll*: an editor makes a link to the newest version, sees what came back, and revokes."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from guides.admin.verbs import row_to_change, verb_page
from guides.publishing import fact_check
from guides.publishing.drafts import hold, number_of, refuse_newer
from guides.publishing.errors import PublishingError
from guides.publishing.versions import latest


class LinkForm(forms.Form):
    purpose = forms.CharField(
        label="Till vem",
        required=False,
        max_length=120,
        help_text="En funktion, inte ett namn. Till exempel Polisens avhopparsamordnare.",
    )
    days = forms.TypedChoiceField(
        label="Gäller i", choices=[(days, f"{days} dagar") for days in fact_check.DAYS], coerce=int, initial=14
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Sidan säger inte vilken version du såg. Öppna den igen."}
    )


def fact_checks(request, pk, model_admin):
    """Links to this document's versions, their answers, and a form for a new one. The new link is told once, here."""
    obj = row_to_change(request, model_admin, pk)
    newest = latest(obj.kind, obj.key)
    asked = request.POST if "_make" in request.POST else None
    form = LinkForm(asked, initial={"version": number_of(obj.kind, obj.key)})
    told = ""
    try:
        if "revoke" in request.POST:
            fact_check.revoke(_own_link(obj, request.POST["revoke"]), request.user)
            messages.success(request, "Återkallad. Länken leder inte till något längre.")
            return HttpResponseRedirect(request.path)
        if asked and form.is_valid():
            told = _make(obj, request.user, **form.cleaned_data)
    except PublishingError as error:
        for text in error.messages:
            form.add_error(None, text) if asked else messages.error(request, text)
    # Not a message: those are kept in the session, and a link is to be kept nowhere.
    context = {
        "form": form,
        "newest": newest,
        "told": told,
        "links": [
            (link, fact_check.death(link), fact_check.sendings_of(link)[::-1]) for link in fact_check.links_of(obj)
        ],
    }
    return verb_page(request, model_admin, obj, "fact_check", f"Faktakoll: {obj}", **context)


def _own_link(obj, number: str):
    found = [link for link in fact_check.links_of(obj) if str(link.pk) == number]
    if not found:
        raise Http404
    return found[0]


def _make(obj, user, version: int, days: int, purpose: str) -> str:
    """The address of a new link to the version that the form was shown with."""
    with transaction.atomic():
        hold(obj)
        refuse_newer(obj, version)
        found = latest(obj.kind, obj.key)
        if found is None:
            raise PublishingError("Ingen version är sparad än. Spara först.")
        _, token = fact_check.make(found, user, days, purpose)
    return settings.PUBLIC_URL + reverse("fact-check", args=[token])


VIEWS = {"faktakoll": fact_checks}
