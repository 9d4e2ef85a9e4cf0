"""Swedish words for the search: normalised, cut into tokens, stemmed, and compounds split.

Snowball's stemmer does the regular endings. What it leaves apart (avhoppet and avhopp, kommuners
and kommun) is joined by a `Lexicon`: a shorter form is taken only when the site itself uses it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

MAX_LETTERS, MAX_WORDS = 200, 12
_WORD = re.compile(r"[^\W_]+")
_DOTS = str.maketrans("åäöéèü", "aaoeeu")

_SMALL = """
alla allt än är åt att av bara bli blir blev då de dem den denna deras dess det detta dig din ditt dina dit du där
efter egen eget egna eller en er era ett får före för från genom ges gör göra ha hade han hans har henne hennes hon
honom hos hur här i ifall in inom inte ja jag jo ju kan kunna man med mej mellan men mig min mina mitt mot måste ni nog
nu någon något några när och också om oss på redan sedan sen sig sej sin sina sitt ska skall skulle som så till under
upp ut utan vad var vara vart varför vem vems vid vilka vilken vilket vill vi våra vår vårt the of and to in is
"""
# They count only when nothing else was typed.
STOP_WORDS = frozenset(_SMALL.split())
_ASKING = "vem vems vad var vart när hur varför vilken vilket vilka får måste kan ska behöver"
QUESTION_WORDS = frozenset(_ASKING.split())

# Words that change inside. The last part of a compound changes too: nödnumret, tvåbarnsfadern.
_IRREGULAR = {
    form: base
    for base, forms in {
        "bostad": "bostäder bostäderna bostädernas",
        "stad": "städer städerna",
        "bok": "böcker böckerna",
        "son": "söner sönerna söners",
        "dotter": "döttrar döttrarna dottern",
        "bror": "bröder bröderna brodern broder",
        "syster": "systrar systrarna systern",
        "förälder": "föräldrar föräldrarna föräldrarnas föräldern föräldrars",
        "man": "männen mannen män",
        "natt": "nätter nätterna natten",
        "annan": "annat andra andras annans",
        "land": "länder länderna landet",
        "nummer": "numret numren numrets",
        "medel": "medlet medlen medlens",
        "fängelse": "fängelset fängelser fängelserna fängelsets",
        "läger": "lägret lägren",
        "barn": "barnet barnets barnen barnens barns",
        "centrum": "centret centrumet",
    }.items()
    for form in forms.split()
}
_ENDINGS_OF_COMPOUNDS = tuple(form for form, word in _IRREGULAR.items() if len(form) > 5 and word != "annan")

# Endings that Snowball leaves, and how much must stay; the definite forms first, then plural and genitive.
_SHORTER = (("t", "", 4), ("n", "", 4), ("et", "", 3), ("en", "", 3), ("eter", "", 3), ("ning", "an", 5))
_SHORTER_STILL = (("er", "", 3), ("ar", "", 3), ("or", "", 3), ("s", "", 3))
_ADJECTIVE = re.compile(r"\w{2,3}lig(?=a|t|$|are|ast|het)")
_MIN_COMPOUND, _MIN_FIRST, _MIN_LAST = 7, 3, 4


def normalise(text: str) -> str:
    """Text as it is searched: NFKC, no capitals, nothing invisible, at most 200 characters.

    Example: ``normalise("Soft\\u00adhyphen")`` is "softhyphen".
    """
    text = unicodedata.normalize("NFKC", text[: 4 * MAX_LETTERS])
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", kept.casefold().replace("ß", "ss")).split())[:MAX_LETTERS]


def tokens(text: str) -> list[str]:
    """The words and numbers of a text without capitals, in order: "OSL:s 18 a §" gives osl, s, 18, a."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", ""))


def fold(word: str) -> str:
    """A word as somebody types it who has no å, ä and ö: "Österåker" gives "osteraker"."""
    return word.translate(_DOTS)


def is_folded(word: str) -> bool:
    """True when a word has no letter that folding changes."""
    return word == fold(word)


def content_words(words: Iterable[str]) -> list[str]:
    """The words that carry meaning; all of them when nothing else is left."""
    words = list(words)
    return [word for word in words if word not in STOP_WORDS] or words


@lru_cache(maxsize=200_000)
def base(word: str) -> str:
    """Snowball's stem, with irregular nouns put right first: "bostäderna" gives "bost", as "bostad" does."""
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif word.endswith(_ENDINGS_OF_COMPOUNDS):
        ending = max((e for e in _ENDINGS_OF_COMPOUNDS if word.endswith(e)), key=len)
        word = word.removesuffix(ending) + _IRREGULAR[ending]
    stem = _stemmer().stemWord(word)
    if len(stem) <= 3 and (adjective := _ADJECTIVE.match(word)):
        # "billig" is not "bil", and "hemlig" not "hem".
        stem = adjective.group()
    # "jagad" is not "jag": a small word stands in every text.
    return word if stem in STOP_WORDS and stem != word else stem


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    # The cache above holds what it found; its own would only be in the way.
    return Stemmer.Stemmer("swedish", 0)


class Lexicon:
    """The words that a site uses. Stems and compounds are judged by them, so that nothing is joined that
    the site does not know.

    `words` are tokens, each of them at least once.
    """

    def __init__(self, words: Iterable[str]):
        self.words = frozenset(words)
        self._bases = frozenset(base(word) for word in self.words)
        self._stems: dict[str, str] = {word: self._stem(word) for word in self.words}
        self.stems = frozenset(self._stems.values())
        self._parts: dict[str, tuple[str, ...]] = {}

    def stem(self, word: str) -> str:
        """The stem of a word, typed or on the site: "avhoppet", "avhoppare" and "avhopp" give "avhopp"."""
        found = self._stems.get(word)
        return self._stem(word) if found is None else found

    def _stem(self, word: str) -> str:
        stem = base(word)
        if stem in self.words:
            # Snowball stops at "bostad" in bostaden and goes on to "bost" in bostad.
            stem = base(stem)
        for endings in (_SHORTER, _SHORTER_STILL):
            for ending, instead, least in endings:
                if stem.endswith(ending) and len(stem) - len(ending) >= least:
                    shorter = stem[: -len(ending)] + instead
                    if shorter in STOP_WORDS:
                        continue
                    if shorter in self.words:
                        stem = base(shorter)
                        break
                    if shorter in self._bases:
                        stem = shorter
                        break
        return stem

    def knows(self, word: str) -> bool:
        """True when the word, in some form, stands on the site."""
        return word in self.words or self.stem(word) in self.stems

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound as words, () when it is none: "samtyckesblankett" gives samtycke, blankett."""
        if len(word) < _MIN_COMPOUND or not word.isalpha():
            return ()
        found = self._parts.get(word)
        if found is None:
            found = self._split(word)
            if len(self._parts) < 200_000:
                self._parts[word] = found
        return found

    def _split(self, word: str) -> tuple[str, ...]:
        best, best_rank, halves = (), (0, 0), []
        for at in range(_MIN_FIRST, len(word) - _MIN_LAST + 1):
            last = word[at:]
            if last in STOP_WORDS or not (last in self.words or self._inflected(last)):
                continue
            first = self._first(word[:at])
            if first:
                rank = (min(at, len(last)), (last in self.words) + (first in self.words))
                if rank > best_rank:
                    best, best_rank = (first, last), rank
            elif at >= _MIN_COMPOUND:
                halves.append((word[:at], last))
        if not best:
            # "ungdomsbrottslighetsutredning": the first half is no word of the site but may be two.
            for first, last in halves:
                inner = self._split(first)
                if inner:
                    return (*inner, last)
        return best

    def _inflected(self, word: str) -> bool:
        """True when only its ending makes a word new here; "gänglighet" is more than gäng with an ending."""
        stem = base(word)
        return stem in self._bases and len(word) - len(stem) <= 4

    def _first(self, first: str) -> str:
        """A compound's first part as a word of the site, with its joining letters undone; empty when it is none."""
        forms = [first]
        if first.endswith("s") and len(first) > _MIN_FIRST:
            forms.append(first[:-1])
        if first[-1] in "oeu":
            forms.append(first[:-1] + "a")
        forms += [first + "a", first + "e"]
        for form in forms:
            if form in self.words and form not in STOP_WORDS:
                return form
        for form in (first, first.removesuffix("s")):
            if len(form) > _MIN_FIRST and form not in STOP_WORDS and self._inflected(form):
                return form
        return ""
