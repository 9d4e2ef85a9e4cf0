"""The rules of a Markdown text that need nothing but the text: errors keep it from being released, remarks never do.

Each comes with its line (0 is the first) and a Swedish sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guides.text.tables import CAPTION

LONGEST = 60_000
MOST_LINKS = 200
MOST_COLUMNS = 6
# What a box may be, and what a screen reader calls it.
CALLOUTS = {"viktigt": "Viktigt"}
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_DEEP = re.compile(r"(?:\t{2,}| {8,})\s*(?:[-*+]|\d+\.) ")
# Emphasis that ends as a sentence does is emphasis; what ends as a heading does is meant as one.
_BOLD = re.compile(r"(\*\*|__)(?!\s)[^*_]+(?<![\s.:!?…)])\1\s*$")


def errors(text: str) -> Iterator[tuple[int, str]]:
    """What keeps the text from being released."""
    size = len(text.encode())
    if size > LONGEST:
        yield 0, f"Texten är {size // 1000} kB, högst {LONGEST // 1000} kB får plats. Dela den på flera sidor."
    if (links := len(_LINK.findall(text))) > MOST_LINKS:
        yield 0, f"Texten har {links} länkar, högst {MOST_LINKS} får plats."
    level, opened = 1, None
    for number, line in enumerate(text.split("\n")):
        depth = len(line) - len(line.lstrip("#"))
        if 0 < depth < 7 and line[depth : depth + 1] in ("", " ", "\t"):
            if not line.strip("# \t"):
                yield number, "Rubriken är tom."
            elif depth > level + 1:
                yield number, "Rubriken hoppar över en nivå."
            level = depth
        elif line.startswith(":::"):
            name = line[3:].strip()
            if name and opened is not None:
                yield number, "En ruta kan inte stå i en annan. Avsluta den första med :::."
            elif name:
                opened = number
                if name not in CALLOUTS:
                    yield number, f"Rutan ”{name}” finns inte. Skriv ::: {', '.join(CALLOUTS)}."
            elif opened is None:
                yield number, "Rutan har ingen början. Skriv ::: viktigt på raden före den."
            else:
                opened = None
    if opened is not None:
        yield opened, "Rutan har inget slut. Skriv ::: på en egen rad efter den."


def remarks(text: str) -> Iterator[tuple[int, str]]:
    """What could be better."""
    lines = text.split("\n")
    targets: dict[str, str] = {}
    for number, line in enumerate(lines):
        if _BOLD.match(line) and not any(_around(lines, number)):
            yield number, "Stycket är bara fetstil. Är det en rubrik, skriv ## först på raden."
        if number and "|" in line and _RULE.match(line) and "|" in lines[number - 1]:
            columns = len(lines[number - 1].strip().strip("|").split("|"))
            if columns > MOST_COLUMNS:
                yield number - 1, f"Tabellen har {columns} kolumner. Fler än {MOST_COLUMNS} går inte att läsa på en telefon."
            above = [found for found in lines[: number - 1] if found.strip()]
            if not above or not above[-1].startswith(CAPTION):
                yield number - 1, f"Tabellen saknar rubrik. Skriv ”{CAPTION}…” på raden ovanför."
        if _DEEP.match(line):
            yield number, "Listan har fler än två nivåer. Skriv den plattare."
        for words, target in _LINK.findall(line):
            if targets.setdefault(words.casefold(), target) != target:
                yield number, f"Länktexten ”{words}” leder till två olika sidor. Skriv vad som skiljer dem."


def _around(lines: list[str], number: int) -> tuple[str, str]:
    """The lines before and after, when there is something on them."""
    before = lines[number - 1] if number else ""
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return before.strip(), after.strip()
