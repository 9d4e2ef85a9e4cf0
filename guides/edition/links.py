"""The external links of a Document: which there are, which can never be right, and one put in another's place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from guides.text.documents import Document
from guides.text.markup import LINK_SCHEMES

# Fields that hold nothing but an address.
ADDRESS_FIELDS = frozenset({"url", "regulation_url", "link"})
OURS = frozenset(LINK_SCHEMES) | {"mailto", "tel"}
# A pair of brackets is a part of an address, a single one closes what stands around it.
_IN_MARKDOWN = re.compile(r"\]\(\s*<?([a-zA-Z][a-zA-Z0-9+.-]*:(?:\([^\s()<>]*\)|[^\s()<>])+)")
_BARE = re.compile(r"""\bhttps?://(?:\([^\s()<>"']*\)|[^\s()<>\]"'])+""")
_ENDS = re.compile(r"[.,;:!?]+$")
LONGEST = 1000


def links_in(document: Document) -> set[str]:
    """Every external address of a document, without its fragment: a page is asked for once, whatever part is meant."""
    found = set()
    for name, text in _texts(document):
        if name in ADDRESS_FIELDS:
            if text and not text.startswith("/"):
                found.add(text.strip())
            continue
        found.update(link for link in _IN_MARKDOWN.findall(text) if link.partition(":")[0].lower() not in OURS)
        found.update(_ENDS.sub("", link) for link in _BARE.findall(text))
    return {urldefrag(link).url for link in found if len(link) <= LONGEST}


def danger(address: str) -> str:
    """Why an address must never be shown, in Swedish; empty when nothing is wrong with it as it stands."""
    try:
        parts = urlsplit(address)
        named = parts.username is not None or parts.password is not None
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "Adressen är felskriven."
    if parts.scheme.lower() not in ("http", "https"):
        return "Adressen börjar inte med http eller https."
    if named:
        return "Adressen innehåller ett användarnamn eller lösenord."
    return "" if host else "Adressen saknar webbplatsens namn."


def with_address(document: Document, old: str, new: str) -> Document:
    """The document with every link to `old` leading to `new`; what stands after a # stays."""
    pattern = re.compile(re.escape(old) + r"""(?=$|[\s)>\]"'<#]|[.,;:!?]+(?:\s|$))""")

    def put(text: str) -> str:
        return pattern.sub(lambda _: new, text)

    fields = {name: _mapped(value, put) for name, value in document.fields.items()}
    return replace(document, fields=fields, body=put(document.body))


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield from _texts_of(document.fields)
    yield "body", document.body


def _texts_of(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, tuple):
            for row in value:
                if isinstance(row, Mapping):
                    yield from _texts_of(row)


def _mapped(value: object, put: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return put(value)
    if isinstance(value, tuple):
        return tuple(
            {k: _mapped(v, put) for k, v in row.items()} if isinstance(row, Mapping) else row for row in value
        )
    return value
