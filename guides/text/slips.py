"""What is a slip of the pen, and what is another word.

Swedish is full of short words that differ by one letter: ränta and rätta, väder and väger. A slip keeps
the letters that carry the meaning: two change places, one is lost or doubled, dots are left out, a sound is
written another way, a neighbouring key is hit. Any other letter makes, in a short word, another word.
"""

from __future__ import annotations

from guides.text.swedish import fold

# So short words differ from others by a letter; so long ones may have two slips; in a longer one still any letter may be wrong.
_SHORT, _MIDDLE, _LONG, _VERY_LONG = 5, 8, 9, 13
_VOWELS = frozenset("aeiouyåäö")
_ALIKE = frozenset(map(frozenset, ("eä", "oå", "ck", "cs", "sz", "kq", "vw", "yi", "gj", "dt", "bp", "eé", "eè")))
_KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_NEIGHBOURS = frozenset(
    frozenset(pair)
    for row, below in zip(_KEYS, (*_KEYS[1:], ""), strict=True)
    for at, key in enumerate(row)
    for pair in (key + row[at + 1 : at + 2], key + below[at : at + 1], key + below[max(0, at - 1) : at])
    if len(pair) == 2
)


def is_slip(typed: str, meant: str, distance: int) -> bool:
    """True when `typed` may be a misspelt `meant`, both in lower case; `distance` is how many letters differ at least.

    Example: "polisn" may be "polisen" and "sekrettess" "sekretess", but "ränta" is not "rätta".
    """
    size = len(typed)
    if _kept(typed, meant, 1 if size < _MIDDLE else 2 if size < _VERY_LONG else 3, ""):
        return True
    if size < _LONG or typed[0] != fold(meant[0]) and typed[0] != meant[0]:
        return False
    return distance <= (1 if size < _VERY_LONG else 2) and not _dots_added(typed, meant)


def _kept(typed: str, meant: str, left: int, before: str, size: int = 0) -> bool:
    """True when so many small slips at most make the one of the other; `before` is the letter that both have had."""
    size = size or len(typed)
    at = 0
    while at < len(typed) and at < len(meant) and _same(typed[at], meant[at]):
        at += 1
    before = meant[at - 1] if at else before
    typed, meant = typed[at:], meant[at:]
    if not typed and not meant:
        return True
    if not left:
        return False
    exchanged = len(typed) > 1 and len(meant) > 1 and _same(typed[0], meant[1]) and _same(typed[1], meant[0])
    if exchanged and _kept(typed[2:], meant[2:], left - 1, meant[1], size):
        return True
    if meant and _may_be_lost(meant, before, size) and _kept(typed, meant[1:], left - 1, meant[0], size):
        return True
    # A letter written twice.
    doubled = typed and typed[0] in (before, typed[1:2]) and typed[0] not in _VOWELS
    if doubled and _kept(typed[1:], meant, left - 1, before, size):
        return True
    return bool(
        typed
        and meant
        and _may_be_exchanged(typed[0], meant[0], size)
        and _kept(typed[1:], meant[1:], left - 1, meant[0], size)
    )


def _same(typed: str, meant: str) -> bool:
    """Dots may be left out, never put in: who types them means them."""
    return typed == meant or typed == fold(meant)


def _may_be_lost(meant: str, before: str, size: int) -> bool:
    if meant[0] in (before, meant[1:2]) and meant[0] not in _VOWELS:
        return True
    return size > _SHORT and (bool(before) or size >= _MIDDLE)


def _may_be_exchanged(typed: str, meant: str, size: int) -> bool:
    pair = frozenset((typed, meant))
    return size > _SHORT and pair in _ALIKE or size >= _MIDDLE - 1 and pair in _NEIGHBOURS


def _dots_added(typed: str, meant: str) -> bool:
    return sum(c in "åäö" for c in typed) > sum(c in "åäö" for c in meant)
