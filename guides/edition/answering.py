"""Who answers the telephone at an hour: hours as people write them, and whom a municipality has then.

The hours of a contact are a line of text. What it does not say clearly is never promised: such a
contact answers "vissa tider" and the line itself stands beside the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guides.edition.edition import DEFECTION_LINE, DUTY_LINE, EMERGENCY, Edition
from guides.edition.records import Chain, Contact, Number

OPEN, CLOSED = "open", "closed"
YES, SOMETIMES, NO = "yes", "sometimes", "no"
# The hours that an answer about time stands for: soon closed is both, unknown is both.
HOURS_OF = {"open": (OPEN,), "closing": (OPEN, CLOSED), "closed": (CLOSED,), "unknown": (OPEN, CLOSED)}
HOUR_WORDS = {OPEN: "När socialkontoret är öppet", CLOSED: "När socialkontoret är stängt"}
_UNCLEAR = re.compile(r"okänd|olika tider")
_CLOCK = re.compile(r"\d")
_ALL_DAY = re.compile(r"dygnet runt")
_AFTER_HOURS = re.compile(r"är stängt|kväll|helger 16|söndag|lördag|21–06")
_WEEKDAYS = re.compile(r"vardag|måndag|dagtid|kontorstid")
_EVERY_DAY = re.compile(r"alla dagar|helger")
_SHORT_DAY = re.compile(r"måndag, |måndag och|–12\b|\b1[0-3]–")


@dataclass(frozen=True)
class Caller:
    """A contact with the number that `audience` may see, and whether it answers: yes, sometimes or no."""

    contact: Contact
    number: Number
    answers: str
    audience: str

    @property
    def when(self) -> str:
        """What is to be said of the hour: that it answers then, not then, or when it does."""
        hours = self.contact.hours
        hours = f"{hours[:1].lower()}{hours[1:]}"
        if self.answers == YES:
            return "svarar"
        if self.answers == NO:
            return f"svarar inte då ({hours})" if hours else "svarar inte då"
        return hours or "tiden är inte känd"

    @property
    def own_number(self) -> bool:
        """True when it is neither 112 nor 114 14."""
        return self.number.value not in ("112", "11414")


@dataclass(frozen=True)
class Watch:
    """Whom one reaches at one hour besides 112 and 114 14. `nobody` when no other number is sure to be answered then."""

    hour: str
    callers: tuple[Caller, ...]
    duty: tuple[Caller, ...]

    @property
    def label(self) -> str:
        return HOUR_WORDS[self.hour]

    @property
    def own(self) -> bool:
        """True when the municipality itself has a number to show."""
        return any(c.contact.municipality for c in self.callers)

    @property
    def nobody(self) -> bool:
        return not any(c.answers == YES and c.own_number for c in (*self.callers, *self.duty))


def answers_at(contact: Contact, hour: str) -> str:
    """Whether a contact answers at an hour (OPEN or CLOSED): YES, SOMETIMES or NO, by its line of hours."""
    text = contact.hours.casefold()
    if contact.key in EMERGENCY or _ALL_DAY.search(text):
        return YES
    if _UNCLEAR.search(text) or not text:
        return SOMETIMES
    if contact.category == "socialjour" and hour == CLOSED:
        # Hours of its own leave a part of the night to another number.
        return SOMETIMES if _CLOCK.search(text) else YES
    if contact.category == "socialjour" or (_AFTER_HOURS.search(text) and not _WEEKDAYS.match(text)):
        return NO if hour == OPEN else SOMETIMES
    if _EVERY_DAY.search(text):
        return YES if hour == OPEN and not _SHORT_DAY.search(text) else SOMETIMES
    if _WEEKDAYS.search(text):
        return NO if hour == CLOSED else SOMETIMES if _SHORT_DAY.search(text) else YES
    return SOMETIMES


def callers(contacts: Iterable[Contact], hours: Sequence[str], audience: str) -> tuple[Caller, ...]:
    """Those that this audience can call, each once, the ones that answer at all of the hours first."""
    rows = []
    for contact in {contact.key: contact for contact in contacts}.values():
        number = contact.number(audience) if audience in contact.audiences else None
        found = {answers_at(contact, hour) for hour in hours}
        if number:
            rows.append(Caller(contact, number, found.pop() if len(found) == 1 else SOMETIMES, audience))
    return tuple(sorted(rows, key=lambda c: (YES, SOMETIMES, NO).index(c.answers)))


def duty_line(edition: Edition, chain: Chain | None, audience: str) -> tuple[Contact, ...]:
    """The social duty line of a municipality: its own with a number to show, and 112 unless that answers all night."""
    own = tuple(c for c in chain.duty if c.number(audience) and c.key != DUTY_LINE) if chain else ()
    shared = edition.contact(DUTY_LINE)
    always = any(answers_at(c, CLOSED) == YES for c in own)
    return own if always or not shared else (*own, shared)


def watch(edition: Edition, chain: Chain | None, more: Iterable[Contact], hour: str, audience: str) -> Watch:
    """Who answers at an hour: the municipality's own, the duty line, the county, and `more`.

    Without a chain only what the whole country has. 112 and 114 14 themselves are left out: they always answer.
    """
    duty = duty_line(edition, chain, audience)
    others = (
        *(chain.own if chain else ()),
        *(chain.county if chain else ()),
        *(c for c in (edition.contact(DEFECTION_LINE),) if c),
        *more,
    )
    left_out = {*EMERGENCY, DUTY_LINE, *(c.key for c in duty)}
    kept = [c for c in others if c.key not in left_out]
    return Watch(
        hour,
        tuple(c for c in callers(kept, (hour,), audience) if c.answers != NO),
        callers(duty, (hour,), audience) if hour == CLOSED else (),
    )
