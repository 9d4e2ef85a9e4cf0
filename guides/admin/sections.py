"""What the start page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A line of the start page: what, where it leads, how many, what else there is to say, and whether it is overdue."""

    text: str
    address: str
    count: int | None = None
    note: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """Lines under one heading. `nothing` is what stands there when all is well; `more` leads to the rest."""

    name: str
    title: str
    rows: list[Row] = field(default_factory=list)
    nothing: str = "Inget just nu."
    more: Row | None = None
