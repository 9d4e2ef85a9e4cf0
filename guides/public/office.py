"""Rendered HTML as a Word document, by python-docx: what a municipality edits and files."""

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser

from docx import Document
from docx.shared import Cm, Pt

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# One moment for every document, so that the same text gives the same bytes.
MADE = datetime(2026, 1, 1)
HEADINGS = {"h2": 1, "h3": 2, "h4": 3, "h5": 4}
LISTS = {"ul": "List Bullet", "ol": "List Number"}


# A template's page tells how large its file is: made once for both, and again only when a word changes.
@lru_cache(maxsize=64)
def document(title: str, html: str, foot: str) -> bytes:
    """A .docx with `title`, the safe `html` of a rendered text as its body, and `foot` on every page."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    paper.styles["Normal"].font.name = "Calibri"
    paper.styles["Normal"].font.size = Pt(11)
    properties = paper.core_properties
    properties.title, properties.language, properties.author = title, "sv-SE", ""
    properties.created = properties.modified = MADE
    paper.add_heading(title, 0)
    _Writer(paper).feed(html)
    section.footer.paragraphs[0].text = f"{title}. {foot}. Fylls i och förvaras i personakten."
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


class _Writer(HTMLParser):
    """Follows the few elements that rendered Markdown can hold."""

    def __init__(self, paper):
        super().__init__(convert_charrefs=True)
        self.paper = paper
        self.paragraph = None
        self.lists: list[str] = []
        self.bold = self.italic = 0
        self.table = None
        self.column = 0

    def handle_starttag(self, tag, attrs):
        if tag in HEADINGS:
            self.paragraph = self.paper.add_heading("", HEADINGS[tag])
        elif tag in LISTS:
            self.lists.append(LISTS[tag])
        elif tag == "li":
            self.paragraph = self.paper.add_paragraph(style=self.lists[-1] if self.lists else None)
        elif tag == "p" and not self.lists and self.table is None:
            self.paragraph = self.paper.add_paragraph()
        elif tag == "table":
            self.table = []
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag in ("td", "th") and self.table is not None:
            self.table[-1].append("")
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()
        elif tag == "strong":
            self.bold += 1
        elif tag == "em":
            self.italic += 1

    def handle_endtag(self, tag):
        if tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "table" and self.table:
            self._write_table(self.table)
            self.table = None
        elif tag == "strong":
            self.bold -= 1
        elif tag == "em":
            self.italic -= 1
        if tag in ("p", "li", *HEADINGS):
            self.paragraph = None

    def handle_data(self, data):
        if self.table is not None:
            if self.table and self.table[-1]:
                self.table[-1][-1] += data
            return
        if not data.strip() and self.paragraph is None:
            return
        if self.paragraph is None:
            self.paragraph = self.paper.add_paragraph()
        run = self.paragraph.add_run(data.replace("\n", " "))
        run.bold, run.italic = bool(self.bold), bool(self.italic)

    def _write_table(self, rows: list[list[str]]):
        width = max(len(row) for row in rows)
        table = self.paper.add_table(rows=0, cols=width, style="Table Grid")
        for number, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                cell.text = " ".join(text.split())
                for run in cell.paragraphs[0].runs:
                    run.bold = number == 0
        self.paper.add_paragraph()
