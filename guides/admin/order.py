"""Rows in an order that is typed as numbers: by keyboard, without script, and without renumbering the rest by hand."""

from __future__ import annotations

from django.forms.models import BaseInlineFormSet


class PlacesFormSet(BaseInlineFormSet):
    """Puts rows where their number says and numbers all of them anew.

    A row that is given the number of another comes before it when it was moved up, after it when it was moved down.
    A new row without a number comes last.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["position"].help_text = "Skriv en annan plats för att flytta. De andra numreras om av sig själva."

    def save(self, commit=True):
        found = super().save(commit)
        if commit:
            forms = [form for form in self.forms if form.instance.pk and form not in self.deleted_forms]
            for place, form in enumerate(sorted(forms, key=_place), start=1):
                if form.instance.position != place:
                    form.instance.position = place
                    form.instance.save(update_fields=["position"])
        return found


def _place(form) -> tuple[bool, int, int]:
    wanted = form.instance.position
    # A form made for a row that was there carries the number that was shown.
    before = form.initial.get("position")
    if before is None:
        return not wanted, wanted, -1
    return False, wanted, (wanted > before) - (wanted < before)
