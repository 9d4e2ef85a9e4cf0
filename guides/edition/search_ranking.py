"""The order of the hits.

Each typed word is a concept that may be met in several ways, the word itself for 1,
a synonym, the parts of a compound, the rest of a half word or a corrected spelling for less; the best way
counts. Met in a title or a keyword it is worth eight times what it is in the text (BM25F), and more the
fewer records have it, where all its ways count together, so that a rare synonym cannot beat the word itself.
The sum is multiplied by how much of the query the record meets (cubed, so that two words of three fall far
behind three of three), by how much of its title is in the query and of the query in its title, by 1.5
when title or another name is the whole query (1.7 for a keyword), and by the kind: a step before a
provision, and for a question the pages that answer one. What a citation, a number or a place's name points at stands first whatever the sum. Ties go by
the likeness of the title and then by key, so that every host gives the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice

from rapidfuzz import fuzz

from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.search_index import (
    IN_KEYWORDS,
    IN_TITLE,
    MOST_MET,
    PART_OF_KEYWORDS,
    PART_OF_TITLE,
    Posting,
    SearchIndex,
)
from guides.edition.search_query import Alternative, Concept, Query
from guides.edition.searchable import has_place
from guides.text.swedish import QUESTION_WORDS

LEAST_COVERAGE, LEAST_BESIDE_UNKNOWN, LEAST_WITHOUT_TITLE = 0.25, 0.35, 0.6
MOST_HITS, _TIED = 50, 30
_LEAST_OF_BEST = 0.06
# How surely a title speaks of a word: not at all, itself, as a part of a compound, both.
_IN_TITLE = {0: 0.0, IN_TITLE: 1.0, PART_OF_TITLE: 0.7, IN_TITLE | PART_OF_TITLE: 1.0}
_NONE: frozenset[int] = frozenset()
_TITLE, _KEYWORDS = IN_TITLE | PART_OF_TITLE, IN_KEYWORDS | PART_OF_KEYWORDS


def rank(query: Query, index: SearchIndex, edition: Edition, first: Sequence[r.Record]) -> tuple[list[r.Record], int]:
    """The MOST_HITS records that meet the words best, best first, and how many do in all besides `first`."""
    concepts = query.concepts
    if not concepts:
        return [], 0
    unknown = [concept for concept in concepts if not concept.alternatives]
    if unknown and not any(concept.sure for concept in concepts):
        return [], 0
    scores = _scores(concepts, query, index)
    if not scores:
        return [], 0
    typed = " ".join(query.all_words)
    least = max(scores.values()) * _LEAST_OF_BEST
    met = [(score, at) for at, score in scores.items() if score >= least]
    best = nlargest(MOST_HITS, met)
    # The title decides only between neighbours, so the tail is left in its order.
    tied = [(-_tied(score, typed, index, at), index.entries[at].key, at) for score, at in best[:_TIED]]
    found = []
    for at in [at for _, _, at in sorted(tied)] + [at for _, at in best[_TIED:]]:
        entry = index.entries[at]
        record = edition.records[entry.kind].get(entry.key)
        # The index may be a moment older than the edition: what was withdrawn is gone at once.
        if record is not None and (edition.records is index.records or has_place(record, edition)):
            found.append(record)
    held = {index.places_in_list.get((record.kind, record.key)) for record in first}
    return found, sum(at not in held for _, at in met)


def _tied(score: float, typed: str, index: SearchIndex, at: int) -> float:
    return score * (1 + 0.06 * fuzz.ratio(typed, index.entries[at].name.casefold()) / 100)


def _scores(concepts: tuple[Concept, ...], query: Query, index: SearchIndex) -> dict[int, float]:
    """The worth of every record that meets enough of the query, by its number in the index."""
    ways = [[(way, _rows(way, index)) for way in concept.alternatives] for concept in concepts]
    met = [_met(concept_ways) for concept_ways in ways]
    if len(concepts) > 1:
        candidates = {at for found in met for at in found}
        for concept_ways, found in zip(ways, met, strict=True):
            _look_up(candidates, concept_ways, found)
    # Nearly the records that have any of the ways: at least those of the commonest.
    rarity = [
        index.rarity(max([len(found), 1, *(len(rows) for _, rows in concept_ways)]))
        for concept_ways, found in zip(ways, met, strict=True)
    ]
    return _weighed(met, rarity, query, index)


def _rows(way: Alternative, index: SearchIndex) -> dict[int, Posting]:
    """Where a way to meet a word is met."""
    found = index.postings.get(way.stems[0], {}) if len(way.stems) == 1 else _all_of(way.stems, index)
    return {at: row for at, row in found.items() if row[1]} if way.strong else found


def _all_of(stems: tuple[str, ...], index: SearchIndex) -> dict[int, Posting]:
    """The records that have every one of several stems, by their mean."""
    columns = sorted((index.postings.get(stem, {}) for stem in set(stems)), key=len)
    held = dict(columns[0])
    for column in columns[1:]:
        both = {}
        for at, (worth, place) in held.items():
            other = column.get(at)
            if other:
                title = PART_OF_TITLE if place & _TITLE and other[1] & _TITLE else 0
                keywords = PART_OF_KEYWORDS if place & _KEYWORDS and other[1] & _KEYWORDS else 0
                both[at] = (worth + other[0], place & other[1] | title | keywords)
        held = both
    return {at: (worth / len(columns), place) for at, (worth, place) in held.items()}


# Record -> worth, where it stands, and how surely the title speaks of it.
_Met = dict[int, tuple[float, int, float]]


def _met(ways: list[tuple[Alternative, dict[int, Posting]]]) -> _Met:
    """Where a concept is met best, by any of its ways."""
    found: _Met = {}
    for way, rows in ways:
        _keep_all(found, islice(rows.items(), MOST_MET), way.weight)
    return found


def _look_up(candidates: set[int], ways: list[tuple[Alternative, dict[int, Posting]]], found: _Met) -> None:
    """Add the candidates that stand further down than a common word was followed."""
    for way, rows in ways:
        if len(rows) > MOST_MET:
            _keep_all(found, ((at, rows[at]) for at in candidates if at in rows), way.weight)


def _keep_all(found: _Met, rows: Iterable[tuple[int, Posting]], weight: float) -> None:
    """Keep what one way meets where it is better than what others met."""
    titles = {places: weight * sure for places, sure in _IN_TITLE.items()}
    for at, (worth, place) in rows:
        worth *= weight
        title = titles[place & _TITLE]
        held = found.get(at)
        if held is None:
            found[at] = (worth, place, title)
        elif held[0] < worth or held[2] < title:
            found[at] = (max(worth, held[0]), place | held[1], max(title, held[2]))


def _weighed(met: list[_Met], rarity: list[float], query: Query, index: SearchIndex) -> dict[int, float]:
    """The records by what they are worth to the whole query; those that meet too little of it are left out."""
    sums: dict[int, list[float]] = {}
    for found, rare in zip(met, rarity, strict=True):
        for at, (worth, place, title) in found.items():
            row = sums.get(at)
            if row is None:
                row = sums[at] = [0.0, 0.0, 0.0, 0.0]
            row[0] += worth * rare
            row[1] += rare
            # A synonym in a title says less of the record than the word itself.
            row[2] += title * title
            row[3] += place > 0
    corrected = query.corrected
    whole, count = sum(rarity), len(query.concepts)
    stems = tuple(index.lexicon.stem(word) for word in corrected)
    dotted = tuple(_best_stem(concept, index) for concept in query.concepts)
    phrase = tuple(index.lexicon.stem(word) for word in query.all_words)
    named = index.names.get(stems, _NONE) | index.names.get(dotted, _NONE)
    told_so = index.phrases.get(phrase, _NONE) | index.phrases.get(dotted, _NONE)
    asked = query.all_words[0] in QUESTION_WORDS and len(query.all_words) > 2
    foreign = any(not concept.alternatives for concept in query.concepts)
    least = LEAST_BESIDE_UNKNOWN if foreign else LEAST_COVERAGE
    scores = {}
    for at, (worth, covered, in_title, told) in sums.items():
        coverage = covered / whole
        # Beside a word that the site has never heard of, a word somewhere in a text is no answer.
        if coverage < least or foreign and not told and coverage < LEAST_WITHOUT_TITLE:
            continue
        entry = index.entries[at]
        score = worth * (0.2 + 0.8 * coverage**3) * entry.weight
        if asked and entry.kind == "question":
            score *= 1.1
        if at in named:
            score *= 1.5 * 1.8 * 1.6
        elif in_title:
            score *= 1 + 0.8 * min(1.0, in_title / max(1, entry.words))
            score *= 1 + 0.6 * in_title / count
        if at in told_so:
            score *= 1.7
        scores[at] = score
    return scores


def _best_stem(concept: Concept, index: SearchIndex) -> str:
    """The stem that a word most likely is, with its dots put back."""
    single = [a for a in concept.alternatives if len(a.stems) == 1 and not a.strong and a.weight >= 0.95]
    return single[0].stems[0] if single else index.lexicon.stem(concept.correction or concept.word)
