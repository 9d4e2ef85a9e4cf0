"""Tables that a screen reader can find its way in: column heads, row heads, a caption. Plain ElementTree, after Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

CAPTION = "Tabell: "
_ALIGN = re.compile(r"text-align: *(right|center)")
# A caption directly above its table would otherwise be read as its first row.
_CAPTION_ABOVE = re.compile(rf"(?m)^({CAPTION}.+)\n(?=\|)")


def apart(source: str) -> str:
    """Markdown with each caption in a paragraph of its own."""
    return _CAPTION_ABOVE.sub(r"\1\n\n", source)


def finish_tables(root: Element, new_id: Callable[[str], str]) -> None:
    """Give every table its heads and its caption; `new_id(words)` names the caption.

    A paragraph "Tabell: words" right above becomes the caption. A first cell that begins with # is the head of its
    row. An empty head is a cell: a head without words says nothing (WCAG 1.3.1).
    """
    for parent in list(root.iter()):
        for above, child in list(zip([None, *parent], list(parent), strict=False)):
            if child.tag == "table":
                _heads(child)
                if above is not None and above.tag == "p" and (above.text or "").startswith(CAPTION):
                    _caption(child, above, new_id)
                    parent.remove(above)


def _heads(table: Element) -> None:
    for head in table.iter("th"):
        if len(head) or (head.text or "").strip():
            head.set("scope", "col")
        else:
            head.tag = "td"
    for row in table.iterfind("tbody/tr"):
        first = row[0] if len(row) else None
        if first is not None and (first.text or "").startswith("#"):
            first.tag, first.text = "th", first.text.lstrip("# ")
            first.set("scope", "row")
    for cell in (*table.iter("th"), *table.iter("td")):
        if found := _ALIGN.search(cell.attrib.pop("style", "")):
            cell.set("class", {"right": "align-end", "center": "align-center"}[found[1]])


def _caption(table: Element, words: Element, new_id: Callable[[str], str]) -> None:
    caption = SubElement(table, "caption")
    table.remove(caption)
    table.insert(0, caption)
    caption.text = words.text.removeprefix(CAPTION)
    caption.extend(list(words))
    caption.set("id", new_id("tabell " + "".join(caption.itertext())))
