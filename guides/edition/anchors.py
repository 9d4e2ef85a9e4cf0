"""What a link may point at within a document: the headings of its texts and, in a step, its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass

from guides.edition.material import Renderer, names_in, passages
from guides.edition.records import Record
from guides.text.documents import Document
from guides.text.markup import Rich

_ID = re.compile(r'<h[2-4] id="([^"]+)"')


def anchors_of(document: Document) -> frozenset[str]:
    """The anchors of a document that is not public yet."""
    # An id is made of the words of a heading alone, whatever statutes are known.
    render = Renderer(names_in(()))
    tasks = (row["key"] for row in document.fields.get("tasks", ()) if document.kind == "step")
    return _anchors(map(render, passages(document)), tasks)


def anchors_in(record: Record) -> frozenset[str]:
    """The anchors of a document that is public."""
    tasks = (task.key for task in getattr(record, "tasks", ()) if record.kind == "step")
    return _anchors(_texts(record), tasks)


def _anchors(texts: Iterable[Rich], tasks: Iterable[str]) -> frozenset[str]:
    headings = (found for text in texts for part in text.parts if isinstance(part, str) for found in _ID.findall(part))
    return frozenset([*headings, *(f"uppgift-{key}" for key in tasks)])


def _texts(holder: object) -> Iterator[Rich]:
    for value in vars(holder).values():
        if isinstance(value, Rich):
            yield value
        elif isinstance(value, tuple):
            for row in value:
                # What is referred to has its own page.
                if is_dataclass(row) and not isinstance(row, Record):
                    yield from _texts(row)
