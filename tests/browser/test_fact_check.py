"""The fact check by link in a real browser: read, answer by keyboard, at 320 px, without a trace."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.serving import manage

MAKE = """
from guides.publishing.fact_check import make
from guides.publishing.versions import latest
print("TOKEN", make(latest("page", "webbplatsen"), None, 14)[1])
"""


@pytest.fixture(scope="module")
def address(site):
    done = manage(site.data_dir, "shell", "--no-imports", "-c", MAKE)
    return f"/faktakoll/{done.stdout.split()[-1]}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_answered_by_keyboard_at_320_px(window, address, scheme):
    """Nothing scrolls sideways, axe finds nothing, and no cookie, storage or script is left behind."""
    page = window(320, 640, scheme=scheme)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert Axe().run(page).response["violations"] == []
    page.locator("[name=v-title]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Ett annat ord.")
    page.keyboard.press("Enter")
    page.locator("#who").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tack/")
    assert page.get_by_role("heading", name="Tack").is_visible()
    assert page.context.cookies() == []
    assert not page.complaints


def test_fault_is_named_first_and_leads_to_its_place(window, address):
    """The whole page comes back as it was, the summary of faults first."""
    page = window()
    page.goto(address)
    page.check("[name=v-title][value=change]")
    page.fill("#r-body\\.1", "Min långa anmärkning.")
    page.get_by_role("button", name="Skicka svaret").click()
    page.get_by_role("alert").get_by_role("link", name="Titel: Skriv vad som behöver ändras.").click()
    assert page.url.endswith("#d-title")
    assert page.input_value("#r-body\\.1") == "Min långa anmärkning."
    assert page.is_checked("[name=v-title][value=change]")
    assert Axe().run(page).response["violations"] == []
