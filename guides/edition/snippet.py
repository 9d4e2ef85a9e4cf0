"""The extract of a text under a hit: the window with most of the searched words, and which words those are."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[^\W_]+")
LENGTH = 160


def extract(text: str, is_searched: Callable[[str], bool], length: int = LENGTH) -> tuple[tuple[str, bool], ...]:
    """Pieces of plain text, each with whether it is to be marked; nothing in them is HTML.

    `is_searched` is asked for each word in lower case. The window has about `length` characters, is cut at
    word ends and has "…" where it is cut. Example: ``(("… om ", False), ("samtycke", True), (" ges.", False))``.
    """
    text = " ".join(text.split())
    marks = [m.span() for m in _WORD.finditer(text) if is_searched(m.group().casefold())]
    start, end = _window(text, marks, length)
    pieces: list[tuple[str, bool]] = []
    at = start
    for left, right in marks:
        if start <= left and right <= end:
            pieces += [(text[at:left], False), (text[left:right], True)]
            at = right
    pieces.append((text[at:end], False))
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _window(text: str, marks: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """The part with most different marked words; the first such, so that the beginning wins when all are alike."""
    if len(text) <= length:
        return 0, len(text)
    best, most = 0, -1.0
    for first, (left, _) in enumerate(marks):
        within = [text[a:b].casefold() for a, b in marks[first : first + 30] if b <= left + length]
        # A word that comes again is worth less than another word.
        worth = len(set(within)) + 0.1 * len(within)
        if worth > most:
            best, most = left, worth
    if most < 0:
        return 0, _word_end(text, length)
    start = max(0, best - length // 4)
    sentence = max(text.rfind(sign, max(0, best - length // 2), best) for sign in (". ", "? ", "! "))
    start = sentence + 2 if sentence >= 0 else 0 if best < length // 2 else text.find(" ", start) + 1
    return start, _word_end(text, start + length)


def _word_end(text: str, at: int) -> int:
    """The last end of a word not after `at`."""
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, at + 1)
    return blank if blank > at - 40 else at
