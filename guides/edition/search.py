"""Search an edition: hits in order, the answer above them, and what was taken for a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.search_answer import Answer, Urgent, cited, named, numbered, once, placed, urgent
from guides.edition.search_index import SearchIndex
from guides.edition.search_query import Query, read_query, read_targets
from guides.edition.search_ranking import MOST_HITS, rank
from guides.edition.searchable import has_place
from guides.text.swedish import STOP_WORDS, fold, normalise

_LIKE_A_TITLE = 82  # of 100 (rapidfuzz)
# What uses a whole chapter is everything.
_FEW_PROVISIONS = 5


@dataclass(frozen=True)
class Found:
    """`hits` are records of the edition, best first, and `total` how many there are when more than MOST_HITS;
    `answers` what stands above them, one for each place that a citation names; `corrections` pairs of a typed word
    and the one that was searched for instead; `titles` what the visitor may have meant when there is no hit."""

    text: str = ""
    hits: tuple[r.Record, ...] = field(default=(), repr=False)
    total: int = 0
    answers: tuple[Answer, ...] = ()
    urgent: Urgent | None = None
    corrections: tuple[tuple[str, str], ...] = ()
    titles: tuple[r.Record, ...] = field(default=(), repr=False)
    unknown_number: bool = False
    is_searched: Callable[[str], bool] = lambda word: False


def search(index: SearchIndex, edition: Edition, typed: str) -> Found:
    """What `edition` has for a typed text. `index` may be that of the edition before: what is gone is left out."""
    text = normalise(typed)
    if not text:
        return Found()
    targets, rest = read_targets(text, index)
    citations = tuple(answer for target in targets if (answer := cited(target, index, edition)))
    # A statute's name among other words is one of them: "lvu tvångsvård".
    whole = bool(citations) and (citations[0].kind != "statute" or not rest)
    query = read_query(text, index, rest if whole else None)
    answers = citations if whole else _one(numbered(query, index, edition) or placed(query, index, edition))
    first = _first(answers, edition)
    if whole and not rest and citations[0].kind == "statute":
        query = read_query(text, index)
    ranked, others = rank(query, index, edition, first)
    answers = answers or _one(named(query, index, edition))
    hits = once([*first, *ranked])
    corrections = tuple((c.word, c.correction) for c in query.concepts if c.correction) if ranked else ()
    return Found(
        text=text,
        hits=hits[:MOST_HITS],
        total=len(first) + others if len(ranked) == MOST_HITS else len(hits),
        answers=answers,
        urgent=urgent(text, edition),
        corrections=corrections,
        titles=() if hits else _like(query, index, edition),
        unknown_number=query.unknown_number,
        is_searched=_marker(query, index),
    )


def _one(answer: Answer | None) -> tuple[Answer, ...]:
    return (answer,) if answer else ()


def _first(answers: tuple[Answer, ...], edition: Edition) -> tuple[r.Record, ...]:
    """The records that stand first: the answers' own in the order named, then their statutes, then who uses them."""
    # Of a section that the site does not have there is only the statute: that waits for the others.
    first = [record for answer in sorted(answers, key=lambda a: a.kind == "missing") for record in answer.records]
    provisions = [record for record in first if isinstance(record, r.Provision)]
    first += [provision for answer in answers for provision in answer.before]
    first += [p.statute for answer in answers for p in answer.records[:1] if isinstance(p, r.Provision)]
    if len(provisions) <= _FEW_PROVISIONS:
        users = [user for p in provisions for user in edition.users_of("provision", p.key)]
        first += [u for u in users if u.kind in ("step", "question", "download") and has_place(u, edition)]
    return once(first)


def _marker(query: Query, index: SearchIndex) -> Callable[[str], bool]:
    """Tells which words of a text were searched for."""
    stems = set()
    for concept in query.concepts:
        # Where the word itself is known its parts are not marked: "hotbild" is not "bild".
        least = 0.7 if concept.sure else 0.5
        stems.update(stem for a in concept.alternatives if a.weight >= least and not a.strong for stem in a.stems)
    lexicon = index.lexicon

    def is_searched(word: str) -> bool:
        if word in STOP_WORDS:
            return False
        return lexicon.stem(word) in stems or any(lexicon.stem(part) in stems for part in lexicon.parts(word))

    return is_searched


def _like(query: Query, index: SearchIndex, edition: Edition) -> tuple[r.Record, ...]:
    """Records whose title is spelled much like the query."""
    typed = fold(" ".join(query.words))
    if len(typed) < 5:
        return ()
    found = []
    for _, _, at in process.extract(typed, index.folded_names, scorer=fuzz.ratio, score_cutoff=_LIKE_A_TITLE, limit=3):
        record = edition.records[index.entries[at].kind].get(index.entries[at].key)
        if record is not None:
            found.append(record)
    return tuple(found)


def suggestible(edition: Edition) -> tuple[r.Record, ...]:
    """The records whose titles are offered while somebody types. A provision is found by its number, which no title begins with."""
    kinds = ("step", "guide", "question", "term", "actor", "municipality", "contact", "grant", "statute", "page", "download")
    found = (record for kind in kinds for record in edition.all(kind))
    return tuple(x for x in found if getattr(x, "language", "sv") in ("sv", "lattlast") and has_place(x, edition))
