"""The field above the municipalities: it takes a name as people write it, and Enter goes to the only one."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(window):
    """The list of contacts with its script started."""
    page = window(320, 640)
    page.goto("/kontakt/")
    expect(page.get_by_role("searchbox")).to_be_visible()
    return page


def left(page) -> list[str]:
    """The municipalities that the list still shows."""
    return page.locator("#kommunlista li:visible > a:first-child").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lund", ["Lund"]),
        ("lund kommun", ["Lund"]),
        ("lunds kommun", ["Lund"]),
        ("kommunen i Lund", ["Lund"]),
        ("Lunds komm", ["Lund"]),
        ("stockholms stad", ["Stockholm"]),
        ("Malmös", ["Malmö"]),
        ("borås stad", ["Borås"]),
        ("mark", ["Mark", "Markaryd"]),
        ("Marks kommun", ["Mark"]),
        ("upplands v", ["Upplands Väsby"]),
        ("region gotland", ["Gotland"]),
        ("finns inte kommun", []),
    ],
)
def test_name_is_found_as_people_write_it(page, typed, found):
    """With kommun or stad, in the genitive, and while it is still being typed."""
    page.get_by_role("searchbox").fill(typed)
    assert left(page) == found
    counts = {0: "Ingen kommun heter så. Prova med början av namnet.", 1: "1 kommun"}
    expect(page.get_by_role("status")).to_have_text(counts.get(len(found), f"{len(found)} kommuner"))


def test_county_still_counts(page):
    """"Skåne" is 33 municipalities, with or without its last word."""
    for typed in ("skåne", "skåne län"):
        page.get_by_role("searchbox").fill(typed)
        assert len(left(page)) == 33


def test_all_of_them_stand_there_for_a_word_that_is_none(page):
    """An empty field, and what one writes before the name."""
    for typed in ("", "kommunen", "kommunen i "):
        page.get_by_role("searchbox").fill(typed)
        assert len(left(page)) == 290


def test_enter_goes_to_the_only_one(page):
    """However it was written; the address tells nothing of what was typed."""
    page.get_by_role("searchbox").fill("Lunds kommun")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/kontakt/lund/")
    assert not any("kommun" in url for _, url in page.requests)
