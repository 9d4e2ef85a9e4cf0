"""Contacts as a table: out to a spreadsheet, and in again after a look at what would change."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from guides.admin.downloads import download
from guides.models import Contact
from guides.publishing.audit import note
from guides.publishing.contact_sheet import HEADS, decode, export, take_in
from guides.publishing.errors import PublishingError

LARGEST = 1_000_000


class SheetForm(forms.Form):
    file = forms.FileField(
        label="Fil",
        help_text="Den du exporterade och ändrade i. Högst 1 MB.",
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("Filen är för stor. Dela upp den i flera.")
        return file


def sheet(request):
    """The way out and in. A file is shown as what it would change; the page then holds it, and one press saves."""
    model_admin = _admin_of(request)
    form, outcome, text = SheetForm(), None, ""
    if request.method == "POST" and "_save" in request.POST:
        text = request.POST.get("text", "")
        outcome = _take_in(request, model_admin, text)
        if outcome and not outcome.faults:
            note("import", "kontakter som fil", _counted(len(outcome.changes)))
            messages.success(request, f"{_counted(len(outcome.changes))} som utkast. Inget är publicerat än.")
            return HttpResponseRedirect(reverse("admin:guides_contact_changelist"))
    elif request.method == "POST":
        form = SheetForm(request.POST, request.FILES)
        if form.is_valid():
            text = decode(form.cleaned_data["file"].read())
            outcome = _take_in(request, model_admin, text, dry_run=True)
    context = {"title": "Kontakter som fil", "form": form, "outcome": outcome, "text": text, "heads": HEADS}
    return render(request, "admin/contact_sheet.html", admin.site.each_context(request) | context)


def file(request):
    """The table of the contacts that this person sees."""
    rows = _admin_of(request).get_queryset(request).order_by("key")
    return download(request, "kontakter", "kontakter som fil", len(rows), export(rows))


def _admin_of(request):
    """The contacts' own admin, whose rules for who may do what hold here too."""
    found = admin.site._registry[Contact]
    if not found.has_change_permission(request):
        raise PermissionDenied
    return found


def _take_in(request, model_admin, text: str, dry_run: bool = False):
    """The outcome; None when another has saved just now, which is told as a message."""

    def allowed(contact, names) -> str:
        if contact is None:
            return "" if model_admin.has_add_permission(request) else "Du får inte lägga till kontakter."
        mine = model_admin.get_queryset(request).filter(pk=contact.pk).exists()
        if not mine or not model_admin.has_change_permission(request, contact):
            return "Du får inte ändra den här kontakten."
        closed = {"key", *names}.intersection(model_admin.get_readonly_fields(request, contact)) - {"key"}
        return f"Du får inte ändra fältet {HEADS[closed.pop()]}." if closed else ""

    try:
        with transaction.atomic():
            outcome = take_in(text, request.user, allowed, dry_run)
            if not dry_run and not outcome.faults:
                _write_down(request, model_admin, outcome)
            return outcome
    except PublishingError as error:
        messages.error(request, " ".join(error.messages))
        return None


def _write_down(request, model_admin, outcome) -> None:
    """A line in the history of every contact that the file added or changed, as if its form had been saved."""
    rows = Contact.objects.in_bulk([change.key for change in outcome.changes], field_name="key")
    for change in outcome.changes:
        note = model_admin.log_addition if change.new else model_admin.log_change
        heads = ", ".join(head for head, _, _ in change.cells)
        note(request, rows[change.key], f"Inläst från fil: {heads}.")


def _counted(number: int) -> str:
    return "1 kontakt är sparad" if number == 1 else f"{number} kontakter är sparade"


urlpatterns = [
    path("", admin.site.admin_view(sheet), name="contact-sheet"),
    path("kontakter.csv", admin.site.admin_view(file), name="contact-sheet-file"),
]
