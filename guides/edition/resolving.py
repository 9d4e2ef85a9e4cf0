"""Resolves what a document refers to, while records are built: other records, rendered texts, moments that matter.

A reference without target never stops an edition: the piece is left out, and the fault is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from guides.edition import records as r
from guides.edition.material import Checked, Material, Released, Renderer, names_in, passage
from guides.text.documents import Document
from guides.text.kinds import KINDS
from guides.text.markup import Rich, references

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OVERDUE_AFTER = timedelta(days=30)


class Resolver:
    """What the functions of `shapes` ask while they make one record after another.

    `today` is the edition's day, `checks` the Checks by kind and key, `records` what is built so
    far, `users` who referred to what, `ends` the moments when something changes by itself, `begun` when it did.
    """

    def __init__(self, material: Material, known: Callable[[str], Rich | None]):
        self.material = material
        self.today = material.at.astimezone(STOCKHOLM).date()
        self.by_kind: dict[str, dict[str, Released]] = {kind: {} for kind in KINDS}
        for released in material.released:
            kind = released.document.kind
            self.by_kind[kind][self.current(kind, released.document.key)] = released
        self.checks: dict[tuple[str, str], list[Checked]] = {}
        for check in material.checks:
            self.checks.setdefault((check.kind, self.current(check.kind, check.key)), []).append(check)
        self.renderer = Renderer(names_in(x.document for x in material.released), known)
        self.records: dict[str, dict[str, r.Record]] = {kind: {} for kind in KINDS}
        self.users: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        self.ends = [material.next_switch] if material.next_switch else []
        self.begun = [material.last_switch] if material.last_switch else []
        self.here = ("", "")
        self.document: Document | None = None

    def at(self, kind: str, key: str) -> Document:
        """Turn to a document: what follows is resolved on its behalf."""
        self.here = (kind, key)
        self.document = self.by_kind[kind][key].document
        return self.document

    def current(self, kind: str, key: str) -> str:
        """The key that a renamed document has now."""
        seen = set()
        while (kind, key) in self.material.renames and key not in seen:
            seen.add(key)
            key = self.material.renames[kind, key]
        return key

    def common(self, kind: str, key: str) -> dict:
        """What every record carries: title, dates, search words."""
        released = self.by_kind[kind][key]
        fields = released.document.fields
        reviews = [c.on for c in self.checks.get((kind, key), ()) if c.outcome == "reviewed"]
        reviewed = max(reviews, default=None)
        due = _due(released, kind, self.checks.get((kind, key), ()))
        late = due and due + OVERDUE_AFTER + timedelta(days=1)
        self.switch_on(late)
        dates = r.Dates(
            published=released.published,
            updated=released.updated,
            reviewed=reviewed,
            # A number has a rule of its own for how long it may be trusted.
            overdue=bool(late and late <= self.today and kind != "contact"),
            due=due,
            owner=fields.get("owner", ""),
            version=released.version,
        )
        return {
            "kind": kind,
            "key": key,
            "title": released.document.title,
            "dates": dates,
            "keywords": fields.get("keywords", ()),
        }

    def one(self, kind: str, key: str):
        """The record referred to, noted as used; None when it is not public."""
        if not key:
            return None
        key = self.current(kind, key)
        self.users.setdefault((kind, key), {})[self.here] = None
        return self.records[kind].get(key)

    def many(self, kind: str, keys) -> tuple:
        """The public ones among the records referred to, provisions and situations in their own order."""
        found = tuple(x for x in (self.one(kind, key) for key in keys) if x)
        if kind == "provision":
            return tuple(sorted(found, key=lambda p: (p.statute.name, p.order)))
        if kind == "situation":
            return tuple(sorted(found, key=lambda s: (s.position, s.key)))
        return found

    def rich(self, text: str, inline: bool = False) -> Rich:
        """A Markdown text rendered, and what it refers to noted as used."""
        if not text:
            return Rich()
        for reference in references(text):
            if reference.kind == "statute" and reference.anchor:
                continue
            if reference.kind in KINDS:
                self.users.setdefault((reference.kind, self.current(reference.kind, reference.key)), {})[self.here] = (
                    None
                )
        found = self.renderer(passage(self.document, text, inline))
        for slot in found.slots:
            if slot.kind == "citation" and slot.key:
                self.users.setdefault(("citation", f"{slot.key}#{slot.detail}"), {})[self.here] = None
        return found

    def line(self, text: str) -> Rich:
        """One line of Markdown."""
        return self.rich(text, inline=True)

    def basis(self, row) -> r.Basis:
        """What a row, or a whole document, says that it rests on."""
        return r.Basis(row["basis"], self.many("source", row["sources"]))

    def switch_on(self, day: date | None) -> None:
        """Remembers that something changes by itself when `day` begins in Stockholm."""
        if day:
            (self.ends if day > self.today else self.begun).append(datetime.combine(day, datetime.min.time(), STOCKHOLM))

    def switch_at(self, moment: datetime | None) -> None:
        """Remembers that something changes by itself at `moment`."""
        if moment:
            (self.ends if moment > self.material.at else self.begun).append(moment)


def _due(released: Released, kind: str, checks: Iterable[Checked]) -> date | None:
    """When a document is to be reviewed again, counted from the last time somebody looked, else from publication.

    A call that was answered is a look at a contact. None for what has no interval, such as a source.
    """
    every = released.document.fields.get("review_every")
    looked = ("reviewed", "answers") if kind == "contact" else ("reviewed",)
    last = max((check.on for check in checks if check.outcome in looked), default=released.published)
    return last + timedelta(days=every) if every else None
