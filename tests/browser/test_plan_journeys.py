"""A stranger to the site makes the checklist of a case: from the start page to paper in at most eight taps."""

import re
import subprocess
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import COLOUR, violations

MOST_TAPS = 8


@dataclass(frozen=True)
class Case:
    """`answers` are (question, answer) as they stand on the screen; `paper` is what must be on the printed pages."""

    answers: tuple[tuple[str, str], ...]
    municipality: str
    paper: tuple[str, ...]


CASES = {
    "17, threat now, Friday evening, Tomelilla": Case(
        (("Hur gammal är personen?", "15–17 år"), ("Finns det ett hot?", "Ja, nu"), ("Är socialkontoret öppet?", "Stängt")),
        "Tomelilla",
        ("20 kap. 1 §", "22 kap. 5 § SoL", "aldrig i skyddat boende", "Socialtjänsten", "Socialjour via 112", "112", "114 14"),
    ),
    "34, detained, debts, partner with children, Kiruna": Case(
        (
            ("Hur gammal är personen?", "21 år eller äldre"),
            ("Är personen häktad eller dömd?", "Ja, på häkte eller anstalt"),
            ("Finns en skuld till miljön?", "Ja"),
            ("Finns det barn i familjen?", "Ja"),
        ),
        "Kiruna",
        ("29 kap. 3 § SoL", "Be Kriminalvården bedöma skyddet", "Betala inte skulder", "077-228 08 00", "20 kap. 1 § SoL"),
    ),
    "22, leaving a white power milieu, no threat, Borås": Case(
        (
            ("Hur gammal är personen?", "21 år eller äldre"),
            ("Är miljön våldsbejakande extremism?", "Ja"),
            ("Finns det ett hot?", "Inget känt"),
        ),
        "Borås",
        ("11 kap. 1 § SoL", "10 kap. 18 b § OSL", "CVE", "avhopparsamordning", "114 14"),
    ),
}


class Hand:
    """A hand that counts its taps."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, target):
        target.click()
        self.taps += 1

    def choose(self, target, label):
        target.select_option(label=label)
        self.taps += 1


def answer(hand, case):
    """From the start page to the plan of a case."""
    page = hand.page
    page.goto("/")
    hand.tap(page.get_by_role("link", name="Checklista för ärendet").first)
    for question, words in case.answers:
        group = page.get_by_role("group", name=question, exact=True)
        hand.tap(group.get_by_role("radio", name=words, exact=True))
    hand.choose(page.get_by_label("Vilken kommun?"), case.municipality)
    hand.tap(page.get_by_role("button", name="Visa checklistan"))
    expect(page.get_by_role("heading", name="Tre saker som inte får vänta")).to_be_visible()


def paper(page, folder) -> str:
    """The words of the pages that come out of the printer, blanks and line breaks as single spaces."""
    target = folder / "plan.pdf"
    page.pdf(path=target, prefer_css_page_size=True)
    return " ".join(subprocess.run(["pdftotext", target, "-"], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_stranger_has_the_case_on_paper_in_eight_taps(window, case, tmp_path):
    """Start page, answers, plan, print: the printed page names the right law, actor and number."""
    page = window()
    page.add_init_script("window.print = () => { window.printed = true }")
    hand = Hand(page)
    answer(hand, case)
    hand.tap(page.get_by_role("button", name="Skriv ut", exact=True))
    assert page.evaluate("window.printed") is True
    assert hand.taps <= MOST_TAPS
    printed = paper(page, tmp_path)
    for words in case.paper:
        assert words in printed, words


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_same_on_a_phone_without_script(window, case, tmp_path):
    """At 320 px and without JavaScript the same answers give the same plan, printed from the browser's own menu."""
    page = window(320, 568, script=False)
    hand = Hand(page)
    answer(hand, case)
    assert hand.taps < MOST_TAPS
    expect(page.get_by_role("button", name="Skriv ut", exact=True)).to_be_hidden()
    printed = paper(page, tmp_path)
    for words in case.paper:
        assert words in printed, words


@pytest.fixture
def plan(window):
    """The plan of the first case, with its script started."""

    def opened(*size, query="?b=2&c=1&l=3&m=1270", **how):
        page = window(*size, **how)
        page.goto(f"/handlingsplan/{query}")
        return page

    return opened


def test_paper_leaves_the_answers_out(plan, tmp_path):
    """Boxes, lines to sign, version and short address of the guide are printed; answers and reasons are not."""
    page = plan()
    printed = paper(page, tmp_path)
    for words in ("Datum", "Namn", "version", "/1/", "Inte granskad av sakkunnig än"):
        assert words in printed
    for words in ("Ålder: ", "Du svarade", "Varför står det här", "Svaren syns", "Ändra svaren", "Vet inte"):
        assert words not in printed


def test_address_on_paper_has_no_answers(plan):
    """Browsers print the address: on the way to paper it is the plain one, afterwards the answers are back."""
    page = plan()
    before = page.url
    expect(page.get_by_role("button", name="Skriv ut", exact=True)).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.url.endswith("/handlingsplan/")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.url == before


def test_paper_can_have_only_what_is_done_today(plan):
    """At 16:40 nobody wants ten sheets: now and today, and the next print is whole again."""
    page = plan()
    page.emulate_media(media="print")
    later = page.locator(".plan__section--can-wait")
    page.evaluate("print = () => { window.brief = document.body.className }")
    expect(later.first).to_be_visible()
    page.get_by_text("Skriv ut nu och i dag").evaluate("button => button.click()")
    assert "print-brief" in page.evaluate("window.brief")
    assert later.count() >= 2 and not any(section.is_visible() for section in later.all())
    assert page.get_by_role("heading", name="Samma dag").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(later.first).to_be_visible()


def test_every_task_is_printed(plan, tmp_path):
    """What stands folded on the screen is whole on paper."""
    page = plan()
    tasks = page.locator(".task__label").all_text_contents()
    squeezed = re.sub(r"[\s\u00ad\u2010-]+", "", paper(page, tmp_path))
    assert len(tasks) > 150
    missing = [task for task in tasks if re.sub(r"[\s\u00ad\u2010-]+", "", task) not in squeezed]
    assert missing == []


def test_ticks_leave_nothing_behind(plan):
    """Ticking stores nothing, asks nothing, changes no address, and is gone after a reload."""
    page = plan()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^0 av \d+ klara"))
    page.requests.clear()
    before = page.url
    for number in range(3):
        page.get_by_role("checkbox").nth(number).check()
    expect(page.get_by_role("status")).to_have_text(re.compile("^3 av"))
    assert page.requests == [] and page.url == before
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    assert page.locator("input[type=checkbox]:checked").count() == 0


def test_why_names_the_choice(plan):
    """Under a task one reads which answer brought it."""
    page = plan()
    task = page.get_by_role("listitem").filter(has_text="Placera ett barn utan vårdnadshavare").first
    task.get_by_text("Varför står det här?").click()
    expect(task).to_contain_text("Du svarade Ålder: 15–17 år")


def test_answers_can_be_changed_on_the_plan(plan):
    """The form below the plan has the answers in force, and asks the same page again."""
    page = plan()
    page.get_by_role("link", name="Ändra svaren").click()
    age = page.get_by_role("group", name="Hur gammal är personen?")
    expect(age.get_by_role("radio", name="15–17 år")).to_be_checked()
    age.get_by_role("radio", name="21 år eller äldre").check()
    page.get_by_role("button", name="Visa checklistan").click()
    expect(page.get_by_label("Du svarade")).to_contain_text("Ålder: 21 år eller äldre")


@pytest.mark.parametrize(
    ("query", "width", "scheme", "only"),
    [
        ("", 320, "light", {}),
        ("", 1280, "dark", COLOUR),
        ("?b=2&c=1&d=1&l=2&m=1270", 320, "light", {}),
        pytest.param("?b=2&c=1&d=1&l=2&m=1270", 1280, "dark", COLOUR, marks=pytest.mark.long),
        ("?b=9&m=9999", 1280, "dark", COLOUR),
        pytest.param("?b=9&m=9999", 320, "light", {}, marks=pytest.mark.long),
    ],
)
def test_plan_is_accessible_and_fits(plan, query, width, scheme, only):
    """axe-core finds nothing, also when all is unfolded; nothing is wider than the screen; the console is silent."""
    page = plan(width, 800, query=query, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, **only) == []
    assert page.complaints == []
