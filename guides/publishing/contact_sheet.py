"""All contacts as a table for a spreadsheet, out and in: CSV as Swedish Excel writes and reads it.

A row carries the number of the version that it shows. Taking it in changes only the cells that differ from that
version, saves drafts, and is refused whole when one row has a fault or somebody has saved since.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from guides.models import MODEL_OF, Contact, Rename
from guides.publishing.drafts import find, number_of, put, version_of
from guides.publishing.mapping import to_document, write
from guides.publishing.versions import read, save_version
from guides.text.digits import whole_number
from guides.text.documents import Document, make, scalar_text, valid_key
from guides.text.fields import Field
from guides.text.kinds import KINDS
from guides.text.sheets import sheet

FIELDS = {spec.name: spec for spec in KINDS["contact"].fields}
HEADS = {"key": "nyckel", "version": "version"} | {
    name: str(Contact._meta.get_field(name).verbose_name) for name in FIELDS
}
LIST = " | "
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# May somebody change these fields of a row (None: add a new one)? A Swedish sentence when not, else "".
Allowed = Callable[[Contact | None, Iterable[str]], str]


@dataclass(frozen=True)
class CellFault:
    """A fault at a row and a column as the spreadsheet counts them."""

    row: int
    column: str
    message: str

    def __str__(self):
        return f"Rad {self.row}{f', kolumn {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True)
class RowChange:
    """What a row changes: (field, before, after) each. `shared` are other contacts that have its new number."""

    row: int
    key: str
    title: str
    new: bool
    cells: tuple[tuple[str, str, str], ...]
    shared: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What a file would do, or did. With faults it does nothing."""

    changes: list[RowChange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    unchanged: int = 0


def export(contacts: Iterable[Contact]) -> bytes:
    """The table of these contacts."""
    rows = ([c.key, str(number_of("contact", c.key)), *_cells(to_document(c)).values()] for c in contacts)
    return sheet(HEADS.values(), rows)


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, or what Excel calls CSV without saying UTF-8, which in Sweden is Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


@transaction.atomic
def take_in(text: str, by, allowed: Allowed, dry_run: bool = False) -> Outcome:
    """Save a draft of every contact that the table changes; with `dry_run`, or a fault in any row, none."""
    found = Outcome()
    try:
        columns, rows = _table(text)
    except _Unreadable as error:
        found.faults.append(error.fault)
        return found
    seen: dict[str, int] = {}
    for number, cells in rows:
        line = _Line(number, columns, cells, found)
        if line.key in seen:
            line.fault("key", f"Nyckeln ”{line.key}” står redan på rad {seen[line.key]}.")
        else:
            seen[line.key] = number
            line.take_in(by, allowed)
    if dry_run or found.faults:
        transaction.set_rollback(True)
    return found


class _Unreadable(Exception):
    def __init__(self, row: int, message: str, column: str = ""):
        self.fault = CellFault(row, column, message)


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Field names in the order of the columns, and every row that is not empty with its number."""
    text = text.removeprefix("\ufeff")
    if text.startswith("sep="):
        text = text.partition("\n")[2]
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    try:
        rows = [(number, [_shown(cell) for cell in row]) for number, row in enumerate(reader, start=1)]
    except csv.Error as error:
        message = "Filen går inte att läsa som en tabell. Ett citattecken är inte avslutat, eller en cell är för lång."
        raise _Unreadable(reader.line_num, message) from error
    if not rows or not any(rows[0][1]):
        raise _Unreadable(1, "Första raden ska ha rubrikerna. Exportera, ändra i den filen och läs in den.")
    names = {head.casefold(): name for name, head in HEADS.items()} | {name: name for name in HEADS}
    columns = [names.get(head.casefold(), "") for head in rows[0][1]]
    for index, name in enumerate(columns):
        if not name:
            raise _Unreadable(1, f"Kolumnen ”{rows[0][1][index]}” finns inte hos en kontakt.", _letters(index))
        if name in columns[:index]:
            raise _Unreadable(1, f"Kolumnen ”{rows[0][1][index]}” står två gånger.", _letters(index))
    for name in ("key", "version"):
        if name not in columns:
            raise _Unreadable(1, f"Kolumnen ”{HEADS[name]}” saknas.")
    return columns, [(number, cells) for number, cells in rows[1:] if any(cells)]


def _shown(cell: str) -> str:
    """A cell as the spreadsheet shows it to a reader, without what export put before it."""
    return " ".join(cell.replace("\u2028", "\n").splitlines()).strip().removeprefix("'")


def _letters(index: int) -> str:
    """A column's name in a spreadsheet: 0 is A, 26 is AA."""
    return (_letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


class _Line:
    """One row of the table on its way in; what it finds goes into `found`."""

    def __init__(self, number: int, columns: list[str], cells: list[str], found: Outcome):
        self.number, self.columns, self.found = number, columns, found
        self.typed = dict(zip(columns, cells, strict=False))
        self.too_many = any(cells[len(columns) :])
        self.key = self.typed.get("key", "")
        self.held = True

    def fault(self, name: str, message: str) -> None:
        column = f"{_letters(self.columns.index(name))} ({HEADS[name]})" if name in self.columns else ""
        self.found.faults.append(CellFault(self.number, column, message))
        self.held = False

    def take_in(self, by, allowed: Allowed) -> None:
        typed = self.typed.get("version", "")
        version = whole_number(typed)
        contact = Contact.objects.filter(key=self.key).first()
        for name, cell in self.typed.items():
            if _UNSEEN.search(cell):
                self.fault(name, "Cellen har ett tecken som inte syns. Skriv om den.")
        if self.too_many:
            self.fault("", "Raden har fler celler än rubriker. Har en cell ett semikolon som inte är inom citattecken?")
        if version is None and (contact or typed):
            self.fault("version", "Skriv versionens nummer som i exporten, eller lämna tomt för en ny kontakt.")
        if not self.held:
            return
        if contact:
            self.change(contact, version, by, allowed)
        elif version:
            self.fault("key", f"Det finns ingen kontakt med nyckeln ”{self.key}”. Exportera på nytt.")
        else:
            self.add(by, allowed)

    def change(self, contact: Contact, number: int, by, allowed: Allowed) -> None:
        newest = number_of("contact", contact.key)
        shown = version_of("contact", contact.key, number)
        if number and (shown is None or shown.removed):
            return self.fault("version", f"Version {number} finns inte. Exportera på nytt.")
        base, now = read(shown) if shown else to_document(contact), to_document(contact)
        typed = {name: self.typed[name] for name in FIELDS if name in self.typed}
        was, stands = _cells(base), _cells(now)
        wanted = {name: cell for name, cell in typed.items() if cell != was[name] and cell != stands[name]}
        if not wanted:
            self.found.unchanged += 1
            return None
        if refused := allowed(contact, wanted):
            return self.fault(next(iter(wanted)), refused)
        if newest != number:
            return self.fault("version", f"Någon har sparat version {newest} sedan filen gjordes. Exportera på nytt.")
        document = self.document(now, wanted)
        if document is None or not self.write(lambda: put(document, contact, newest, by)):
            return None
        if refused := allowed(contact, ()):
            return self.fault("key", refused)
        return self.note(contact, stands, new=False)

    def add(self, by, allowed: Allowed) -> None:
        if refused := allowed(None, ()):
            return self.fault("key", refused)
        if not valid_key("contact", self.key):
            return self.fault("key", "Nyckeln får bara ha a–z, 0–9 och bindestreck.")
        if Rename.objects.filter(kind="contact", old_key=self.key).exists():
            return self.fault("key", f"Nyckeln ”{self.key}” har varit en annan kontakts. Välj en ny.")
        empty = make("contact", self.key, {})
        wanted = {name: cell for name, cell in self.typed.items() if name in FIELDS and cell}
        document = self.document(empty, wanted)
        made = []

        def save():
            made.append(write(document, None, find))
            save_version(made[0], by)

        if document is None or not self.write(save):
            return None
        if refused := allowed(made[0], ()):
            return self.fault("key", refused)
        return self.note(made[0], _cells(empty), new=True)

    def document(self, before: Document, wanted: dict[str, str]) -> Document | None:
        """The Document with the cells that are wanted; None when one cannot be read."""
        fields = dict(before.fields)
        for name, cell in wanted.items():
            try:
                fields[name] = _value(FIELDS[name], cell)
            except ValueError as error:
                self.fault(name, str(error))
        return replace(before, fields=fields) if self.held else None

    def write(self, save: Callable[[], object]) -> bool:
        """Do it; the faults of the model's own rules go to their cells."""
        try:
            save()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.fault(name if name in self.columns else "key", message)
        return self.held

    def note(self, contact: Contact, before: dict[str, str], new: bool) -> None:
        after = _cells(to_document(contact))
        cells = tuple((HEADS[name], before[name], cell) for name, cell in after.items() if cell != before[name])
        if not cells:
            self.found.unchanged += 1
            return
        others = Contact.objects.filter(number=contact.number).exclude(pk=contact.pk)
        moved = contact.number and after["number"] != before["number"]
        shared = tuple(str(other) for other in others) if moved else ()
        self.found.changes.append(RowChange(self.number, contact.key, str(contact), new, cells, shared))


def _cells(document: Document) -> dict[str, str]:
    """Each field as its cell."""
    return {name: _cell(spec, document[name]) for name, spec in FIELDS.items()}


def _cell(spec: Field, value) -> str:
    if spec.type == "choice":
        return spec.choices.get(value, value)
    if isinstance(value, tuple):
        return LIST.join(value)
    return "" if value is None else _shown(scalar_text(value))


def _value(spec: Field, cell: str):
    """The typed value of a cell. Raises ValueError with a Swedish sentence."""
    match spec.type:
        case "boolean":
            if cell.casefold() not in ("ja", "nej", ""):
                raise ValueError("Skriv ja eller nej.")
            return cell.casefold() == "ja"
        case "integer":
            number = whole_number(cell)
            if number is None or number > 999_999:
                raise ValueError("Skriv ett heltal, till exempel 90.")
            return number
        case "choice":
            known = {label.casefold(): code for code, label in spec.choices.items()} | {code: code for code in spec.choices}
            if cell.casefold() not in known and cell not in known:
                raise ValueError(f"Skriv något av: {', '.join(spec.choices.values())}.")
            return known.get(cell) or known[cell.casefold()]
        case "ref":
            return _key(spec.to, cell) if cell else ""
        case "refs":
            return tuple(sorted({_key(spec.to, part) for part in _parts(cell)}))
        case "words":
            return tuple(dict.fromkeys(_parts(cell)))
    return cell


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _key(kind: str, typed: str) -> str:
    """The key that a cell means, by key or by title. Raises ValueError when there is none, or more than one."""
    model = MODEL_OF[kind]
    named = model.objects.filter(key=typed) or model.objects.filter(title__iexact=typed)
    keys = list(named.values_list("key", flat=True)[:2])
    if len(keys) != 1:
        told = "Flera heter så. Skriv nyckeln." if keys else "Finns den, och är den rätt stavad?"
        raise ValueError(f"”{typed}” går inte att slå upp som {model._meta.verbose_name}. {told}")
    return keys[0]
