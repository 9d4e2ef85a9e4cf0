"""Three texts of one document: as it was, as another has saved it, and as I have written it.

Two people who touch different fields, or different rows, can both be right; where both
touched one thing, a person has to choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from guides.text.documents import Document, make
from guides.text.kinds import KINDS

ORDER = "ordning"


@dataclass(frozen=True)
class Part:
    """One thing that somebody has touched, and its three values.

    `field` is a field's name or ``body``, `row` the words of the row that it stands in, `column` the field of that
    row. Without a column the values are whole rows, None where the row is not there; ``ordning`` is the rows' order.
    """

    field: str
    row: str
    column: str
    base: object
    theirs: object
    mine: object

    @property
    def clash(self) -> bool:
        """True when both have touched it and do not agree."""
        return self.base != self.theirs != self.mine != self.base

    @property
    def merged(self) -> object:
        """The value of whoever touched it; theirs when both did."""
        return self.mine if self.theirs == self.base else self.theirs

    @property
    def touched(self) -> bool:
        return not (self.base == self.theirs == self.mine)


@dataclass(frozen=True)
class Merge:
    """What differs, and the two texts in one; no document where both have touched the same thing."""

    parts: tuple[Part, ...]
    document: Document | None

    @property
    def mine(self) -> bool:
        """True when there is something of mine that they do not have."""
        return any(part.mine not in (part.base, part.theirs) for part in self.parts)


def merge(base: Document, theirs: Document, mine: Document) -> Merge:
    """Compare three texts of a document. The key is theirs: renaming is no part of a text."""
    parts: list[Part] = []
    fields = {}
    for spec in KINDS[base.kind].fields:
        values = base[spec.name], theirs[spec.name], mine[spec.name]
        if spec.type == "rows":
            keyed = any(column.name == "key" for column in spec.columns)
            fields[spec.name] = _rows(spec.name, *values, keyed, parts)
        elif spec.type == "sequence":
            rows = ([{"key": key} for key in value] for value in values)
            fields[spec.name] = tuple(row["key"] for row in _rows(spec.name, *rows, True, parts))
        else:
            fields[spec.name] = _noted(Part(spec.name, "", "", *values), parts)
    body = _noted(Part("body", "", "", base.body, theirs.body, mine.body), parts)
    clash = any(part.clash for part in parts)
    return Merge(tuple(parts), None if clash else make(base.kind, theirs.key, fields, body))


def _noted(part: Part, parts: list[Part]) -> object:
    if part.touched:
        parts.append(part)
    return part.merged


def _rows(name: str, base, theirs, mine, keyed: bool, parts: list[Part]) -> tuple[Mapping[str, object], ...]:
    """The rows of both, matched by key, else by what they say and where they stand."""
    base = [dict(row) for row in base]
    before = dict(_identified(base, base, keyed, "b"))
    they = dict(_identified(base, [dict(row) for row in theirs], keyed, "t"))
    me = dict(_identified(base, [dict(row) for row in mine], keyed, "m"))
    found = {}
    for name_of_row in dict.fromkeys([*before, *they, *me]):
        rows = [side.get(name_of_row) for side in (before, they, me)]
        words = _words(next(row for row in rows if row))
        if None in rows:
            row = _noted(Part(name, words, "", *rows), parts)
        else:
            columns = rows[0].keys() | rows[1].keys() | rows[2].keys()
            ordered = [column for column in rows[1] if column in columns]
            row = {c: _noted(Part(name, words, c, *(r[c] for r in rows)), parts) for c in ordered}
        if row is not None:
            found[name_of_row] = row
    return tuple(found[place] for place in _order(name, list(before), list(they), list(me), found, parts))


def _identified(base: list[dict], rows: list[dict], keyed: bool, side: str) -> Iterator[tuple[str, dict]]:
    """Each row under its key, or under the number of the row of `base` that it continues."""
    if keyed:
        yield from ((row["key"] or f"{side}{number}", row) for number, row in enumerate(rows))
        return
    matcher = SequenceMatcher(None, [repr(row) for row in base], [repr(row) for row in rows], autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        for offset in range(last - first):
            number = start + offset
            yield (str(number) if number < end else f"{side}{first + offset}"), rows[first + offset]


def _words(row: Mapping[str, object]) -> str:
    """What a row is called when it is spoken of."""
    return str(next((row[name] for name in ("text", "lead", "what", "key") if row.get(name)), ""))


def _order(name: str, before: list, they: list, me: list, found: dict, parts: list[Part]) -> list[str]:
    """The order of who moved rows; each new row stands after the one that it was put after."""
    common = [place for place in before if place in they and place in me]
    orders = [[place for place in side if place in common] for side in (before, they, me)]
    _noted(Part(name, "", ORDER, *([_words(found[p]) for p in side if p in found] for side in orders)), parts)
    frame, other = (me, they) if orders[1] == orders[0] else (they, me)
    order = [place for place in frame if place in found]
    for number, place in enumerate(other):
        if place in found and place not in order:
            ahead = [p for p in other[:number] if p in order]
            order.insert(order.index(ahead[-1]) + 1 if ahead else 0, place)
    return order
