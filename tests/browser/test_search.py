"""Suggestions while one types: local, by keyboard, and no more than a form where there is no script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(window):
    """The search page with its script started."""
    page = window()
    page.goto("/sok/")
    expect(field(page)).to_have_role("combobox")
    return page


def field(page):
    return page.locator("#sok-sida")


def options(page):
    return page.locator("#sok-sida-forslag [role=option]")


def typed(page, text):
    """Focus first, as a visitor does: the list is fetched then."""
    with page.expect_response("**/sok/forslag.json"):
        field(page).focus()
    field(page).press_sequentially(text)


def test_suggestions_are_picked_in_the_browser(page):
    """One request for the list, none for what is typed, at most eight titles."""
    typed(page, "malm")
    expect(options(page).first).to_contain_text("Malmö")
    typed_into = [url for _, url in page.requests if "malm" in url.lower()]
    assert typed_into == []
    assert 1 <= options(page).count() <= 8
    field(page).fill("s")
    assert options(page).count() == 8
    assert page.complaints == []


def test_arrows_choose_and_enter_opens(page):
    """As in every combobox; the field keeps the focus."""
    typed(page, "malmö")
    field(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", re.compile(".+"))
    expect(field(page)).to_be_focused()
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/kontakt/malmo/$"))


def test_arrow_chooses_from_a_list_that_comes_late(page):
    """On a slow line the keys are faster than the list: none of them is lost."""
    held = []
    page.route("**/sok/forslag.json", lambda route: held.append(route))
    with page.expect_request("**/sok/forslag.json"):
        field(page).focus()
    field(page).press_sequentially("malmö")
    field(page).press("ArrowDown")
    held[0].continue_()
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_value("malmö")


def test_arrow_opens_a_closed_list_again(page):
    """WAI-ARIA 1.2, combobox: Down Arrow opens the list and chooses the first."""
    typed(page, "malmö")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    field(page).press("Escape")
    field(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_escape_closes_and_enter_then_searches(page):
    """What is typed is kept."""
    typed(page, "malmo")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    field(page).press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("malmo")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/sok/\?q=malmo$"))
    expect(page.locator(".search-results a").first).to_have_text("Malmö")


def test_search_works_without_script(window):
    """A form and a list of links."""
    page = window(script=False)
    page.goto("/sok/")
    field(page).fill("osl 10:18a")
    field(page).press("Enter")
    expect(page).to_have_title("Sök")
    page.locator(".search-results a").first.click()
    expect(page).to_have_url(re.compile("/lag/2009:400/#K10P18a$"))


@pytest.mark.parametrize("query", ["samtycke", "sekrettess", "självmord", "malmö", "asdfghjkl", ""])
@pytest.mark.parametrize("width", [320, 1280])
def test_search_page_fits_the_screen(window, query, width):
    """No sideways scrolling, however long the words are."""
    page = window(width=width)
    page.goto(f"/sok/?q={query}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert page.complaints == []
