"""Which numbers are shown, to whom, and with what said beside them. The one owner of that rule.

Class C to everybody, always. Class B with its year. Class A with medium confidence to
professionals only, marked untested. Class A with low confidence, and what is withheld, never.
A number that somebody has called is shown to its audiences for 90 (A) or 180 (B) days with
the date. *Svarar inte* and *dold* hide it at once, but never class C.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from guides.edition.material import Checked
from guides.edition.records import PROFESSIONAL, PUBLIC, RELATIVE, SELF, Number
from guides.text import phone
from guides.text.documents import Document

CONFIRMED_FOR = {"A": timedelta(days=90), "B": timedelta(days=180), "C": timedelta(days=365)}
NEVER_CHANGE = frozenset({"tel:112", "tel:11414"})


def confirmed_on(document: Document, checks: Iterable[Checked], today: date) -> date | None:
    """The day of a test call that still counts, else None."""
    last = latest_call(checks, document["number"])
    if last is None or last.outcome != "answers":
        return None
    return last.on if today <= last.on + CONFIRMED_FOR[document["recheck_class"]] else None


def latest_call(checks: Iterable[Checked], number: str) -> Checked | None:
    """The check that decides of svarar, svarar inte and dold: the last one written.

    That another number answered neither confirms this one nor shows it again.
    """
    calls = [c for c in checks if c.outcome in ("silent", "hidden") or answered(c, number)]
    return max(calls, key=lambda c: c.at, default=None)


def answered(check: Checked, number: str) -> bool:
    """Whether a check says that somebody answered at `number`, as far as is known what was called."""
    return check.outcome == "answers" and check.number in ("", number)


def audiences(document: Document) -> frozenset[str]:
    """Whom the service is for. Empty in the data means no."""
    found = {
        name
        for name, flag in ((SELF, "for_self"), (RELATIVE, "for_relative"), (PROFESSIONAL, "for_professional"))
        if document[flag]
    }
    return frozenset(found | ({PUBLIC} if found & {SELF, RELATIVE} else set()))


def numbers(
    document: Document, checks: Iterable[Checked], today: date, lasting: bool = False
) -> dict[str, Number]:
    """The number for each audience that may see it, empty when nobody may.

    `lasting`: for a copy that nobody can correct when a number turns out to be wrong. Only 112, 114 14 and
    numbers that somebody has called are in it.
    """
    value = document["number"]
    if not value:
        return {}
    checks = tuple(checks)
    if lasting and phone.href(value) not in NEVER_CHANGE and not confirmed_on(document, checks, today):
        return {}
    shown = audiences(document)
    grade = document["recheck_class"]
    year = document["source_year"]
    from_year = f"Uppgiften är från {year}." if year else "Uppgiftens år är okänt."
    note, untested = "", False
    if grade == "C":
        shown = frozenset({SELF, RELATIVE, PROFESSIONAL, PUBLIC})
    else:
        last = latest_call(checks, value)
        confirmed = confirmed_on(document, checks, today)
        if last is not None and last.outcome in ("silent", "hidden"):
            return {}
        if confirmed:
            note = f"Kontrollerat {confirmed.isoformat()}."
        elif document["withheld"]:
            return {}
        elif grade == "B":
            note = from_year
        elif document["confidence"] == "low":
            return {}
        else:
            shown &= {PROFESSIONAL}
            note, untested = f"Numret är inte provringt. {from_year}", True
    number = Number(
        value=value,
        display=document["display"] or phone.display(value),
        href=phone.href(value),
        spoken=phone.spoken(value),
        note=note,
        untested=untested,
    )
    return {audience: number for audience in shown}
