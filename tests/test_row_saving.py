"""Nobody overwrites anybody in what has no versions: open questions, mailboxes, accounts and roles."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from guides.models import Mailbox, Membership, OpenQuestion, Page
from guides.publishing.roles import ADMINISTRATOR, EDITOR, REVIEWER
from tests.factories import make_municipality, make_page
from tests.forms import change, fields_of, save, told
from tests.second_factor import code


@pytest.fixture
def boss(person):
    """An administrator's browser."""
    return logged_in(person("chefen", ADMINISTRATOR))


@pytest.fixture
def other(person):
    """Another administrator's browser."""
    return logged_in(person("kollegan", ADMINISTRATOR))


@pytest.fixture
def question(db):
    return OpenQuestion.objects.create(question="Har den öppnat?", known="Nej.", source="https://example.se/")


def logged_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def opened(browser, place) -> dict:
    """The form as this browser shows it now."""
    return {name: value for name, value in fields_of(browser.get(place)).items() if value is not None}


def sent_again(answer) -> dict:
    """What the browser sends when the form that came back is saved as it stands."""
    return {name: value for name, value in fields_of(answer).items() if value is not None}


def place_of(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_what_two_have_changed_in_different_fields_is_merged_with_one_press(boss, other, question):
    """The first press saves nothing and says who changed what; the second saves both."""
    mine = opened(boss, change(question))
    save(other, change(question), known="Ja, i mars.", looked_on="2026-11-01")
    answer = boss.post(change(question), mine | {"answer": "Mitt svar."})
    assert answer.status_code == 409
    (words,) = told(answer)
    assert words.startswith("kollegan har sparat medan du skrev, och har ändrat vad vi vet, senast tittat.")
    question.refresh_from_db()
    assert (question.known, question.answer) == ("Ja, i mars.", "")
    assert boss.post(change(question), sent_again(answer)).status_code == 302
    question.refresh_from_db()
    assert (question.known, str(question.looked_on), question.answer) == ("Ja, i mars.", "2026-11-01", "Mitt svar.")


def test_what_two_have_changed_in_one_field_shows_all_three_texts(boss, other, question):
    """Mine stands in the field; as it was and theirs beside it. A reload says the same."""
    mine = opened(boss, change(question)) | {"known": "Min text."}
    save(other, change(question), known="Deras text.")
    for _ in range(2):
        answer = boss.post(change(question), mine)
        assert answer.status_code == 409
        (words,) = answer.context["adminform"].form.errors["known"]
        assert "kollegan" in words and "”Deras text.”" in words and "”Nej.”" in words
        assert fields_of(answer)["known"] == "Min text."
    question.refresh_from_db()
    assert question.known == "Deras text."
    assert boss.post(change(question), sent_again(answer)).status_code == 302
    question.refresh_from_db()
    assert question.known == "Min text."


def test_a_third_who_saves_meanwhile_is_met_too(boss, other, question):
    """What came back goes on from what it told, not from whatever has come since."""
    mine = opened(boss, change(question)) | {"answer": "Mitt svar."}
    save(other, change(question), known="Ja.")
    answer = boss.post(change(question), mine)
    save(other, change(question), answer="Deras svar.")
    assert boss.post(change(question), sent_again(answer)).status_code == 409
    question.refresh_from_db()
    assert question.answer == "Deras svar."


def test_faulty_form_goes_on_from_what_it_was_shown_with(boss, other, question):
    """The number of presses is no way around it."""
    mine = opened(boss, change(question))
    faulty = boss.post(change(question), mine | {"source": "ingen adress"})
    assert faulty.status_code == 200 and faulty.context["base"] == mine["base"]
    save(other, change(question), known="Ja.")
    assert boss.post(change(question), sent_again(faulty) | {"source": "https://a.se/"}).status_code == 409


@pytest.mark.parametrize("base", [None, "", "inte json", "[]", '{"known": "Något annat."}'])
def test_form_that_does_not_say_what_it_was_shown_with_saves_nothing(boss, question, base):
    """A forgotten field does not switch the protection off."""
    form = opened(boss, change(question)) | {"known": "Ny.", "base": base}
    assert boss.post(change(question), {k: v for k, v in form.items() if v is not None}).status_code == 409
    question.refresh_from_db()
    assert question.known == "Nej."


def test_unchanged_form_on_an_untouched_row_is_saved(boss, question):
    """What the row holds is what the form says."""
    for row in (question, Mailbox.objects.create(function="Redaktionen", address="red@example.se")):
        assert boss.post(place_of(row), opened(boss, place_of(row))).status_code == 302
    for row in (get_user_model().objects.get(username="chefen"), Group.objects.get(name=EDITOR)):
        assert boss.post(place_of(row), opened(boss, place_of(row))).status_code == 302


def test_roles_and_municipalities_of_an_account_are_not_overwritten(boss, other, person):
    """One gives a role and another a name; a municipality that one has added stays."""
    anna = person("anna", EDITOR)
    mine = opened(boss, place_of(anna)) | {"first_name": "Anna"}
    roles = [Group.objects.get(name=name).pk for name in (EDITOR, REVIEWER)]
    save(other, place_of(anna), groups=roles)
    Membership.objects.create(user=anna, municipality=make_municipality(title="Habo"))
    answer = boss.post(place_of(anna), mine)
    assert answer.status_code == 409 and "kommuntillhörigheter" in told(answer)[0]
    boss.post(place_of(anna), sent_again(answer))
    anna.refresh_from_db()
    assert anna.first_name == "Anna" and anna.groups.count() == 2 and anna.memberships.count() == 1


def test_login_of_an_account_is_no_conflict_with_its_form(boss, person):
    """The site has written that, and no form overwrites it; nor does a page ever hold a password's hash."""
    anna = person("anna", EDITOR)
    mine = opened(boss, place_of(anna))
    logged_in(anna)
    assert boss.post(place_of(anna), mine | {"first_name": "Anna"}).status_code == 302
    anna.refresh_from_db()
    assert anna.last_login and anna.first_name == "Anna" and "pbkdf2" not in mine["base"] and anna.password not in mine["base"]


def test_form_that_forgets_the_protection_fails_the_check(monkeypatch):
    """guides.E004 for whatever can be changed in the admin; what is only read needs none."""
    assert [error for error in run_checks() if error.id == "guides.E004"] == []
    monkeypatch.setitem(admin.site._registry, Mailbox, admin.ModelAdmin(Mailbox, admin.site))
    (error,) = (error for error in run_checks() if error.id == "guides.E004")
    assert "två skriver över" in error.msg and "RowSaving" in error.hint


# What was typed is never lost here either.


@pytest.mark.parametrize("model", [OpenQuestion, Page])
def test_row_that_somebody_has_taken_away_gives_back_what_was_typed(boss, question, model):
    """Of both sorts: 404, and every word to read."""
    row = question if model is OpenQuestion else make_page()
    mine = opened(boss, change(row)) | {"known": "Min långa text.", "body": "Min långa text."}
    row.delete()
    answer = boss.post(change(row), mine)
    assert answer.status_code == 404 and "Min långa text." in answer.content.decode()
    assert boss.get(change(row)).status_code == 302


@pytest.mark.parametrize("place", ["question", "mailbox", "schedule"])
def test_logged_out_post_keeps_what_was_typed(client, question, place):
    """Every form of the staff's: the login stands beside the text."""
    address = {
        "question": change(question),
        "mailbox": reverse("admin:guides_mailbox_add"),
        "schedule": reverse("schedule"),
    }[place]
    answer = client.post(address, {"known": "Min långa text.", "_save": "1"})
    assert answer.status_code == 403 and ("known", "Min långa text.") in answer.context["sent"]
    assert "Min långa text." in answer.content.decode()


def test_login_in_that_page_saves_the_question(client, boss, question):
    """With what it was shown with, so that a conflict would still be met."""
    who = {"_username": "chefen", "_password": "chefen", "_code": code()}
    mine = opened(boss, change(question)) | {"known": "Min text."} | who
    assert client.post(change(question), mine).status_code == 302
    question.refresh_from_db()
    assert question.known == "Min text."


def test_password_of_an_account_is_never_shown_again(client, boss, person):
    """Not when the administrator was logged out, and not when the form was older than the login."""
    place = reverse("admin:auth_user_password_change", args=[person("anna").pk])
    form = {"password1": "hemligt-ord", "password2": "hemligt-ord"}
    assert "hemligt" not in client.post(place, form).content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get(username="chefen"))
    answer = strict.post(place, form, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == 403 and "hemligt" not in answer.content.decode()
