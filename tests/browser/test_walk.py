"""A 17-year-old with a baby sister says that the gang will kill him if he leaves. It is Friday, 16:40.

Six questions from the start page, none more than three taps away: with and without JavaScript,
on the smallest screen, and with the keyboard alone.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.modes import every_mode


@dataclass(frozen=True)
class Question:
    """`taps` are the names of the links in their order; `answers` must all stand on the page that they lead to."""

    taps: tuple[str, ...]
    answers: tuple[str, ...]
    heading: str = ""


NUMBERS = ("112", r"114.14")
QUESTIONS = {
    "what to do in the next ten minutes": Question(
        ("Vad du gör den första timmen",),
        (r"Akut fara\?", "Lämna inte personen ensam", r"Under 18, eller syskon\? Barnenheten nu", *NUMBERS),
    ),
    "who bears responsibility for a minor": Question(
        ("Steg 2: Bedöm skyddet nu", "Socialtjänsten"),
        ("barn och syskon får en omedelbar skyddsbedömning", "annat skydd för ett ensamt barn: jourhem"),
    ),
    "the provision": Question(
        ("Steg 2: Bedöm skyddet nu", "20 kap. 1 § SoL"),
        ("Socialtjänstlag",),
        heading="^20 kap. 1 § Omedelbar skyddsbedömning",
    ),
    "the provision, by way of the first hour": Question(
        ("Vad du gör den första timmen", "20 kap. 1 §"),
        ("Socialtjänstlag",),
        heading="^20 kap. 1 § Omedelbar skyddsbedömning",
    ),
    "the number tonight": Question(
        ("Kontakt", "Hörby"),
        ("be om socialtjänstens mottagning", "Socialjour", *NUMBERS),
    ),
    "what the police need": Question(
        ("Steg 3: Kontakta polisen",),
        ("polisens tre frågor", "Be om personens ja innan du ringer", r"114.14"),
    ),
    "who pays": Question(
        ("Finansiering", "Polisens medel till enskilda avhopparärenden"),
        ("Vem kan söka", "Kommunen kan söka själv", "Belopp"),
    ),
    "who pays, in the route": Question(
        ("Steg 10: Besluta, välj utförare och ordna pengarna",),
        ("vem som betalar", "Gör så här"),
    ),
}
every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


def words(text):
    """A pattern for text, however its words are spaced."""
    return text.replace(":", " ?: ?").replace(" ", r"\s*")


def link(page, name):
    """The first link whose name begins so, in the content before the frame around it."""
    begins = re.compile(rf"^\s*{words(name.replace('.', '[.]'))}", re.IGNORECASE)
    inside = page.get_by_role("main").get_by_role("link", name=begins)
    return (inside if inside.count() else page.get_by_role("link", name=begins)).first


def follow(page, act):
    """Do something that leads to another address, and wait until one is there."""
    before = page.url
    act()
    page.wait_for_url(lambda url: url != before)


def expect_answer(page, question):
    for answer in question.answers:
        expect(page.get_by_role("main")).to_contain_text(re.compile(words(answer)))
    if question.heading:
        anchor = page.locator(f"[id='{page.url.split('#')[1]}']")
        expect(anchor).to_be_in_viewport()
        expect(anchor.get_by_role("heading").first).to_contain_text(re.compile(words(question.heading)))


@every_mode
@every_question
def test_answer_is_at_most_three_taps_away(window, question, mode):
    """Each of the case's questions is answered within three taps of the start page."""
    assert len(question.taps) <= 3
    page = window(**mode)
    page.goto("/")
    for name in question.taps:
        follow(page, link(page, name).click)
    expect_answer(page, question)


@every_question
def test_answer_is_reached_by_keyboard_alone(window, question):
    """The same way can be gone with Tab and Enter, and the focus is always seen."""
    page = window()
    page.goto("/")
    for name in question.taps:
        target = link(page, name).element_handle()
        for _ in range(600):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement === wanted", target):
                break
        else:
            pytest.fail(f"Tab never reaches {name} on {page.url}")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        follow(page, lambda: page.keyboard.press("Enter"))
    expect_answer(page, question)


@every_mode
def test_emergency_number_takes_no_tap_to_find(window, mode):
    """112 stands first on the start page as a number to call, on every screen without scrolling."""
    page = window(**mode)
    page.goto("/")
    expect(page.locator("a[href='tel:112']").first).to_be_in_viewport(ratio=1)


def test_skip_link_is_the_first_stop_and_leads_to_the_content(window):
    """The first Tab shows a link past the menu; Enter moves the focus into the content."""
    page = window()
    page.goto("/guider/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_step_leads_to_the_next_and_back(window):
    """A reader goes to the next step and to the previous one again, each by its title."""
    page = window()
    page.goto("/guider/nar-nagon-vill-hoppa-av/bedom-skyddet-nu/")
    page.get_by_role("link", name=re.compile("Nästa.*Kontakta polisen", re.DOTALL)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kontakta polisen")
    page.get_by_role("link", name=re.compile("Föregående.*Bedöm skyddet nu", re.DOTALL)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedöm skyddet nu")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_first_five_lines_of_the_first_hour_need_no_scrolling(window, script):
    """On a phone of 360 x 640 the first five of the ten lines are seen whole."""
    page = window(360, 640, script=script)
    page.goto("/forsta-timmen/")
    lines = page.get_by_role("main").locator("ol").first.get_by_role("listitem")
    expect(lines).to_have_count(10)
    for number in range(5):
        expect(lines.nth(number)).to_be_in_viewport(ratio=1)
