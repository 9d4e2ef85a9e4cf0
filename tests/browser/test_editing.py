"""The staff door in a real browser: two who write at once, text that is not lost, and the field for running text."""

import pytest
from playwright.sync_api import expect

from tests.second_factor import log_in
from tests.serving import copied, in_shell, served

PEOPLE = """
from django.contrib.auth import get_user_model
from tests.factories import make_contact, make_guide, make_step, published
from tests.second_factor import seat
for name in ("anna", "bo"):
    seat(get_user_model().objects.create_superuser(name, password=name))
step = make_step(key="steget", title="Steget", body="En text.", tasks=[{"key": "ring", "text": "Ring."}, {"key": "skriv", "text": "Skriv."}])
published(make_guide([step]), make_contact(key="bris", title="Bris stödlinje", number="116111"))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one guide, one step and one contact, and two editors."""
    folder = tmp_path_factory.mktemp("editing")
    clone = copied(folder / "clone", content=False)
    with served(folder / "data", "--workers", "1", clone=clone) as site:
        in_shell(folder / "data", PEOPLE, clone=clone)
        yield site


@pytest.fixture(autouse=True)
def _patience():
    """The staff's pages load a score of files: what is awaited may take longer than in public."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def desk(window):
    """Opens a window in which somebody has logged in."""

    def opened(name="anna", **how):
        page = window(**how)
        page.set_default_timeout(60_000)
        log_in(page, name)
        return page

    return opened


def step_form(page):
    page.goto("/admin/guides/step/")
    page.click("#result_list tbody th a")
    page.locator(".markdown").first.scroll_into_view_if_needed()
    expect(page.locator(".markdown__shown > *").first).to_be_visible()
    return page


def text_of(page, number):
    return page.locator(f"#id_tasks-{number}-text")


def save(page):
    with page.expect_navigation():
        page.locator("[name=_continue]").first.click()


def test_different_tasks_merge_and_the_same_task_shows_both_texts(desk):
    """Two windows with the same form."""
    anna, bo = step_form(desk("anna")), step_form(desk("bo"))
    text_of(anna, 0).fill("Ring genast.")
    text_of(bo, 1).fill("Skriv ner det.")
    save(anna)
    save(bo)
    expect(bo.get_by_role("heading", name="Någon annan har sparat")).to_be_visible()
    bo.get_by_role("button", name="Slå ihop").click()
    expect(text_of(bo, 0)).to_have_value("Ring genast.")
    expect(text_of(bo, 1)).to_have_value("Skriv ner det.")

    anna = step_form(anna)
    text_of(anna, 0).fill("Ring polisen.")
    text_of(bo, 0).fill("Ring chefen.")
    save(anna)
    save(bo)
    for words in ("Ring genast.", "Ring polisen.", "Ring chefen."):
        expect(bo.locator(".conflict__texts").get_by_text(words, exact=True)).to_be_visible()
    expect(bo.get_by_role("button", name="Slå ihop")).to_have_count(0)
    bo.reload()
    expect(bo.locator(".conflict__texts").get_by_text("Ring chefen.", exact=True)).to_be_visible()
    bo.get_by_role("button", name="Spara min text som egen version").click()
    expect(text_of(bo, 0)).to_have_value("Ring polisen.")


def test_leaving_a_form_with_unsaved_text_is_asked_about(desk):
    """And leaving one that is as it was shown is not."""
    page = step_form(desk())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == []
    step_form(page).fill("#id_aim", "Ett annat mål.")
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_server_that_is_away_for_a_moment_takes_no_text(desk):
    """The form is not sent; when the server is back it is."""
    page = step_form(desk())
    page.fill("#id_aim", "Skrivet medan servern var borta.")
    page.route("**/admin/text/vaken/", lambda route: route.abort())
    page.locator("[name=_continue]").first.click()
    expect(page.get_by_role("alert").filter(has_text="Servern svarar inte")).to_be_visible()
    page.unroute("**/admin/text/vaken/")
    save(page)
    expect(page.locator("#id_aim")).to_have_value("Skrivet medan servern var borta.")


def test_session_that_has_run_out_loses_no_text(desk):
    """The login stands in the answer, and the form is saved after it."""
    page = step_form(desk())
    page.fill("#id_aim", "Skrivet efter sessionens slut.")
    page.context.clear_cookies(name="s")
    save(page)
    page.fill("#id_username", "anna")
    page.fill("#id_password", "anna")
    page.fill("#id_code", "12345 67890")
    page.get_by_role("button", name="Logga in och spara").click()
    expect(page.locator("#id_aim")).to_have_value("Skrivet efter sessionens slut.")


def test_text_field_renders_counts_and_tells_faults_at_their_line(desk):
    """By the public renderer, while one writes."""
    page = step_form(desk())
    area = page.locator("#id_body")
    area.fill("Ring {{kontakt:bris}}.\n\nRing 08-123 456 78.")
    shown = page.get_by_role("group", name="Så ser texten ut").first
    expect(shown.locator("a.phone")).to_have_text("116 111")
    remark = page.locator(".markdown__remark").first
    expect(remark).to_contain_text("Skriv inte telefonnummer")
    remark.get_by_role("button", name="Rad 3").click()
    assert area.evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)") == "Ring 08-123 456 78."
    expect(page.locator(".markdown__figures").first).to_contain_text("tecken")
    assert page.complaints == []


def test_reference_is_picked_with_the_keyboard_alone(desk):
    """Tab to the tools, arrows to the button, a word, Enter; Ctrl+Z takes it back."""
    page = step_form(desk())
    area = page.locator("#id_body")
    area.fill("Ring ")
    area.press("End")
    page.keyboard.press("Shift+Tab")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-pick=contact]").first).to_be_focused()
    page.keyboard.press("Enter")
    picker = page.get_by_role("dialog", name="Välj kontakt")
    picker.get_by_role("searchbox").fill("bris")
    expect(picker.get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(area).to_have_value("Ring {{kontakt:bris}}")
    expect(area).to_be_focused()
    page.keyboard.press("Control+z")
    expect(area).to_have_value("Ring ")
    page.keyboard.press("Control+b")
    expect(area).to_have_value("Ring **fet text**")
    assert page.complaints == []


def test_unsaved_form_is_previewed_in_a_window_beside_it(desk):
    """The form stays, and nothing is saved."""
    page = step_form(desk())
    page.fill("#id_title", "Aldrig sparad titel")
    with page.context.expect_page() as opened:
        page.locator("input[name=_preview]").first.click()
    expect(opened.value.get_by_text("Utkast – inte publicerat")).to_be_visible()
    expect(opened.value.get_by_role("heading", name="Aldrig sparad titel").first).to_be_visible()
    opened.value.close()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_title")).to_have_value("Steget")


def test_without_javascript_the_field_is_a_text_area_with_a_preview_button(desk):
    """And saving works."""
    page = desk(script=False)
    page.goto("/admin/guides/step/")
    page.click("#result_list tbody th a")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.fill("#id_body", "Skrivet utan JavaScript.")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Förhandsgranska hela sidan").first.click()
    expect(opened.value.get_by_text("Skrivet utan JavaScript.")).to_be_visible()
    opened.value.close()
    save(page)
    expect(page.locator("#id_body")).to_have_value("Skrivet utan JavaScript.")
