"""The kinds of Document and their fields: the one table that the content files,
the admin, the mapping and the edition agree on.

Adding a field: add it here (with a default, so that no existing file or hash
changes) and on the model of the same name.
"""

from __future__ import annotations

from guides.text.choices import (
    ACTOR_STATEMENTS,
    AREAS,
    BANNER_AUDIENCES,
    BANNER_LEVELS,
    BASES,
    CONFIDENCES,
    EXIT_SWITCH,
    GRANT_RELEVANCE,
    PAGE_SECTIONS,
    PROVISION_STATES,
    RECHECK_CLASSES,
    ROLES,
    RULE_EFFECTS,
    TIME_FRAMES,
)
from guides.text.fields import Field, Kind
from guides.text.file_formats import KIND as FILE


def _text(name: str, **more) -> Field:
    return Field(name, "text", **more)


def _basis() -> tuple[Field, Field]:
    return Field("basis", "choice", choices=BASES), _sources()


def _sources() -> Field:
    return Field("sources", "refs", to="source")


def _owned(review_every: int = 180) -> tuple[Field, ...]:
    return (
        _text("owner", default="Redaktionen"),
        Field("review_every", "integer", default=review_every),
        Field("keywords", "words"),
    )


_TITLE = _text("title", required=True)
# The number of its short address, for what is printed: given once, never to another, and no place in an order.
_ON_PAPER = Field("paper_number", "integer")
_TRANSLATION = (_text("language", default="sv"), _text("translation_of"), _text("translated_from"))

_KINDS = (
    Kind(
        "source",
        "sources",
        "källa",
        (_TITLE, _text("publisher"), _text("url", required=True), _text("year"), _text("note")),
        has_body=False,
    ),
    Kind("county", "counties", "län", (_TITLE, _text("code", required=True)), has_body=False, csv=True),
    Kind(
        "municipality",
        "municipalities",
        "kommun",
        (
            _TITLE,
            _text("code", required=True),
            Field("county", "ref", to="county", required=True),
            _text("police_region", required=True),
            Field("local_note", "prose"),
        ),
        has_body=False,
        csv=True,
    ),
    Kind(
        "situation",
        "situations",
        "situation",
        (
            _TITLE,
            *_owned(),
            _text("short_title"),
            Field("summary", "inline"),
            Field("position", "integer", default=0),
            Field("provisions", "refs", to="provision"),
            Field("contacts", "refs", to="contact"),
            _sources(),
        ),
    ),
    Kind(
        "statute",
        "statutes",
        "författning",
        (
            _TITLE,
            *_owned(),
            _text("short_name"),
            Field("aliases", "words"),
            Field("in_force_from", "date"),
            Field("repealed_on", "date"),
            Field("replaced_by", "ref", to="statute"),
            _text("url", required=True),
            _text("text_read"),
            Field("note", "prose"),
        ),
    ),
    Kind(
        "provision",
        "provisions",
        "lagrum",
        (
            _TITLE,
            *_owned(),
            Field("statute", "ref", to="statute", required=True),
            _text("chapter"),
            _text("section"),
            Field("summary", "prose"),
            Field("meaning", "prose"),
            Field("verified", "boolean"),
            Field("state", "choice", choices=PROVISION_STATES, default="in_force"),
            Field("formerly", "inline"),
            Field("now", "refs", to="provision"),
            _text("url"),
        ),
        has_body=False,
    ),
    Kind(
        "actor",
        "actors",
        "aktör",
        (
            _TITLE,
            *_owned(),
            _text("short_name"),
            Field("position", "integer", default=0),
            Field("summary", "inline"),
            Field(
                "statements",
                "rows",
                columns=(
                    Field("type", "choice", choices=ACTOR_STATEMENTS, required=True),
                    Field("text", "inline", required=True),
                    *_basis(),
                ),
            ),
            Field("provisions", "refs", to="provision"),
            Field("contacts", "refs", to="contact"),
            _sources(),
        ),
    ),
    Kind(
        "grant",
        "grants",
        "stöd att söka",
        (
            _TITLE,
            *_owned(),
            _text("funder", required=True),
            Field("relevance", "choice", choices=GRANT_RELEVANCE, default="indirect"),
            Field("applicants", "prose"),
            Field("municipality_can_apply", "boolean"),
            Field("purpose", "prose"),
            Field("amount", "prose"),
            Field("opens_on", "date"),
            Field("closes_on", "date"),
            Field("closed", "boolean"),
            Field("rhythm", "prose"),
            Field("decision", "prose"),
            Field("regulation", "inline"),
            _text("regulation_url"),
            Field("how_to_apply", "prose"),
            Field("reporting", "prose"),
            _text("status_note"),
            Field("verified", "boolean"),
            _text("source_year"),
            *_basis(),
        ),
    ),
    Kind(
        "contact",
        "contacts",
        "kontakt",
        (
            _TITLE,
            *_owned(90),
            _text("organisation"),
            _text("category"),
            _text("number"),
            _text("display"),
            _text("ask_for"),
            _text("hours"),
            Field("for_self", "boolean"),
            Field("for_relative", "boolean"),
            Field("for_professional", "boolean"),
            _text("audience_note"),
            Field("area", "choice", choices=AREAS, default="nation"),
            _text("police_region"),
            Field("county", "ref", to="county"),
            Field("municipality", "ref", to="municipality"),
            Field("recheck_class", "choice", choices=RECHECK_CLASSES, default="A"),
            Field("confidence", "choice", choices=CONFIDENCES, default="low"),
            Field("withheld", "boolean"),
            _text("languages"),
            _text("cost"),
            _text("anonymity"),
            _text("traces"),
            _text("other_channels"),
            _text("url"),
            _text("source_year"),
            _text("editor_note"),
            _sources(),
        ),
        has_body=False,
    ),
    Kind(
        "step",
        "steps",
        "steg",
        (
            _TITLE,
            _ON_PAPER,
            *_owned(),
            Field("aim", "inline", required=True),
            Field("time_frame", "choice", choices=TIME_FRAMES, required=True),
            _text("time_note"),
            Field("time_basis", "choice", choices=BASES),
            Field("time_sources", "refs", to="source"),
            Field(
                "tasks",
                "rows",
                columns=(
                    _text("key", required=True),
                    Field("text", "inline", required=True),
                    Field("detail", "prose"),
                    *_basis(),
                    Field("situations", "refs", to="situation"),
                    Field("provisions", "refs", to="provision"),
                    Field("actor", "ref", to="actor"),
                ),
            ),
            Field(
                "responsibilities",
                "rows",
                columns=(
                    Field("actor", "ref", to="actor", required=True),
                    Field("role", "choice", choices=ROLES, required=True),
                    Field("what", "inline", required=True),
                    *_basis(),
                ),
            ),
            Field("provisions", "refs", to="provision"),
            Field("contacts", "refs", to="contact"),
            _sources(),
        ),
    ),
    Kind(
        "guide",
        "guides",
        "guide",
        (
            _TITLE,
            _ON_PAPER,
            *_owned(),
            Field("summary", "inline", required=True),
            Field("position", "integer", default=0),
            Field("first_number", "integer", default=1),
            Field("steps", "sequence", to="step"),
            Field("situations", "refs", to="situation"),
            *_TRANSLATION,
            _sources(),
        ),
    ),
    Kind(
        "rule",
        "rules",
        "planregel",
        (
            _TITLE,
            *_owned(),
            Field("position", "integer", default=0),
            Field("when", "words"),
            Field("effect", "choice", choices=RULE_EFFECTS, required=True),
            Field("situations", "refs", to="situation"),
            Field("steps", "refs", to="step"),
            Field("tasks", "words"),
            Field("instead", "words"),
            Field("text", "inline"),
            Field("detail", "prose"),
            Field("provisions", "refs", to="provision"),
            Field("actor", "ref", to="actor"),
            Field("reason", "inline", required=True),
            *_basis(),
        ),
        has_body=False,
    ),
    Kind(
        "page",
        "pages",
        "sida",
        (
            _TITLE,
            *_owned(),
            Field("summary", "inline"),
            Field("section", "choice", choices=PAGE_SECTIONS, default="about"),
            Field("exit", "choice", choices=EXIT_SWITCH),
            Field("position", "integer", default=0),
            Field(
                "statements",
                "rows",
                columns=(
                    Field("lead", "inline", required=True),
                    Field("text", "inline"),
                    *_basis(),
                ),
            ),
            *_TRANSLATION,
            Field("translation_note", "inline"),
            *_basis(),
        ),
    ),
    Kind(
        "question",
        "questions",
        "fråga",
        (
            _TITLE,
            *_owned(),
            Field("answer", "inline", required=True),
            _text("group"),
            Field("position", "integer", default=0),
            Field("situations", "refs", to="situation"),
            Field("provisions", "refs", to="provision"),
            Field("contacts", "refs", to="contact"),
            *_TRANSLATION,
            *_basis(),
        ),
    ),
    Kind(
        "download",
        "downloads",
        "mall",
        (
            _TITLE,
            *_owned(),
            Field("summary", "inline", required=True),
            Field("position", "integer", default=0),
            Field("steps", "refs", to="step"),
            Field("provisions", "refs", to="provision"),
            *_basis(),
        ),
    ),
    Kind(
        "term",
        "terms",
        "ord",
        (_TITLE, *_owned(), _text("abbreviation"), Field("group", "text"), Field("synonyms", "words"), *_basis()),
    ),
    Kind(
        "news",
        "news",
        "nyhet",
        (
            _TITLE,
            *_owned(),
            Field("date", "date", required=True),
            Field("summary", "inline"),
            _sources(),
        ),
    ),
    Kind(
        "banner",
        "banners",
        "banderoll",
        (
            _TITLE,
            *_owned(),
            Field("level", "choice", choices=BANNER_LEVELS, default="information"),
            Field("text", "inline", required=True),
            Field("shown_from", "moment", required=True),
            Field("shown_to", "moment", required=True),
            _text("link"),
            _text("link_text"),
            Field("audience", "choice", choices=BANNER_AUDIENCES),
            Field("municipalities", "refs", to="municipality"),
        ),
        has_body=False,
    ),
    FILE,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in _KINDS}
