"""The tick list and the contact filter work, and nobody can tell afterwards."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages import PAGE_TYPES, STEP


@pytest.fixture
def step(window):
    """A step whose script has started, with its own addresses asked for and forgotten."""
    page = window()
    page.goto(STEP)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"0 av \d+ klara"))
    page.requests.clear()
    return page


@pytest.fixture
def contacts(window):
    page = window()
    page.goto("/kontakt/")
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.requests.clear()
    return page


def tick(page, how_many):
    for number in range(how_many):
        page.get_by_role("checkbox").nth(number).check()


def traces(page):
    """What a page could leave behind in this browser."""
    kept = page.evaluate("""async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length, history.state]""")
    return kept, page.context.cookies(), page.url.removeprefix(page.url.split("/")[0] + "//").split("/", 1)[1]


def municipalities(page):
    return page.locator("#kommunlista li > a:first-child")


def test_checklist_counts_what_is_ticked(step):
    """The status says how many of all are done."""
    total = step.get_by_role("checkbox").count()
    tick(step, 2)
    expect(step.get_by_role("status")).to_have_text(f"2 av {total} klara")


def test_checklist_label_ticks_its_box(step):
    """A tap on the words ticks the box beside them."""
    box = step.get_by_role("checkbox").first
    step.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked()


def test_checklist_reset_clears_every_tick(step):
    """Rensa takes all ticks away and the count goes back to none."""
    tick(step, 3)
    step.get_by_role("button", name="Rensa").click()
    expect(step.get_by_role("status")).to_have_text(re.compile("^0 av"))
    assert step.locator("input:checked").count() == 0


def test_checklist_leaves_no_trace_in_the_browser(step):
    """Ticking stores nothing, sets no cookie and changes no address."""
    before = traces(step)
    tick(step, 3)
    expect(step.get_by_role("status")).to_have_text(re.compile("^3 av"))
    assert traces(step) == before == ([0, 0, "", 0, 0, None], [], STEP.removeprefix("/"))


def test_checklist_sends_nothing(step):
    """No request goes out while one ticks, resets or presses Enter in the list."""
    tick(step, 3)
    step.get_by_role("checkbox").first.press("Enter")
    step.get_by_role("button", name="Rensa").click()
    expect(step.get_by_role("status")).to_have_text(re.compile("^0 av"))
    assert step.requests == []


@pytest.mark.parametrize("leaving", ["reload", "back"])
def test_checklist_is_empty_when_one_comes_back(step, leaving):
    """After a reload, and after Back, no tick is left for the next person to see."""
    tick(step, 2)
    if leaving == "reload":
        step.reload()
    else:
        step.goto("/")
        step.go_back()
    expect(step.get_by_role("status")).to_have_text(re.compile("^0 av"))
    assert step.locator("input:checked").count() == 0


def test_checklist_boxes_have_no_name(step):
    """A box without a name cannot be sent with a form, whatever the browser does."""
    assert step.locator("input[type=checkbox][name]").count() == 0
    assert step.locator("main form[action]").count() == 0


def test_checklist_without_script_promises_no_count(window):
    """Without JavaScript the boxes can be ticked and there is no empty counter."""
    page = window(script=False)
    page.goto(STEP)
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    assert "klara" not in page.get_by_role("main").inner_text()


@pytest.mark.parametrize("typed", ["Älmhult", "älmhult", "almhult", "ALMHULT", "almhu"])
def test_contact_filter_folds_swedish_letters(contacts, typed):
    """Å ä ö can be typed as a and o, in any case, from the beginning of the name."""
    contacts.get_by_role("searchbox").fill(typed)
    expect(municipalities(contacts).filter(visible=True)).to_have_text(["Älmhult"])


def test_contact_filter_matches_the_county(contacts):
    """Blekinge finds its five municipalities though none is called so."""
    contacts.get_by_role("searchbox").fill("blekinge")
    expect(municipalities(contacts).filter(visible=True)).to_have_count(5)


def test_contact_filter_says_how_many(contacts):
    """The status says how many municipalities are left, and what to do when none is."""
    status = contacts.get_by_role("status")
    contacts.get_by_role("searchbox").fill("habo")
    expect(status).to_have_text("2 kommuner")
    contacts.get_by_role("searchbox").fill("xyz")
    expect(status).to_contain_text("Ingen kommun")


def test_contact_filter_leaves_no_trace(contacts):
    """Typing makes no request, stores nothing and does not touch the address."""
    before = traces(contacts)
    contacts.get_by_role("searchbox").press_sequentially("hörby")
    expect(municipalities(contacts).filter(visible=True)).to_have_text(["Hörby"])
    assert traces(contacts) == before
    assert contacts.requests == []


def test_contact_filter_enter_opens_the_only_hit(contacts):
    """When one municipality is left, Enter goes to it."""
    contacts.get_by_role("searchbox").fill("hörby")
    contacts.get_by_role("searchbox").press("Enter")
    contacts.wait_for_url("**/kontakt/horby/")


def test_contact_filter_forgets_what_was_typed(contacts):
    """After Back the field is empty and every municipality is there."""
    contacts.get_by_role("searchbox").fill("hörby")
    contacts.get_by_role("searchbox").press("Enter")
    contacts.wait_for_url("**/kontakt/horby/")
    contacts.go_back()
    expect(contacts.get_by_role("searchbox")).to_have_value("")
    expect(municipalities(contacts).filter(visible=True)).to_have_count(290)


def test_contact_list_is_whole_without_script(window):
    """Without JavaScript there is no filter field, and all 290 are listed."""
    page = window(script=False)
    page.goto("/kontakt/")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(municipalities(page).filter(visible=True)).to_have_count(290)


def test_visit_sets_no_cookie_and_asks_nobody_else(window, site):
    """A walk over every type of page sets no cookie, stores nothing and asks no other host."""
    page = window()
    for path in PAGE_TYPES.values():
        page.goto(path)
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []
    assert [url for _, url in page.requests if not url.startswith(f"{site.origin}/")] == []
    assert {method for method, _ in page.requests} == {"GET"}
