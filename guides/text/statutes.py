"""Statutes by their names, the places in them that a text can point at, and their public addresses.

A statute's key is its number, ``2025:400``; other instruments are ``eu-2016-679`` and
``pmfs-2016-11``. What a citation looks like in running text stands in `provisions` and
`citations`; here stands what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

# Names and abbreviations that every legal text uses; content adds the rest. "FBL" is missing on
# purpose: to a lawyer it is fastighetsbildningslagen, never folkbokföringslagen.
_USUAL_NAMES = {
    "2025:400": ("SoL", "socialtjänstlagen"),
    # The repealed act, in words that mean it without its number.
    "2001:453": (
        "gamla SoL",
        "äldre SoL",
        "tidigare SoL",
        "gamla socialtjänstlagen",
        "äldre socialtjänstlagen",
        "tidigare socialtjänstlagen",
    ),
    "2009:400": ("OSL", "offentlighets- och sekretesslagen"),
    "1990:52": ("LVU",),
    "1988:870": ("LVM",),
    "1964:167": ("LUL",),
    "1998:603": ("LSU",),
    "2017:900": ("FL", "förvaltningslagen"),
    "2017:725": ("KL", "kommunallagen"),
    "2017:30": ("HSL", "hälso- och sjukvårdslagen"),
    "2010:659": ("PSL", "patientsäkerhetslagen"),
    "1993:387": ("LSS",),
    "2010:110": ("SFB", "socialförsäkringsbalken"),
    "1977:1160": ("AML", "arbetsmiljölagen"),
    "1970:994": ("JB", "jordabalken"),
    "1949:105": ("TF", "tryckfrihetsförordningen"),
    "1974:152": ("RF", "regeringsformen"),
    "1962:700": ("BrB", "brottsbalken"),
    "1949:381": ("FB", "föräldrabalken"),
    "2010:800": ("skollagen",),
    "1984:387": ("polislagen",),
    "1991:481": ("folkbokföringslagen",),
    "2018:1197": ("barnkonventionen",),
    "eu-2016-679": ("GDPR", "dataskyddsförordningen", "EU:s dataskyddsförordning"),
    "2018:218": ("dataskyddslagen",),
}
_ANY_CASE = frozenset({"sol", "osl"})
_DEFINITE = {"lag": "lagen", "balk": "balken", "förordning": "förordningen", "kungörelse": "kungörelsen"}
# Words that point back at some statute; as the name of one they would swallow every other.
_GENERIC = frozenset({*_DEFINITE, *_DEFINITE.values()})
_TITLE = re.compile(r"(?i)([^(]{0,200}?(lag|balk|förordning|kungörelse)) \(\d{4}:\d{1,4}\)( [^(]{1,400})?")
# What makes a name recognisable as a statute's; "fingerade personuppgifter" is a subject as well.
_LAWLIKE = re.compile(
    r"(?i:(?:lag|balk|ordning)(?:en)?|formen|konventionen?|föreskrifter(?:na)?|kungörelsen?|direktivet?)\b"
    r"|[A-ZÅÄÖ]\w?[A-ZÅÄÖ]|\d{4}[:/]\d"
)
_WORD = re.compile(r"\w{1,200}")
# A genitive ("OSL:s", "brottsbalkens") is still the statute; a longer word ("SoLPUL", "LVU-hem") is not.
_END = re.compile(r"(?::?s(?!\w))?(?![\w-]|:[^\W\d])")
_SFS_KEY = re.compile(r"(\d{4}):(\d+)")
_SFS_PAGE_KEY = re.compile(r"(\d{4}:\d+) s\. (\d+)")
_EU_KEY = re.compile(r"eu-(\d{4})-(\d+)")
_PMFS_KEY = re.compile(r"pmfs-(\d{4})-(\d+)")
_SECTION = re.compile(r"(?:art\. ?)?(\d+) ?([a-z]?)")


@dataclass(frozen=True)
class Target:
    """A place in a statute, or outside it a document with an address of its own.

    `chapter` and `section` are written as provisions store them (``6 a``, ``18 a``, ``art. 9``);
    `section_to` and `chapter_to` close a range. `paragraphs` are stycken. A preparatory work has
    no `statute` but a `url`. Example: 26 kap. 1 § första stycket OSL is
    ``Target("2009:400", "26", "1", paragraphs=(1,))``.
    """

    statute: str
    chapter: str = ""
    section: str = ""
    section_to: str = ""
    paragraphs: tuple[int, ...] = ()
    points: tuple[str, ...] = ()
    chapter_to: str = ""
    url: str = ""

    @property
    def anchor(self) -> str:
        """The place without stycke and point: ``K10P18a``, ``P6``, ``K6aP10``, ``K3``, ``A9``, or empty."""
        chapter, section = self.chapter.replace(" ", ""), self.section.replace(" ", "")
        if section.startswith("art."):
            return f"A{section.removeprefix('art.')}"
        return (f"K{chapter}" if chapter else "") + (f"P{section}" if section else "")

    @property
    def fragments(self) -> tuple[str, ...]:
        """Every place named, with stycke and point as lagen.nu writes them: ``("K29P5aS1", "K29P5aS2")``.

        A point is left out where no stycke is named, since the section may have several.
        """
        if not self.paragraphs or self.section.startswith("art."):
            return (self.anchor,) if self.anchor else ()
        stycken = [f"{self.anchor}S{number}" for number in self.paragraphs]
        if len(stycken) > 1 or not self.points:
            return tuple(stycken)
        return tuple(f"{stycken[0]}N{point.replace(' ', '')}" for point in self.points)

    @property
    def fragment(self) -> str:
        """The first of `fragments`: ``P22S1N2`` for 22 § första stycket 2."""
        return self.fragments[0] if self.fragments else ""


@dataclass(frozen=True)
class Name:
    """A statute name as it is looked for: `lower` always, `exact` where case decides."""

    lower: str
    key: str
    exact: str = ""
    abbreviation: bool = False
    stands_alone: frozenset[str] | None = None


@dataclass(frozen=True)
class Statutes:
    """Statute names and the keys they mean, as sorted pairs, so that two equal sets have equal `repr`."""

    names: tuple[tuple[str, str], ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key that some name means."""
        return frozenset(key for _, key in self.names)

    @cached_property
    def _by_first_word(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name, key in self.names:
            if first := _WORD.match(name.lower()):
                found.setdefault(first.group(), []).append(_name(name, key))
        for same in found.values():
            same.sort(key=lambda n: (-len(n.lower), n.exact))
        return found

    def match(self, text: str, lower: str, start: int) -> tuple[int, Name] | None:
        """The longest name that begins at `start`, a word's first character, and where it ends.

        `lower` is `text` in lower case with the same length.
        """
        word = _WORD.match(lower, start)
        for name in self._by_first_word.get(word.group(), ()) if word else ():
            if not lower.startswith(name.lower, start):
                continue
            if name.exact and not text.startswith(name.exact, start):
                continue
            if end := _END.match(text, start + len(name.lower)):
                return end.end(), name
        # "brottsbalkens" and "lagens" have a first word that no name has.
        if word and word.group().endswith("s"):
            for name in self._by_first_word.get(word.group()[:-1], ()):
                if not name.exact and name.lower == word.group()[:-1] and _END.match(text, word.end() - 1):
                    return word.end(), name
        return None

    def folded(self, fold: Callable[[str], str]) -> Statutes:
        """The same names through `fold`, for instance lower case, so that none demands its capitals."""
        return Statutes(tuple(sorted({fold(name): key for name, key in self.names}.items())))


def _name(name: str, key: str) -> Name:
    """Reads off the form of a name how it may be typed.

    Two or more capitals in one word make an abbreviation, whose case decides (SoL and OSL excepted).
    One of two letters means too many other things (FB, KL, RF) to be a statute without a section beside
    it, and so do ordinary words.
    """
    lower = name.lower()
    if " " in name or sum(c.isupper() for c in name) < 2:
        return Name(lower, key, stands_alone=None if _LAWLIKE.search(name) else frozenset())
    alone = frozenset() if len(name) == 2 else frozenset({name, name.upper()})
    return Name(lower, key, "" if lower in _ANY_CASE else name, True, alone)


def statute_names(pairs: Iterable[tuple[str, Iterable[str]]]) -> Statutes:
    """The built-in names with those of content on top.

    `pairs` are a statute's key and its names: title, short name, aliases. A name given here wins over
    a built-in one, and a later pair over an earlier. A title with its number also gives its definite
    form, which never takes a name from another statute: both social services acts are
    "socialtjänstlagen", and without a number that is the one in force.

    Example: ``statute_names([("2024:79", ["Lag (2024:79) om placering av barn i skyddat boende"])])``
    also knows "lagen om placering av barn i skyddat boende".
    """
    given: dict[str, str] = {}
    implied: dict[str, str] = {}
    for key, names in pairs:
        for name in (" ".join(n.split()) for n in names):
            if len(name) < 2 or name.lower() in _GENERIC:
                continue
            given[name] = key
            if title := _TITLE.fullmatch(name):
                head = title.group(1)[: -len(title.group(2))] + _DEFINITE[title.group(2).lower()]
                tail = (title.group(3) or "").removesuffix(" m.m.")
                if tail or head.lower() not in _GENERIC:
                    implied.setdefault((head + tail).lower(), key)
    usual = {name: key for key, names in _USUAL_NAMES.items() for name in names}
    taken = {name.lower() for name in (*usual, *given)}
    whole = usual | given | {name: key for name, key in implied.items() if name not in taken}
    return Statutes(tuple(sorted(whole.items())))


DEFAULT_NAMES = statute_names(())


def expand(target: Target, sections: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The stored (chapter, section) pairs that a target covers, in stored order.

    A range takes in the lettered sections between its ends: 2–4 §§ covers 2, 2 a, 3 and 4 § but not
    4 a §. A chapter alone covers all its sections; a statute alone, or a section that is not stored,
    nothing. Example: ``expand(Target("1991:481", section="16", section_to="17"), stored)``.
    """
    if not target.chapter and not target.section:
        return []
    first, last = target.section, target.section_to or target.section
    opens, closes = target.chapter, target.chapter_to or target.chapter
    covered = []
    for chapter, section in sections:
        if not _between(opens, chapter, closes):
            continue
        if not first or (_is_article(first) == _is_article(section) and _between(first, section, last)):
            covered.append((chapter, section))
    return covered


def _between(first: str, place: str, last: str) -> bool:
    if not first or not place:
        return first == place
    return _order(first) <= _order(place) <= _order(last)


def _is_article(section: str) -> bool:
    return section.startswith("art.")


def _order(place: str) -> tuple[float, str]:
    parts = _SECTION.fullmatch(place)
    # A place that is no number sorts outside every range instead of stopping the page.
    return (int(parts.group(1)), parts.group(2)) if parts else (float("inf"), place)


def public_url(target: Target) -> str:
    """Where the public can read the target: the Riksdag's text at its section, EUR-Lex, lagen.nu, or empty.

    Articles of an annex and sections of agency rules have no anchor there; agency rules other than
    PMFS have no address that has been checked. Example: ``https://data.riksdagen.se/dokument/sfs-2009-400.html#K10P18a``.
    """
    if target.url:
        return target.url
    key = target.statute
    if eu := _EU_KEY.fullmatch(key):
        return celex_url(eu.group(1), "R", eu.group(2))
    if rule := _PMFS_KEY.fullmatch(key):
        return f"https://lagen.nu/pmfs/{rule.group(1)}:{rule.group(2)}"
    if old := _SFS_PAGE_KEY.fullmatch(key):
        return f"https://lagen.nu/{old.group(1)}_{old.group(2)}"
    if sfs := _SFS_KEY.fullmatch(key):
        anchor = "" if target.anchor.startswith("A") else target.anchor
        page = f"https://data.riksdagen.se/dokument/sfs-{sfs.group(1)}-{sfs.group(2)}.html"
        return f"{page}#{anchor}" if anchor else page
    return ""


def celex_url(year: str, letter: str, number: str) -> str:
    """EUR-Lex in Swedish for an EU act: R regulation, L directive, D decision, F framework decision.

    Example: ``celex_url("2016", "R", "679")`` ends with ``CELEX:32016R0679``.
    """
    return f"https://eur-lex.europa.eu/legal-content/SV/TXT/?uri=CELEX:3{year}{letter}{int(number):04d}"
