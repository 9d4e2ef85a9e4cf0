"""From the first page to a number that can be called, in few taps, few bytes, and without anything left behind."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.modes import every_mode
from tests.browser.test_every_page import printed
from tests.serving import eventually, in_shell

CONFIRM = """
from guides.publishing.release import check
check("contact", "osteraker-avhopp", "answers", None)
"""
# HTML with its style sheet inside, compressed: ten packets, the most that comes before the first answer.
FIRST_ROUND, CONTACT_LIST = 14_600, 60_000
SMALL = ["/", "/k/", "/hoppa-av/", "/forsta-timmen/", "/kontakt/horby/", "/kontakt/osteraker/", "/kontakt/malmo/", "/kontakt/stockholm/"]


@pytest.fixture(scope="module")
def confirmed(site):
    """Somebody has called Österåker's number."""
    in_shell(site.data_dir, CONFIRM)
    # Each request reaches one of the workers, and all of them are to know.
    eventually(lambda: all(b"tel:+46854081180" in site.read("/kontakt/")[1] for _ in range(20)), 15)


def contacts_of(page):
    """One tap, one page: the list of contacts, from the first page."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Kontakt")).first.click()
    page.wait_for_url("**/kontakt/")


@every_mode
@pytest.mark.parametrize("municipality", ["osteraker", "horby", "kiruna"])
def test_unconfirmed_municipality_is_114_14_in_two_taps(window, municipality, mode):
    """The second tap calls: its name is in the list, and above the list stands what to call when it has no number."""
    page = window(**mode)
    contacts_of(page)
    row = page.locator(f"#kommunlista li:has(a[href='/kontakt/{municipality}/'])")
    expect(row).to_be_visible()
    expect(page.get_by_role("main").locator("a[href='tel:11414']").first).to_be_visible()


@every_mode
def test_confirmed_number_of_a_municipality_is_two_taps_away(window, confirmed, mode):
    """It can be tapped in the list itself, filtered or not."""
    page = window(**mode)
    contacts_of(page)
    if mode.get("script", True):
        page.get_by_role("searchbox").fill("österåker")
    number = page.locator("#kommunlista li:has(a[href='/kontakt/osteraker/']) a[href='tel:+46854081180']")
    expect(number).to_be_visible()
    box = number.bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44


def test_number_is_reached_by_keyboard_at_320_px(window, confirmed):
    """Tab and Enter alone, and the focus is seen all the way, never under the button that follows the page."""
    page = window(320, 568)
    page.goto("/")
    for wanted in ("main a[href='/kontakt/']", "#kommunlista a[href='tel:+46854081180']"):
        target = page.locator(wanted).first.element_handle()
        for _ in range(700):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement === wanted", target):
                break
        else:
            pytest.fail(f"Tab never reaches {wanted}")
        expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
        bottom = page.locator(".exit").bounding_box()
        assert page.locator(":focus").bounding_box()["y"] >= bottom["y"] + bottom["height"]
        if "tel" not in wanted:
            page.keyboard.press("Enter")
            page.wait_for_url("**/kontakt/")


def test_nothing_is_left_after_a_journey(window, site):
    """Cookies 0, storages 0, requests elsewhere 0, no address with what was typed, and nothing in the server's log."""
    page = window(320, 640)
    logged = len(site.log.read_text())
    contacts_of(page)
    page.get_by_role("searchbox").fill("kiruna")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/kontakt/kiruna/")
    page.goto("/hoppa-av/")
    page.goto("/hoppa-av/ar/")
    page.goto("/k/")
    kept = page.evaluate("""async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length]""")
    assert kept == [0, 0, "", 0, 0]
    assert page.context.cookies() == []
    assert [url for _, url in page.requests if not url.startswith(f"{site.origin}/")] == []
    assert not any("kiruna" in url and "?" in url for _, url in page.requests)
    assert not re.search(r"\d{1,3}(\.\d{1,3}){3}|kiruna|hoppa", site.log.read_text()[logged:])


def over_the_wire(site, path) -> int:
    """How many bytes come to a browser, which asks for gzip."""
    request = urllib.request.Request(site.origin + path, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        return len(answer.read())


@pytest.mark.parametrize("path", SMALL)
def test_page_comes_in_the_first_round(site, path):
    """HTML and CSS together, compressed, at most 14,600 bytes."""
    status, body = site.read(path)
    assert status == 200
    assert over_the_wire(site, path) <= FIRST_ROUND
    assert b'rel="stylesheet"' not in body and b"<img" not in body


def test_contact_list_of_all_municipalities_is_light(site, confirmed):
    """At most 60 kB, all 290 in it."""
    body = site.read("/kontakt/")[1]
    assert over_the_wire(site, "/kontakt/") <= CONTACT_LIST
    assert body.count(b"<li data-also=") == 290


@pytest.mark.parametrize("path", ["/affisch/", "/affisch/osteraker/", "/k/", "/kontakt/horby/", "/kontakt/osteraker/"])
def test_paper_is_one_page(window, confirmed, tmp_path, path):
    """One sheet, with both numbers on it."""
    page = window()
    page.goto(path)
    text = printed(page, tmp_path)
    assert text.count("\f") == 1
    assert "112" in text and "114\xa014" in text.replace("114 14", "114\xa014")
    assert re.search(r"Hämtad \d+ \w+ \d{4}\. Gäller högst 90 dagar\.", text)
    assert ("08-540 811 80" in text) is path.endswith("/osteraker/")


def test_number_is_reported_from_its_page(window, confirmed):
    """By keyboard or mouse, with a choice and no words; the answer says that nobody knows who."""
    for script in (True, False):
        page = window(320, 640, script=script)
        page.goto("/kontakt/nummer/osteraker-avhopp/")
        page.get_by_text("Stämmer inte numret?").click()
        page.get_by_label("Ingen svarar").check()
        page.get_by_role("button", name="Skicka").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tack")
        assert page.context.cookies() == []


def test_fault_in_the_pages_is_reported_without_script(window):
    """The form of the accessibility statement works where nothing else does."""
    page = window(320, 640, script=False)
    page.goto("/om/tillganglighet/")
    expect(page.get_by_text("Skriv inte om dig eller någon annan.")).to_be_visible()
    page.get_by_label("Vilken sida, och vad är det som inte går?").fill("Knappen syns inte på startsidan.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack")


@pytest.mark.parametrize("path", ["/k/", "/hoppa-av/", "/kontakt/"])
def test_numbers_can_be_read_before_any_script_and_without_images(window, path):
    """On a network on which nothing but the page itself comes, 112 and 114 14 are the first that can be called."""
    page = window(320, 640)
    page.route("**/static/**", lambda route: None)
    page.goto(path, wait_until="commit")
    found = page.locator("a[href^='tel:']")
    for place, number in enumerate(("tel:112", "tel:11414")):
        expect(found.nth(place)).to_have_attribute("href", number)
        expect(found.nth(place)).to_be_in_viewport(ratio=1)
