"""What differs between two Documents of one kind: word by word in texts, row by row in lists, moved rows as moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from guides.models import MODEL_OF
from guides.text.documents import Document, scalar_text
from guides.text.fields import Field
from guides.text.kinds import KINDS

Name = Callable[[str, str], str]

SAME, REMOVED, ADDED, CHANGED, MOVED = "same", "removed", "added", "changed", "moved"
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Two rows with less than this in common are one that went and one that came.
ALIKE = 0.5


@dataclass(frozen=True)
class Piece:
    """A run of text that is SAME, REMOVED or ADDED."""

    sign: str
    text: str


@dataclass(frozen=True)
class Row:
    """A row of a list that was ADDED, REMOVED, CHANGED or only MOVED; `before` and `after` are its places, from 1."""

    sign: str
    title: str
    before: int | None
    after: int | None
    moved: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Change:
    """A field that differs: its Swedish label and either the pieces of its text or its rows."""

    label: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()


def compare(old: Document, new: Document, name: Name = lambda kind, key: key) -> list[Change]:
    """Every field that differs, in the order of the kind. `name(kind, key)` says what a reference is called."""
    model = MODEL_OF[new.kind]
    found = [Change("nyckel", _texts(old.key, new.key))] if old.key != new.key else []
    found += _fields(KINDS[new.kind].fields, old.fields, new.fields, model, name)
    if old.body != new.body:
        found.append(Change("brödtext", words(old.body, new.body)))
    return found


def _fields(specs: tuple[Field, ...], old, new, model, name: Name) -> list[Change]:
    found = []
    for spec in specs:
        before, after = old[spec.name], new[spec.name]
        if before == after:
            continue
        label = label_of(model, spec.name)
        if spec.type == "rows":
            rows = tuple(_rows(spec, before, after, model._meta.get_field(spec.name).related_model, name))
            found.append(Change(label, rows=rows))
        elif spec.type in ("refs", "sequence", "words"):
            called = [[name(spec.to, item) if spec.to else item for item in items] for items in (before, after)]
            found.append(Change(label, rows=tuple(_items(before, after, *called, ordered=spec.type != "refs"))))
        else:
            found.append(Change(label, _texts(_said(spec, before, name), _said(spec, after, name))))
    return found


def label_of(model, name: str) -> str:
    """The Swedish words for a field, as the forms have them."""
    field = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural)


def _said(spec: Field, value, name: Name) -> str:
    if value is None or value == "":
        return ""
    if spec.type == "ref":
        return name(spec.to, value)
    return spec.choices.get(value, value) if spec.type == "choice" else scalar_text(value)


def _texts(before: str, after: str) -> tuple[Piece, ...]:
    """Short values are replaced whole, sentences word by word."""
    if " " in before and " " in after:
        return words(before, after)
    return tuple(Piece(sign, text) for sign, text in ((REMOVED, before), (ADDED, after)) if text)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word. Whole lines first, so that a long text costs no more than its changed lines."""
    pieces: list[Piece] = []
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for code, a, b, c, d in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        old, new = "".join(lines[0][a:b]), "".join(lines[1][c:d])
        if code == "replace":
            pieces += _words(old, new)
        else:
            pieces += _pieces(code, old, new)
    return tuple(_joined(pieces))


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for code, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from _pieces(code, "".join(old[a:b]), "".join(new[c:d]))


def _pieces(code: str, old: str, new: str) -> Iterator[Piece]:
    if code == "equal":
        yield Piece(SAME, old)
        return
    if old:
        yield Piece(REMOVED, old)
    if new:
        yield Piece(ADDED, new)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours with one sign as one piece: what is read aloud is a phrase, not a word at a time."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.sign == piece.sign:
            held = Piece(held.sign, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


# Lists.


def _items(before, after, called_before, called_after, ordered: bool) -> Iterator[Row]:
    """Keys or words: what came, what went, and what stands at another place."""
    pairs = [(before.index(item), place) for place, item in enumerate(after) if item in before]
    moved = _moved(pairs) if ordered else set()
    for place, item in enumerate(after):
        if item not in before:
            yield Row(ADDED, called_after[place], None, place + 1, False)
        elif place in moved:
            yield Row(MOVED, called_after[place], before.index(item) + 1, place + 1, True)
    for place, item in enumerate(before):
        if item not in after:
            yield Row(REMOVED, called_before[place], place + 1, None, False)


def _rows(spec: Field, before, after, model, name: Name) -> Iterator[Row]:
    """Rows of fields: paired by their key, else by what they say."""
    pairs = _paired(before, after)
    moved = _moved([(a, b) for b, a in pairs.items()])
    for place, row in enumerate(after):
        held = pairs.get(place)
        if held is None:
            yield Row(ADDED, title_of_row(row), None, place + 1, False, _whole(spec, row, model, name, new=True))
            continue
        changes = tuple(_fields(spec.columns, before[held], row, model, name))
        if changes or place in moved:
            sign = CHANGED if changes else MOVED
            yield Row(sign, title_of_row(row), held + 1, place + 1, place in moved, changes)
    for place, row in enumerate(before):
        if place not in pairs.values():
            yield Row(REMOVED, title_of_row(row), place + 1, None, False, _whole(spec, row, model, name, new=False))


def _whole(spec: Field, row, model, name: Name, new: bool) -> tuple[Change, ...]:
    empty = {column.name: column.empty for column in spec.columns}
    return tuple(_fields(spec.columns, *((empty, row) if new else (row, empty)), model, name))


def title_of_row(row) -> str:
    """The words by which an editor knows a row."""
    said = next((row[name] for name in ("text", "lead", "what", "key") if row.get(name)), "")
    return said if len(said) <= 80 else said[:79] + "…"


def _paired(before, after) -> dict[int, int]:
    """For places in `after` the place in `before` of the same row, as far as there is one."""
    if any("key" in row for row in (*before, *after)):
        places = {row["key"]: place for place, row in enumerate(before)}
        return {place: places[row["key"]] for place, row in enumerate(after) if row["key"] in places}
    scores = sorted(
        ((_likeness(old, new), -abs(a - b), -b, a) for a, old in enumerate(before) for b, new in enumerate(after)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for score, _, minus_place, held in scores:
        if score < ALIKE:
            break
        if -minus_place not in found and held not in found.values():
            found[-minus_place] = held
    return found


def _likeness(old, new) -> float:
    """How large a part of their words two rows have in common: 0 to 1, and 2 when they are equal."""
    if old == new:
        return 2.0
    one, other = ({word for value in row.values() if value for word in _WORD.findall(str(value))} for row in (old, new))
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _moved(pairs: list[tuple[int, int]]) -> set[int]:
    """Places in the new list of rows that left their order: as few as possible, so one row moved up is one move."""
    pairs = sorted(pairs, key=lambda pair: pair[1])
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, (old, _) in enumerate(pairs):
        at = bisect_left(tails, old)
        before.append(ends[at - 1] if at else None)
        if at == len(tails):
            tails.append(old)
            ends.append(number)
        else:
            tails[at], ends[at] = old, number
    kept = set()
    number = ends[-1] if ends else None
    while number is not None:
        kept.add(pairs[number][1])
        number = before[number]
    return {place for _, place in pairs} - kept
