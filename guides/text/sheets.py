"""Tables as CSV, the way Swedish Excel writes and reads them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# Excel would run it, or make a number or a date of it: +46…, 020 …, 8-16. A ' before it stops that.
MISREAD = re.compile(r"[=+\-@\t\r']|0\d|[\d ]*\d[ .,:/–-][\d .,:/–-]*$")


def sheet(heads: Iterable[str], rows: Iterable[Iterable]) -> bytes:
    """A table: UTF-8 with a mark for Excel, semicolons, one row each.

    Text comes out as text, whatever a spreadsheet would make of it; days, moments and numbers as what they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if MISREAD.match(cell) else cell
