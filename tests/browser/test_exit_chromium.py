"""The quick exit in Chromium, with the back-forward cache on as people have it, and what only Chromium can be asked."""

import pytest
from playwright.sync_api import Error, expect

from tests.browser.exit_journeys import *  # noqa: F403
from tests.serving import eventually

CACHE = {"with the back-forward cache": ["--disable-back-forward-cache"], "without it": []}


class Tab:
    """A tab of Chromium as `exit_journeys` wants it."""

    def __init__(self, page):
        self.page = page

    def goto(self, address):
        self.page.goto(address)

    def back(self):
        self.js("void setTimeout(() => history.back(), 20)")

    def tap(self, selector):
        self.page.locator(selector).first.click(no_wait_after=True)

    def press(self, key):
        self.page.keyboard.press(key)

    def js(self, expression):
        """A value from the page, or from the next one when this page was just being left."""
        found = []

        def answered():
            try:
                found.append(self.page.evaluate(expression))
            except Error as error:
                if "navigation" not in error.message:
                    raise
            return found

        eventually(answered, 10)
        return found[0]

    def address(self):
        return self.js("location.href")


@pytest.fixture(scope="module", params=CACHE.values(), ids=CACHE)
def engine(request, launch):
    browser = launch(ignore_default_args=request.param)
    yield browser
    browser.close()


@pytest.fixture
def tab(engine):
    context = engine.new_context(viewport={"width": 320, "height": 640})
    context.set_default_timeout(10_000)
    yield Tab(context.new_page())
    context.close()


def test_exit_works_without_script(window, elsewhere):
    """A plain link, in the same tab, that tells nobody where it stood."""
    page = window(script=False)
    page.goto("/hoppa-av/")
    elsewhere.asked.clear()
    page.locator(".exit").click()
    page.wait_for_url(elsewhere.weather)
    assert elsewhere.asked == [("/vader", None)]


def test_exit_is_the_next_stop_after_the_skip_link(window):
    """By keyboard: past the menu, away, and the button itself; all three can be seen when they have the focus."""
    page = window(320, 640)
    page.goto("/hoppa-av/")
    for name in ("Hoppa till innehållet", "Lämna sidan snabbt", "Lämna sidan snabbt"):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_text(name)
        expect(focused).to_be_in_viewport(ratio=1)


def test_exit_by_the_second_link(window, elsewhere):
    """Tab, Tab, Enter leaves as the button does."""
    page = window()
    page.goto("/hoppa-av/")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(elsewhere.weather)


def test_exit_stays_in_sight_while_one_reads(window):
    """At the end of a long page it is still there, in both sizes."""
    for width in (320, 1280):
        page = window(width, 640)
        page.goto("/hoppa-av/")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.locator(".exit")).to_be_in_viewport(ratio=1)


def test_exit_is_not_printed(window):
    """Paper has nowhere to go."""
    page = window()
    page.goto("/hoppa-av/")
    page.emulate_media(media="print")
    for link in page.locator("[data-exit]").all():
        expect(link).to_be_hidden()


def test_shifts_in_a_text_field_on_a_touch_screen_do_not_leave(launch, site):
    """A telephone's keyboard sends Shift by itself before a capital."""
    browser = launch()
    page = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640}).new_page()
    page.goto(f"{site.origin}/kontakt/")
    page.get_by_role("searchbox").focus()
    for _ in range(4):
        page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert page.url == f"{site.origin}/kontakt/"
    browser.close()
