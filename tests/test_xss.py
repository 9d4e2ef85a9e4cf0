"""What editors may write becomes HTML that runs nothing: public attack vectors, and Markdown that nobody thought of.

`xss_vectors.txt` holds our own, one for each thing that the renderer does; `xss_collection.json` is a public collection
of four thousand, whole and unaltered, with its source and licence at its head.
"""

import json
import os
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from guides.text.citations import DEFAULT_NAMES
from guides.text.markup import ALLOWED_ATTRIBUTES, ALLOWED_PROTOCOLS, ALLOWED_TAGS, TABLE, render

DATA = Path(__file__).parent / "data"
VECTORS = (DATA / "xss_vectors.txt").read_text(encoding="utf-8").splitlines()
COLLECTION = json.loads((DATA / "xss_collection.json").read_text(encoding="utf-8"))["vectors"]
# What joins vectors into texts: all that Markdown, HTML and our own slots give a meaning to.
SPLICES = [*"[](){}<>!#*_`|&\\\n:-\"'=/ ", "\n\n", "    ", "](", "<a ", "&#", "{{kontakt:", "}}", "steg:", "|---|\n", "\x00", "å"]
# As browsers read an address (WHATWG URL, 4.4): what they strip, and what then is a scheme.
IGNORED = re.compile(r"^[\x00-\x20]+|[\t\r\n]")
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


class Parsed(HTMLParser):
    """Every tag and attribute that a parser other than the sanitiser's finds, checked against the allow-list."""

    def __init__(self, html: str):
        super().__init__()
        self.bad: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED_TAGS:
            self.bad.append(tag)
        for name, value in attrs:
            if name not in ALLOWED_ATTRIBUTES.get(tag, ()):
                self.bad.append((tag, name))
            scheme = SCHEME.match(IGNORED.sub("", value or ""))
            if name == "href" and scheme and scheme[1].casefold() not in ALLOWED_PROTOCOLS:
                self.bad.append((tag, name, value))

    def handle_decl(self, decl):
        self.bad.append(decl)

    handle_pi = handle_comment = unknown_decl = handle_decl


def written(text: str, inline: bool = False) -> str:
    """The rendered text; each slot, which is filled later, is a word, and the frame of a table is ours."""
    whole = "".join(part if isinstance(part, str) else "SLOT" for part in render(text, DEFAULT_NAMES, inline).parts)
    return whole.replace(TABLE, "").replace("</table></div>", "</table>")


@pytest.mark.parametrize("inline", [False, True], ids=["block", "line"])
@pytest.mark.parametrize("vector", VECTORS)
def test_vector_leaves_nothing_outside_the_allow_list(vector, inline):
    """Alone, within a sentence, and as the text of a link."""
    for text in (vector, f"Före {vector} efter", f"[{vector}](https://a.example/)"):
        assert Parsed(written(text, inline)).bad == []


# One in ten, and all of them.
TENTH_AND_ALL = [10, pytest.param(1, marks=pytest.mark.long)]


@pytest.mark.parametrize("every", TENTH_AND_ALL)
def test_no_vector_of_a_public_collection_leaves_anything_outside_the_allow_list(every):
    """Each by itself, as a text."""
    assert len(COLLECTION) > 4000
    assert [vector for vector in COLLECTION[::every] if Parsed(written(vector)).bad] == []


@pytest.mark.long
@pytest.mark.parametrize("inline", [False, True], ids=["block", "line"])
def test_no_vector_of_a_public_collection_does_so_within_a_text(inline):
    """In a sentence, as the text and as the address of a link, in a cell, in a list."""
    around = ("Före {} efter", "[{}](https://a.example/)", "[a]({})", "| a |\n|---|\n| {} |", "- {}\n- {}", "<b>{}</b>")
    for vector in COLLECTION:
        for text in around:
            assert Parsed(written(text.replace("{}", vector), inline)).bad == [], text.replace("{}", vector)


def spliced(chance: random.Random) -> str:
    """Pieces of vectors with pieces of markup between them."""
    pieces = []
    for _ in range(chance.randint(1, 6)):
        vector = chance.choice(chance.choice((VECTORS, COLLECTION)))
        start = chance.randrange(len(vector))
        pieces += [vector[start : start + chance.randint(1, 30)], chance.choice(SPLICES)]
    return "".join(pieces)


def try_many(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        text = spliced(chance)
        assert Parsed(written(text)).bad == [], (seed, text)


def test_spliced_vectors_leave_nothing_outside_the_allow_list():
    """A fixed sample."""
    try_many(400, 7)


@pytest.mark.long
def test_50_000_spliced_vectors_leave_nothing_outside_the_allow_list():
    """Others each time; the seed is told."""
    try_many(50_000, random.randrange(10**6))


@pytest.mark.browser
@pytest.mark.parametrize("every", TENTH_AND_ALL)
def test_no_vector_runs_in_a_browser(every):
    """All of them on one page in Chromium without any policy; a planted script shows that it would be noticed."""
    chance = random.Random(3)
    pages = ["".join(map(written, VECTORS)), "".join(written(spliced(chance)) for _ in range(300))]
    pages += ["".join(map(written, COLLECTION[::every]))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        page, ran = browser.new_page(), []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        for html in pages:
            page.set_content(f"<main>{html}</main>")
            page.evaluate("for (const e of document.querySelectorAll('*')) { e.focus?.(); e.dispatchEvent(new Event('mouseover')) }")
        assert ran == [] and page.evaluate("document.scripts.length") == 0
        page.set_content(f"<main>{VECTORS[0]}</main>")
        assert ran == ["1"]
        browser.close()
