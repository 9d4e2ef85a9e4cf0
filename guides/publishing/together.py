"""What a document must take along: what it refers to, and what that refers to in turn, when it is not public yet.

A guide with new steps goes out with them or not at all. What is approved can go in the same release; of the rest one is
told what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from guides.edition.anchors import anchors_of
from guides.edition.faults import Fault, Known, faults
from guides.models import MODEL_OF, Masking, Release, Version
from guides.publishing.links import broken
from guides.publishing.review import WORDS, approval, state
from guides.publishing.versions import latest, names_of, read
from guides.text.documents import Document
from guides.text.kinds import KINDS

Pair = tuple[str, str]


@dataclass(frozen=True)
class Companion:
    """A document that is needed and not public: its row and newest version, where there are any, and what it lacks."""

    kind: str
    key: str
    row: object | None = None
    version: Version | None = None
    lacks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{KINDS[self.kind].label.capitalize()} ”{self.row.title if self.row else self.key}”"


@dataclass(frozen=True)
class Party:
    """What could go out with a document: what is ready, what is refused, and what is then still wrong with the document."""

    ready: tuple[Companion, ...]
    refused: tuple[Companion, ...]
    faults: tuple[Fault, ...]


def party(document: Document, known: Known, may: Callable[[object], bool] = lambda row: True) -> Party:
    """What `document` must take along to be released beside what is `known` to be public. `may`: whether one may a row."""
    needed = _needed(document, known, may)
    texts = {pair: read(one.version) for pair, one in needed.items() if one.version}
    ready = {pair: one for pair, one in needed.items() if not one.lacks}
    while True:
        beside = Beside(known, [document, *(texts[pair] for pair in ready)])
        wrong = {pair: found for pair in ready if (found := faults(texts[pair], beside))}
        if not wrong:
            break
        for pair, found in wrong.items():
            needed[pair] = replace(ready.pop(pair), lacks=tuple(fault.message for fault in found))
    refused = tuple(one for pair, one in needed.items() if pair not in ready)
    return Party(tuple(ready.values()), refused, tuple(faults(document, beside)))


def _needed(document: Document, known: Known, may: Callable[[object], bool]) -> dict[Pair, Companion]:
    """Everything that is referred to and not public, as deep as it goes."""
    found: dict[Pair, Companion] = {}
    texts = [document]
    for text in texts:
        asking = _Asking(Beside(known, [document], found))
        while faults(text, asking) and asking.missed:
            for kind, key in asking.missed:
                one = found[kind, key] = _companion(kind, key, may)
                if one.version:
                    texts.append(read(one.version))
            # A citation asks for its provision first when its statute is known.
            asking = _Asking(Beside(known, [document], found))
    return found


def _companion(kind: str, key: str, may: Callable[[object], bool]) -> Companion:
    row = MODEL_OF[kind].objects.filter(key=key).first()
    version = latest(kind, key) if row else None
    if version is None:
        return Companion(kind, key, row, None, ("Den är inte sparad än." if row else "Den finns inte.",))
    ahead = Release.objects.ahead(timezone.now()).filter(kind=kind, key__in=names_of(kind, key)).first()
    if ahead:
        when = timezone.localtime(ahead.effective_from)
        return Companion(kind, key, row, version, (f"Den är schemalagd till {when:%Y-%m-%d kl. %H.%M}.",))
    lacks = [] if may(row) else ["Du får inte ändra den. Be en kollega."]
    if version.pk in Masking.hidden():
        lacks.append("Texten är dold.")
    if approval(version) is None:
        lacks.append(f"Den är inte godkänd. Läge: {WORDS[state(version)]}.")
    lacks += [f"Länken {address}: {why}" for address, why in broken(read(version))]
    return Companion(kind, key, row, version, tuple(lacks))


class Beside:
    """What is public, and what goes out at the same time. What is only `named` has every anchor that is asked for."""

    def __init__(self, known: Known, added: Iterable[Document], named: Iterable[Pair] = ()):
        self.known, self.named = known, frozenset(named)
        self.added = {(document.kind, document.key): document for document in added}

    def has(self, kind: str, key: str) -> bool:
        return (kind, key) in self.added or (kind, key) in self.named or self.known.has(kind, key)

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool:
        if (kind, key) in self.added:
            return anchor in anchors_of(self.added[kind, key])
        return (kind, key) in self.named or self.known.has_anchor(kind, key, anchor)


class _Asking:
    """Notes what the judge of a document asks for and does not find."""

    def __init__(self, known: Known):
        self.known = known
        self.missed: dict[Pair, None] = {}

    def has(self, kind: str, key: str) -> bool:
        held = self.known.has(kind, key)
        if not held:
            self.missed[kind, key] = None
        return held

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool:
        return self.known.has_anchor(kind, key, anchor)


def mark(one: Companion) -> str:
    """How a form names a companion: with the version that it shows."""
    return f"{one.kind} {one.key} {one.version.number}"
