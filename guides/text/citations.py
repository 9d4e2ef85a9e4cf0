"""Swedish legal citations in running text: where they stand and what they point at.

Names and addresses come from `statutes`, the grammar of sections from `provisions`; here stand
the mentions of statutes and other sources, and the rules that say which statute a section belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guides.text.citation_query import parse_query, split_query
from guides.text.instruments import read_instrument
from guides.text.provisions import Grammar, Normal, Piece, Provisions, normalise
from guides.text.statutes import (
    DEFAULT_NAMES,
    Name,
    Statutes,
    Target,
    expand,
    public_url,
    statute_names,
)

__all__ = [
    "DEFAULT_NAMES",
    "Citation",
    "Statutes",
    "Target",
    "expand",
    "find_citations",
    "parse_query",
    "public_url",
    "split_query",
    "statute_names",
]

SAME, OWN, UNKNOWN = "same", "own", "unknown"

_SFS = r"(?:1[6-9]|20)\d\d:\d{1,4}(?!\d)(?: s\. ?\d{1,3}(?!\d))?"
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SFS_ALONE = re.compile(rf"SFS ({_SFS})")
_NUMBER_AFTER = re.compile(rf" \((?:SFS )?({_SFS})(?:\)|(?=[,;] ))| ({_SFS})")
# "Lag (2025:934)." closes a section and tells when it last changed; it cites nothing.
_AMENDMENT = re.compile(r"(?:Lag|Förordning) \(\d{4}:\d{1,4}\)\.(?!\w)")
_AMENDING = re.compile(r"(?:lydelse enligt|lydelsen enligt|ändrad genom|införd genom|upphävd genom) $", re.IGNORECASE)
_BACK = re.compile(r"(?:samma|nämnda|denna|den) (?:lag(?:en)?|balk(?:en)?|förordning(?:en)?)(?!\w)")
_LAW = re.compile(r"\w{0,60}?(?:lag|balk|förordning|kungörelse)((?:e?n)?s?)")
_POINTS_BACK = frozenset({"lagen", "balken", "förordningen"})
# Words that only sound like a statute: förslagen, anslag, underlagen, bolagen.
_NOT_LAW = re.compile(r"(?:\w*(?:förs|ans|bo|under)|\w{0,3}s)lag(?:en)?s?")
# Sections and chapters of such a document are not law.
_OTHER_DOCUMENT = re.compile(
    r" (?:i|av|enligt|till) (?:(?:den|det|denna|detta|vår|vårt|kommunens) )?(?:avtal(?:et)?|rapport(?:en)?"
    r"|bilagan?|policyn?|riktlinjerna|reglementet|överenskommelsen|stadgarna|protokollet|betänkandet|propositionen|handboken"
    r"|delegationsordningen|arbetsordningen|(?:handlings)?planen|beslutet|domen|kontraktet|boken|vägledningen"
    r"|utredningen|kommentaren|checklistan|mallen)(?!\w)"
)
# "3 § XYZ": the short name of an act that the site does not know, and no section of the one named before.
_STRANGER = re.compile(r" [A-ZÅÄÖ][a-zåäö]?[A-ZÅÄÖ]\w{0,6}(?!\w)")
_RIGHT = re.compile(r" (?:i )?(?:den )?(?:nya |nuvarande )?")
_LATER = re.compile(r", |(?: \w{1,30}){0,6} (?:i|enligt)(?: den)?(?: nya| nuvarande)? ")
# A finite verb or a conjunction between them: the name then has another part in the sentence.
_VERB = re.compile(
    r" (?:och|men|eller|samt|som|att|så|när|därför|ska|skall|får|kan|är|var|gäller|finns|har|måste|bör|inte"
    r"|hör|blir|ger|innebär|kräver|omfattar|säger|står) "
)
_TITLE_WORDS = re.compile(r" (?:om|med|till|angående) [^.,;:()\n]{0,120}")
_OWN_SECTION = re.compile(r",? \d")
_BREAK = re.compile(r"[;!?\n]|\.(?= [\"”(]?[A-ZÅÄÖ0-9]|\n)")
_SHORTENED = re.compile(r"(?:^|[ (])(?:bl\.a|t\.ex|m\.m|m\.fl|jfr|dvs|d\.v\.s|resp|s\.k|ang|nr|art|kap|enl)$")
_ARTICLED = frozenset({"2018:1197", "1994:1219"})


@dataclass(frozen=True)
class Citation:
    """A piece of text to link: ``text == original[start:end]``. It has several targets only when one
    piece names several styckes with points of their own; the first is the one to link."""

    start: int
    end: int
    text: str
    targets: tuple[Target, ...]


@dataclass
class Mention:
    """A statute, or words that stand for one, in the text. `alone`: a citation without any section."""

    start: int
    end: int
    key: str
    alone: bool = True
    numbered: bool = False
    url: str = ""
    colons: bool = False
    taken: bool = False


def find_citations(text: str, names: Statutes, default_statute: str = "", default_chapter: str = "") -> list[Citation]:
    """The citations in `text`, in order and apart, one for each piece that has a place of its own.

    A section belongs to the nearest statute to its right in the clause, else to its left, else to
    `default_statute` (on a statute's own page), else it is no citation. `default_chapter` is the
    chapter that bare sections there mean, until another is named.
    Example: "25 kap. 1 § och 26 kap. 1 § OSL" gives "25 kap. 1 §" and "26 kap. 1 § OSL".
    """
    if not text or not any(c.isalpha() or c == "§" for c in text):
        return []
    normal = normalise(text)
    reader = _Reader(normal, names)
    known = names.keys | {default_statute}
    resolver = _Resolver(normal.text, reader.read(), known, default_statute, default_chapter)
    return [
        Citation(a, b, text[a:b], targets)
        for start, end, targets in resolver.resolve()
        for a, b in [(normal.starts[start], normal.ends[end - 1])]
    ]


class _Reader:
    """Reads a text once from left to right into mentions and lists of provisions."""

    def __init__(self, normal: Normal, names: Statutes):
        self.text, self.lower, self.names = normal.text, normal.lower, names
        self.grammar = Grammar(self.text, lambda at: names.match(self.text, self.lower, at) is not None)
        self.found: list[Mention | Provisions] = []

    def read(self) -> list[Mention | Provisions]:
        at = 0
        while word := _WORD.search(self.text, at):
            start, at = word.span()
            before = self.text[start - 1] if start else " "
            if word.group()[0].isdigit():
                if before not in "-‐‑.:/" and not self.numbered_from_before(start):
                    provisions, read = self.grammar.sections(start)
                    at = max(at, read)
                    self.keep(provisions)
            elif before not in "-‐‑.@":
                at = max(at, self.word(start, word.group().lower()))
        return self.found

    def word(self, start: int, word: str) -> int:
        """Reads what begins with a word; returns where it ends, or `start`."""
        for passed in (_ADDRESS, _AMENDMENT):
            if over := passed.match(self.text, start):
                return over.end()
        if mention := self.mention(start, word):
            amending = mention.numbered and _AMENDING.search(self.text[max(0, start - 20) : start])
            if not amending and not self.in_title(mention):
                self.found.append(mention)
            if mention.colons and (typed := self.grammar.colons(mention.end + 1)):
                self.found.append(typed)
                return typed.end
            return mention.end
        articles = self.grammar.articles(start)
        self.keep(articles)
        return articles.end if articles else start

    def keep(self, provisions: Provisions | None) -> None:
        if provisions and not _OTHER_DOCUMENT.match(self.text, provisions.end):
            self.found.append(provisions)

    def numbered_from_before(self, start: int) -> bool:
        """Minutes and contracts write "§ 45": that number is spoken for, whatever follows it."""
        sign = self.text[max(0, start - 2) : start].find("§")
        return sign >= 0 and not (self.found and self.found[-1].end >= start - 1)

    def in_title(self, mention: Mention) -> bool:
        """The rest of a title names statutes that are not cited: "lagen (2018:218) med ... till EU:s ..."."""
        law = self.found[-1] if self.found else None
        if not isinstance(law, Mention) or not law.numbered or mention.url:
            return False
        between = self.text[law.end : mention.start]
        listed = _OWN_SECTION.match(self.text, mention.end) or re.search(" och | eller ", between)
        return bool(_TITLE_WORDS.fullmatch(between)) and not listed

    def mention(self, start: int, word: str) -> Mention | None:
        """The statute or other source whose name begins at `start` with `word`, in lower case."""
        if match := self.names.match(self.text, self.lower, start):
            return self.named(start, *match)
        if sfs := _SFS_ALONE.match(self.text, start):
            return Mention(start, sfs.end(), sfs.group(1))
        if other := read_instrument(self.text, start, word):
            return Mention(start, other.end, other.key, url=other.url)
        if back := _BACK.match(self.lower, start):
            return Mention(start, back.end(), OWN if word == "denna" else SAME, alone=False)
        law = _LAW.fullmatch(word)
        if not law or _NOT_LAW.fullmatch(word):
            return None
        end = start + len(word)
        if number := _NUMBER_AFTER.match(self.text, end):
            return Mention(start, number.end(), number.group(1) or number.group(2), numbered=True)
        if not law.group(1).strip("s"):
            return None
        # "lagen" points back, unless words around it say which law it is.
        meant = self.lower[max(0, start - 9) : start].endswith(("nya ", "gamla ", "äldre ", "tidigare "))
        told = meant or _TITLE_WORDS.match(self.text, end) or word.rstrip("s") not in _POINTS_BACK
        return Mention(start, end, UNKNOWN if told else SAME, alone=False)

    def named(self, start: int, end: int, name: Name) -> Mention:
        typed = self.text[start : start + len(name.lower)]
        alone = name.stands_alone is None or typed in name.stands_alone
        if number := _NUMBER_AFTER.match(self.text, end):
            return Mention(start, number.end(), number.group(1) or number.group(2), numbered=True)
        colons = name.abbreviation and self.text.startswith(" ", end)
        return Mention(start, end, name.key, alone, colons=colons)


class _Resolver:
    """Gives every provision its statute, walking through a text's elements once."""

    def __init__(
        self,
        text: str,
        elements: list[Mention | Provisions],
        known: frozenset[str],
        statute: str,
        chapter: str,
    ):
        self.text, self.elements, self.known = text, elements, known
        self.statute, self.chapter = statute, chapter
        self.found: list[tuple[int, int, tuple[Target, ...]]] = []
        # The nearest key to the left in this sentence, for sections (False) and for articles (True).
        self.left: dict[bool, str] = {}
        self.last = ""
        self.chapters: dict[str, str] = {}
        # Sections of this sentence that no statute has claimed yet.
        self.waiting: list[Provisions] = []

    def resolve(self) -> list[tuple[int, int, tuple[Target, ...]]]:
        end = 0
        for number, element in enumerate(self.elements):
            self.cross(end, element.start)
            if isinstance(element, Mention):
                self.name(element)
            else:
                self.place(number, element)
            end = element.end
        return sorted(self.found, key=lambda found: found[0])

    def cross(self, start: int, end: int) -> None:
        """Forgets what a sentence's, a paragraph's or a section's end between two elements closes."""
        for stop in _BREAK.finditer(self.text[start : end + 1]):
            at = start + stop.start()
            if stop.group() == "." and _SHORTENED.search(self.text[max(0, at - 8) : at]):
                continue
            self.left, self.waiting = {}, []
            if stop.group() == "\n":
                self.chapters = {}
                if self.text.startswith("#", at + 1):
                    self.last = ""

    def name(self, mention: Mention) -> None:
        if mention.url:
            self.found.append((mention.start, mention.end, (Target("", url=mention.url),)))
        elif mention.key == UNKNOWN or mention.alone or mention.taken:
            self.remember(mention)
            if mention.alone and not mention.taken:
                self.found.append((mention.start, mention.end, (Target(mention.key),)))

    def remember(self, mention: Mention) -> None:
        if mention.key in (SAME, OWN):
            return
        self.last = mention.key
        # A number that is no statute of the site's is mostly an amending act, which has no such sections.
        if mention.key == UNKNOWN or mention.key in self.known:
            self.left |= {articles: mention.key for articles in (False, True) if _fits(mention.key, articles)}

    def key(self, mention: Mention) -> str:
        if mention.key == SAME:
            return self.last or self.statute
        return (self.statute or self.last) if mention.key == OWN else mention.key

    def place(self, number: int, provisions: Provisions) -> None:
        before = self.neighbour(number - 1, provisions)
        after = self.neighbour(number + 1, provisions)
        right = after if after and _RIGHT.fullmatch(self.text, provisions.end, after.start) else None
        beside = before and not before.taken and self.text[before.end : provisions.start] == " "
        left = before if beside else None
        pieces = provisions.pieces
        if provisions.colon:
            right = None
        if right and left and pieces[-1].group != pieces[0].group:
            # "LVU 6 § och 11 kap. 1 § SoL": the last section has a statute of its own.
            own = [p for p in pieces if p.group == pieces[-1].group]
            for piece in own:
                piece.chapter = "" if piece.carried else piece.chapter
            self.join(left, provisions, [p for p in pieces if p not in own])
            self.join(right, provisions, own)
        elif right or left:
            self.join(right or left, provisions, pieces)
        elif before and self.text[before.end : provisions.start] == ", " and not before.taken:
            self.bind(pieces, self.key(before), provisions)
        elif after and self.meant_later(number, provisions, after):
            self.bind(pieces, after.key, provisions)
        elif not _STRANGER.match(self.text, provisions.end):
            own = self.statute if _fits(self.statute, provisions.articles) else ""
            key = self.left.get(provisions.articles) or own
            if not key and not provisions.articles:
                self.waiting.append(provisions)
            self.bind(pieces, key, provisions, loosely=True)

    def neighbour(self, number: int, provisions: Provisions) -> Mention | None:
        element = self.elements[number] if 0 <= number < len(self.elements) else None
        if isinstance(element, Mention) and not element.url and _fits(self.key(element), provisions.articles):
            return element
        return None

    def meant_later(self, number: int, provisions: Provisions, after: Mention) -> bool:
        """The statute stands further on in the clause and has no section of its own."""
        between = self.text[provisions.end : after.start]
        follower = self.elements[number + 2] if number + 2 < len(self.elements) else None
        owns = isinstance(follower, Provisions) and self.text[after.end : follower.start] == " "
        known = after.alone and after.key in self.known and not owns
        return known and bool(_LATER.fullmatch(between)) and not _VERB.search(between)

    def join(self, mention: Mention, provisions: Provisions, pieces: list[Piece]) -> None:
        """Binds pieces to the statute beside them, which becomes part of the nearest piece's text."""
        key = self.key(mention)
        if mention.start > provisions.start:
            pieces[-1].end = mention.end
            self.claim(key, bool(pieces[-1].chapter))
        else:
            pieces[0].start = mention.start
            if self.found and self.found[-1][0] == mention.start:
                self.found.pop()
            self.remember(mention)
        mention.taken = True
        self.bind(pieces, key, provisions)

    def claim(self, key: str, chaptered: bool) -> None:
        """Gives the sentence's unclaimed sections to a statute whose sections are cited in the same way."""
        waiting, self.waiting = self.waiting, []
        for provisions in waiting:
            if all(bool(piece.chapter) == chaptered for piece in provisions.pieces):
                self.bind(provisions.pieces, key, provisions)

    def bind(self, pieces: list[Piece], key: str, provisions: Provisions, loosely: bool = False) -> None:
        if key in ("", UNKNOWN):
            return
        for piece in pieces:
            chapter = piece.chapter
            if not chapter and not provisions.articles and (loosely or provisions.same_chapter):
                chapter = self.chapters.get(key) or (self.chapter if key == self.statute else "")
            if provisions.same_chapter and not chapter:
                continue
            if chapter:
                self.chapters[key] = chapter
            targets = tuple(
                Target(key, chapter, piece.section, piece.section_to, paragraphs, points, piece.chapter_to)
                for paragraphs, points in piece.parts or [((), ())]
            )
            self.found.append((piece.start, piece.end, targets))


def _fits(key: str, articles: bool) -> bool:
    """EU acts and treaties have articles, everything else has sections; words that point back have either."""
    if key in (UNKNOWN, ""):
        return True
    return (key.startswith("eu-") or key in _ARTICLED) if articles else not key.startswith("eu-")
