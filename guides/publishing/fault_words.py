"""What an editor reads about a fault: where it is, in the words of the form. Paths and line numbers are for files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guides.edition.faults import Fault, Known, faults
from guides.models import MODEL_OF
from guides.publishing.compare import label_of, title_of_row
from guides.text.documents import Document
from guides.text.kinds import KINDS


@dataclass(frozen=True)
class Told:
    """Where, such as ``Uppgift 2 (Ring chefen.), underlag``, and what is wrong."""

    place: str
    message: str

    def __str__(self):
        return f"{self.place}: {self.message}" if self.place else self.message


def told(document: Document, known: Known) -> list[Told]:
    """The faults of a document as its form has the words."""
    return in_words(document, faults(document, known))


def in_words(document: Document, found: Iterable[Fault]) -> list[Told]:
    """Each fault with its path said in Swedish."""
    return [_told(document, fault) for fault in found]


def _told(document: Document, fault: Fault) -> Told:
    name, _, rest = fault.path.partition(".")
    if not name:
        return Told("", fault.message)
    model = MODEL_OF[document.kind]
    label = label_of(model, name)
    number, _, column = rest.partition(".")
    place = label
    if number.isdecimal():
        place = f"{label} {int(number) + 1}"
        spec = next((spec for spec in KINDS[document.kind].fields if spec.name == name), None)
        if spec and spec.type == "rows":
            table = model._meta.get_field(name).related_model
            row = title_of_row(document[name][int(number)])
            place = f"{table._meta.verbose_name} {int(number) + 1}" + (f" ({row})" if row else "")
            if column:
                label = label_of(table, column.partition(".")[0])
                place += f", {label}"
    own = fault.path.rpartition(".")[2]
    message = fault.message.replace(f"Fältet ”{own}” saknas.", "Fyll i fältet.").replace(f"”{own}”", f"”{label}”")
    return Told(place[:1].upper() + place[1:], message)
