"""A version in parts that somebody can say yes or no to: each field, task, statement, provision and section of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from guides.edition.edition import Edition
from guides.edition.material import Renderer, names_in, passage
from guides.edition.records import PROFESSIONAL
from guides.models import MODEL_OF, Rendering, Version
from guides.publishing.compare import label_of
from guides.publishing.versions import read, statute_documents
from guides.text.case import all_conditions
from guides.text.documents import scalar_text
from guides.text.fields import Field
from guides.text.kinds import KINDS
from guides.text.markup import Rich, Slot
from guides.text.phone import display

# What orders and keeps the pages, and says nothing of the world.
HOUSEKEEPING = frozenset(
    {"owner", "review_every", "keywords", "position", "paper_number", "first_number", "code", "key", "exit", "section"}
    | {"language", "translation_of", "translated_from", "recheck_class", "confidence", "withheld", "editor_note"}
    | {"display", "relevance", "verified", "effect", "category", "group", "text_read", "level", "audience"}
    | {"hash", "size", "width", "height", "access"}
)
# References of which each says something of its own: this law holds here, this is whom to call.
ONE_BY_ONE = frozenset({"provision", "contact"})
WHOLE = "whole"
_SECTION = re.compile(r"(?m)^(?=## )")
_CONDITIONS = {code: f"{question.label}: {words}" for question, found in all_conditions() for code, words in found}


@dataclass(frozen=True)
class Part:
    """One thing to judge: its place in the document, its Swedish name, and its lines: (what it is, or "", the words)."""

    place: str
    label: str
    lines: tuple[tuple[str, Rich], ...]


def parts(version: Version, edition: Edition) -> list[Part]:
    """The parts of a version in the order of its form, those that are empty left out; last the whole."""
    return [*_Parts(version, edition), Part(WHOLE, "Helheten", ((("", _plain("Saknas något, eller gäller något hela texten?"))),))]


class _Parts:
    """Reads one version; references are told by what they are called in `edition`."""

    def __init__(self, version: Version, edition: Edition):
        self.document = read(version)
        self.edition = edition
        self.model = MODEL_OF[version.kind]
        self.renderer = Renderer(names_in(statute_documents()), _kept)

    def __iter__(self) -> Iterator[Part]:
        document = self.document
        for spec in KINDS[document.kind].fields:
            value = document[spec.name]
            if spec.name in HOUSEKEEPING or value in ("", (), None):
                continue
            if spec.type == "rows":
                yield from self.rows(spec, value)
            elif spec.to in ONE_BY_ONE and spec.type == "refs":
                name = MODEL_OF[spec.to]._meta.verbose_name.capitalize()
                for number, key in enumerate(value, start=1):
                    yield Part(f"{spec.name}.{number}", f"{name} {number}", (("", self.refer(spec.to, key)),))
            elif spec.name not in ("basis", "time_basis", "time_sources") and not (spec.name == "sources" and self.basis(document.fields)):
                yield Part(spec.name, label_of(self.model, spec.name).capitalize(), (("", self.said(spec, value)),))
        for number, text in enumerate(filter(str.strip, _SECTION.split(document.body)), start=1):
            yield Part(f"body.{number}", f"Text {number}", (("", self.rich(text)),))
        for lead, words in (("", "Underlag"), ("time_", "Tidsramens underlag")):
            if found := self.basis(document.fields, lead):
                yield Part(f"{lead}basis", words, (("", found),))

    def rows(self, spec: Field, rows) -> Iterator[Part]:
        model = self.model._meta.get_field(spec.name).related_model
        name = model._meta.verbose_name.capitalize()
        for number, row in enumerate(rows, start=1):
            lines = []
            for column in spec.columns:
                value = row[column.name]
                if column.name in (*HOUSEKEEPING, "basis", "sources") or value in ("", (), None):
                    continue
                label = "" if not lines else label_of(model, column.name).capitalize()
                lines.append((label, self.said(column, value)))
            if found := self.basis(row):
                lines.append(("Underlag", found))
            yield Part(f"{spec.name}.{number}", f"{name} {number}", tuple(lines))

    def basis(self, row: Mapping, lead: str = "") -> Rich:
        """What a row or the document rests on, as its mark; empty when nobody has said."""
        code = row.get(f"{lead}basis")
        return Rich((Slot("basis", code, detail=",".join(row[f"{lead}sources"])),)) if code else Rich()

    def said(self, spec: Field, value) -> Rich:
        """The value of a field in the words of the public page."""
        match spec.type:
            case "inline" | "prose":
                return self.rich(value, spec.type == "inline")
            case "ref":
                return self.refer(spec.to, value)
            case "refs" | "sequence":
                return _joined([self.refer(spec.to, key) for key in value])
            case "words":
                return _joined([_plain(_CONDITIONS.get(word, word)) for word in value])
            case "choice":
                return _plain(spec.choices.get(value, value))
        if spec.name == "number":
            return self.number(value)
        return _plain(scalar_text(value))

    def number(self, value: str) -> Rich:
        """A contact's own number. One that is to be shown to nobody is not shown here either."""
        if self.document["withheld"]:
            return _plain("Numret visas inte för någon.")
        return _plain(self.document["display"] or display(value))

    def rich(self, text: str, inline: bool = False) -> Rich:
        return self.renderer(passage(self.document, text, inline))

    def refer(self, kind: str, key: str) -> Rich:
        """A link to another document, with what the public page says beside it."""
        record = self.edition.get(kind, key)
        if record is None:
            title = MODEL_OF[kind].objects.filter(key=key).values_list("title", flat=True).first()
            return _plain(f"{title or key} (inte publicerad)")
        title = f"{record.citation} {record.title}" if kind == "provision" else record.title
        found = Rich((Slot("link", f"{kind}:{key}", title),))
        if kind == "provision" and record.summary:
            return _joined([found, record.summary], ". ")
        if kind == "contact":
            number = Rich((Slot("contact", key),))
            return _joined([found, number], ": ") if record.number(PROFESSIONAL) else number
        return found


def _kept(name: str) -> Rich | None:
    row = Rendering.objects.filter(pk=name).first()
    return row and Rich.from_json(row.rich)


def _plain(text: str) -> Rich:
    return Rich((escape(text),))


def _joined(found: list[Rich], between: str = ", ") -> Rich:
    parts = [part for one in found for part in (between, *one.parts)]
    return Rich(tuple(parts[1:]))
