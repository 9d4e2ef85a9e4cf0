"""What an edition is built from: released Documents and their Checks at one moment.

`guides.publishing.current` fills it from the database or from the edition file; nothing
here knows which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from guides.edition.records import Gone
from guides.text.citations import Statutes, statute_names
from guides.text.documents import Document
from guides.text.kinds import KINDS
from guides.text.markup import Rich, fingerprint, render


@dataclass(frozen=True)
class Released:
    """A Document in force: its text, version number, the days it was first and last changed in public, its end if set."""

    document: Document
    text: str
    version: int
    published: date
    updated: date
    until: datetime | None = None


@dataclass(frozen=True)
class Checked:
    """A Check as the edition needs it; `outcome` is reviewed, answers, silent or hidden, `number` what was called."""

    kind: str
    key: str
    outcome: str
    on: date
    at: datetime
    number: str = ""


@dataclass(frozen=True)
class Noted:
    """What a release that is not minor says is new; `key` is what the document was called then."""

    kind: str
    key: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Material:
    """Everything public at `at`. `last_switch` and `next_switch` are when it last changed and next will.

    `last_switch` counts releases, their ends and checks; `next_switch` those that are known to come.
    `numbers_until` has the contacts whose number nobody has countersigned, and when it goes behind its fallback.
    `banners_updated` has the moment, by key, at which each banner was last changed in public.
    `lasting`: for pages that nobody can correct later, see `numbers.numbers`.
    """

    number: int
    at: datetime
    released: tuple[Released, ...]
    gone: tuple[Gone, ...] = ()
    checks: tuple[Checked, ...] = ()
    notes: tuple[Noted, ...] = ()
    renames: Mapping[tuple[str, str], str] = field(default_factory=dict)
    next_switch: datetime | None = None
    last_switch: datetime | None = None
    numbers_until: Mapping[str, datetime] = field(default_factory=dict)
    banners_updated: Mapping[str, datetime] = field(default_factory=dict)
    lasting: bool = False

    def later(self, at: datetime) -> Material:
        """The same at a later moment, as far as it is known without a database: what has ended by then is gone."""
        ended = [x for x in self.released if x.until and x.until <= at]
        ends = [x.until for x in self.released if x.until and x.until > at]
        return replace(
            self,
            at=at,
            released=tuple(x for x in self.released if x not in ended),
            gone=(*self.gone, *(gone(x.document.kind, x.document.key, x.document, ENDED) for x in ended)),
            next_switch=min(ends, default=None),
        )


# What paper and calendars that were handed out before still ask about, by kind.
STILL_SAID = {"grant": ("opens_on", "closes_on"), "guide": ("paper_number",), "step": ("paper_number",)}
ENDED = "Sidan gällde till ett bestämt datum, som har passerat."
HIDDEN = "Redaktionen har dolt texten."


def gone(kind: str, key: str, last: Document | None, reason: str, redirect_to: str = "") -> Gone:
    """What may be said of a withdrawn document, of which `last` was public last: nothing that was not public."""
    kept = {name: last[name] for name in STILL_SAID.get(kind, ())} if last else {}
    return Gone(kind, key, last.title if last else "", reason, redirect_to, **kept)


# Less than hashlib's HASHLIB_GIL_MINSIZE.
SHORT = 2047


@dataclass(frozen=True)
class Passage:
    """A Markdown text of a document, and how it is to be rendered."""

    text: str
    inline: bool
    statute: str
    chapter: str
    level: int

    def hash(self, mark: str) -> str:
        """Its name among rendered texts; `mark` is the renderer's fingerprint."""
        parts = (mark, str(self.inline), self.statute, self.chapter, str(self.level), self.text)
        whole, found = "\x00".join(parts).encode(), hashlib.sha256()
        # For a longer piece Python lets other threads in and takes its turn back at once; who waits then never asks for it.
        for start in range(0, len(whole), SHORT):
            found.update(whole[start : start + SHORT])
        return found.hexdigest()


BODY_LEVEL = {"step": 2, "guide": 2, "situation": 3, "page": 2, "question": 2, "download": 2, "term": 4, "news": 3}


def passage(document: Document, text: str, inline: bool) -> Passage:
    """The one way to name a text of a document, so that saving and showing agree.

    Bare citations mean the document's own statute and chapter: "1 §" on 11 kap. 4 § SoL is 11 kap. 1 § SoL.
    """
    statute = chapter = ""
    if document.kind == "statute":
        statute = document.key
    elif document.kind == "provision":
        statute, chapter = str(document["statute"]), str(document["chapter"])
    level = 2 if inline else BODY_LEVEL.get(document.kind, 3)
    return Passage(text, inline, statute, chapter, level)


def passages(document: Document) -> Iterator[Passage]:
    """Every Markdown text of a document that is not empty."""
    specs = KINDS[document.kind].fields
    texts = [(document.body, False)]
    for spec in specs:
        if spec.type in ("inline", "prose"):
            texts.append((document[spec.name], spec.type == "inline"))
        elif spec.type == "rows":
            columns = [c for c in spec.columns if c.type in ("inline", "prose")]
            texts += [(row[c.name], c.type == "inline") for row in document[spec.name] for c in columns]
    for text, inline in texts:
        if text:
            yield passage(document, text, inline)


def names_in(documents) -> Statutes:
    """The statute names that citations are recognised by, from the statutes among `documents`."""
    pairs = []
    for document in documents:
        if document.kind == "statute":
            pairs.append((document.key, (document.title, document["short_name"], *document["aliases"])))
    return statute_names((key, [n for n in names if n]) for key, names in pairs)


class Renderer:
    """Renders passages once each: `known` finds what is already rendered, `fresh` is what was added, `used` is all of it."""

    def __init__(self, names: Statutes, known: Callable[[str], Rich | None] = lambda _: None):
        self.names = names
        self.mark = fingerprint(names)
        self.known = known
        self.fresh: dict[str, Rich] = {}
        self.used: dict[str, Rich] = {}

    def __call__(self, item: Passage) -> Rich:
        if not item.text:
            return Rich()
        name = item.hash(self.mark)
        found = self.used.get(name)
        if found is None:
            found = self.known(name)
        if found is None:
            found = self.fresh[name] = render(
                item.text, self.names, item.inline, item.statute, item.chapter, item.level
            )
        self.used[name] = found
        return found
