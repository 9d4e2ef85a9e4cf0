"""A form that comes without a valid login: what was typed lies in the answer, and is saved after the login."""

import pytest
from django.test import Client

from guides.admin.outage import database_away
from guides.models import Page, Version
from guides.publishing.versions import save_version
from tests.factories import make_page, published
from tests.forms import change, fields_of
from tests.second_factor import code
from tests.visitors import Fields


@pytest.fixture
def page(db):
    return published(make_page(key="sidan", title="Ett"))


@pytest.fixture
def form(editor_client, page):
    """What the editor's browser would send."""
    shown = fields_of(editor_client.get(change(page)))
    return {name: value for name, value in shown.items() if value is not None} | {"body": "Min text.\r\nMer."}


def test_logged_out_post_keeps_what_was_typed(client, page, form):
    """In the page alone: no session is begun, nothing is saved."""
    client.logout()
    answer = client.post(change(page), form | {"_continue": "1"})
    assert answer.status_code == 403 and "no-store" in answer["Cache-Control"]
    assert ("body", "Min text.\r\nMer.") in answer.context["sent"]
    assert 'name="body" value="Min text.\r\nMer."' in answer.content.decode()
    assert "s" not in answer.cookies and Page.objects.get().title == "Ett"


def test_login_in_that_page_saves_the_form(client, editor, page, form):
    """As whoever logs in."""
    client.logout()
    answer = client.post(change(page), form | {"_save": "1", "_username": "editor", "_password": "editor", "_code": code()})
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.body == "Min text.\r\nMer."
    newest = Version.objects.order_by("number").last()
    assert (newest.number, newest.saved_by) == (2, editor)


def test_wrong_password_keeps_the_text_and_not_the_password(client, page, form):
    """The fault is told in Swedish, and one may try again."""
    client.logout()
    answer = client.post(change(page), form | {"_username": "editor", "_password": "hemligt-fel"})
    text = answer.content.decode()
    assert answer.status_code == 403 and "Min text." in text and "hemligt-fel" not in text
    assert "errornote" in text


def test_version_that_came_meanwhile_is_still_a_conflict(client, editor, page, form):
    """Logging in is no way around it."""
    page.title = "Deras"
    page.save()
    save_version(page, None)
    client.logout()
    answer = client.post(change(page), form | {"_username": "editor", "_password": "editor", "_code": code()})
    assert answer.status_code == 409 and "Min text." in answer.content.decode()


def test_form_from_before_a_login_in_another_tab_is_kept(editor, page, form):
    """Its token is of the old login: shown again with a new one, sent again with one press."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    own = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    answer = browser.post(change(page), form | {"csrfmiddlewaretoken": "a" * 32}, **own)
    assert answer.status_code == 403 and ("body", "Min text.\r\nMer.") in answer.context["sent"]
    token = answer.cookies["c"].value
    again = dict(answer.context["sent"]) | {"csrfmiddlewaretoken": token, "_save": "1"}
    assert browser.post(change(page), again, **own).status_code == 302
    page.refresh_from_db()
    assert page.body == "Min text.\r\nMer."


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_form_from_another_site_is_not_shown_filled_in(editor, page, form, site):
    """Else it could have an editor press a button of ours on a text of theirs."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    more = {"HTTP_SEC_FETCH_SITE": site} if site else {}
    answer = browser.post(change(page), form, **more)
    assert answer.status_code == 403 and "Min text." not in answer.content.decode()


def test_password_that_was_sent_to_the_login_is_never_shown(db):
    """The login page's own failure is Django's."""
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        "/admin/login/", {"username": "editor", "password": "hemligt"}, HTTP_SEC_FETCH_SITE="same-origin"
    )
    assert answer.status_code == 403 and "hemligt" not in answer.content.decode()


LIST = "/admin/guides/page/"
WAYS = {
    "logged out": lambda client, rf, data: client.post(LIST, data),
    "no database": lambda client, rf, data: database_away(rf.post(LIST, data)),
}


@pytest.fixture(params=WAYS)
def sent_again(request, client, rf, db):
    """What a browser sends when the page that kept a form sends it again."""
    return lambda data: Fields(WAYS[request.param](client, rf, data).content.decode()).sent


def test_choice_in_a_list_is_of_the_same_rows_when_it_is_sent_again(sent_again):
    """And of no other: it has a name like a button's, and what it leads to is deleted or published."""
    sent = sent_again({"action": "delete_selected", "_selected_action": ["7", "9"], "post": "yes"})
    assert [value for name, value in sent if name == "_selected_action"] == ["7", "9"]
    assert ["action", "delete_selected"] in sent and ["post", "yes"] in sent


@pytest.mark.parametrize("button", ["_save", "_release", "_ask", "_merge"])
def test_button_that_was_pressed_counts_when_it_is_sent_again(sent_again, button):
    """Also in a window of the admin's own, which says so with a name like a button's."""
    sent = sent_again({"_popup": "1", "title": "Ett", button: "Spara"})
    assert [name for name, _ in sent if name in ("_popup", button)] == ["_popup", button]
