"""Edition: everything that is public at one moment, in memory, with its indexes.

A new edition is a new object, so forgetting the old one is all the cache invalidation
there is. Nothing in it changes after it is built but its page cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from guides.edition.anchors import anchors_in
from guides.edition.guide_records import Actor, Cell, Guide, GuideStep, Question, Responsibility, Situation, Step
from guides.edition.records import (
    PROFESSIONAL,
    PUBLIC,
    Banner,
    Chain,
    Contact,
    County,
    Gone,
    Grant,
    Municipality,
    News,
    Note,
    Number,
    Page,
    Provision,
    Record,
    Statute,
    Term,
)
from guides.text.choices import BANNER_LEVELS, LANGUAGES

EMERGENCY = ("112", "polisen-11414")
DUTY_LINE = "socialjour-via-112"
DEFECTION_LINE = "polisen-avhopparsamordning"
NUMBER_NOW = "Numret då visas inte. Gällande nummer:"


@dataclass(frozen=True, repr=False)
class Edition:
    """Public records by kind and key.

    `at` is the moment it speaks of, `valid_until` when its pages must be rendered anew,
    `number` the release counter it was built from, `users` who refers to what. The same edition would
    have been built for every moment from `since` until `until`. On the edition of a day gone by `now` is
    today's, for the numbers: an old number is never shown.
    """

    number: int
    at: datetime
    today: date
    valid_until: datetime
    records: Mapping[str, Mapping[str, Record]]
    gone: Mapping[tuple[str, str], Gone]
    renames: Mapping[tuple[str, str], str]
    users: Mapping[tuple[str, str], tuple[Record, ...]]
    anchors: Mapping[tuple[str, str], Provision]
    notes: tuple[Note, ...] = ()
    faults: tuple = ()
    since: datetime | None = None
    until: datetime | None = None
    now: Edition | None = None
    pages: dict = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def expires(self) -> float:
        """`valid_until` as a number, for whoever asks at every request."""
        return self.valid_until.timestamp()

    def get(self, kind: str, key: str) -> Record | None:
        """The record in force, also under an old key; None when there is none."""
        found = self.records[kind]
        return found.get(key) or found.get(self.current_key(kind, key))

    def has(self, kind: str, key: str) -> bool:
        """True when the document is public."""
        return self.get(kind, key) is not None

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool:
        """True when the document is public and has a heading or a task by that name."""
        record = self.get(kind, key)
        return record is not None and anchor in anchors_in(record)

    def current_key(self, kind: str, key: str) -> str:
        """The key that a renamed document has now."""
        seen = set()
        while (kind, key) in self.renames and key not in seen:
            seen.add(key)
            key = self.renames[kind, key]
        return key

    def first_key(self, kind: str, key: str) -> str:
        """The key that a document had from the beginning."""
        earlier = {new: old for (of, old), new in self.renames.items() if of == kind}
        while key in earlier:
            key = earlier.pop(key)
        return key

    def all(self, kind: str) -> tuple[Record, ...]:
        """Every record of a kind in the order of its nouns (position, number or title)."""
        found = self._ordered.get(kind)
        if found is None:
            found = self._ordered[kind] = tuple(sorted(self.records[kind].values(), key=_order))
        return found

    @cached_property
    def _ordered(self) -> dict[str, tuple[Record, ...]]:
        return {}

    # The nouns, so that a view reads like its sentence.

    def guides(self) -> tuple[Guide, ...]:
        return tuple(g for g in self.all("guide") if g.language == "sv")

    def guide(self, key: str) -> Guide | None:
        return self.get("guide", key)

    def steps(self, guide: Guide) -> tuple[GuideStep, ...]:
        """A guide's steps with number and neighbours."""
        return self._routes[guide.key]

    @cached_property
    def _routes(self) -> dict[str, tuple[GuideStep, ...]]:
        return {key: _route(guide) for key, guide in self.records["guide"].items()}

    @cached_property
    def _homes(self) -> dict[str, GuideStep]:
        homes: dict[str, GuideStep] = {}
        for guide in self.guides():
            for here in self.steps(guide):
                homes.setdefault(here.step.key, here)
        return homes

    def step(self, guide_key: str, step_key: str) -> GuideStep | None:
        """A step where it stands in a guide."""
        guide = self.guide(guide_key)
        key = self.current_key("step", step_key)
        found = self.steps(guide) if guide else ()
        return next((here for here in found if here.step.key == key), None)

    def home_of(self, step_key: str) -> GuideStep | None:
        """A step in the first guide that has it: its canonical place."""
        return self._homes.get(self.current_key("step", step_key))

    def on_paper(self, number: int) -> Guide | Step | Gone | None:
        """The guide or step whose short address has this number, or had it when it was withdrawn."""
        return self._on_paper.get(number)

    @cached_property
    def _on_paper(self) -> dict[int, Guide | Step | Gone]:
        numbered = (*(g for g in self.gone.values() if g.paper_number), *self.all("step"), *self.all("guide"))
        return {record.paper_number: record for record in numbered if record.paper_number}

    def main_guide(self) -> Guide | None:
        """The guide that stands first."""
        return next(iter(self.guides()), None)

    def statute(self, key: str) -> Statute | None:
        return self.get("statute", key)

    def provisions_of(self, statute: Statute) -> tuple[Provision, ...]:
        """A statute's provisions by chapter and section."""
        found = (p for p in self.records["provision"].values() if p.statute.key == statute.key)
        return tuple(sorted(found, key=lambda p: (p.order, p.key)))

    def provision_at(self, statute_key: str, anchor: str) -> Provision | None:
        """The provision with an anchor such as K11P1, without stycke and point."""
        return self.anchors.get((statute_key, anchor))

    def actors(self) -> tuple[Actor, ...]:
        return self.all("actor")

    def situations(self) -> tuple[Situation, ...]:
        return self.all("situation")

    def terms(self) -> tuple[Term, ...]:
        return self.all("term")

    def news(self) -> tuple[News, ...]:
        return tuple(sorted(self.records["news"].values(), key=lambda n: (n.date, n.key), reverse=True))

    def notes_of(self, guide: Guide) -> tuple[Note, ...]:
        """What was new in a guide: in its own text, its steps and its situations. The newest first."""
        own = {id(record) for record in (guide, *guide.steps, *guide.situations)}
        found = (replace(n, records=tuple(r for r in n.records if id(r) in own)) for n in self.notes)
        return tuple(note for note in found if note.records)

    def banners(self, audience: str, municipality: str = "") -> tuple[Banner, ...]:
        """At most two messages for a page's readers at this moment: the important first, then the newest."""
        shown = [b for b in self.records["banner"].values() if b.shown_from <= self.at < b.shown_to]
        meant = [b for b in shown if b.meant_for(audience, municipality)]
        levels = list(BANNER_LEVELS)
        return tuple(sorted(meant, key=lambda b: (levels.index(b.level), -b.shown_from.timestamp(), b.key))[:2])

    def page(self, key: str) -> Page | None:
        return self.get("page", key)

    def pages_in(self, section: str) -> tuple[Page, ...]:
        """The Swedish pages of a section: about or example."""
        return tuple(p for p in self.all("page") if p.section == section and p.language == "sv")

    def translations(self, kind: str, key: str) -> tuple[Record, ...]:
        """A document's translations, in the order of LANGUAGES."""
        order = list(LANGUAGES)
        found = (x for x in self.records[kind].values() if x.translation_of == key and x.language in LANGUAGES)
        return tuple(sorted(found, key=lambda x: order.index(x.language)))

    def translation(self, kind: str, key: str, language: str) -> Record | None:
        """A document in another language."""
        return next((x for x in self.translations(kind, key) if x.language == language), None)

    def questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.all("question") if q.language == "sv")

    def grants(self) -> tuple[Grant, ...]:
        return self.all("grant")

    def contact(self, key: str) -> Contact | None:
        return self.get("contact", key)

    def to_call(self, contact: Contact) -> Contact:
        """A contact as one may call it: on the edition of a day gone by as it is today, without any old number."""
        if self.now is None:
            return contact
        today = self.now.contact(contact.key)
        if today is None:
            return replace(contact, numbers={}, ask_for="", hours="", other_channels="", traces="")
        numbers = {audience: replace(number, lead=NUMBER_NOW) for audience, number in today.numbers.items()}
        return replace(today, numbers=numbers)

    def counties(self) -> tuple[County, ...]:
        return self.all("county")

    def municipalities(self) -> tuple[Municipality, ...]:
        """All of them, å ä ö last as in Swedish."""
        return self.all("municipality")

    def contacts_for(self, municipality: Municipality, audience: str = PUBLIC) -> Chain:
        """Whom `audience` calls there: own services, the duty line (own, else by 112); professionals also the county."""
        own = [c for c in self.all("contact") if c.municipality == municipality.key and audience in c.audiences]
        duty = tuple(c for c in own if c.category == "socialjour")
        shared = self.contact(DUTY_LINE)
        if shared and not any(c.number(audience) for c in duty):
            duty = (shared, *duty)
        return Chain(
            municipality,
            own=tuple(c for c in own if c.category != "socialjour"),
            duty=duty,
            county=self.county_contacts(municipality.county, audience) if audience == PROFESSIONAL else (),
        )

    def county_contacts(self, county: County, audience: str = PUBLIC) -> tuple[Contact, ...]:
        """Services for a whole county that are for `audience`."""
        here = (c for c in self.all("contact") if c.area == "county" and c.county == county.key)
        return tuple(c for c in here if audience in c.audiences)

    def confirmed_municipalities(self) -> int:
        """How many municipalities have a number of their own that somebody has called and the public may see."""
        found = {c.municipality for c in self.all("contact") if c.municipality and c.confirmed and c.number(PUBLIC)}
        return len(found)

    def national_contacts(self) -> tuple[Contact, ...]:
        """Services for the whole country that are for the public, beside the emergency numbers."""
        here = (c for c in self.all("contact") if c.area == "nation" and c.key not in EMERGENCY)
        return tuple(c for c in here if PUBLIC in c.audiences)

    def quiet_contacts(self, audience: str) -> tuple[Contact, ...]:
        """Services for the whole country that somebody who cannot speak can reach, where that was checked."""
        return tuple(c for c in self.all("contact") if c.quiet and c.area == "nation" and audience in c.audiences)

    def municipal_contact(self, municipality: Municipality) -> Contact | None:
        """The municipality's own support whose number the public may see."""
        own = (c for c in self.contacts_for(municipality).own if c.number(PUBLIC))
        return next(own, None)

    def municipal_numbers(self) -> dict[str, Number]:
        """For each municipality's key the number to its own support that the public may see, when there is one."""
        own = (c for c in self.all("contact") if c.municipality and c.category != "socialjour")
        return {c.municipality: c.number(PUBLIC) for c in reversed(tuple(own)) if c.number(PUBLIC)}

    def emergency_contacts(self) -> tuple[Contact, ...]:
        return tuple(c for c in map(self.contact, EMERGENCY) if c)

    # The way back: who uses this?

    def users_of(self, kind: str, key: str) -> tuple[Record, ...]:
        """Records that refer to a document, in their fields or in their text."""
        return self.users.get((kind, self.current_key(kind, key)), ())

    def steps_using(self, kind: str, key: str) -> tuple[GuideStep, ...]:
        """The steps that use a document, each in its canonical guide, in the order of the guide."""
        homes = (self.home_of(r.key) for r in self.users_of(kind, key) if isinstance(r, Step))
        return tuple(sorted((h for h in homes if h), key=lambda h: (h.guide.position, h.guide.key, h.number)))

    def responsibilities_of(self, actor: Actor) -> list[tuple[GuideStep, tuple[Responsibility, ...]]]:
        """What an actor does in each step."""
        rows = []
        for here in self.steps_using("actor", actor.key):
            own = tuple(r for r in here.step.responsibilities if r.actor.key == actor.key)
            if own:
                rows.append((here, own))
        return rows

    def matrix(self, guide: Guide) -> tuple[tuple[Actor, ...], list[tuple[GuideStep, list[Cell]]]]:
        """The responsibility matrix: the actors that have a part in the guide, and a row of cells for each step."""
        part = {r.actor.key for step in guide.steps for r in step.responsibilities}
        actors = tuple(a for a in self.actors() if a.key in part)
        rows = []
        for here in self.steps(guide):
            cells = [
                Cell(here.step, a, tuple(r for r in here.step.responsibilities if r.actor.key == a.key))
                for a in actors
            ]
            rows.append((here, cells))
        return actors, rows


def _route(guide: Guide) -> tuple[GuideStep, ...]:
    before, after = (None, *guide.steps), (*guide.steps[1:], None)
    return tuple(
        GuideStep(guide, step, guide.first_number + index, before[index], after[index])
        for index, step in enumerate(guide.steps)
    )


def _order(record: Record) -> tuple:
    if isinstance(record, Provision):
        return (record.statute.key, *record.order, record.key)
    return (getattr(record, "position", 0), swedish_order(record.title), record.key)


def swedish_order(text: str) -> str:
    """A sort key with å ä ö after z, and é as e."""
    return text.casefold().translate(str.maketrans({"å": "z\ue000", "ä": "z\ue001", "ö": "z\ue002", "é": "e"}))
