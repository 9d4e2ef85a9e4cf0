"""Statutes and sections as visitors type them in a search box: no signs, no capitals, no dots, no blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from guides.text.provisions import normalise, tidy
from guides.text.statutes import Statutes, Target

_DOTS = str.maketrans("åäöéèü", "aaoeeu")
# The letter i is a word of its own far oftener than part of a section's number: "3 i lvu".
# So is o between two numbers.
_NUM = r"\d{1,3}(?!\d)(?:(?! o \d) ?[a-hj-z](?![a-z0-9]))?"
_TO = rf"(?: ?(?:[-‐‑–—]|till|t\.?o\.?m\.?(?!\w)) ?({_NUM}|[a-hj-z](?!\w)))?"
_SFS = re.compile(r"\(?(?<![\w:/])((?:1[6-9]|20)\d\d:\d{1,4})(?!\d)\)?")
_ORD = "(?:forsta|andra|tredje|fjarde|femte|sjatte|sjunde|attonde|nionde|tionde)"
_QUALIFIER = re.compile(
    rf"{_ORD}(?: och {_ORD})? (?:stycke(?:t|na)(?: \d{{1,2}}(?!\d| ?(?:kap|§)))?|meningen|punkten)"
    r"|(?<!\w)\d{1,2} (?:st|p)(?!\w)\.?|(?<!\w)(?:p\.|punkt(?:en)?) ?\d{1,2}(?!\d)"
)
_FILLER = frozenset({"i", "enligt", "sfs", "lag", "lagen", "balk", "balken", "forordning", "forordningen"})
_ARTICLE = re.compile(r"(?<!\w)art(?:ikel|\.)? ?(\d{1,3})(?!\d)(?:\.\d{1,2})?(?: [a-hj-z](?!\w))?")

# One of a row of places: a chapter, a chapter and section with a colon, a section or a range of them.
_PLACE = re.compile(
    rf"(?P<kap>{_NUM}) ?kap(?:itlet|itel|\.|(?!\w)),? ?"
    rf"|(?P<of>\d{{1,2}}(?: ?[a-hj-z])?):(?P<in>{_NUM}){_TO}(?: ?§{{1,2}})?(?![\d:])"
    rf"|(?P<before>§{{1,2}} ?)?(?P<section>{_NUM}){_TO}(?P<after> ?§{{1,2}})?"
)
_BETWEEN = re.compile(r" ?[,&+;] ?(?:(?:och|samt|eller) )?| (?:och|samt|eller|o|respektive|resp\.?) ")
_START = re.compile(r"(?<![\w:/])[\d§]")
_PAIR = re.compile(rf"({_NUM}) ({_NUM})")
_MOST = 20

# "kap 26 § 1", as somebody says it who reads it aloud.
_SPOKEN = re.compile(rf"kap(?:itel|\.)? ?({_NUM}),? ?(?:§ ?)?({_NUM})(?: ?§)?")
# "1 och 2 §§ 4 kap", as the old acts have it.
_CHAPTER_AFTER = re.compile(rf" ?({_NUM}) ?kap(?:itlet|itel|\.|(?!\w))")
_SIGN_IN_WORDS = re.compile(r"(?<![^\W\d_])paragraf(?:en|er|erna)?(?!\w)")
# Where a citation is typed without its blanks or with too many: lvu3, 26kap1§osl, 26 : 1.
_COLON = re.compile(r"(\d(?: ?[a-h])?) ?: ?(?=\d)")
_GLUED = re.compile(r"(?<=[\d§])(?=kap|och)|(?<=\dkap)(?=[\d§])|(?<=\d kap)(?=[\d§])|(?<=[^\W\d_])(?=§)|(?<=§)(?=[^\W\d_])")
_NAME_AFTER = re.compile(r"(?<=[\d§])[^\W\d_]{2,60}")
_NAME_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,60})[ .:,/-]{0,4}(?=[\d§])")


def parse_query(text: str, names: Statutes) -> tuple[Target, ...]:
    """What a search that is nothing but a citation points at, in the order named; empty when it is anything else.

    Without a statute in it, `statute` is empty. Example: ``parse_query("osl 10:18a", names)`` is
    ``(Target("2009:400", "10", "18 a"),)``; "3 och 6 §§ lvu" are two; "lvu 3 barn" is none.
    """
    targets, rest = split_query(text, names)
    return () if rest else targets


def split_query(text: str, names: Statutes) -> tuple[tuple[Target, ...], str]:
    """The places cited in a search and the words that are left, as typed but in lower case without dots.

    Bare numbers after a statute are its sections, two are chapter and section, and only when no other
    word is left. Example: "anmälan 19 kap 1 § sol" gives 19 kap. 1 § SoL and "anmalan".
    """
    plain = _spaced(_plain(normalise(text[:400]).text), names)
    pieces = [_split(piece, names) for piece in _by_statute(plain, names)]
    if len(pieces) > 1 and all(target.section for targets, _ in pieces for target in targets or (Target(""),)):
        return sum((targets for targets, _ in pieces), ()), _meaning(" ".join(rest for _, rest in pieces))
    return _split(plain, names)


def _split(plain: str, names: Statutes) -> tuple[tuple[Target, ...], str]:
    statute, plain = _statute(plain, names)
    plain = " ".join(w for w in _QUALIFIER.sub(" ", plain).split() if w not in _FILLER)
    if article := _ARTICLE.search(plain):
        return (Target(statute, section=f"art. {article.group(1)}"),), _without(plain, *article.span())
    if statute and (pair := _SPOKEN.fullmatch(plain)):
        return (_inside(statute, pair),), ""
    for start in _START.finditer(plain):
        targets, end, sure = _row(plain, start.start(), statute)
        if sure:
            if not any(target.chapter for target in targets) and (late := _CHAPTER_AFTER.match(plain, end)):
                end = late.end()
                targets = tuple(replace(target, chapter=tidy(late.group(1))) for target in targets)
            return targets, _without(plain, start.start(), end)
    if not statute:
        return (), _meaning(plain)
    if pair := _PAIR.fullmatch(plain):
        return (_inside(statute, pair),), ""
    targets, end, _ = _row(plain, 0, statute)
    return (targets, "") if targets and end == len(plain) else ((Target(statute),), _meaning(plain))


def _inside(statute: str, pair: re.Match[str]) -> Target:
    return Target(statute, tidy(pair.group(1)), tidy(pair.group(2)))


def _row(plain: str, at: int, statute: str) -> tuple[tuple[Target, ...], int, bool]:
    """The places named from `at` on, where they end, and whether they are surely places and not mere numbers.

    A chapter holds for the sections after it. What follows the last sign of "2 § och 3 § och 18 år" is no section.
    """
    found: list[tuple[Target, int, bool]] = []
    chapter, end, sure, signed = "", at, False, False
    while len(found) < _MOST and (place := _PLACE.match(plain, at)):
        part = place.groupdict()
        end = at = place.end()
        if part["kap"]:
            chapter, sure = tidy(part["kap"]), True
            inner = _PLACE.match(plain, at)
            if inner and inner["section"]:
                continue
            found.append((Target(statute, chapter), end, True))
        else:
            first = tidy(part["in"] or part["section"])
            chapter = tidy(part["of"] or "") or chapter
            last = tidy(place[4] or place[7] or "")
            if last.isalpha():
                last = f"{first.split()[0]} {last}"
            marked = bool(part["of"] or part["after"])
            signed |= bool(part["after"])
            sure |= marked or bool(part["before"])
            found.append((Target(statute, chapter, first, last), end, marked))
        between = _BETWEEN.match(plain, at)
        if not between or not _PLACE.match(plain, between.end()):
            break
        at = between.end()
    while signed and found and not found[-1][2]:
        found.pop()
    return tuple(target for target, _, _ in found), found[-1][1] if found else end, sure


def _spaced(plain: str, names: Statutes) -> str:
    """The text with a blank where a statute's name, a chapter or a sign meets a number, and none around a colon."""
    if not any(c.isdigit() for c in plain):
        return plain
    known = _single(names)
    plain = _GLUED.sub(" ", _COLON.sub(r"\1:", _SIGN_IN_WORDS.sub("§", plain)))
    plain = _NAME_AFTER.sub(lambda name: f" {name.group()}" if name.group() in known else name.group(), plain)
    return _NAME_BEFORE.sub(lambda name: f"{name.group(1)} " if name.group(1) in known else name.group(), plain)


def _named(plain: str, names: Statutes) -> Iterator[tuple[int, int, str]]:
    """Where statutes are named, and their keys."""
    folded, done = _folded(names), 0
    for word in re.finditer(r"\w+", plain):
        if word.start() >= done and (match := folded.match(plain, plain, word.start())):
            done, name = match
            yield word.start(), done, name.key


def _by_statute(plain: str, names: Statutes) -> list[str]:
    """A text cut so that each piece names one statute: "3 § lvu och 26 kap 1 § osl", "lvu 3, osl 26:1"."""
    named = list(_named(plain, names))
    if len({key for _, _, key in named}) < 2:
        return [plain]
    after = any(c.isdigit() for c in plain[: named[0][0]])
    cuts = [one[1] if after else other[0] for one, other in pairwise(named) if one[2] != other[2]]
    return [plain[start:end].strip(" ,;&+") for start, end in pairwise([0, *cuts, len(plain)])]


def _statute(plain: str, names: Statutes) -> tuple[str, str]:
    """The key of the statute in a query, and the query without it. A number wins over a name."""
    key = ""
    out, done = [], 0
    for start, end, found in _named(plain, names):
        if key in ("", found):
            key = found
            out.append(plain[done:start])
            done = end
    plain = " ".join([*out, plain[done:]])
    if number := _SFS.search(plain):
        key, plain = number.group(1), _without(plain, *number.span())
    return key, plain.strip()


def _without(text: str, start: int, end: int) -> str:
    return _meaning(f"{text[:start]} {text[end:]}")


def _meaning(rest: str) -> str:
    return " ".join(word for word in rest.split() if word != "och")


def _plain(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).translate(_DOTS)


@lru_cache(maxsize=8)
def _folded(names: Statutes) -> Statutes:
    return names.folded(_plain)


@lru_cache(maxsize=8)
def _single(names: Statutes) -> frozenset[str]:
    """The names of one word, which may be typed without a blank before a number."""
    return frozenset(name for name, _ in _folded(names).names if name.isalpha())
