"""When a number that a document shows was changed: a line in that document's history, though its own text did not move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from guides.edition.edition import Edition
from guides.models import Release
from guides.publishing.versions import read
from guides.text.phone import display


@dataclass(frozen=True)
class NumberChange:
    """A contact's number became another in public, and who released it. Empty is no number."""

    contact: str
    at: datetime
    before: str
    after: str
    by: object


def changes_shown_in(edition: Edition, kind: str, key: str) -> list[NumberChange]:
    """The changes of every number that a public document shows, the newest first."""
    record = edition.get(kind, key)
    if record is None:
        return []
    titles = {c.key: c.title for c in edition.all("contact") if record in edition.users_of("contact", c.key)}
    if not titles:
        return []
    names = {*titles, *(old for of, old in edition.renames if of == "contact")}
    rows = Release.objects.standing().filter(kind="contact", key__in=names, version__isnull=False)
    rows = rows.filter(effective_from__lte=timezone.now()).select_related("version", "released_by")
    found, held = [], {}
    for row in rows.order_by("effective_from", "pk"):
        contact = edition.current_key("contact", row.key)
        if contact not in titles or row.version.removed:
            continue
        number = read(row.version)["number"]
        before = held.get(contact, number)
        if before != number:
            found.append(NumberChange(titles[contact], row.effective_from, _shown(before), _shown(number), row.released_by))
        held[contact] = number
    return found[::-1]


def _shown(number: str) -> str:
    return display(number) if number else ""
