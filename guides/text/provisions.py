"""The grammar of Swedish legal citations: which sections stand in a text, each as a Piece.

Reads "25 kap. 1 §, 2 § andra stycket", "artikel 9.2 h" and "12:7"; whose sections they are is
decided in `citations`. Every repetition is bounded, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

# No list in Swedish law comes near; a longer one is read as several.
MOST = 40
ORDINALS = ["första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"]
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")

_DASH = "[-‐‑–—]"
_LETTER = rf"(?: ?[a-z](?=[ ,§]|{_DASH}|kap))?"
_NUM = rf"\d{{1,3}}(?!\d){_LETTER}(?![:/]\d|\.\d)"
_ORD = f"(?:{'|'.join(ORDINALS)})"
_ORDS = rf"{_ORD}(?:(?:, | och | eller | samt ){_ORD}){{0,9}}"
_ITEM = re.compile(rf"({_NUM})(?: ?{_DASH} ?(?:({_NUM})|([a-z])(?=[ ,§]|kap)))?")
_KAP = re.compile(r" ?[Kk]ap(?:\.|itlet(?!\w)|(?!\w))")
_SIGN = re.compile(r" ?§{1,3}(?!§)")
SEPARATOR = re.compile(r", ?(?:(?:och|eller|samt) )?| (?:och|eller|samt|respektive|resp\.) ")
_LEADS = re.compile(rf" ?(?:kap|§)|(?:(?:, ?| och | eller | samt ){_ITEM.pattern}){{1,20}} ?(?:§|kap)")
_PARAGRAPH = re.compile(
    rf"({_ORDS}) stycke(?:t|na)(?!\w)"
    rf"|(\d{{1,2}}(?:(?:, | och | eller )\d{{1,2}}){{0,9}}) st(?!\w)\.?|st\. ?(\d{{1,2}})(?!\d)"
)
_SENTENCE = re.compile(rf" {_ORDS} mening(?:en|arna)(?!\w)")
_POINT = re.compile(r"\d{1,2}(?!\d)(?:[a-h](?!\w)| [a-h](?=[ ,.;)]|$))?(?![:/]\d)")
_DIRECT = re.compile(r" ?(?:kap|§)")
_POINT_WORD = re.compile(r" ?(?:p\.|punkt(?:en|erna)?(?!\w)) ?(?=\d)")
_POINT_SHORT = re.compile(r" (\d{1,2}) p(?!\w)\.?")
_POINT_ORD = re.compile(rf" ({_ORDS}) punkt(?:en|erna)(?!\w)")
_POINT_SEPARATOR = re.compile(rf", | och | eller | samt |{_DASH}")
# "3 § första stycket 18 år": a number before a unit counts something.
_UNIT = re.compile(r" (?:år|månad|veck|dag|timm|person|barn|procent|kronor|kr\b|gånger|fall)")
_CLOSES = re.compile(r"$|[.,;:)\]\n]| (?:och|eller|samt|i) ")
_SAME_CHAPTER = re.compile(r" (?:i )?samma kap(?:itel|\.)(?!\w)")
_COLON = re.compile(r"(\d{1,2})(?: ?([a-h]))?:(\d{1,3})(?![\d:])(?:([a-z])| ([a-hj-z]))?(?!\w)")
_ARTICLES = re.compile(r"(?:[Aa]rt\.|[Aa]rtikel|[Aa]rtikeln|[Aa]rtiklarna) ?(?=\d)")
_SUB = r"(?:[a-hj-z]|i(?= i ))(?!\w)"
_ARTICLE = re.compile(
    rf"(\d{{1,3}})(?!\d)(?:\.(\d{{1,2}})(?!\d))?(?: ?({_SUB}(?:(?:, | och | eller | samt |–){_SUB}){{0,9}}))?"
    rf"(?:{_DASH}(\d{{1,3}})(?!\d))?"
)


@dataclass(frozen=True)
class Normal:
    """A text made plain, with the way back: character i came from ``[starts[i], ends[i])``.

    One blank between words, ``\\n`` for a paragraph's end, no soft hyphens, NFC. `lower` is the same
    text in lower case, character for character.
    """

    text: str
    lower: str
    starts: list[int]
    ends: list[int]


@dataclass
class Piece:
    """One section, range or chapter of a list, with its place in the text.

    `parts` are the stycken and points named, one pair each: ``[((1,), ("2",))]``. `carried` is True
    when the chapter was named earlier in the list; `group` counts the section signs before it.
    """

    start: int
    end: int
    chapter: str = ""
    section: str = ""
    section_to: str = ""
    chapter_to: str = ""
    carried: bool = False
    group: int = 0
    parts: list[tuple[tuple[int, ...], tuple[str, ...]]] = field(default_factory=list)


@dataclass
class Provisions:
    """A list of pieces that belong together. `colon`: typed as 12:7, which only a name before it explains."""

    start: int
    end: int
    pieces: list[Piece]
    articles: bool = False
    colon: bool = False
    same_chapter: bool = False


def normalise(text: str) -> Normal:
    """Plain text with offsets, as domain rules for citations ask: spaces, soft hyphens, NFC.

    Example: ``normalise("10\\u00a0kap.").text`` is ``"10 kap."``.
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    newlines = 0
    for i, char in enumerate(text):
        if char in _INVISIBLE:
            continue
        if char.isspace():
            newlines += char == "\n"
            if out and out[-1] in " \n":
                ends[-1] = i + 1
                out[-1] = "\n" if newlines > 1 else out[-1]
                continue
            char = " "
        else:
            newlines = 0
            if char > "\u02ff" and unicodedata.combining(char) and out:
                joined = unicodedata.normalize("NFC", out[-1] + char)
                if len(joined) == 1:
                    out[-1], ends[-1] = joined, i + 1
                    continue
        out.append(char)
        starts.append(i)
        ends.append(i + 1)
    plain = "".join(out)
    lower = plain.lower()
    if len(lower) != len(plain):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    return Normal(plain, lower, starts, ends)


def tidy(number: str) -> str:
    """A section as provisions store it: ``18a`` becomes ``18 a``."""
    return re.sub(r"(\d) ?([a-z])$", r"\1 \2", number.strip())


def ordinals(words: str) -> tuple[int, ...]:
    """The numbers in "första och andra": ``(1, 2)``."""
    return tuple(ORDINALS.index(w) + 1 for w in re.findall(r"\w+", words) if w in ORDINALS)


class Grammar:
    """Reads provisions at a position of one text; `names_at` says whether a statute's name begins at one."""

    def __init__(self, text: str, names_at: Callable[[int], bool]):
        self.text = text
        self.names_at = names_at

    def sections(self, start: int) -> tuple[Provisions | None, int]:
        """The list of sections that begins with the number at `start`, and where to read on.

        None when the numbers there lead to no section sign and no "kap.": "1, 2 och 3 barn".
        """
        text = self.text
        pieces: list[Piece] = []
        waiting: list[Piece] = []
        headings: dict[int, Piece] = {}
        chapter, heading, in_chapter = "", None, False
        group, at, read = 0, start, start
        for _ in range(MOST):
            item = _ITEM.match(text, at)
            if not item:
                break
            first, last = _ends(item)
            at = read = item.end()
            if kap := _KAP.match(text, at):
                if waiting and not in_chapter:
                    # "3, 4 eller 6 kap.": what looked like sections were chapters.
                    pieces += [Piece(p.start, p.end, p.section, chapter_to=p.section_to) for p in waiting]
                    waiting = []
                at = read = kap.end()
                chapter, in_chapter = first, True
                heading = Piece(item.start(), at, first, chapter_to=last, group=group)
                pieces.append(heading)
                after = at + text.startswith(" ", at)
                if _ITEM.match(text, after):
                    at = after
                    continue
            else:
                if heading:
                    headings[item.start()] = heading
                carried = bool(chapter) and not in_chapter
                waiting.append(Piece(item.start(), at, chapter, first, last, carried=carried, group=group))
                if sign := _SIGN.match(text, at):
                    at = self.qualify(waiting[-1], sign.end())
                    read = waiting[-1].end = at
                    for piece in waiting:
                        # "25 kap. 1 §" is one piece; a chapter stands alone only when no section follows it.
                        if whole := headings.get(piece.start):
                            piece.start = whole.start
                            pieces.remove(whole)
                    pieces += waiting
                    waiting, in_chapter, group = [], False, group + 1
            heading = None
            separator = SEPARATOR.match(text, at)
            if not separator:
                break
            at = separator.end()
        if not pieces:
            return None, read
        pieces.sort(key=lambda p: p.start)
        found = Provisions(start, pieces[-1].end, pieces)
        if same := _SAME_CHAPTER.match(text, found.end):
            found.end = pieces[-1].end = same.end()
            found.same_chapter = True
        return found, found.end

    def qualify(self, piece: Piece, at: int) -> int:
        """Reads stycke, point and sentence after a section sign into `piece`; returns where they end."""
        text = self.text
        paragraph = _PARAGRAPH.match(text, at + 1) if text.startswith(" ", at) else None
        while paragraph and len(piece.parts) < 10:
            words, digits, short = paragraph.groups()
            numbers = ordinals(words) if words else tuple(int(n) for n in re.findall(r"\d+", digits or short))
            at, points = self.points(paragraph.end(), after_paragraph=True)
            piece.parts.append((numbers, points))
            at = _end(_SENTENCE, text, at)
            separator = SEPARATOR.match(text, at)
            paragraph = _PARAGRAPH.match(text, separator.end()) if separator else None
        if not piece.parts:
            at, points = self.points(at, after_paragraph=False)
            if points:
                piece.parts.append(((), points))
            at = _end(_SENTENCE, text, at)
        return at

    def points(self, at: int, after_paragraph: bool) -> tuple[int, tuple[str, ...]]:
        """The points that begin at `at` and where they end; none when the number there is something else."""
        text = self.text
        if short := _POINT_SHORT.match(text, at):
            return short.end(), (short.group(1),)
        if spelled := _POINT_ORD.match(text, at):
            return spelled.end(), tuple(str(n) for n in ordinals(spelled.group(1)))
        word = _POINT_WORD.match(text, at)
        where = word.end() if word else at + 1
        if not word and not text.startswith(" ", at):
            return at, ()
        numbers: list[str] = []
        end = at
        while len(numbers) < MOST and (number := _POINT.match(text, where)):
            # The first number stands right after the stycke, so only its own sign makes it a section;
            # a later one may belong to the list that goes on: "7 § 1, 2 och 4 kap. 3 §".
            follows = _LEADS if numbers else _DIRECT
            if follows.match(text, number.end()) or _UNIT.match(text, number.end()):
                break
            numbers.append(number.group())
            end = number.end()
            separator = _POINT_SEPARATOR.match(text, end)
            if not separator:
                break
            where = separator.end()
        sure = word or after_paragraph or _CLOSES.match(text, end) or self.names_at(end + 1)
        return (end, tuple(numbers)) if numbers and sure else (at, ())

    def articles(self, start: int) -> Provisions | None:
        """The articles that begin with the word at `start`: "artiklarna 6.1 c och 9", or None."""
        text = self.text
        head = _ARTICLES.match(text, start)
        pieces: list[Piece] = []
        at = head.end() if head else -1
        while at >= 0 and len(pieces) < MOST:
            item = _ARTICLE.match(text, at)
            if not item or _UNIT.match(text, item.end()):
                break
            if (_LEADS if pieces else _DIRECT).match(text, item.end()):
                break
            number, part, letters, last = item.groups()
            piece = Piece(at if pieces else start, item.end(), "", f"art. {number}")
            piece.section_to = f"art. {last}" if last else ""
            if part or letters:
                paragraphs = (int(part),) if part else ()
                piece.parts.append((paragraphs, tuple(re.findall(r"\b[a-z]\b", letters or ""))))
            pieces.append(piece)
            separator = SEPARATOR.match(text, item.end())
            at = separator.end() if separator else -1
        return Provisions(start, pieces[-1].end, pieces, articles=True) if pieces else None

    def colons(self, start: int) -> Provisions | None:
        """The places that begin at `start` typed as "12:7, 14:2", or None."""
        pieces: list[Piece] = []
        item = _COLON.match(self.text, start)
        while item and len(pieces) < MOST:
            chapter, letter, section, close, apart = item.groups()
            pieces.append(
                Piece(
                    item.start(),
                    item.end(),
                    tidy(chapter + (letter or "")),
                    tidy(section + (close or apart or "")),
                    group=len(pieces),
                )
            )
            separator = SEPARATOR.match(self.text, item.end())
            item = _COLON.match(self.text, separator.end()) if separator else None
        return Provisions(start, pieces[-1].end, pieces, colon=True) if pieces else None


def _ends(item: re.Match[str]) -> tuple[str, str]:
    first, last, letter = item.groups()
    first = tidy(first)
    if letter:
        return first, f"{first.split()[0]} {letter}"
    return first, tidy(last or "")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
