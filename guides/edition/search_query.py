"""What somebody typed, read: the citation and the number in it, and for each other word what it may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guides.edition.search_index import SearchIndex
from guides.text.citations import Target, split_query
from guides.text.swedish import MAX_WORDS, content_words, fold, is_folded, normalise, tokens

_NUMBER = re.compile(r"(?<![\w§:/])(?:\+ ?|00)?\d(?:[\d ()/.‐–-]{1,24}\d)?(?![\w§:])")
# What stands before a number in a link or on a letterhead is no word to look for.
_NUMBER_FOLLOWS = re.compile(r"(?<!\w)(?:tel(?:efon(?:nummer)?|efonnr|nr)?|tfn|tlf|mobil|callto|sms)[.:/ ]{1,4}(?=[(+]{0,2} ?\d)")
_ABROAD = 10
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?")
_UNKNOWN_NUMBER = 5  # So many digits are a telephone number, whatever else they may be.
_MOST_SPELLED, _MOST_BEGUN = 4, 25
_SURE = 0.7


@dataclass(frozen=True)
class Alternative:
    """A way to meet a word: all `stems` must occur; `strong` counts them in a title or among keywords alone."""

    stems: tuple[str, ...]
    weight: float
    strong: bool = False


@dataclass(frozen=True)
class Concept:
    """A typed word and what may stand for it. `correction` is the word that was taken for a misspelt one."""

    word: str
    alternatives: tuple[Alternative, ...]
    correction: str = ""

    @property
    def sure(self) -> bool:
        """True when the word is the site's own, or one slip from it."""
        return not self.word.isdigit() and any(a.weight >= _SURE and not a.strong for a in self.alternatives)


@dataclass(frozen=True)
class Query:
    """`text` is what was typed, normalised, `all_words` its words without citation and numbers, `words` those that
    carry meaning; `unknown_number` is
    true when it holds a number that the site does not have."""

    text: str
    all_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    numbers: tuple[str, ...] = ()
    unknown_number: bool = False

    @property
    def corrected(self) -> tuple[str, ...]:
        """The words with the misspelt ones put right."""
        better = {concept.word: concept.correction for concept in self.concepts if concept.correction}
        return tuple(better.get(word, word) for word in self.words)


def read_targets(text: str, index: SearchIndex) -> tuple[tuple[Target, ...], str]:
    """The places cited in a normalised text, each once, and the rest of it, with its dots."""
    targets, rest = split_query(text, index.statutes)
    left, kept = rest.split(), []
    for word in text.split():
        if left and fold(word) == left[0]:
            kept.append(word)
            left.pop(0)
    # Signs inside a word can keep the two from meeting; without dots is better than not at all.
    return tuple(dict.fromkeys(targets)), " ".join(kept) if not left else rest


def read_query(typed: str, index: SearchIndex, rest: str | None = None) -> Query:
    """The query in a text. When a citation in it was found, `rest` is the text without it."""
    text = normalise(typed)
    numbers, unknown, words_text = _numbers(text if rest is None else rest, index)
    all_words = tuple(tokens(words_text))
    words = tuple(content_words(all_words)[:MAX_WORDS])
    return Query(text, all_words, words, _concepts(words, index), numbers, unknown)


def _numbers(text: str, index: SearchIndex) -> tuple[tuple[str, ...], bool, str]:
    """The telephone numbers of the site in a text, whether there was another one, and the text without them."""
    found: list[str] = []
    unknown = False

    def take(match: re.Match[str]) -> str:
        nonlocal unknown
        number = _known(match.group(), index)
        if number:
            found.append(number)
            return " "
        groups = match.group().split()
        known = [_known(group, index) for group in groups]
        if len(groups) > 1 and all(known):
            found.extend(filter(None, known))
            return " "
        digits = sum(c.isdigit() for c in match.group())
        if digits < _UNKNOWN_NUMBER or _YEARS.fullmatch(match.group()):
            return match.group()
        unknown = True
        return " "

    rest = _NUMBER.sub(take, _NUMBER_FOLLOWS.sub(" ", text))
    return tuple(dict.fromkeys(found)), unknown, rest


def _known(typed: str, index: SearchIndex) -> str:
    """A typed number as the index has it, or empty."""
    digits = re.sub(r"[^\d+]", "", typed.replace("(0)", ""))
    # Nobody's number at home begins so and is so long: a sign was lost.
    if digits.startswith("46") and len(digits) >= _ABROAD:
        digits = f"+{digits}"
    for country in ("+46", "0046"):
        if digits.startswith(country):
            digits = digits.removeprefix(country).lstrip("0")
            return next((n for n in (f"0{digits}", digits) if n in index.numbers), "")
    return digits if digits in index.numbers else ""


def _concepts(words: tuple[str, ...], index: SearchIndex) -> tuple[Concept, ...]:
    called = _synonyms(words, index)
    found, spelled = [], 0
    for word in dict.fromkeys(words):
        known = _as_written(word, index) + called.get(word, [])
        found.append(_concept(word, known, word == words[-1], spelled < _MOST_SPELLED, index))
        spelled += not known
    return tuple(found)


def _synonyms(words: tuple[str, ...], index: SearchIndex) -> dict[str, list[Alternative]]:
    """For each word of a synonym, of up to three words, the title of the term that it belongs to.

    A synonym that is commoner on the site than the term is believed to mean what it says.
    """
    stems = [index.lexicon.stem(word) for word in words]
    found: dict[str, list[Alternative]] = {}
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            phrase = tuple(stems[start : start + size])
            for title in index.synonyms.get(phrase, ()):
                common = min((index.counts.get(stem, 0) for stem in phrase), default=0)
                if common > min((index.counts.get(stem, 0) for stem in title), default=0):
                    continue
                for word in words[start : start + size]:
                    found.setdefault(word, []).append(Alternative(title, 0.75))
    return found


def _as_written(word: str, index: SearchIndex) -> list[Alternative]:
    """The word itself, and the words that it is when å, ä and ö are put back."""
    stem = index.lexicon.stem(word)
    known = stem in index.postings
    # A word of another language may as well be a misspelt Swedish one.
    found = [Alternative((stem,), 1.0 if index.lexicon.knows(word) else 0.85)] if known else []
    if is_folded(word):
        # Who types å, ä and ö means them; who types none may not have them.
        dotted = [w for w in index.with_dots(word) if index.lexicon.stem(w) != stem]
        if known and dotted and word not in index.lexicon.words:
            # "efterat" has the stem of "efter", but only "efteråt" is a word.
            known, found = False, [Alternative((stem,), 0.5)]
        weight = 0.5 if known else 1.0 if len(dotted) == 1 else 0.95
        found += [Alternative((index.lexicon.stem(w),), weight) for w in dotted]
        if not known:
            found += [part for w in dotted for part in _by_parts(w, True, index)]
    return found


def _concept(word: str, known: list[Alternative], last: bool, may_spell: bool, index: SearchIndex) -> Concept:
    """`known` is how the site has the word; the last word of a query may be half typed."""
    found = known + _by_parts(word, bool(known), index)
    if last and not known and len(word) >= 3:
        weight = 0.7 if len(word) > 3 else 0.5
        begun = [Alternative((stem,), weight) for stem in index.beginning_with(word, _MOST_BEGUN)]
        found += begun
        known = known or begun
    correction = ""
    # What is known, if only as a beginning, is believed: a guess beside it would be noise that nobody is told of.
    if may_spell and not known:
        near = index.near(word)
        if not near and not found:
            near = _misspelt_compound(word, index)
        for candidate, likeness in near:
            found.append(Alternative((index.lexicon.stem(candidate),), likeness))
            found += [Alternative(a.stems, a.weight * 0.6, a.strong) for a in _by_parts(candidate, True, index)]
        correction = near[0][0] if near else ""
    return Concept(word, tuple(found), correction)


def _by_parts(word: str, known: bool, index: SearchIndex) -> list[Alternative]:
    """A compound by both its parts, or by one of them where that is what a record is about."""
    parts = tuple(dict.fromkeys(index.lexicon.stem(part) for part in index.lexicon.parts(word)))
    if len(parts) < 2:
        return []
    both = Alternative(parts, 0.65 if known else 0.8)
    # "resväska" is not about resor: a part stands for the whole only where each part is a subject of the site.
    if not all(index.is_subject(part) for part in parts):
        return [both]
    return [both, *(Alternative((part,), 0.4, strong=True) for part in parts)]


def _misspelt_compound(word: str, index: SearchIndex) -> list[tuple[str, float]]:
    """A long compound in which one half is right and the other one slip away."""
    if len(word) < 9 or not word.isalpha():
        return []
    for at in range(4, len(word) - 3):
        first, last = word[:at], word[at:]
        for known, other in ((last, first), (first, last)):
            if len(known) >= 5 and known in index.lexicon.words and len(other) >= 6:
                near = index.near(other, 1)
                if near:
                    return [(near[0][0], near[0][1] * 0.8), (known, 0.5)]
    return []
