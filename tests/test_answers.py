"""What social workers ask, and how far away the answer is."""

import csv
from pathlib import Path

import pytest

from tests.pages import Page

QUESTIONS = list(csv.DictReader((Path(__file__).parent / "data" / "answers.csv").open(encoding="utf-8")))
TAPS = 3


@pytest.fixture
def within_reach(client, content):
    """Every address that a reader can be on after at most three taps from the first page."""
    found, edge = {"/"}, ["/"]
    for _ in range(TAPS):
        links = {link.partition("#")[0] for address in edge for link in _page(client, address).links}
        edge = sorted(link for link in links - found if link.startswith("/") and not link.endswith((".docx", ".ics", ".pdf")))
        found.update(edge)
    return found


def _page(client, address):
    response = client.get(address)
    html = response.content.decode() if response["Content-Type"].startswith("text/html") else ""
    return Page(address, html)


def test_list_has_forty_questions():
    """There are at least forty questions, each once."""
    assert len({row["question"] for row in QUESTIONS}) >= 40


def test_every_answer_is_at_most_three_taps_away(within_reach):
    """Somebody under pressure reaches every answer in three taps."""
    assert [row["address"] for row in QUESTIONS if row["address"] not in within_reach] == []


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["address"])
def test_page_holds_the_answer(client, content, row):
    """The page says what the question asks for."""
    words = " ".join(_page(client, row["address"]).main.split()).casefold()
    assert row["answer"].casefold() in words
