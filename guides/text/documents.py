"""Document: the one interchange form, and its canonical text both ways.

A content file, a saved Version, what a Release freezes and what an Edition is built
from are all a Document. Canonical text is YAML front matter, every scalar read as
text and typed by the kind, followed by a Markdown body. A field that is empty or has
its default is not written, so that a new field changes no file and no hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import yaml

from guides.text.fields import Field, Kind
from guides.text.kinds import KINDS

SCHEMA = 1
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
STATUTE_KEY = re.compile(r"(?:\d{4}:\d+|[a-z]+(?:-[a-z0-9]+)+)\Z")
RESERVED_KEYS = frozenset({"utskrift", "handbok", "lan", "nummer", "lattlast"})
# libyaml where the wheel has it: ten times faster, the same tree.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
_MOMENT = "%Y-%m-%d %H:%M"
_BOOLEANS = {"ja": True, "nej": False}


@dataclass(frozen=True)
class Problem:
    """Something wrong with a document's text: the line it stands on (1-based) and a Swedish sentence."""

    line: int
    message: str


class DocumentError(ValueError):
    """A text that is no Document; `problems` lists every fault found, not only the first.

    `document` holds what could be read all the same, so that more can be said of it.
    """

    def __init__(self, problems: list[Problem], document: Document | None = None):
        self.problems = problems
        self.document = document
        super().__init__("; ".join(f"rad {p.line}: {p.message}" for p in problems))


@dataclass(frozen=True)
class Document:
    """Kind, key, fields and Markdown body.

    `fields` holds every field of the kind under its name: str, int, date, datetime, bool, a tuple of
    str, or for rows a tuple of mappings. `lines` tells where a field stood in the text it was
    read from (path such as ``tasks.2.text`` -> line, 1-based); it takes no part in equality.
    """

    kind: str
    key: str
    fields: Mapping[str, object]
    body: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str):
        return self.fields[name]

    @property
    def title(self) -> str:
        return str(self.fields.get("title", ""))

    def line(self, path: str) -> int:
        """The line of a field, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)


# Vertical tab and form feed are what some word processors break a line with.
_BREAK = re.compile("\r\n|[\r\v\f]")
# No XML may hold them (XML 1.0, 2.2), no HTML should (WHATWG HTML, 13.2.3.5): they come along from a PDF.
_UNSEEN = re.compile("[\0-\b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def readable(text: str) -> str:
    """Text as documents hold it, whatever browser or file it came from: \\n ends a line, and nothing is there that no page can show."""
    return _UNSEEN.sub("", _BREAK.sub("\n", text))


def make(kind: str, key: str, fields: Mapping[str, object], body: str = "", lines=None) -> Document:
    """A Document with every field of its kind, the missing ones empty."""
    spec = KINDS[kind]
    whole = {f.name: fields.get(f.name, f.empty) for f in spec.fields}
    return Document(kind, key, MappingProxyType(whole), body.strip("\n"), lines or {})


def digest(text: str) -> str:
    """SHA-256 of canonical text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def file_path(document: Document) -> str:
    """Where the document stands under content/, with / between the parts."""
    spec = KINDS[document.kind]
    name = file_stem(document.key)
    if document.kind == "provision":
        return f"{spec.folder}/{file_stem(str(document['statute']))}/{name}.md"
    return f"{spec.folder}/{name}.md"


def file_stem(key: str) -> str:
    """A key as a file name: a statute's 2025:400 becomes 2025-400."""
    return key.replace(":", "-")


def valid_key(kind: str, key: str) -> bool:
    """True if `key` may name a document of `kind`."""
    pattern = STATUTE_KEY if kind == "statute" else KEY
    return bool(pattern.match(key)) and key not in RESERVED_KEYS and len(key) <= 100


class _Dumper(
    yaml.emitter.Emitter,
    yaml.serializer.Serializer,
    yaml.representer.SafeRepresenter,
    yaml.resolver.BaseResolver,
):
    """Writes strings plainly wherever YAML allows it: the reader takes every scalar as text."""

    def __init__(self, stream, **options):
        yaml.emitter.Emitter.__init__(self, stream, width=2**16, allow_unicode=True)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.SafeRepresenter.__init__(self, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


def _represent_text(dumper, value: str):
    # U+0085 would be folded into a blank; only double quotes keep it.
    style = '"' if "\x85" in value else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)


def to_text(document: Document) -> str:
    """The canonical text of a document, worked out once: writing YAML is slow."""
    kept = document.__dict__.get("_text")
    if kept is None:
        kept = _write(document)
        object.__setattr__(document, "_text", kept)
    return kept


def _write(document: Document) -> str:
    front: dict[str, object] = {"key": document.key}
    front.update(_plain(KINDS[document.kind].fields, document.fields))
    head = yaml.dump(front, Dumper=_Dumper)
    body = document.body.strip("\n")
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def _plain(specs: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, object]:
    written = {}
    for spec in specs:
        value = values.get(spec.name, spec.empty)
        if value == spec.empty or value in (None, "", ()):
            continue
        if spec.type == "rows":
            written[spec.name] = [_plain(spec.columns, row) for row in value]
        elif spec.type == "refs":
            written[spec.name] = sorted(value)
        elif spec.type in ("sequence", "words"):
            written[spec.name] = list(value)
        else:
            written[spec.name] = scalar_text(value)
    return written


def scalar_text(value: object) -> str:
    """One typed value as the text that files hold: 2026-01-31, 2026-01-31 08:00, 90, ja, nej."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime(_MOMENT)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def from_text(kind: str, text: str) -> Document:
    """Read a document of `kind`; raises DocumentError with every fault and its line."""
    spec = KINDS[kind]
    text = readable(text.removeprefix("\ufeff"))
    match = re.match(r"---\n(.*?)^---(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise DocumentError([Problem(1, "Filen ska börja med fält mellan två rader med ---.")])
    body_line = text[: match.end()].count("\n") + 1
    body = text[match.end() :]
    try:
        node = yaml.compose(match.group(1), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise DocumentError(
            [Problem(line, "Raden går inte att läsa som YAML. Kontrollera kolon, indrag och citattecken.")]
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError([Problem(2, "Fälten ska skrivas som ”namn: värde”, ett på varje rad.")])
    reader = _Reader(spec)
    values = reader.mapping(node, (Field("key", "text", required=True), *spec.fields), "")
    key = str(values.pop("key", ""))
    if not key:
        reader.problems.append(Problem(2, "Fältet ”key” saknas."))
    elif not valid_key(kind, key):
        reader.fault("key", f"Nyckeln ”{key}” får bara ha a–z, 0–9 och bindestreck, och inte vara reserverad.")
    if body.strip("\n") and not spec.has_body:
        reader.problems.append(Problem(body_line, f"En {spec.label} har ingen brödtext."))
    reader.lines["body"] = body_line + len(body) - len(body.lstrip("\n"))
    document = make(kind, key, values, body, reader.lines)
    if reader.problems:
        raise DocumentError(sorted(reader.problems, key=lambda p: p.line), document)
    return document


class _Reader:
    """Types the nodes of a front matter by a kind's fields and collects every fault."""

    def __init__(self, spec: Kind):
        self.spec = spec
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def fault(self, path: str, message: str) -> None:
        self.problems.append(Problem(self.lines.get(path, 1), message))

    def mapping(self, node, specs: tuple[Field, ...], prefix: str) -> dict[str, object]:
        known = {spec.name: spec for spec in specs}
        values: dict[str, object] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 2
            name = str(name_node.value)
            path = f"{prefix}{name}"
            if name not in known:
                self.problems.append(Problem(line, f"Fältet ”{name}” finns inte för {self.spec.label}."))
            elif name in values:
                self.problems.append(Problem(line, f"Fältet ”{name}” står två gånger."))
            else:
                self.lines[path] = line
                values[name] = self.value(value_node, known[name], path)
        return values

    def value(self, node, spec: Field, path: str) -> object:
        if spec.type in ("refs", "sequence", "words"):
            return self.items(node, spec, path)
        if spec.type == "rows":
            return self.rows(node, spec, path)
        if not isinstance(node, yaml.ScalarNode):
            self.fault(path, f"”{spec.name}” ska vara ett enda värde, inte en lista.")
            return spec.empty
        return self.scalar(readable(str(node.value)), spec, path)

    def scalar(self, text: str, spec: Field, path: str) -> object:
        if text == "":
            return spec.empty
        if spec.type == "boolean":
            if text not in _BOOLEANS:
                self.fault(path, f"”{spec.name}” ska vara ja eller nej, inte ”{text}”.")
            return _BOOLEANS.get(text, False)
        if spec.type == "integer":
            if not re.fullmatch(r"\d{1,9}", text):
                self.fault(path, f"”{spec.name}” ska vara ett heltal, inte ”{text}”.")
                return spec.empty
            return int(text)
        if spec.type == "date":
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.fault(path, f"”{spec.name}” ska vara ett datum som 2026-11-21, inte ”{text}”.")
                return spec.empty
        if spec.type == "moment":
            try:
                return datetime.strptime(text, _MOMENT).replace(tzinfo=STOCKHOLM)
            except ValueError:
                self.fault(path, f"”{spec.name}” ska vara en tid som 2026-11-21 08:00, inte ”{text}”.")
                return spec.empty
        if spec.type == "choice" and text not in spec.choices:
            options = ", ".join(spec.choices)
            self.fault(path, f"”{spec.name}” ska vara något av {options}, inte ”{text}”.")
        if spec.type in ("text", "inline") and "\n" in text.strip("\n"):
            self.fault(path, f"”{spec.name}” ska rymmas på en rad.")
        return text.strip("\n") if spec.type in ("text", "inline", "prose") else text

    def items(self, node, spec: Field, path: str) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode) or any(
            not isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            self.fault(path, f"”{spec.name}” ska vara en lista med ett värde på varje rad.")
            return ()
        for number, item in enumerate(node.value):
            self.lines[f"{path}.{number}"] = item.start_mark.line + 2
        found = [readable(str(item.value)) for item in node.value]
        for number, item in enumerate(found):
            if item in found[:number]:
                self.fault(f"{path}.{number}", f"”{item}” står två gånger.")
        return tuple(sorted(found)) if spec.type == "refs" else tuple(found)

    def rows(self, node, spec: Field, path: str) -> tuple[Mapping[str, object], ...]:
        if not isinstance(node, yaml.SequenceNode) or any(
            not isinstance(item, yaml.MappingNode) for item in node.value
        ):
            self.fault(path, f"”{spec.name}” ska vara en lista med rader av fält.")
            return ()
        rows = []
        for number, item in enumerate(node.value):
            here = f"{path}.{number}"
            self.lines[here] = item.start_mark.line + 2
            values = self.mapping(item, spec.columns, f"{here}.")
            rows.append(MappingProxyType({c.name: values.get(c.name, c.empty) for c in spec.columns}))
        return tuple(rows)
