"""From the first page to a number in Firefox, with and without its scripts: the journeys of test_visitor_journeys."""

import pytest

from tests.browser.exit_journeys import arrives
from tests.browser.firefox import Tab, firefox
from tests.browser.test_visitor_journeys import confirmed  # noqa: F401

# Before the first visit, for a browser may show a page again that it has seen within seconds.
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("confirmed")]
STORED = "[sessionStorage.length, localStorage.length, document.cookie]"
# The part of an element that can be seen on the screen, nothing above it.
SEEN = """(e => { e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();
    const top = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
    return b.height >= 44 && b.left >= 0 && b.right <= innerWidth && e.contains(top); })(document.querySelector(%r))"""


@pytest.fixture(scope="module", params=[True, False], ids=["with script", "without script"])
def engine(request, tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox"), script=request.param) as browser:
        browser.script = request.param
        yield browser


@pytest.fixture
def tab(engine):
    tab = Tab(engine)
    yield tab
    tab.close()


def contacts_of(tab, site):
    """One tap, one more page: the list of contacts."""
    tab.goto(f"{site.origin}/")
    tab.tap("main a[href='/kontakt/']")
    arrives(tab, f"{site.origin}/kontakt/")


@pytest.mark.parametrize("municipality", ["osteraker", "horby", "kiruna"])
def test_municipality_is_114_14_in_two_taps(tab, site, municipality):
    """Its name is in the list, and above the list stands what to call, whether it has a number or none."""
    contacts_of(tab, site)
    row = f"#kommunlista li:has(> a[href='/kontakt/{municipality}/'])"
    assert tab.js(f"document.querySelectorAll({row!r}).length") == 1
    if municipality != "osteraker":
        assert tab.js(f"document.querySelector({row!r}).querySelector('a[href^=tel]')") is None
    assert tab.js(SEEN % "main a[href='tel:11414']")
    tab.tap("main a[href='tel:11414']")


def test_confirmed_number_of_a_municipality_is_two_taps_away(tab, site):
    """It is tapped in the list, which the filter shortens only where scripts run; nothing stays in the browser."""
    contacts_of(tab, site)
    assert tab.js("!document.querySelector('[data-module=contact-filter]').hidden") == tab.browser.script
    number = "#kommunlista li:has(> a[href='/kontakt/osteraker/']) a[href='tel:+46854081180']"
    assert tab.js(SEEN % number)
    tab.tap(number)
    assert tab.js(STORED) == [0, 0, ""]
    assert tab.cookies() == []


def test_number_is_reached_by_keyboard_at_320_px(tab, site):
    """Tab and Enter alone: to the list, by its letter to the number; the focus is never under the exit."""
    tab.goto(f"{site.origin}/")
    number = "#kommunlista a[href='tel:+46854081180']"
    for wanted in ("main a[href='/kontakt/']", ".jump li:last-child a", number):
        for _ in range(80):
            tab.press("Tab")
            if tab.js(f"document.activeElement === document.querySelector({wanted!r})"):
                break
        else:
            pytest.fail(f"Tab never reaches {wanted}")
        assert tab.js("""(() => { const b = document.activeElement.getBoundingClientRect();
            return b.top >= document.querySelector('.exit').getBoundingClientRect().bottom && b.bottom <= innerHeight })()""")
        if wanted != number:
            letter = tab.js("document.activeElement.hash")
            tab.press("Enter")
            arrives(tab, f"{site.origin}/kontakt/{letter}")
