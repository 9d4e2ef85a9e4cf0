"""A record or the right answer for its absence: 301 to a new key, 410 with the reason, 404."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404

from guides.edition.edition import Edition
from guides.edition.records import Gone


class MovedError(Exception):
    """The document has a new key; `parts` maps the address's argument to it."""

    def __init__(self, parts: dict[str, str]):
        self.parts = parts


class GoneError(Exception):
    """The document was withdrawn."""

    def __init__(self, gone: Gone):
        self.gone = gone


def find(edition: Edition, kind: str, key: str, argument: str = ""):
    """The record with `key`; raises MovedError, GoneError or Http404."""
    current = edition.current_key(kind, key)
    if current != key and edition.has(kind, current):
        raise MovedError({argument or kind: current})
    record = edition.get(kind, key)
    if record is None:
        absent(edition, kind, key)
    return record


def absent(edition: Edition, kind: str, key: str) -> NoReturn:
    """Raise what the absence of a document means."""
    gone = edition.gone.get((kind, edition.current_key(kind, key)))
    if gone:
        raise GoneError(gone)
    raise Http404
