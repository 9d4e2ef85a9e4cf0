"""Which numbers are to be called today: those whose last test call no longer counts, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from guides.edition.numbers import CONFIRMED_FOR
from guides.models import Check
from guides.publishing.in_force import counter, current_key, read_material
from guides.text import phone


@dataclass(frozen=True)
class Call:
    """A number to call. `late` is days since it was due, `called` when somebody last did, `silent` that nobody answered."""

    key: str
    number: str
    display: str
    late: int
    called: date | None
    silent: bool


def due_calls() -> list[Call]:
    """Every published number of class A or B that is due for a test call.

    Counted from the last call to that number, else from publication. A number that did not answer is due again the day after.
    """
    now = timezone.now()
    material = read_material(now, counter())
    today = timezone.localtime(now).date()
    last = {
        current_key(material.renames, "contact", check.key)[1]: check
        for check in Check.objects.filter(kind="contact", outcome__in=("answers", "silent")).order_by("at", "pk")
    }
    found = []
    for released in material.released:
        document = released.document
        if document.kind != "contact" or document["recheck_class"] == "C" or not document["number"]:
            continue
        key = current_key(material.renames, "contact", document.key)[1]
        call = last.get(key)
        if call is not None and call.number not in ("", document["number"]):
            call = None
        silent = call is not None and call.outcome == "silent"
        if call is None:
            late = (today - released.published).days
        elif silent:
            late = (today - call.on).days - 1
        else:
            late = (today - call.on - CONFIRMED_FOR[document["recheck_class"]]).days
        if late >= 0:
            display = document["display"] or phone.display(document["number"])
            found.append(Call(key, document["number"], display, late, call.on if call else None, silent))
    return sorted(found, key=lambda call: (-call.late, call.key))
