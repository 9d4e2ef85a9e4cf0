"""What social workers ask, and where it is answered; how far away that is stands with the links."""

import csv
from pathlib import Path

import pytest

from tests.pages import read

QUESTIONS = list(csv.DictReader((Path(__file__).parent / "data" / "answers.csv").open(encoding="utf-8")))


def test_list_has_forty_questions():
    """There are at least forty questions, each once."""
    assert len({row["question"] for row in QUESTIONS}) >= 40


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["address"])
def test_page_holds_the_answer(client, content, row):
    """The page says what the question asks for."""
    words = " ".join(read(client, row["address"]).main.split()).casefold()
    assert row["answer"].casefold() in words
