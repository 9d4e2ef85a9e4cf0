"""The staff door's headers and its words when a page cannot be shown."""

import pytest
from django.urls import reverse

from guides.admin.door import POLICY
from tests.factories import make_page, make_step, published
from tests.forms import change


def policy(answer) -> str:
    return answer.headers["Content-Security-Policy"]


def test_every_answer_of_the_staff_door_has_the_strict_policy(client, approver_client, db):
    """Pages, redirects, files made by a view and errors."""
    step = make_step()
    places = ["/admin/", change(step), "/admin/jsi18n/", "/admin/schemalagt/", "/admin/finns-inte/", "/admin/login/"]
    for place in places:
        assert policy(approver_client.get(place)) == POLICY, place
    client.logout()
    assert policy(client.get("/admin/")) == POLICY
    assert "unsafe" not in POLICY and POLICY.startswith("default-src 'none'")


def test_preview_has_the_policy_of_the_public_page_that_it_is(approver_client, db):
    """Its style sheet and exit script stand inline, let through by their hashes."""
    page = published(make_page())
    shown = approver_client.get(f"/admin/guides/page/{page.pk}/forhandsgranska/")
    assert policy(shown) == policy(approver_client.get("/"))
    assert "sha256-" in policy(shown) and "unsafe" not in policy(shown)


@pytest.mark.parametrize(
    ("place", "status", "words"),
    [
        ("/admin/finns-inte/", 404, "Sidan finns inte"),
        ("/admin/guides/version/add/", 403, "Du får inte öppna det här"),
        ("/admin/guides/step/?tasks__text__regex=x", 400, "Adressen gick inte att läsa"),
    ],
)
def test_error_page_of_the_staff_speaks_swedish_and_leads_home(approver_client, db, place, status, words):
    """In the staff's look, not the public's."""
    answer = approver_client.get(place)
    text = answer.content.decode()
    assert answer.status_code == status and words in text
    assert f'href="{reverse("admin:index")}"' in text and "Lämna sidan" not in text


def test_failure_behind_the_staff_door_is_told_without_database(approver_client, db, monkeypatch):
    """The page asks nothing of what has just failed."""
    monkeypatch.setattr("guides.admin.start.Desk", None)
    approver_client.raise_request_exception = False
    answer = approver_client.get("/admin/")
    assert answer.status_code == 500 and "Något gick fel hos oss" in answer.content.decode()
    assert policy(answer) == POLICY


def test_form_without_its_token_is_refused_in_swedish(client, db):
    """At the login, where nothing was typed that could be lost."""
    strict = type(client)(enforce_csrf_checks=True)
    answer = strict.post("/admin/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403 and "Gå tillbaka, ladda om sidan" in answer.content.decode()


def test_public_errors_stay_public(client, db):
    """With 112 and the quick exit."""
    published(make_page())
    text = client.get("/finns-inte/").content.decode()
    assert "112" in text and "Lämna sidan" in text
