"""The work of two people in a real browser, by the number of clicks it takes; their pages pass axe and fit a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import AXE
from tests.second_factor import log_in
from tests.serving import copied, in_shell, served

PEOPLE = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from guides.publishing.release import check
from guides.publishing.roles import PUBLISHER, REVIEWER
from tests.factories import make_contact, make_guide, make_step, published
from tests.second_factor import seat
for name, role in (("anna", PUBLISHER), ("bo", REVIEWER)):
    get_user_model().objects.create_user(name, password=name, is_staff=True).groups.add(Group.objects.get(name=role))
seat(*get_user_model().objects.all())
contact = make_contact(key="jour", title="Jouren", number="+46855500100", recheck_class="A", confidence="low")
shared = make_contact(key="kansli", title="Kansliet", number="+46855500200", recheck_class="B")
texts = ["En text.", "Ring {{kontakt:kansli}}.", "Fråga {{kontakt:kansli}}."]
steps = [make_step(key=f"steg-{n}", title=f"Steg {n}", body=text) for n, text in enumerate(texts)]
published(make_guide(steps, key="guiden", title="Guiden"), contact, shared)
check("contact", "jour", "answers", None)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one guide, one step and one contact, a publisher and a reviewer."""
    folder = tmp_path_factory.mktemp("two")
    clone = copied(folder / "clone", content=False)
    with served(folder / "data", "--workers", "1", clone=clone) as site:
        in_shell(folder / "data", PEOPLE, clone=clone)
        yield site


class Desk:
    """Somebody's window, and how often they have clicked in it."""

    def __init__(self, page, name):
        self.page, self.clicks = page, 0
        page.set_default_timeout(60_000)
        log_in(page, name)

    def link(self, name):
        self._press(self.page.get_by_role("link", name=name, exact=True).first)

    def rows(self, model):
        """The list of a noun; a part of it may be called the same where it is said what is to be done."""
        self._press(self.page.locator(f"a[href='/admin/guides/{model}/']").first)

    def tool(self, name):
        """A verb above the form; lists at the side may be called the same."""
        self._press(self.page.locator(".object-tools").get_by_role("link", name=name, exact=True))

    def button(self, name):
        self._press(self.page.get_by_role("button", name=name, exact=True).first)

    def _press(self, thing):
        self.clicks += 1
        with self.page.expect_navigation():
            thing.click()


def faults(page) -> list:
    """What axe finds in what is ours on the page, and whether it is wider than a phone."""
    page.evaluate(AXE)
    found = [v["id"] for v in page.evaluate("axe.run('#content', {resultTypes: ['violations']})")["violations"]]
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than 320 px")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_corrected_step_is_published_by_two_in_ten_clicks(window):
    """From the start page and back, both together."""
    expect.set_options(timeout=30_000)
    anna, bo = Desk(window(), "anna"), Desk(window(), "bo")
    anna.link("Steg")
    anna.link("Steg 0")
    anna.page.fill("#id_body", "En rättad text.")
    anna.button("Be om granskning")
    bo.page.goto("/admin/")
    assert faults(bo.page) == []
    bo.link("Steg 0")
    assert faults(bo.page) == []
    bo.button("Börja granska")
    bo.button("Godkänn")
    anna.page.goto("/admin/")
    anna.link("Steg 0")
    anna.page.fill("#id_release_note", "Texten är rättad.")
    anna.button("Publicera")
    expect(anna.page.get_by_text("Publicerad. Den syns på webbplatsen")).to_be_visible()
    assert anna.clicks + bo.clicks <= 10
    reader = window(script=False)
    assert any("En rättad text." in _text(reader, "/guider/guiden/steg-0/") for _ in range(200))


def test_wrong_number_is_hidden_by_one_in_three_clicks(window):
    """From the start page; the visitor sees the fallback."""
    anna, reader = Desk(window(), "anna"), window(script=False)
    assert "555 001 00" in _text(reader, "/kontakt/nummer/jour/")
    anna.rows("contact")
    anna.link("Jouren")
    anna.page.fill("#hide-reason", "En privatperson svarar.")
    anna.button("Dölj numret nu")
    expect(anna.page.get_by_text("Numret är dolt. Inom två sekunder")).to_be_visible()
    assert anna.clicks <= 3
    texts = (_text(reader, "/kontakt/nummer/jour/") for _ in range(200))
    text = next(text for text in texts if "555 001 00" not in text)
    assert "114 14" in text


def test_number_is_changed_on_all_pages_by_one_in_six_clicks(window):
    """From the start page; whoever reads it has three more. Every page that shows the number has the new one."""
    anna, bo, reader = Desk(window(), "anna"), Desk(window(), "bo"), window(script=False)
    places = ["/kontakt/nummer/kansli/", "/guider/guiden/steg-1/", "/guider/guiden/steg-2/", "/guider/guiden/utskrift/"]
    assert all("555 002 00" in _text(reader, place) for place in places)
    anna.rows("contact")
    anna.link("Kansliet")
    anna.page.fill("#id_number", "08-555 003 00")
    anna.button("Be om granskning")
    bo.page.goto("/admin/")
    bo.link("Kansliet")
    bo.button("Börja granska")
    bo.button("Godkänn")
    anna.page.goto("/admin/")
    anna.link("Kansliet")
    anna.page.fill("#id_release_note", "Kansliet har nytt nummer.")
    anna.button("Publicera")
    expect(anna.page.get_by_text("Publicerad. Den syns på webbplatsen")).to_be_visible()
    assert anna.clicks <= 6 and bo.clicks <= 3
    assert any("555 003 00" in _text(reader, places[0]) for _ in range(200))
    texts = [_text(reader, place) for place in places]
    assert all("555 003 00" in text and "555 002 00" not in text for text in texts)


def test_what_was_public_on_a_day_is_found_in_four_clicks(window):
    """From the start page to the page as it stood."""
    anna = Desk(window(), "anna")
    anna.link("Steg")
    anna.link("Steg 2")
    anna.tool("Versioner")
    assert faults(anna.page) == []
    anna.button("Visa dagen")
    assert anna.clicks <= 4
    expect(anna.page.get_by_text("Så ser webbplatsen ut den")).to_be_visible()
    expect(anna.page.get_by_role("heading", name="Steg 2").first).to_be_visible()
    assert anna.page.complaints == []


def _text(page, address) -> str:
    page.goto(address)
    return page.inner_text("main").replace("\xa0", " ")
