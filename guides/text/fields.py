"""Field and Kind: how the table of kinds is written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One field of a kind.

    type: ``text`` (one line), ``inline`` (one line of Markdown), ``prose`` (Markdown
    of several paragraphs), ``date``, ``moment`` (date and time in Stockholm), ``integer``, ``boolean`` (ja/nej), ``choice``, ``ref``
    (a key of kind `to`), ``refs`` (a set of keys, written sorted), ``sequence`` (keys in
    the editor's order), ``words`` (a set of words, in the editor's order) or ``rows``.
    `required` is judged at release and import, never at save.
    """

    name: str
    type: str
    default: object = None
    to: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    columns: tuple[Field, ...] = ()
    required: bool = False

    @property
    def empty(self) -> object:
        """The value that is not written to a file."""
        if self.default is not None:
            return self.default
        return {
            "boolean": False,
            "integer": None,
            "date": None,
            "moment": None,
            "refs": (),
            "sequence": (),
            "words": (),
            "rows": (),
        }.get(self.type, "")


@dataclass(frozen=True)
class Kind:
    """A kind of Document: its English name, folder in content/, Swedish label and fields."""

    name: str
    folder: str
    label: str
    fields: tuple[Field, ...]
    has_body: bool = True
    csv: bool = False

    def field(self, name: str) -> Field:
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)
