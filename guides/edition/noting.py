"""Change notes: what a release tells the public is new, and which kinds of document have none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from guides.edition.faults import LASTING, typed_numbers
from guides.edition.material import Noted
from guides.edition.records import Note, Record

# They are messages themselves.
NEEDS_NONE = frozenset({"news", "banner"})
_OURS = uuid.UUID("6d0e7c5e-6f0b-5a3e-9a53-2f1d3c9b8a10")


def note_fault(note: str, minor: bool, kinds: Iterable[str]) -> str:
    """Why documents of these kinds may not be released with this note, in a sentence; empty when they may."""
    if set(typed_numbers(note)) - LASTING:
        return "Skriv inget telefonnummer i notisen. Den ligger kvar när numret har ändrats."
    if not note and not minor and not NEEDS_NONE.issuperset(kinds):
        return "Skriv vad som är nytt, eller kryssa i att ändringen är mindre."
    return ""


def identity(at: datetime, text: str) -> str:
    """The name of a note for ever: by its moment and its words, so that no new key or address changes it."""
    return str(uuid.uuid5(_OURS, f"{at.astimezone(UTC).isoformat()} {text}"))


def notes_of(noted: Iterable[Noted], find: Callable[[str, str], Record | None]) -> tuple[Note, ...]:
    """Notes by moment and words, the newest first, each about those of its documents that are public now."""
    groups: dict[tuple[datetime, str], dict[int, Record]] = {}
    for item in noted:
        record = item.kind not in NEEDS_NONE and find(item.kind, item.key)
        if record:
            groups.setdefault((item.at, item.text), {})[id(record)] = record
    found = (Note(identity(at, text), at, text, tuple(about.values())) for (at, text), about in groups.items())
    return tuple(sorted(found, key=lambda note: (note.at, note.id), reverse=True))
