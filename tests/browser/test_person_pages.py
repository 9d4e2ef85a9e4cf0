"""The pages for somebody under threat, to eyes, hands and settings of every kind: size, contrast, focus, motion."""

import pytest

from tests.browser.contrast import pale
from tests.pages import PERSON_PAGES

VITAL = (
    ".number, .phone, .contact__warning, .emergency a, .emergency__call, .exit, .lines__lead, .node, .notice,"
    " .banner, .report b, .discreet__line b, .discreet__line span, .contact p, .poster dd"
)
# Where a number or a way on stands in other clothes than on the pages above.
FURTHER_PAGES = ("/", "/om/tillganglighet/", "/sok/?q=hotbild", "/handlingsplan/?b=2&m=1280", "/kontakt/nummer/cve-stodtelefon/", "/finns/inte/")
# What can be tapped, but for links inside a sentence (WCAG 2.5.8 says the same of them); a number is none of those.
SMALL = """() => {
    const alone = e => {
        const block = e.closest('p, li, dd, dt, h1, h2, h3, td, label, summary, form, nav');
        const rest = node => [...node.childNodes].map(n => n === e || n.nodeType === 1 && n.matches('a, br, .vh') ? ''
            : n.nodeType === 1 ? rest(n) : n.textContent).join('');
        return !block || block === e || !/[\\p{L}]{2}/u.test(rest(block));
    };
    return [...document.querySelectorAll('a, button, summary, input:not([tabindex="-1"]), textarea, .report__choice')]
        .filter(e => e.checkVisibility() && !(e.matches('input') && e.closest('label')))
        .filter(e => !e.classList.contains('skip-link') && (e.matches('.phone') || alone(e)))
        .map(e => {
            // The link of a door is as large as the door.
            const { width, height } = (e.closest('.door') || e).getBoundingClientRect();
            const size = e.matches('.phone, .number') ? Math.min(width, height) : height;
            return [e.textContent.trim().slice(0, 40), Math.round(size * 10) / 10];
        }).filter(([, size]) => size < 44);
}"""
COVERED = """() => {
    const exit = document.querySelector('.exit');
    return [...document.querySelectorAll('a, button, summary, input, textarea')]
        .filter(e => e.checkVisibility() && e !== exit && e.tabIndex >= 0 && !e.classList.contains('skip-link')).filter(e => {
            e.focus();
            const over = exit.getBoundingClientRect();
            const rects = [...e.getClientRects()];
            const under = r => r.top < over.bottom - 1 && r.bottom > over.top + 1 && r.left < over.right - 1 && r.right > over.left + 1;
            const outside = r => r.bottom > innerHeight + 1 || r.top < -1 || r.right > innerWidth + 1 || r.left < -1;
            return rects.some(r => under(r) || r.height <= innerHeight - over.bottom && outside(r));
        }).map(e => e.textContent.trim().slice(0, 60));
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth && [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=PERSON_PAGES)
def page(request, chromium, site):
    """Each page once, to be looked at in many ways."""
    context = chromium.new_context(base_url=site.origin)
    page = context.new_page()
    page.goto(request.param)
    yield page
    context.close()


def look(page, width, height, text=100, **media):
    """Change the window and what its reader has asked for; without motion, so that no colour is caught half-way."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"} | media)
    page.evaluate("size => { document.documentElement.style.fontSize = `${size}%`; scrollTo(0, 0) }", text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_and_warnings_stand_out_seven_to_one(page, scheme):
    """More than axe asks for: they must be read in the sun, on a cracked screen."""
    look(page, 320, 640, color_scheme=scheme)
    assert pale(page, 7, VITAL) == []


def test_every_target_is_44_px(page):
    """What can be tapped is large enough for a shaking hand, but for links inside a sentence."""
    look(page, 320, 640)
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", FURTHER_PAGES)
def test_every_target_of_other_pages_is_44_px(window, path):
    """The same where somebody searches, plans, reports a fault, or has come wrong; with all that opens opened."""
    page = window(320, 640)
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert page.evaluate(SMALL) == []


def test_padding_of_a_number_takes_no_room_from_its_line(window):
    """Text with a number in it is as high as it would be without the larger target."""
    page = window(320, 640)
    page.goto("/om/tillganglighet/")
    heights = page.evaluate("""() => {
        const p = document.querySelector('#rapport-innan'), before = p.offsetHeight;
        p.querySelectorAll('.phone').forEach(e => { e.style.paddingBlock = 0 });
        return [before, p.offsetHeight] }""")
    assert heights[0] == heights[1]


@pytest.mark.parametrize("window", [(320, 256, 100), (640, 640, 200), (1024, 640, 200)], ids=["zoom 400", "text 200", "wide, text 200"])
def test_enlarged_page_loses_nothing_and_covers_no_focus(page, window):
    """1280 x 1024 at 400 percent is 320 x 256; or the text alone grows. What has the focus is seen whole."""
    look(page, *window)
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(COVERED) == []


def test_nothing_moves_for_whoever_wants_no_motion(page):
    """Neither transitions nor animations, nor scrolling that glides."""
    look(page, 1280, 800)
    moving = page.evaluate("""[document.documentElement, ...document.querySelectorAll('body *')].map(e => getComputedStyle(e))
        .filter(s => parseFloat(s.transitionDuration) || parseFloat(s.animationDuration) || s.scrollBehavior != 'auto').length""")
    assert moving == 0


def test_own_colours_keep_an_edge_around_what_can_be_tapped(page):
    """With forced colours the ground is gone: the exit, buttons and fields still have a border."""
    look(page, 320, 640, forced_colors="active")
    bare = page.evaluate("""[...document.querySelectorAll('.exit, button, textarea, input[type=search], .emergency__call')]
        .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.outerHTML.slice(0, 80))""")
    assert bare == []


def test_planted_faults_are_seen(window):
    """The checks are awake: grey on the paper, a small target, a wide box and a covered focus are found."""
    page = window(320, 640)
    page.goto("/k/")
    look(page, 320, 640)
    page.evaluate("""() => { const p = document.querySelector('.phone'), m = document.querySelector('.more');
        p.style.color = 'rgb(120, 120, 120)'; m.style.padding = 0;
        document.documentElement.style.scrollPadding = 0; document.querySelector('h1').innerHTML = '<a href="/">x</a>';
        document.querySelector('h1').style.cssText = 'position:absolute;top:0' }""")
    assert pale(page, 7, ".phone")
    assert len(page.evaluate(SMALL)) >= 1
    assert "x" in page.evaluate(COVERED)
    page.evaluate("document.querySelector('main').style.minWidth = '500px'")
    assert page.evaluate(TOO_WIDE)
