"""A rendered page as an edition keeps it: its bytes in each coding, each with a strong ETag, ready to be sent.

It knows neither Django nor a server: the door before Django and the middleware inside it both answer with it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import struct
import zlib
from functools import lru_cache

import brotli

# A proxy may keep a page for two seconds, and an old one while ours is away.
FRESH, RENEWING, ALONE = 2, 5, 600
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml")
# What an edition may hold of pages, in bytes of all their codings; beyond it the page kept longest goes.
MOST_KEPT = 64_000_000
# How many pages come between two looks at it.
BETWEEN = 50
# The style sheet and the script that every page has in its head: most of a page's bytes, and always the same.
_IN_EVERY_HEAD = re.compile(rb"<script>.*?</style>", re.DOTALL)
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_WINDOW = 32_768
_REFUSED = re.compile(rb"\s*q=0(\.0*)?\s*(;.*)?")

_REASONS = {200: b"OK", 304: b"Not Modified"}

Header = tuple[bytes, bytes]


class Answer:
    """What goes out. The first of the headers is Cache-Control, which depends on when the edition ends."""

    __slots__ = ("_head", "body", "headers", "status")

    def __init__(self, status: int, headers: list[Header], body: bytes):
        self.status, self.headers, self.body = status, headers, body
        self._head = None

    @property
    def head(self) -> bytes:
        """The status line and the headers as lines (RFC 9112, 2.1)."""
        if self._head is None:
            lines = [b"%b: %b\r\n" % pair for pair in self.headers]
            self._head = b"".join([b"HTTP/1.1 %d %b\r\n" % (self.status, _REASONS[self.status]), *lines])
        return self._head


@lru_cache(maxsize=256)
def header(name: str, value: str) -> Header:
    """A header as it is sent; all pages share the many that are the same."""
    return name.lower().encode("latin-1"), value.encode("latin-1")


@lru_cache(maxsize=256)
def cache_control(left: int) -> Header:
    """How long others may keep a page whose edition ends in `left` seconds: never beyond that moment."""
    fresh = max(0, min(FRESH, left))
    renewing, alone = (max(0, min(most, left - fresh)) for most in (RENEWING, ALONE))
    told = f"public, max-age=0, s-maxage={fresh}, stale-while-revalidate={renewing}, stale-if-error={alone}"
    return header("Cache-Control", told)


# Far from a switch, which is nearly always.
CALM = FRESH + ALONE
CACHE_CONTROL = cache_control(CALM)


def is_text(content_type: str) -> bool:
    """Whether compression gains anything."""
    return content_type.startswith(COMPRESSIBLE)


@lru_cache(maxsize=256)
def taken(accepted: bytes) -> tuple[bool, bool]:
    """Whether Accept-Encoding names br, and gzip, and does not refuse them with q=0 (RFC 9110, 12.5.3)."""
    seen: dict[bytes, bool] = {}
    for named in accepted.lower().split(b","):
        coding, _, weight = named.partition(b";")
        seen.setdefault(coding.strip(), not _REFUSED.fullmatch(weight))
    return seen.get(b"br", False), seen.get(b"gzip", False)


def packed(content: bytes) -> bytes:
    """As gzip. What stands in every head is pressed once, which leaves half of the work (RFC 1952, RFC 1951)."""
    shared = _IN_EVERY_HEAD.search(content)
    if not shared:
        return gzip.compress(content, 6, mtime=0)
    before, after = content[: shared.start()], content[shared.end() :]
    last = zlib.compressobj(6, wbits=-15, zdict=content[: shared.end()][-_WINDOW:])
    pieces = (_GZIP_HEADER, _pressed(before), _pressed_once(shared.group()), last.compress(after), last.flush())
    return b"".join(pieces) + struct.pack("<II", zlib.crc32(content), len(content))


def _pressed(piece: bytes) -> bytes:
    """Deflated up to a whole byte, so that more can follow, and without a look at what came before."""
    press = zlib.compressobj(6, wbits=-15)
    return press.compress(piece) + press.flush(zlib.Z_FULL_FLUSH)


_pressed_once = lru_cache(maxsize=4)(_pressed)


@lru_cache(maxsize=32)
def _unpacked(body: bytes) -> bytes:
    return gzip.decompress(body)


class Page:
    """One page: plain, as gzip from the beginning where that gains anything, and as brotli once somebody asked and somebody had time."""

    __slots__ = ("_brotli", "_gzip", "_headers", "_plain", "is_wanted", "tag")

    def __init__(self, content: bytes, headers: dict[str, str]):
        """`headers` are those of every answer with this page, but for its length, coding, tag and Cache-Control."""
        self.tag = hashlib.sha256(content).hexdigest()[:20]
        self._headers = [header(name, value) for name, value in headers.items()]
        self._brotli = None
        # Somebody asked for brotli before it was there.
        self.is_wanted = False
        self._gzip = self._form(packed(content), "gzip") if self._is_text() else None
        # Hardly anybody asks for it, and it is most of the memory: what is packed is unpacked then.
        self._plain = None if self._gzip else self._form(content, "")

    def _is_text(self) -> bool:
        return is_text(dict(self._headers).get(b"content-type", b"").decode("latin-1"))

    def _form(self, body: bytes, coding: str) -> Answer:
        # A strong tag names bytes, and the compressed ones are others (RFC 9110, 8.8.3.3).
        tag = f'"{self.tag}-{coding}"' if coding else f'"{self.tag}"'
        headers = [
            CACHE_CONTROL, (b"etag", tag.encode()), *self._headers, (b"content-length", str(len(body)).encode()),
        ]  # fmt: skip
        return Answer(200, [*headers, header("Content-Encoding", coding)] if coding else headers, body)

    @property
    def size(self) -> int:
        """Bytes of all codings."""
        return sum(len(form.body) for form in (self._plain, self._gzip, self._brotli) if form)

    def is_same(self, other: Page) -> bool:
        """Whether both would be answered with the same bytes."""
        return self.tag == other.tag and self._headers == other._headers

    def improve(self) -> None:
        """Make the smallest form. Takes some ten milliseconds: for a thread that nobody waits for."""
        if self._gzip and not self._brotli:
            self._brotli = self._form(brotli.compress(_unpacked(self._gzip.body), quality=11), "br")
        self.is_wanted = False

    def _as_it_is(self) -> Answer:
        return self._plain or self._form(_unpacked(self._gzip.body), "")

    def answer(self, accepted: bytes, known: bytes, left: float = CALM) -> Answer:
        """The form for an Accept-Encoding, or 304 when If-None-Match names it; the edition lasts `left` seconds more."""
        if accepted:
            br, gz = taken(accepted)
            if br and not self._brotli:
                self.is_wanted = True
            form = (self._brotli if br else None) or (self._gzip if gz else None) or self._as_it_is()
        else:
            form = self._as_it_is()
        if known and _names(known, form.headers[1][1]):
            headers = [pair for pair in form.headers if not pair[0].startswith(b"content-")]
            headers += [pair for pair in self._headers if pair[0] == b"content-security-policy"]
            form = Answer(304, headers, b"")
        if left < CALM:
            return Answer(form.status, [cache_control(int(left)), *form.headers[1:]], form.body)
        return form


def _names(known: bytes, tag: bytes) -> bool:
    """Whether If-None-Match names a tag, weakly as RFC 9110, 13.1.2 says: a proxy that packs makes tags weak."""
    return known == tag or any(t.strip().removeprefix(b"W/") in (tag, b"*") for t in known.split(b","))


def keep(pages: dict[str, Page], path: str, page: Page) -> None:
    """Keep a page of an edition, within what memory there is for them."""
    pages[path] = page
    # Adding up thousands takes longer than making one.
    if len(pages) % BETWEEN:
        return
    held = sum(other.size for other in list(pages.values()))
    while held > MOST_KEPT and len(pages) > 1:
        oldest = pages.pop(next(iter(pages)), None)
        held -= oldest.size if oldest else 0
