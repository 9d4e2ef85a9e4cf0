"""What of a record is searched, and what it is called in a list of hits. One function a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from guides.edition import guide_records as g
from guides.edition import records as r
from guides.edition.edition import Edition
from guides.text.markup import Rich

# How much a kind is worth when all else is equal. A citation finds its provision by its number, so
# the low weight only keeps six hundred provisions from drowning the steps.
KIND_WEIGHTS = {
    "step": 1.12,
    "guide": 1.12,
    "term": 1.10,
    "actor": 1.10,
    "question": 1.05,
    "contact": 1.05,
    "page": 1.0,
    "municipality": 1.0,
    "grant": 1.0,
    "situation": 1.0,
    "statute": 1.0,
    "download": 0.95,
    "county": 0.9,
    "provision": 0.85,
    "news": 0.85,
}
KINDS = tuple(KIND_WEIGHTS)
# What the site says of itself, and texts that say in another language what stands in Swedish as well.
_ABOUT_WEIGHT, _TRANSLATED_WEIGHT = 0.85, 0.9

# Words that a visitor types for a kind rather than for one of its records.
_KIND_WORDS = {
    "contact": "telefon telefonnummer nummer kontakt ringa",
    "municipality": "kommun kommunen stad socialtjänst socialtjänsten socialjour socialkontor kontakt telefon nummer",
    "county": "län kontakt",
    "grant": "bidrag stöd medel pengar söka ansöka finansiering",
    "download": "mall blankett dokument",
    "actor": "ansvar myndighet",
    "provision": "lag lagrum paragraf",
    "statute": "lag",
    "guide": "guide",
    "news": "nytt nyhet",
}


@dataclass(frozen=True)
class Searchable:
    """The searched texts of a record, the most telling first.

    `names` are what it is also called (compared whole, like the title), `keywords` the words that
    editors gave it, `numbers` the telephone numbers (E.164 or short) that its page shows to the public.
    """

    record: r.Record
    title: str
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    numbers: tuple[str, ...] = ()
    weight: float = 1.0


def searchables(edition: Edition) -> Iterator[Searchable]:
    """Every record that has a page or a place on one."""
    for kind in KINDS:
        for key in sorted(edition.records[kind]):
            record = edition.records[kind][key]
            if has_place(record, edition):
                yield searchable(record, edition)


def has_place(record: r.Record, edition: Edition) -> bool:
    """A step or a situation that stands in no guide cannot be reached."""
    if record.kind == "step":
        return any(step.key == record.key for guide in edition.records["guide"].values() for step in guide.steps)
    if record.kind == "situation":
        return any(s.key == record.key for guide in edition.guides() for s in guide.situations)
    return True


def searchable(record: r.Record, edition: Edition) -> Searchable:
    """A record's texts, with the numbers in them that the public may see."""
    numbers: list[str] = []

    def plain(*texts: Rich) -> str:
        return " ".join(filter(None, (_plain(text, edition, numbers) for text in texts if text)))

    names, summary, body = _TEXTS[record.kind](record, plain, edition)
    return Searchable(
        record=record,
        # A provision's heading alone is no name of it: seven statutes have a section on "Utredning".
        title=shown_title(record) if record.kind == "provision" else record.title,
        names=tuple(filter(None, names)),
        keywords=(*record.keywords, *getattr(record, "synonyms", ())),
        summary=f"{summary} {_KIND_WORDS.get(record.kind, '')}".strip(),
        body=body,
        numbers=tuple(dict.fromkeys(numbers)),
        weight=_weight(record),
    )


def _weight(record: r.Record) -> float:
    if getattr(record, "section", "") == "about":
        return _ABOUT_WEIGHT
    return KIND_WEIGHTS[record.kind] * (_TRANSLATED_WEIGHT if getattr(record, "translation_of", "") else 1)


def shown_title(record: r.Record) -> str:
    """A record's title in a list where nothing around it says to what it belongs."""
    if isinstance(record, r.Provision):
        return f"{record.citation} – {record.title}"
    if isinstance(record, r.Statute) and record.short_name and record.short_name not in record.title:
        return record.title if record.short_name.startswith("lagen") else f"{record.title}, {record.short_name}"
    if isinstance(record, r.Term) and record.abbreviation:
        return f"{record.title} ({record.abbreviation})"
    return record.title


def shown_text(record: r.Record, edition: Edition) -> str:
    """The words of a record's page that an extract may be taken from."""

    def plain(*texts: Rich) -> str:
        return " ".join(filter(None, (_plain(text, edition, []) for text in texts if text)))

    _, summary, body = _TEXTS[record.kind](record, plain, edition)
    return f"{summary} {body}".strip()


def _plain(rich: Rich, edition: Edition, numbers: list[str]) -> str:
    """The words of a text; where a number stands the number that the public may see, else whose it is."""
    if not any(slot.kind == "contact" for slot in rich.slots):
        return rich.plain
    pieces = []
    for part in rich.parts:
        if isinstance(part, str) or part.kind != "contact":
            pieces.append(part)
            continue
        contact = edition.contact(part.key)
        number = contact and contact.number(r.PUBLIC)
        if number:
            numbers.append(number.value)
        pieces.append(escape(number.display if number else contact.title if contact else ""))
    return Rich(tuple(pieces)).plain


Plain = Callable[..., str]
Texts = tuple[tuple[str, ...], str, str]


def _step(step: g.Step, plain: Plain, edition: Edition) -> Texts:
    tasks = (text for task in step.tasks for text in (task.text, task.detail))
    return (), plain(step.aim), plain(step.body, *tasks, *(x.what for x in step.responsibilities))


def _guide(guide: g.Guide, plain: Plain, edition: Edition) -> Texts:
    return (), plain(guide.summary), plain(guide.body)


def _statute(statute: r.Statute, plain: Plain, edition: Edition) -> Texts:
    return (statute.short_name, *statute.aliases, statute.key), "", plain(statute.note)


def _provision(provision: r.Provision, plain: Plain, edition: Edition) -> Texts:
    return (provision.citation,), plain(provision.summary), plain(provision.meaning, provision.formerly)


def _actor(actor: g.Actor, plain: Plain, edition: Edition) -> Texts:
    return (actor.short_name,), plain(actor.summary), plain(actor.body, *(s.text for s in actor.statements))


def _grant(grant: r.Grant, plain: Plain, edition: Edition) -> Texts:
    prose = (grant.applicants, grant.amount, grant.rhythm, grant.decision, grant.how_to_apply, grant.reporting)
    return (), f"{grant.funder}. {plain(grant.purpose)}", plain(*prose, grant.body)


def _contact(contact: r.Contact, plain: Plain, edition: Edition) -> Texts:
    place = edition.records["municipality"].get(contact.municipality) or edition.records["county"].get(contact.county)
    about = (contact.organisation, place.title if place else "", contact.audience_note, contact.ask_for, contact.hours)
    return (), ". ".join(part.rstrip(".") for part in about if part), contact.other_channels


def _municipality(municipality: r.Municipality, plain: Plain, edition: Edition) -> Texts:
    own = (c.title for c in edition.records["contact"].values() if c.municipality == municipality.key)
    services = ". ".join(own)
    return (), f"{municipality.county.title}.", f"{services} {plain(municipality.local_note)}".strip()


def _county(county: r.County, plain: Plain, edition: Edition) -> Texts:
    return (), "", ""


def _page(page: r.Page, plain: Plain, edition: Edition) -> Texts:
    lines = (text for line in page.lines for text in (line.lead, line.text))
    return (), plain(page.summary), plain(*lines, page.body)


def _question(question: g.Question, plain: Plain, edition: Edition) -> Texts:
    return (), plain(question.answer), plain(question.body)


def _download(download: g.Download, plain: Plain, edition: Edition) -> Texts:
    return (), plain(download.summary), plain(download.body)


def _term(term: r.Term, plain: Plain, edition: Edition) -> Texts:
    return (term.abbreviation,), plain(term.body), ""


def _described(record: r.News | g.Situation, plain: Plain, edition: Edition) -> Texts:
    return (getattr(record, "short_title", ""),), plain(record.summary), plain(record.body)


_TEXTS: dict[str, Callable[..., Texts]] = {
    "step": _step,
    "guide": _guide,
    "statute": _statute,
    "provision": _provision,
    "actor": _actor,
    "grant": _grant,
    "contact": _contact,
    "municipality": _municipality,
    "county": _county,
    "page": _page,
    "question": _question,
    "download": _download,
    "term": _term,
    "news": _described,
    "situation": _described,
}
