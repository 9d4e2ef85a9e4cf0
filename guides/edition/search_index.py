"""The search index of an edition: built once, never changed, forgotten with it.

Every word of every record under its stem, with what it is worth there (BM25F without the rarity,
which is known only when it is asked for). Compounds stand under their parts as well, for less.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.edition.edition import Edition
from guides.edition.searchable import Searchable, searchables
from guides.text.citations import DEFAULT_NAMES, Statutes, Target, find_citations, statute_names
from guides.text.slips import is_slip
from guides.text.swedish import Lexicon, content_words, fold, is_folded, tokens

# Where a word stands: itself in the title or the keywords, or as a part of a compound there.
IN_TITLE, IN_KEYWORDS, PART_OF_TITLE, PART_OF_KEYWORDS = 1, 2, 4, 8
# Field -> weight and how much a long text is held against it (BM25F).
_TITLE, _KEYWORDS, _SUMMARY, _BODY = (8.0, 0.3), (8.0, 0.1), (2.0, 0.5), (1.0, 0.75)
_K1 = 1.2
# A word is followed through so many records, the worthiest first.
MOST_MET = 120
_SWEDISH = ("sv", "lattlast")
_PART = 0.45
_MIN_SPELLING, _MIN_LIKENESS = 4, 0.5
# In a shorter stem dots make another word: "lampa" is not "lämpa".
_MIN_DOTTED_STEM = 5


@dataclass(frozen=True)
class Entry:
    """A record in the index. `words` is how many words of its title carry meaning."""

    kind: str
    key: str
    name: str
    weight: float
    words: int


# What a word is worth in a record, and where it stands there.
Posting = tuple[float, int]


@dataclass(frozen=True)
class SearchIndex:
    """`postings` are by stem and number of the entry, the worthiest first; `names` entries by their title and other
    names, `phrases` by their keywords, as stems (in a keyword small words count: "vår polis" is not "polis"); `numbers` entries by telephone number as digits
    after 0; `synonyms` what a term is called by each of its synonyms; `places` municipalities by name, `terms` terms by title and abbreviation;
    `former` places in
    a repealed statute and the key of the provision that has what stood there."""

    records: Mapping
    entries: tuple[Entry, ...]
    lexicon: Lexicon
    postings: Mapping[str, dict[int, Posting]]
    names: Mapping[tuple[str, ...], frozenset[int]]
    phrases: Mapping[tuple[str, ...], frozenset[int]]
    numbers: Mapping[str, tuple[int, ...]]
    synonyms: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]
    places: Mapping[tuple[str, ...], tuple[str, ...]]
    terms: Mapping[tuple[str, ...], str]
    statutes: Statutes
    former: tuple[tuple[Target, str], ...]
    counts: Mapping[str, int]

    def rarity(self, found: int) -> float:
        """How telling a word is that stands in so many records."""
        return log(1 + (len(self.entries) - found + 0.5) / (found + 0.5))

    def is_subject(self, stem: str) -> bool:
        """True when some title or keyword speaks of a word."""
        return any(place for _, place in self.postings.get(stem, {}).values())

    @cached_property
    def _by_fold(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.lexicon.words:
            if not is_folded(word):
                found[fold(word)].append(word)
        return found

    @cached_property
    def _stems_by_fold(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for stem in self.lexicon.stems:
            if not is_folded(stem):
                found[fold(stem)].append(stem)
        return found

    @cached_property
    def _by_length(self) -> dict[int, tuple[list[str], list[str]]]:
        """Words that a misspelt one may mean, folded, and as they stand in the texts."""
        found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for word in sorted(self.lexicon.words):
            if len(word) >= _MIN_SPELLING and word.isalpha():
                folded, written = found[len(word)]
                folded.append(fold(word))
                written.append(word)
        return found

    @cached_property
    def _in_order(self) -> tuple[list[str], list[str]]:
        """The words of the site in alphabetical order, without dots and as they are."""
        pairs = sorted((fold(word), word) for word in self.lexicon.words)
        return [folded for folded, _ in pairs], [word for _, word in pairs]

    @cached_property
    def places_in_list(self) -> dict[tuple[str, str], int]:
        """The number of each entry by its record's kind and key."""
        return {(entry.kind, entry.key): at for at, entry in enumerate(self.entries)}

    @cached_property
    def folded_names(self) -> list[str]:
        """The titles of the entries, without capitals and dots."""
        return [fold(entry.name.casefold()) for entry in self.entries]

    @cached_property
    def places_by_fold(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Municipalities by name without dots; of twins (Habo, Håbo) both."""
        found: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
        for name, keys in self.places.items():
            found[tuple(fold(word) for word in name)] += keys
        return dict(found)

    def warm(self) -> None:
        """Do at once what the first misspelt word would have to wait for."""
        _ = self._by_fold, self._stems_by_fold, self._by_length, self._in_order, self.places_by_fold, self.folded_names
        _ = self.places_in_list

    def with_dots(self, word: str) -> list[str]:
        """The words of the site, or else their stems, that are `word` but for å, ä and ö; one for each stem."""
        stem = self.lexicon.stem(word)
        words = self._by_fold.get(word) or (self._stems_by_fold.get(stem, ()) if len(stem) >= _MIN_DOTTED_STEM else ())
        return list({self.lexicon.stem(found): found for found in sorted(words)}.values())

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The commonest stems of words that begin so; typed without dots it also begins words with them."""
        folded, words = self._in_order
        begin = fold(start)
        first = bisect_left(folded, begin)
        last = bisect_left(folded, f"{begin}\uffff", first)
        # Three letters without dots begin too many words with them.
        exact = start != begin or len(start) < 4
        found = {self.lexicon.stem(word) for word in words[first:last] if not exact or word.startswith(start)}
        return sorted(found, key=lambda stem: (-self.counts.get(stem, 0), stem))[:most]

    def near(self, word: str, most: int = 4) -> list[tuple[str, float]]:
        """(word of the site, likeness from 0 to 1) for a misspelt word, best first; what is as good as the best."""
        folded, size = fold(word), len(word)
        if size < _MIN_SPELLING or not word.isalpha():
            return []
        allowed = 1 if size <= 6 else 2 if size <= 12 else 3
        found = []
        for length in range(size - allowed, size + allowed + 1):
            choices, written = self._by_length.get(length, ((), ()))
            for _, distance, at in process.extract(
                folded, choices, scorer=OSA.distance, score_cutoff=allowed, limit=20
            ):
                candidate = written[at]
                if not is_slip(word, candidate, distance):
                    continue
                # A lost dot is a smaller slip than a wrong letter.
                distance += 0.25 * max(0, OSA.distance(word, candidate) - distance)
                likeness = 0.9 * (1 - 1.6 * distance / size - 0.05 * distance)
                if likeness >= _MIN_LIKENESS:
                    found.append((candidate, likeness))
        found.sort(key=lambda pair: (-pair[1], -self.counts.get(self.lexicon.stem(pair[0]), 0), pair[0]))
        kept: dict[str, tuple[str, float]] = {}
        for candidate, likeness in found:
            if likeness >= found[0][1] - 0.08:
                kept.setdefault(self.lexicon.stem(candidate), (candidate, likeness))
        return list(kept.values())[:most]


# The words of a text and how often each stands there.
_Counted = tuple[tuple[str, ...], tuple[int, ...]]


@lru_cache(maxsize=100_000)
def _counted(text: str) -> _Counted:
    """Kept, so that a new edition counts again only what has changed. A word is held once, however many texts have it."""
    found = Counter(map(intern, tokens(text)))
    return tuple(found), tuple(found.values())


def build_index(edition: Edition) -> SearchIndex:
    """The index of everything in `edition` that has a page or a place on one."""
    found = list(searchables(edition))
    fields = [
        (_counted(s.title), _counted(" ".join((*s.names, *s.keywords))), _counted(s.summary), _counted(s.body))
        for s in found
    ]
    # Words of other languages are found as they stand, but no Swedish word is spelled after them.
    swedish = [texts for s, texts in zip(found, fields, strict=True) if getattr(s.record, "language", "sv") in _SWEDISH]
    lexicon = Lexicon(word for texts in swedish for words, _ in texts for word in words)
    names = [{stems_of(name, lexicon) for name in (s.title, *s.names)} for s in found]
    phrases = [{tuple(lexicon.stem(word) for word in tokens(phrase)) for phrase in s.keywords} for s in found]
    postings = _postings(fields, lexicon)
    return SearchIndex(
        records=edition.records,
        entries=tuple(
            Entry(s.record.kind, s.record.key, s.title, s.weight, len(set(content_words(tokens(s.title))))) for s in found
        ),
        lexicon=lexicon,
        postings=postings,
        names=_by_phrase(names),
        phrases=_by_phrase(phrases),
        numbers=_numbers(found, edition),
        synonyms=_synonyms(edition, lexicon),
        places=_places(edition),
        terms=_terms(edition),
        statutes=statute_names(
            (s.key, [name for name in (s.title, s.short_name, *s.aliases) if name])
            for s in edition.records["statute"].values()
        ),
        former=_former(edition),
        counts={stem: len(found) for stem, found in postings.items()},
    )


def stems_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The stems of the words in a text that carry meaning, in order."""
    return tuple(lexicon.stem(word) for word in content_words(tokens(text)))


def _by_phrase(phrases: list[set[tuple[str, ...]]]) -> dict[tuple[str, ...], frozenset[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(phrases):
        for phrase in own:
            found[phrase].append(number)
    return {phrase: frozenset(numbers) for phrase, numbers in found.items()}


def _postings(fields: list[tuple[_Counted, ...]], lexicon: Lexicon) -> dict[str, dict[int, Posting]]:
    settings = (_TITLE, _KEYWORDS, _SUMMARY, _BODY)
    lengths = [[sum(times) for _, times in texts] for texts in fields]
    means = [max(1.0, sum(column) / max(1, len(fields))) for column in zip(*lengths, strict=True)] if fields else []
    shares: dict[str, tuple[tuple[str, float], ...]] = {}
    found: dict[str, dict[int, Posting]] = defaultdict(dict)
    # With four decimals most postings are the same few thousand, and each is held once.
    same: dict[Posting, Posting] = {}
    for number, texts in enumerate(fields):
        worth: dict[str, float] = defaultdict(float)
        place: dict[str, int] = defaultdict(int)
        for field, text in enumerate(texts):
            weight, against = settings[field]
            each = weight / (1 - against + against * lengths[number][field] / means[field])
            whole, part = ((IN_TITLE, PART_OF_TITLE), (IN_KEYWORDS, PART_OF_KEYWORDS), (0, 0), (0, 0))[field]
            for word, times in zip(*text, strict=True):
                share = shares.get(word)
                if share is None:
                    share = shares[word] = _shares(word, lexicon)
                for stem, value in share:
                    worth[stem] += each * times * value
                    if whole:
                        place[stem] |= whole if value == 1 else part
        for stem, value in worth.items():
            posting = (round(value / (_K1 + value), 4), place.get(stem, 0))
            found[stem][number] = same.setdefault(posting, posting)
    return {stem: dict(sorted(rows.items(), key=_worth)) if len(rows) > MOST_MET else rows for stem, rows in found.items()}


def _worth(row: tuple[int, Posting]) -> tuple[float, int]:
    return -row[1][0], row[0]


def _shares(word: str, lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """The stems that a word is found by: its own, and its parts' for less."""
    found = {lexicon.stem(word): 1.0}
    for part in lexicon.parts(word):
        found.setdefault(lexicon.stem(part), _PART)
        for smaller in lexicon.parts(part):
            found.setdefault(lexicon.stem(smaller), _PART * _PART)
    return tuple(found.items())


def _numbers(found: list[Searchable], edition: Edition) -> dict[str, tuple[int, ...]]:
    """The contacts that have a number, the most used first, and then the texts that name it."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    naming: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(found):
        number = item.record.number("public") if item.record.kind == "contact" else None
        if number:
            uses = len(edition.users_of("contact", item.record.key))
            holders[national(number.value)].append((-uses, at))
        for value in item.numbers:
            naming[national(value)].append(at)
    return {
        number: tuple(dict.fromkeys([*(at for _, at in sorted(holders[number])), *naming.get(number, ())]))
        for number in holders
    }


def national(number: str) -> str:
    """A kept number as it is dialled at home: "+4620505050" gives "020505050", "11414" stays."""
    return f"0{number.removeprefix('+46')}" if number.startswith("+46") else number


def _synonyms(edition: Edition, lexicon: Lexicon) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Stems of a synonym -> stems of the terms' titles. An abbreviation goes both ways."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = defaultdict(dict)
    for term in edition.records["term"].values():
        title = stems_of(term.title, lexicon)
        for synonym in (*term.synonyms, term.abbreviation):
            other = stems_of(synonym, lexicon)
            if other and other != title:
                found[other][title] = None
        if term.abbreviation:
            found[title][stems_of(term.abbreviation, lexicon)] = None
    return {phrase: tuple(titles) for phrase, titles in found.items()}


def _places(edition: Edition) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in edition.records["municipality"].values():
        found[tuple(tokens(place.title))].append(place.key)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}


def _terms(edition: Edition) -> dict[tuple[str, ...], str]:
    """Words that carry meaning -> key; with their dots first, so that those without never take another's name."""
    names = [(content_words(tokens(n)), t) for t in edition.records["term"].values() for n in (t.title, t.abbreviation) if n]
    found = {tuple(name): term.key for name, term in names}
    for name, term in names:
        found.setdefault(tuple(fold(word) for word in name), term.key)
    return found


def _former(edition: Edition) -> tuple[tuple[Target, str], ...]:
    """"11 kap. 5–6 §§ i socialtjänstlagen (2001:453)" on 14 kap. 3 § SoL gives that range and 2025-400-k14p3."""
    found = []
    for provision in edition.records["provision"].values():
        if provision.formerly:
            citations = find_citations(provision.formerly.plain, DEFAULT_NAMES)
            found += [(target, provision.key) for citation in citations for target in citation.targets]
    return tuple(found)
