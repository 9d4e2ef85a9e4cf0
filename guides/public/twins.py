"""The Markdown twin of a page for professionals: for a municipality's own routine, and for programs that read text.

It is made from the page itself, so its words and numbers are the page's, by the same rules.
"""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup
from django.conf import settings
from markdownify import MarkdownConverter

TWINNED = frozenset(
    {"first-hour", "guide-list", "guide-detail", "step-detail", "matrix", "actor-detail", "statute-list", "statute-detail"}
    | {"old-and-new", "grant-list", "grant-detail", "download-list", "download-detail", "question-list", "question-detail"}
    | {"example-list", "example-detail", "glossary", "guide-print"}
)
# What one presses, walks by or writes on is no text.
LEFT_OUT = "nav, button, svg, script, details.report, .signature, .checklist__foot, .twin, .print-only, .dates"
_BOX = "\ue000"
_TWICE = re.compile(r"^\d+\. (\d+\. )", re.M)
_STALE = "Numren kan ändras. Hämta sidan på nytt innan du ringer."


def twin_of(match, path: str) -> str:
    """The address of a page's twin; empty when it has none."""
    has = match is not None and match.app_name == "guides" and match.url_name in TWINNED
    return f"{path.rstrip('/')}.md" if has else ""


def markdown(html: str, path: str) -> str:
    """A public page, by its HTML and its path, as Markdown with title, address and dates first."""
    main = BeautifulSoup(html, "html.parser").main
    head = {"titel": " ".join(main.h1.get_text().split()), "adress": settings.PUBLIC_URL + path}
    dates = main.select_one(".dates")
    if dates:
        for row in dates.select("dl > div:not(.print-only)"):
            when = row.dd.find("time")
            head[row.dt.get_text().lower()] = when["datetime"] if when else " ".join(row.dd.get_text().split())
    head["obs"] = _STALE
    _prepare(main, settings.PUBLIC_URL + path)
    body = MarkdownConverter(heading_style="atx", bullets="-", escape_underscores=False).convert_soup(main)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    return "\n".join(["---", *lines, "---", "", _tidy(body), ""])


def _prepare(main, page: str) -> None:
    """Leave what is read: numbers as they are shown, boxes to tick, whole addresses."""
    for number in main.select("a.number"):
        number.string = number.select_one("[aria-hidden]").get_text()
        del number["class"]
    for node in main.select(".node"):
        node.insert_after(" ")
    for box in main.select("input[type=checkbox]"):
        box.find_next("label").insert(0, _BOX)
        # What stands beside the box is the item itself, not a paragraph of its own.
        box.parent.find("div").unwrap()
    for element in main.select(f"{LEFT_OUT}, input, [aria-hidden=true], [hidden]"):
        element.decompose()
    for link in main.select("a[href]"):
        if link["href"].startswith("/"):
            link["href"] = settings.PUBLIC_URL + link["href"]
        elif link["href"].startswith("#"):
            link["href"] = page + link["href"]


def _tidy(text: str) -> str:
    """No blanks at the ends of lines, at most one empty line, and no number twice where the page writes it out."""
    found: list[str] = []
    text = _TWICE.sub(r"\1", text)
    for line in (line.rstrip() for line in text.replace(_BOX, "[ ] ").replace("\u00a0", " ").split("\n")):
        if line or (found and found[-1]):
            found.append(line)
    return "\n".join(found).strip()
