"""The quick exit's journeys, the same in every engine: a test module imports them and gives a `tab`.

A tab has goto(address), back(), tap(selector), press(key), js(expression) and address().
"""

import time

import pytest

from tests.serving import eventually

GUIDE = "/guider/nar-nagon-vill-hoppa-av/"
HIDDEN = "getComputedStyle(document.documentElement).visibility === 'hidden'"
STORED = "Object.keys(sessionStorage).concat(Object.keys(localStorage))"


def arrives(tab, address):
    """Wait until the tab stands at `address` and its page has been read."""

    def there():
        return tab.address() == address and tab.js("document.readyState") == "complete"

    eventually(there, 5)


def stays(tab, address, seconds=0.4):
    time.sleep(seconds)
    assert tab.address() == address


@pytest.fixture
def walk(tab, site, elsewhere):
    """A visit: elsewhere, then /guider/, the first page and /hoppa-av/ of ours."""
    elsewhere.asked.clear()
    tab.goto(elsewhere.before)
    for path in ("/guider/", "/", "/hoppa-av/"):
        tab.goto(site.origin + path)
    return tab


def test_exit_leads_elsewhere_without_a_referrer(walk, elsewhere):
    """The next site does not learn where the visitor was."""
    walk.tap(".exit")
    arrives(walk, elsewhere.weather)
    assert elsewhere.asked == [("/innan", None), ("/vader", None)]


def test_back_after_an_exit_never_shows_a_page_of_ours(walk, elsewhere):
    """Each Back meets the exit site in our place, the handbook's page too, and then what was before us."""
    walk.tap(".exit")
    arrives(walk, elsewhere.weather)
    for _ in range(2):
        walk.js("window.before = true")
        walk.back()
        # The exit site follows itself: only a new document of it says that Back has been answered.
        eventually(lambda: not walk.js("window.before"), 5)
        arrives(walk, elsewhere.weather)
    walk.back()
    arrives(walk, elsewhere.before)
    assert {referer for _, referer in elsewhere.asked} == {None}


def test_exit_from_the_only_page_leaves_none_behind(tab, site, elsewhere):
    """One page of ours is replaced, so that Back shows what was before it."""
    tab.goto(elsewhere.before)
    tab.goto(f"{site.origin}/hoppa-av/")
    tab.tap(".exit")
    arrives(tab, elsewhere.weather)
    tab.back()
    arrives(tab, elsewhere.before)


def test_whoever_comes_back_on_purpose_can_read(walk, site, elsewhere):
    """An address typed after an exit shows the page, and the flag is gone."""
    walk.tap(".exit")
    arrives(walk, elsewhere.weather)
    walk.goto(f"{site.origin}/hoppa-av/")
    assert not walk.js(HIDDEN)
    assert walk.js("document.querySelector('[role=alert]')") is None
    assert walk.js(STORED) == []
    walk.goto(f"{site.origin}/kontakt/")
    walk.back()
    arrives(walk, f"{site.origin}/hoppa-av/")
    eventually(lambda: not walk.js(HIDDEN), 5)


def test_nothing_is_stored_before_an_exit_and_one_flag_after(walk, site, elsewhere):
    """The flag is the only thing ever kept, in this tab alone."""
    assert walk.js(STORED) == []
    walk.tap(".exit")
    arrives(walk, elsewhere.weather)
    walk.goto(f"{site.origin}/robots.txt")
    assert walk.js(STORED) == ["x"]
    assert walk.js("document.cookie") == ""


def test_page_is_shown_again_after_back_without_an_exit(walk, site):
    """Hiding a page that is left does no harm to whoever comes back to it."""
    walk.back()
    arrives(walk, f"{site.origin}/")
    eventually(lambda: not walk.js(HIDDEN), 5)


def test_three_shifts_leave(walk, elsewhere):
    """Left and right count alike."""
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        walk.press(key)
    arrives(walk, elsewhere.weather)


def test_each_shift_is_said(walk, site):
    """A screen reader hears how many presses are left."""
    for number in (1, 2):
        walk.press("ShiftLeft")
        said = f"Skift {number} av 3. Vid 3 lämnar du sidan."
        eventually(lambda said=said: walk.js("document.querySelector('html > [role=status]').textContent") == said, 2)
    stays(walk, f"{site.origin}/hoppa-av/")


def test_slow_shifts_do_not_leave(walk, site):
    """Two seconds after a press it is forgotten, and so is what was said of it."""
    walk.press("ShiftLeft")
    walk.press("ShiftLeft")
    time.sleep(2.2)
    assert walk.js("document.querySelector('html > [role=status]').textContent") == ""
    walk.press("ShiftLeft")
    stays(walk, f"{site.origin}/hoppa-av/")


def test_another_key_between_the_shifts_resets_them(walk, site):
    """Whoever types capitals or goes backwards with Shift and Tab does not leave."""
    for key in ("ShiftLeft", "ShiftLeft", "KeyA", "ShiftLeft", "ShiftLeft", "Tab", "ShiftLeft"):
        walk.press(key)
    stays(walk, f"{site.origin}/hoppa-av/")


def test_shift_that_is_held_down_counts_once(walk, site):
    """The keyboard's repetition is no press."""
    walk.js(
        "[0, 1, 1, 1].forEach(repeat => dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift', repeat: !!repeat}))) ?? 1"
    )
    stays(walk, f"{site.origin}/hoppa-av/")


def test_escape_does_nothing(walk, site):
    """A key that closes other things must not leave."""
    for _ in range(4):
        walk.press("Escape")
    stays(walk, f"{site.origin}/hoppa-av/")


def test_shifts_do_nothing_where_there_is_no_button(walk, site):
    """The handbook is not left by mistake."""
    walk.goto(f"{site.origin}{GUIDE}")
    for _ in range(4):
        walk.press("ShiftLeft")
    stays(walk, f"{site.origin}{GUIDE}")


@pytest.mark.parametrize("event", ["visibilitychange", "focus"])
def test_call_and_back_shows_the_page(walk, site, event):
    """A tap on a number leaves no blank page, whatever the browser tells when the telephone takes over."""
    walk.tap("main a[href^='tel:']")
    walk.js("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert walk.js(HIDDEN)
    target = "document" if event == "visibilitychange" else "window"
    walk.js(f"{target}.dispatchEvent(new Event('{event}'))")
    assert not walk.js(HIDDEN)
    assert walk.address() == f"{site.origin}/hoppa-av/"


def test_button_can_be_used_with_text_at_200_percent(walk):
    """It is seen whole, nothing is wider than the screen, and it covers nothing that has the focus."""
    walk.js("document.documentElement.style.fontSize = '200%'")
    assert walk.js("""(() => { const b = document.querySelector('.exit').getBoundingClientRect();
        return b.left >= 0 && b.right <= innerWidth && b.top >= 0 && b.height >= 44 })()""")
    covered = walk.js("""[...document.querySelectorAll('main a, main button')].filter(a => {
        a.focus(); const b = a.getClientRects()[0], e = document.querySelector('.exit').getBoundingClientRect();
        return b && b.top < e.bottom - 1 && b.bottom > e.top && b.left < e.right && b.right > e.left;
    }).map(a => a.textContent)""")
    assert covered == []
