"""File: an uploaded file or picture as the public knows it. Its bytes lie outside the edition, under their hash."""

from __future__ import annotations

from dataclasses import dataclass

from guides.edition import records as r
from guides.edition.resolving import Resolver
from guides.text.documents import Document
from guides.text.file_formats import FILE_NAME, FORMATS, HASH, size_in_words


@dataclass(frozen=True)
class File(r.Record):
    name: str
    format: str
    size: int
    width: int | None
    height: int | None
    hash: str
    alt: str
    decorative: bool

    @property
    def picture(self) -> bool:
        return FORMATS[self.format].picture

    @property
    def said(self) -> str:
        """What a link to it adds to its words: (pdf, 989 kB)."""
        return f"({self.format}, {size_in_words(self.size)})"


def file(b: Resolver, d: Document, common: dict) -> File | None:
    # Also of a document that never passed our forms: hash and name become parts of a path.
    sound = HASH.fullmatch(d["hash"]) and FILE_NAME.fullmatch(d["name"]) and d["format"] in FORMATS
    if not sound or d["size"] is None:
        return None
    return File(
        **common,
        name=d["name"],
        format=d["format"],
        size=d["size"],
        width=d["width"],
        height=d["height"],
        hash=d["hash"],
        alt=d["alt"],
        decorative=d["decorative"],
    )
