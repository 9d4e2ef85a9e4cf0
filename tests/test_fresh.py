"""What reaches the public or gives rights wants a code that is less than an hour old; nothing typed is lost by it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from guides.models import Check, Emergency, Masking, Release, Rename, Version
from guides.publishing.release import release
from guides.publishing.roles import ADMINISTRATOR, EDITOR, PUBLISHER
from guides.publishing.versions import save_version
from tests.factories import approved, make_contact, make_page, published
from tests.forms import change, choose, press, save, verb
from tests.second_factor import code, one_time_code, phone_of

CODE = "_fresh_code"
LONG = "En text som är längre än tjugo tecken."


@pytest.fixture
def boss(client, person, clock):
    """An administrator who logged in an hour ago."""
    user = person("boss", ADMINISTRATOR)
    client.force_login(user)
    clock(hours=1)
    return user


@pytest.fixture
def page(db, editor):
    """A page whose newest version is approved and not public."""
    row = make_page(key="sidan", body=LONG)
    approved(save_version(row, editor))
    return row


def asks(answer) -> bool:
    return answer.status_code == 403 and f'name="{CODE}"' in answer.content.decode()


def again(client, address, answer, shown=None):
    """Send the page that asks for a code with one, as the browser does."""
    return client.post(address, _fields(answer) | {CODE: shown or code()})


def _fields(answer) -> dict:
    found = {}
    for name, value in answer.context["kept"]:
        found.setdefault(name, []).append(value)
    return found


ACTS = {
    "publicera": ({"minor": "on"}, lambda: Release.objects.exists()),
    "dra-tillbaka": ({"reason": "Slut."}, lambda: Release.objects.filter(version=None).exists()),
    "byt-nyckel": ({"new_key": "nytt-namn"}, lambda: Rename.objects.exists()),
    "nodpublicera": ({"reason": "Brådskar."}, lambda: Emergency.objects.exists()),
}


@pytest.mark.parametrize("name", ACTS)
def test_verb_that_reaches_the_public_waits_for_a_code(client, boss, page, name):
    """Publish, schedule, withdraw, rename, emergency: nothing is done until the code, and then all that was typed is."""
    if name in ("dra-tillbaka", "byt-nyckel"):
        published(page)
    data, done = ACTS[name]
    answer = press(client, verb(page, name), data)
    assert asks(answer) and not done() and "no-store" in answer["Cache-Control"]
    answer = again(client, verb(page, name), answer)
    assert answer.status_code == 302 and done(), answer.content.decode()


def test_wrong_code_does_nothing_and_loses_nothing(client, boss, page):
    """One tries again in the same page."""
    first = press(client, verb(page, "nodpublicera"), {"reason": "Det här kan inte vänta."})
    answer = again(client, verb(page, "nodpublicera"), first, "000000")
    assert asks(answer) and "Koden stämmer inte" in answer.content.decode()
    assert _fields(answer) == _fields(first) and not Release.objects.exists()


def test_code_is_asked_for_once_an_hour(client, boss, page, clock):
    """And a used one is used here too."""
    shown = code()
    again(client, verb(page, "publicera"), press(client, verb(page, "publicera"), {"minor": "on"}), shown)
    assert press(client, verb(page, "dra-tillbaka"), {"reason": "Slut."}).status_code == 302
    clock(minutes=61)
    answer = client.get("/admin/kontakter/kontakter.csv")
    assert asks(answer) and asks(again(client, "/admin/kontakter/kontakter.csv", answer, shown))


def test_one_time_code_will_do(client, boss, page):
    """When the phone is flat."""
    one_time_code(boss, "1234567890")
    answer = press(client, verb(page, "publicera"), {"minor": "on"})
    assert again(client, verb(page, "publicera"), answer, "12345-67890").status_code == 302 and Release.objects.exists()


def test_publishing_from_the_form_keeps_what_was_typed(client, boss, clock):
    """Neither saved nor published before the code; both after it."""
    row = make_page(key="sidan", title="Ett")
    save_version(row, None)
    answer = save(client, change(row), body=LONG, _release="1")
    assert asks(answer) and LONG in answer.content.decode()
    assert Version.objects.count() == 1
    assert again(client, change(row), answer).status_code == 302
    row.refresh_from_db()
    assert row.body == LONG and Version.objects.count() == 2


def test_several_are_released_together_after_a_code(client, boss, page):
    """The choice in the list goes along."""
    lists = "/admin/guides/page/"
    answer = choose(client, lists, "release_newest", [page], _together="1", minor="on")
    assert asks(answer) and not Release.objects.exists()
    assert again(client, lists, answer).status_code == 302 and Release.objects.exists()


def test_scheduled_release_is_cancelled_after_a_code(client, boss, page, clock):
    """It changes what the public will read."""
    planned = release([Version.objects.get()], None, effective_from=clock(minutes=1).replace(hour=20))[0]
    answer = client.post("/admin/schemalagt/", {"release": planned.pk, "reason": "Inte än."})
    assert asks(answer) and not Release.objects.exclude(cancels=None).exists()
    again(client, "/admin/schemalagt/", answer)
    assert Release.objects.exclude(cancels=None).exists()


def test_hidden_text_comes_back_after_a_code_and_is_hidden_without(client, boss, page):
    """Hiding is at hand at once."""
    published(page)
    where = verb(page, "maskera")
    assert client.post(where, {"version": 1, "act": "hide", "reason": "En adress."}).status_code == 302
    assert Masking.hidden()
    answer = client.post(where, {"version": 1, "act": "lift"})
    assert asks(answer) and Masking.hidden()


def test_number_is_hidden_without_any_code(client, boss):
    """A wrong number leads somebody to a stranger: no hour is too late."""
    contact = published(make_contact(recheck_class="B"))
    assert client.post(verb(contact, "dolj"), {"reason": "En privatperson svarar."}).status_code == 302
    assert Check.objects.get().outcome == "hidden"


def test_writing_asks_for_no_code(client, boss):
    """Drafts, checks and review are the day's work."""
    row = make_page(key="sidan", title="Ett")
    save_version(row, None)
    assert save(client, change(row), title="Två", _continue="1").status_code == 302
    assert client.post(verb(row, "granskning"), {"version": 2, "act": "ask"}).status_code == 302


@pytest.mark.parametrize(
    "where", ["/admin/kontakter/kontakter.csv", "/admin/granskas/granskas.csv", "/admin/guides/auditentry/csv/?act=login"]
)
def test_table_leaves_the_house_after_a_code(client, boss, where):
    """The file comes when the code is right."""
    answer = client.get(where)
    assert asks(answer)
    answer = again(client, where, answer)
    assert (answer.status_code, answer["Location"]) == (302, where)
    assert client.get(where)["Content-Type"].startswith("text/csv")


def test_role_is_given_after_a_code(client, boss, person):
    """Users and their groups."""
    user, group = person("anna", EDITOR), Group.objects.get(name=PUBLISHER)
    where = f"/admin/auth/user/{user.pk}/change/"
    answer = save(client, where, groups=[group.pk])
    assert asks(answer) and user.groups.get().name == EDITOR
    assert again(client, where, answer).status_code == 302 and user.groups.get() == group


@pytest.mark.parametrize("where", ["/admin/auth/user/add/", "/admin/auth/user/{}/password/"])
def test_code_is_asked_for_before_a_password_is_typed(client, boss, person, where):
    """A password is never sent back in a page."""
    where = where.format(person("anna", EDITOR).pk)
    answer = client.get(where)
    assert asks(answer)
    again(client, where, answer)
    assert client.get(where).status_code == 200


def test_password_that_was_typed_too_late_is_not_shown(client, boss, person, clock):
    """All else comes back."""
    where = "/admin/auth/user/add/"
    answer = client.post(where, {"username": "en-ny-person", "password1": "hemligt-hemligt", "password2": "hemligt-hemligt"})
    text = answer.content.decode()
    assert asks(answer) and "en-ny-person" in text and "hemligt" not in text and "en gång till" in text


@pytest.mark.parametrize("act", ["delete", "delete_selected", "tvasteg"])
def test_account_is_taken_away_after_a_code(client, boss, person, act):
    """One, several chosen in the list, or a phone."""
    user = person("anna", EDITOR)
    phone_of(user)
    where, data = {
        "delete": (f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}),
        "delete_selected": ("/admin/auth/user/", {"action": "delete_selected", "_selected_action": user.pk, "post": "yes"}),
        "tvasteg": (f"/admin/auth/user/{user.pk}/tvasteg/", {}),
    }[act]
    assert asks(client.post(where, data))
    assert get_user_model().objects.filter(pk=user.pk).exists() and user.totpdevice_set.exists()


def test_group_is_changed_after_a_code(client, boss):
    """A role's rights."""
    group = Group.objects.get(name=EDITOR)
    assert asks(save(client, f"/admin/auth/group/{group.pk}/change/", name="Alla"))
    assert Group.objects.filter(name=EDITOR).exists()


def test_code_in_a_form_of_who_is_not_in_is_no_way_in(client, page, boss):
    """It is read for whom the second factor has let in before."""
    client.logout()
    answer = client.post(verb(page, "publicera"), {"minor": "on", CODE: code()})
    assert answer.status_code == 403 and not Release.objects.exists()
