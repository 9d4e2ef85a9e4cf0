"""What holds for every screen of the staff: fits the smallest screen, is accessible, breaks no rule of a policy without exceptions."""

import json
import re
from base64 import b32decode

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import COLOUR, NO_COLOUR, violations
from tests.desk import PASSWORD
from tests.second_factor import code, log_in
from tests.serving import copied, manage, served

FURNISH = "import json; from tests.desk import furnish; print(json.dumps(furnish()))"
# Lists and empty forms look like each other: --long takes them all.
SAMPLED = ("step", "contact", "user")
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A site whose staff door has something behind every screen, and the addresses of the screens by name."""
    folder = tmp_path_factory.mktemp("desk")
    clone = copied(folder / "clone", content=False)
    with served(folder / "data", "--workers", "1", clone=clone) as site:
        done = manage(folder / "data", "shell", "--no-imports", "-c", FURNISH, clone=clone)
        assert done.returncode == 0, done.stderr
        yield site, json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def site(desk):
    return desk[0]


@pytest.fixture(scope="module")
def screens(desk):
    return desk[1]


@pytest.fixture
def anna(window):
    """Opens a window in which anna has logged in."""

    def opened(*size, kind="session", **how):
        page = window(*size, **how)
        page.set_default_timeout(60_000)
        log_in(page, "anna", kind)
        return page

    return opened


def faults(page, **only):
    """What is wrong with the screen that is shown. The complaints first: axe-core itself is no friend of the policy."""
    found = [c for c in page.complaints if "status of 4" not in c]
    found += page.evaluate(WIDE) + violations(page, **only)
    page.complaints.clear()
    return found


def walk(page, screens, colours=None, **only):
    """The faults of each screen. With `colours`, a set of names, only those have their colours judged too."""
    wrong = {}
    for name, path in screens.items():
        page.goto(path)
        if found := faults(page, **(only if colours is None or name in colours else NO_COLOUR)):
            wrong[name] = found
    return wrong


def test_every_type_of_screen_is_accessible_and_fits_320_px(anna, screens):
    """Each change form, each verb's page, lists, empty forms, errors; and nothing breaks the policy."""
    sample = {
        name: path
        for name, path in screens.items()
        if not name.startswith(("list of", "add")) or name.endswith(SAMPLED)
    }
    assert len(sample) > 50
    # All forms have the same style sheets.
    colours = {name for name in sample if not name.startswith("change") or name.endswith(SAMPLED)}
    assert walk(anna(320, 640), sample, colours) == {}


@pytest.mark.long
@pytest.mark.parametrize(
    ("width", "scheme", "only"),
    [(320, "light", {}), (320, "dark", COLOUR), (1280, "light", {}), (1280, "dark", COLOUR)],
)
def test_every_screen_is_accessible(anna, screens, width, scheme, only):
    """All of them, light and dark, small and large."""
    assert walk(anna(width, 800, scheme=scheme), screens, **only) == {}


def test_screens_without_javascript_name_their_fields(anna, screens):
    """What scripts would name has a name already: only the lists to choose from have no search then."""
    page = anna(320, 640, script=False)
    for name in ("change step", "change guide", "change banner", "publicera"):
        page.goto(screens[name])
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(e => e.checkVisibility() && !e.labels.length && !e.ariaLabel && !['submit', 'button'].includes(e.type))
            .map(e => e.outerHTML.slice(0, 100))"""
        )
        assert nameless == [], name


def test_what_opens_on_a_screen_is_accessible(anna, screens):
    """The calendar, and the list that Select2 opens."""
    page = anna(320, 640)
    page.goto(screens["publicera"])
    page.locator(".date-icon").first.click()
    expect(page.locator(".calendarbox").first).to_be_visible()
    assert faults(page) == []
    page.goto(screens["change contact"])
    page.locator(".select2-selection--single").first.press("Enter")
    expect(page.locator(".select2-results__option").first).to_be_visible()
    assert faults(page) == []


def test_forms_that_say_what_is_wrong_are_accessible(anna, screens, window):
    """A field with a fault, a clash with another's text, a session that has run out, a wrong password."""
    page, other = anna(320, 640), anna()
    page.goto(screens["change step"])
    page.fill("#id_title", "")
    page.evaluate("document.querySelector('#step_form').noValidate = true")
    page.locator("[name=_continue]").first.click()
    expect(page.locator(".errornote:not([data-module])")).to_be_visible()
    assert faults(page) == []
    for tab, words in ((page, "Min text."), (other, "En annans text.")):
        tab.goto(screens["change step"])
        tab.fill("#id_aim", words)
    for tab in (other, page):
        tab.locator("[name=_continue]").first.click()
    expect(page.locator(".conflict")).to_be_visible()
    assert faults(page) == []
    page.goto(screens["change step"])
    page.fill("#id_aim", "Utloggad.")
    page.context.clear_cookies(name="s")
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_role("button", name="Logga in och spara")).to_be_visible()
    assert faults(page) == []
    page.goto("/admin/login/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", "fel")
    page.click("[type=submit]")
    expect(page.locator(".errornote")).to_be_visible()
    assert faults(page) == []


def test_first_login_and_a_new_code_are_accessible(window, anna, screens):
    """Each page of the way: picture, wrong code, codes on paper, an act that wants a new code, and its wrong code."""
    page = window(320, 640, scheme="dark")
    page.set_default_timeout(60_000)
    page.goto("/admin/")
    assert faults(page) == []
    page.fill("#id_username", "eva")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    key = b32decode(page.inner_text(".enrol__secret").replace(" ", "")).hex()
    assert faults(page) == []
    page.fill("#id_code", "0")
    page.get_by_role("button", name="Koppla telefonen").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert faults(page) == []
    page.fill("#id_code", code(key))
    page.get_by_role("button", name="Koppla telefonen").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert faults(page) == []
    page.get_by_role("link", name="Jag har dem").click()
    expect(page).to_have_title(re.compile("^Läget"))
    late = anna(320, 640, kind="stale")
    late.goto(screens["dra-tillbaka"])
    late.fill("#id_reason", "Sidan är inte längre sann.")
    late.get_by_role("button", name="Dra tillbaka").click()
    late.fill("#id_code", "000000")
    late.get_by_role("button", name="Fortsätt").click()
    expect(late.locator(".errorlist")).to_be_visible()
    assert faults(late) == []
    late.fill("#id_code", "12345 67890")
    late.get_by_role("button", name="Fortsätt").click()
    expect(late.locator(".messagelist .success")).to_be_visible()


def test_a_reference_is_chosen_and_a_form_is_saved_with_the_keyboard_alone(anna, screens):
    """Select2 says what it is for and what is chosen, to whoever cannot see it."""
    page = anna()
    page.goto(screens["change contact"])
    box = page.get_by_role("combobox", name="Kommun: inget valt")
    box.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Kommun")
    expect(page.locator(".select2-results__option--highlighted")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Kommun: Kommun")).to_be_focused()
    page.locator("#id_title").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.complaints == []


def test_policy_of_the_staff_door_lets_nothing_inline_run(anna):
    """The walk is awake: a planted script and a planted style are refused, and told."""
    page = anna()
    page.evaluate("""() => {
        document.body.insertAdjacentHTML('beforeend', '<p style="color: red" id="rott">x</p>');
        const script = document.createElement('script');
        script.textContent = 'window.planted = true';
        document.body.append(script);
    }""")
    assert page.evaluate("window.planted") is None
    assert page.locator("#rott").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert [c for c in page.complaints if "Content Security Policy" in c]
