"""What the public reads: frozen records with their references resolved.

Templates read these and nothing else. Records point one way (step -> provision ->
statute); the way back ("which steps use this?") is an index of the Edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from guides.text.choices import (
    BASES,
    EXIT_WORDS,
    LANGUAGE_TAGS,
    LANGUAGES,
    NEUTRAL_TITLES,
    PROVISION_STATES,
    RIGHT_TO_LEFT,
)
from guides.text.markup import Rich

SELF, RELATIVE, PROFESSIONAL, PUBLIC = "self", "relative", "professional", "public"


@dataclass(frozen=True)
class Dates:
    """The three dates of a public thing, and who owns it (a function, never a person).

    `reviewed` comes from Checks alone; None reads "Inte granskad av sakkunnig än". `due` is when it is to be
    reviewed again, `overdue` that this was more than 30 days ago.
    """

    published: date
    updated: date
    reviewed: date | None
    overdue: bool
    owner: str
    version: int
    due: date | None = None


@dataclass(frozen=True)
class Record:
    """A released document: its kind and key, and the dates that a reader needs to trust it."""

    kind: str
    key: str
    title: str
    dates: Dates
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Source(Record):
    publisher: str
    url: str
    year: str
    note: str


@dataclass(frozen=True)
class Basis:
    """What a statement rests on: a code of BASES and its sources; `code` is empty when nobody has said."""

    code: str
    sources: tuple[Source, ...] = ()

    @property
    def label(self) -> str:
        return BASES.get(self.code, "")

    @property
    def supported(self) -> bool:
        """True when a source or a statute stands behind it."""
        return self.code == "law" or bool(self.sources)


@dataclass(frozen=True)
class County(Record):
    code: str


@dataclass(frozen=True)
class Municipality(Record):
    code: str
    county: County
    police_region: str
    local_note: Rich


@dataclass(frozen=True)
class Number:
    """A telephone number as it may be shown to one audience.

    `href` is the tel: address, `spoken` the digits in groups for a screen reader, `note` the
    sentence that says how far it can be trusted. `untested` numbers are shown to professionals
    only, with 114 14 beside them. `lead` stands before it on a page of a day gone by.
    """

    value: str
    display: str
    href: str
    spoken: str
    note: str = ""
    untested: bool = False
    lead: str = ""


@dataclass(frozen=True)
class Contact(Record):
    """A service to call. It holds a number only for the audiences that may see it.

    `confirmed`: somebody has called it, not too long ago. `quiet`: it can be reached without a voice, by chat or
    text, and that was checked too.
    """

    organisation: str
    category: str
    ask_for: str
    hours: str
    audience_note: str
    area: str
    police_region: str
    county: str
    municipality: str
    numbers: Mapping[str, Number]
    languages: str
    cost: str
    anonymity: str
    traces: str
    other_channels: str
    url: str
    stable: bool
    confirmed: bool
    quiet: bool
    audiences: frozenset[str]

    def number(self, audience: str) -> Number | None:
        """The number for `audience` (SELF, RELATIVE, PROFESSIONAL or PUBLIC), None when it may not be shown."""
        return self.numbers.get(audience)


@dataclass(frozen=True)
class Statute(Record):
    short_name: str
    aliases: tuple[str, ...]
    in_force_from: date | None
    repealed_on: date | None
    repealed: bool
    coming: bool
    replaced_by: Statute | None
    url: str
    text_read: str
    note: Rich

    @property
    def name(self) -> str:
        return self.short_name or self.title


@dataclass(frozen=True)
class Provision(Record):
    """A paragraph of law. `summary` and `meaning` are empty until somebody has verified it."""

    statute: Statute
    chapter: str
    section: str
    summary: Rich
    meaning: Rich
    verified: bool
    state: str
    formerly: Rich
    now: tuple[Provision, ...]
    url: str
    anchor: str

    @property
    def state_label(self) -> str:
        return PROVISION_STATES[self.state]

    @property
    def number(self) -> str:
        """As it is written: 11 kap. 1 §, 6 §, artikel 9."""
        if self.section.startswith("art"):
            return self.section.replace("art.", "artikel")
        chapter = f"{self.chapter} kap. " if self.chapter else ""
        return f"{chapter}{self.section} §" if self.section else chapter.strip()

    @property
    def citation(self) -> str:
        """With its statute: 11 kap. 1 § SoL."""
        return f"{self.number} {self.statute.name}".strip()

    @property
    def order(self) -> tuple:
        return (_number_order(self.chapter), _number_order(self.section))


def _number_order(text: str) -> tuple[int, str]:
    digits = "".join(c for c in text if c.isdigit())
    return (int(digits or 0), "".join(c for c in text if c.isalpha()))


@dataclass(frozen=True)
class Grant(Record):
    """A grant. `state` (open, closing, closed, upcoming, unknown) follows from the edition's day."""

    funder: str
    relevance: str
    applicants: Rich
    municipality_can_apply: bool
    purpose: Rich
    amount: Rich
    opens_on: date | None
    closes_on: date | None
    state: str
    rhythm: Rich
    decision: Rich
    regulation: Rich
    regulation_url: str
    how_to_apply: Rich
    reporting: Rich
    status_note: str
    verified: bool
    source_year: str
    basis: Basis
    body: Rich

    @property
    def state_label(self) -> str:
        """Dates that nobody has confirmed with the funder are not stated as fact."""
        label = {
            "open": "öppen",
            "closing": "stänger snart",
            "closed": "stängd",
            "upcoming": "kommande",
            "unknown": "datum saknas",
        }[self.state]
        dated = self.state in ("open", "closing", "upcoming")
        return f"{label}, inte bekräftat" if dated and not self.verified else label


@dataclass(frozen=True)
class Line:
    """One line of a page that is a list of statements, such as the first hour."""

    lead: Rich
    text: Rich
    basis: Basis


@dataclass(frozen=True)
class Page(Record):
    """A text beside the guides. A translation is `behind` when its Swedish source has changed since."""

    summary: Rich
    section: str
    exit: str
    position: int
    lines: tuple[Line, ...]
    language: str
    translation_of: str
    translation_note: Rich
    behind: bool
    basis: Basis
    body: Rich

    @property
    def tag(self) -> str:
        """The language as browsers know it (BCP 47)."""
        return LANGUAGE_TAGS.get(self.language, self.language)

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def neutral_title(self) -> str:
        """What the tab says where nobody is to see what is read."""
        return NEUTRAL_TITLES.get(self.language, NEUTRAL_TITLES["sv"])

    @property
    def exit_words(self) -> str:
        """The quick exit in the page's language; empty for Swedish."""
        return EXIT_WORDS.get(self.language, "")

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return LANGUAGES.get(self.language, self.language)


@dataclass(frozen=True)
class Term(Record):
    abbreviation: str
    group: str
    synonyms: tuple[str, ...]
    basis: Basis
    body: Rich


@dataclass(frozen=True)
class News(Record):
    date: date
    summary: Rich
    sources: tuple[Source, ...]
    body: Rich


@dataclass(frozen=True)
class Note:
    """What was said to be new when `records` were released together at `at`. `id` (a UUID) never changes."""

    id: str
    at: datetime
    text: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Banner(Record):
    """An urgent message: shown from and until a moment, on all pages, one audience's, or those of some municipalities."""

    level: str
    text: Rich
    shown_from: datetime
    shown_to: datetime
    updated_at: datetime
    link: str
    link_text: str
    audience: str
    municipalities: frozenset[str]

    def meant_for(self, audience: str, municipality: str) -> bool:
        """Whether it stands on a page for `audience`, which may be about one municipality (its key)."""
        return self.audience in ("", audience) and (not self.municipalities or municipality in self.municipalities)


@dataclass(frozen=True)
class Gone:
    """A withdrawn document: why (410), or the address on this site that its readers are led to instead.

    A grant keeps its days, to be cancelled; a guide or step the number by which paper knows it.
    """

    kind: str
    key: str
    title: str
    reason: str
    redirect_to: str = ""
    paper_number: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True)
class Chain:
    """Whom somebody in a municipality calls, in order: its own numbers, the social duty line, the police."""

    municipality: Municipality
    own: tuple[Contact, ...]
    duty: tuple[Contact, ...]
    county: tuple[Contact, ...] = field(default=())
