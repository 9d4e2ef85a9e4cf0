"""How hard a Swedish text is to read: LIX (Björnsson 1968) and the length of its sentences."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^()\s]*\)|[*#>|☐…]+")
_ABBREVIATION = re.compile(r"\b(kap|t\.ex|bl\.a|m\.m|m\.fl|dvs|s\.k|st|p|nr|ca|kl|prop|bet|dir|art)\.", re.IGNORECASE)
LONG_WORD = 6
TOO_SHORT = 30


def plain(markdown: str) -> str:
    """Markdown without references and marks, as it is read aloud."""
    return _NOISE.sub(" ", markdown)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text. "11 kap. 1 §" ends none."""
    text = _ABBREVIATION.sub(r"\1", plain(markdown))
    return [s.strip() for s in _SENTENCE_END.split(text) if s.strip()]


def lix(markdown: str) -> int | None:
    """Words per sentence plus the percentage of words over six letters; None for less than 30 words.

    Under 25 is very easy, 30-40 easy, 40-50 middling, over 50 hard.
    """
    words = _WORD.findall(plain(markdown))
    if len(words) < TOO_SHORT:
        return None
    long_words = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / max(len(sentences(markdown)), 1) + 100 * long_words / len(words))
