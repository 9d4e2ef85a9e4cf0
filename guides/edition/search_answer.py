"""What stands above the list of hits: the one answer to a citation, a number, a place or a word, and help at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.search_index import SearchIndex, national
from guides.edition.search_query import Query
from guides.text.citations import Target, expand
from guides.text.swedish import fold, tokens

SUICIDE_LINE = "sjalvmordslinjen"
# Words beside a place's name that ask for nothing else than whom to call there.
_CONTACT_WORDS = """
kommun kommunen kommuns stad stads soc socialen socialtjänst socialtjänsten socialkontor socialkontoret socialjour
socialjouren kontakt kontakta telefon telefonnummer nummer ring ringa i på till
"""
_PLACE_WORDS = frozenset(_CONTACT_WORDS.split())
# The editors' words for danger: whatever the ranking says, help stands first. Each phrase is a row of beginnings of words.
_DANGER = (
    "akut", "fara nu", "i fara", "hotad", "hotar mig", "hotar oss", "hotar min", "mordhot", "skjuten", "skjut", "döda",
    "dödshot", "mörda", "knivhugg", "kidnapp", "misshandla", "slår mig", "våldtag", "vågar inte gå hem",
    "kan inte gå hem", "jagad", "förföljd", "jagar mig", "letar efter mig", "de ska ta mig",
)  # fmt: skip
_DESPAIR = (
    "självmord", "självmordstank", "ta livet av", "vill dö", "vill inte leva", "orkar inte leva", "suicid",
)  # fmt: skip
_MOST_CITED = 10


@dataclass(frozen=True)
class Answer:
    """`kind` is provision, repealed, moved (only the old act had that number here), missing (a section that the site does
    not have), statute, number, place or term; `records` the answer, best first; `place` the citation in words; `before` provisions that have what stood in the old act under that number."""

    kind: str
    records: tuple[r.Record, ...] = field(repr=False)
    place: str = ""
    before: tuple[r.Provision, ...] = field(default=(), repr=False)
    old: r.Statute | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Urgent:
    """Help that stands on top whatever else was found."""

    danger: bool
    contacts: tuple[r.Contact, ...] = field(repr=False)


def once(records: Iterable[r.Record]) -> tuple:
    """Records without those that come again, in order."""
    return tuple({(record.kind, record.key): record for record in records}.values())


def cited(target: Target | None, index: SearchIndex, edition: Edition) -> Answer | None:
    """What a citation points at; None when it points at nothing, and then its numbers are ordinary words."""
    if target is None:
        return None
    statute = edition.statute(target.statute) if target.statute else None
    if statute is None:
        return None if target.statute else _in_any_statute(target, edition)
    if not target.chapter and not target.section:
        successor = (statute.replaced_by,) if statute.repealed and statute.replaced_by else ()
        return Answer("statute", (statute, *successor))
    found = _covered(target, edition.provisions_of(statute))
    place = _in_words(target, statute)
    before, old = _before(target, statute, index, edition)
    if statute.repealed:
        after = once(p for provision in found for p in provision.now) or before
        if after:
            return Answer("repealed", (*found, *after), place, after, statute)
    if found:
        here = {p.key for p in found}
        return Answer("provision", found, place, tuple(p for p in before if p.key not in here), old)
    if before:
        return Answer("moved", before, place, before, old)
    return Answer("missing", (statute,), place)


def _in_words(target: Target, statute: r.Statute) -> str:
    """The section alone, without the other end of a range: 11 kap. 1 § SoL."""
    section = target.section if target.section.startswith("art") or not target.section else f"{target.section} §"
    chapter = f"{target.chapter} kap." if target.chapter else ""
    return " ".join(filter(None, (chapter, section.replace("art.", "artikel"), statute.name)))


def _covered(target: Target, provisions: tuple[r.Provision, ...]) -> tuple[r.Provision, ...]:
    pairs = set(expand(target, ((p.chapter, p.section) for p in provisions)))
    if not pairs and not target.chapter:
        # "gdpr 6" means an article, since there is no 6 § there.
        pairs = {("", f"art. {target.section}"), ("", f"art.{target.section}")}
    return tuple(p for p in provisions if (p.chapter, p.section) in pairs)


def _in_any_statute(target: Target, edition: Edition) -> Answer | None:
    """A section without its statute: where it may stand, the most used first."""
    if not target.section:
        return None
    found = _covered(target, edition.all("provision"))
    ranked = sorted(found, key=lambda p: (p.statute.repealed, -len(edition.users_of("provision", p.key)), p.key))
    return Answer("provision", tuple(ranked[:_MOST_CITED])) if ranked else None


def _before(
    target: Target, statute: r.Statute, index: SearchIndex, edition: Edition
) -> tuple[tuple[r.Provision, ...], r.Statute | None]:
    """The provisions that now hold what stood in an old act under the same number: the numbers of the two collide."""
    if not target.section:
        return (), None
    found, old = [], None
    for place, key in index.former:
        provision = edition.records["provision"].get(key)
        successor = edition.statute(place.statute)
        if provision is None or successor is None or statute.key not in (place.statute, provision.statute.key):
            continue
        if (target.chapter, target.section) in expand(place, [(target.chapter, target.section)]):
            found.append(provision)
            old = successor
    return tuple(sorted(once(found), key=lambda p: (p.order, p.key))), old


def numbered(query: Query, index: SearchIndex, edition: Edition) -> Answer | None:
    """Who answers at a typed number, as the current edition shows it to the public."""
    found: dict[str, r.Record] = {}
    for number in query.numbers:
        for at in index.numbers[number]:
            entry = index.entries[at]
            contact = edition.contact(entry.key) if entry.kind == "contact" else None
            shown = contact.number(r.PUBLIC) if contact else None
            if shown and national(shown.value) == number:
                found[contact.key] = contact
    return Answer("number", tuple(found.values())) if found else None


def placed(query: Query, index: SearchIndex, edition: Edition) -> Answer | None:
    """The municipality that a query names and asks nothing more about."""
    # "Vara kommun": a small word may be a place.
    for words in (query.words, query.corrected, query.all_words):
        name = tuple(word for word in words if word not in _PLACE_WORDS) or words
        keys = _place_keys(name, index)
        found = tuple(m for m in (edition.get("municipality", key) for key in keys) if m)
        if found:
            return Answer("place", found)
    return None


def _place_keys(name: tuple[str, ...], index: SearchIndex) -> tuple[str, ...]:
    """By the name as typed, then without its genitive, then without dots; exact comes before what only folds to it."""
    forms = [name]
    if name and name[-1].endswith("s"):
        forms.append((*name[:-1], name[-1][:-1]))
    for form in forms:
        exact = index.places.get(form, ())
        folded = index.places_by_fold.get(form, ())
        if exact or folded:
            return tuple(dict.fromkeys((*exact, *folded)))
    return ()


def named(query: Query, index: SearchIndex, edition: Edition) -> Answer | None:
    """The term that a query is, word for word."""
    key = index.terms.get(query.words) or index.terms.get(query.corrected)
    term = edition.get("term", key) if key else None
    return Answer("term", (term,)) if term else None


def urgent(text: str, edition: Edition) -> Urgent | None:
    """Danger or despair in a normalised text. Typed without dots it counts as well."""
    padded = f" {' '.join(tokens(text))}"
    danger = any(f" {fold(phrase)}" in fold(padded) for phrase in _DANGER)
    despair = any(f" {fold(phrase)}" in fold(padded) for phrase in _DESPAIR)
    if not danger and not despair:
        return None
    line = edition.contact(SUICIDE_LINE) if despair else None
    return Urgent(danger, (line,) if line and line.number(r.PUBLIC) else ())
