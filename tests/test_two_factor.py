"""Logging in: a password and a code from a phone, how the phone is tied to the name, and what happens when it is lost."""

import base64
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.admin import throttle
from guides.models import AuditEntry, LoginAttempts
from guides.publishing.roles import ADMINISTRATOR, EDITOR
from tests.factories import make_page
from tests.forms import change
from tests.second_factor import code, one_time_code, phone_of, with_password_alone

LOGIN, PHONE, OWN = "/admin/login/", "/admin/tvasteg/telefon/", "/admin/tvasteg/"


@pytest.fixture
def anna(person):
    """An editor whose phone is tied to her name, and who has not logged in."""
    user = person("anna", EDITOR)
    phone_of(user)
    return user


@pytest.fixture
def new(person):
    """An editor who has never logged in."""
    return person("ny", EDITOR)


def log_in(client, code="", name="anna", password=None, **where):
    return client.post(LOGIN, {"username": name, "password": password or name, "code": code, "next": "/admin/"}, **where)


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def told(answer) -> str:
    return " ".join(str(e) for errors in answer.context["form"].errors.values() for e in errors)


# The login.


def test_code_from_the_phone_lets_in(client, anna):
    """With the password, in one form; spaces as the app writes them."""
    shown = code()
    answer = log_in(client, f"{shown[:3]} {shown[3:]}")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/") and is_in(client)


def test_password_without_code_lets_nobody_in_who_has_a_phone(client, anna):
    """What is missing is said at the field."""
    assert "Skriv koden" in told(log_in(client)) and not is_in(client)


@pytest.mark.parametrize("wrong", ["000000", "abc", "1234567890", "٠٠٠٠٠٠", "1" * 40, "-"])
def test_wrong_code_is_told_and_lets_nobody_in(client, anna, wrong):
    """Whatever somebody types."""
    assert told(log_in(client, wrong)) and not is_in(client)


def test_nul_in_a_field_is_refused_without_a_fault(client, anna):
    """PostgreSQL takes none."""
    assert log_in(client, "\0").status_code == log_in(client, code(), name="an\0na").status_code == 200


def test_wrong_password_is_told_the_same_with_a_right_code(client, anna):
    """And the code is still good afterwards."""
    shown = code()
    assert told(log_in(client, shown, password="fel")) == told(log_in(client, shown, name="finns-inte"))
    assert log_in(client, shown).status_code == 302


@pytest.mark.parametrize(("steps", "lets_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clock_of_the_phone_may_be_half_a_minute_wrong(client, anna, steps, lets_in):
    """Drift of one step either way, and it does not grow."""
    log_in(client, code(steps=steps))
    assert is_in(client) == lets_in
    assert TOTPDevice.objects.get().drift == 0


def test_code_is_good_once(client, anna):
    """Who has seen it over a shoulder has seen nothing."""
    shown = code()
    log_in(client, shown)
    assert "redan använd" in told(log_in(Client(), shown))


def test_one_time_code_is_written_in_the_same_field_and_good_once(client, anna):
    """When the phone is not at hand."""
    one_time_code(anna, "1234567890")
    log_in(client, "12345 67890")
    assert is_in(client)
    assert told(log_in(Client(), "1234567890")) and not StaticToken.objects.exists()


def test_field_for_the_code_says_what_it_is(client, db):
    """Phones fill it in by themselves, and show digits."""
    page = client.get(LOGIN).content.decode()
    (field,) = re.findall(r'<input[^>]*name="code"[^>]*>', page)
    assert 'autocomplete="one-time-code"' in field and 'inputmode="numeric"' in field and "required" not in field


def test_code_of_somebody_else_is_no_code(client, anna, person):
    """Each phone is one person's."""
    other = person("bo", EDITOR)
    TOTPDevice.objects.create(user=other, name="Telefon", key="32" * 20)
    one_time_code(other, "1234567890")
    assert told(log_in(client, code("32" * 20))) and told(log_in(client, "1234567890"))


def test_session_ends_eight_hours_after_the_login(client, anna, clock):
    """Also of somebody who works all the time; what they then send is kept."""
    log_in(client, code())
    for _ in range(7):
        clock(hours=1)
        assert is_in(client)
        # Writing in the session once moved its end.
        session = client.session
        session["x"] = 1
        session.save()
    clock(minutes=61)
    assert not is_in(client)
    assert "Min text" in client.post(change(make_page()), {"body": "Min text, som är lång."}).content.decode()


# The first time.


def test_first_login_leads_to_enrolment_and_back_to_work(client, new):
    """Secret as picture and text; one right code ties the phone; then ten codes on paper, which work."""
    assert log_in(client, name="ny").status_code == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == PHONE
    page = client.get(PHONE).content.decode()
    assert "<svg" in page and "style=" not in page and "Kontakter" not in page
    secret = re.search(r'enrol__secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    answer = client.post(PHONE, {"code": code(_hex(secret))})
    codes = [each.replace(" ", "") for each in re.findall(r"<li>(\d{5} \d{5})</li>", answer.content.decode())]
    assert len(set(codes)) == 10 and "no-store" in answer["Cache-Control"] and is_in(client)
    assert "Du har 10 kvar" in client.get(OWN).content.decode() and codes[0][:5] not in client.get(OWN).content.decode()
    other = Client()
    log_in(other, codes[3], name="ny")
    assert is_in(other)


def _hex(secret: str) -> str:
    return base64.b32decode(secret).hex()


def test_phone_counts_only_when_a_code_has_come_from_it(client, new):
    """A picture that was shown and never read ties nobody; the same picture stays for another try."""
    log_in(client, name="ny")
    first = client.get(PHONE).context["secret"]
    answer = client.post(PHONE, {"code": "000000"})
    assert "Koden stämmer inte" in told(answer) and answer.context["secret"] == first
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists() and not is_in(client)


def test_secret_is_shown_to_one_window_alone(client, new):
    """Who knows the password too cannot look at it and wait until its owner has tied the phone."""
    other = Client()
    for browser in (client, other):
        log_in(browser, name="ny")
    assert client.get(PHONE).context["secret"] != other.get(PHONE).context["secret"]
    mine = client.get(PHONE).context["secret"].replace(" ", "")
    client.post(PHONE, {"code": code(_hex(mine))})
    assert is_in(client)
    theirs = other.get(PHONE)
    assert (theirs.status_code, theirs["Location"]) == (302, LOGIN)
    assert other.post(PHONE, {"code": "000000"}).status_code == 302 and TOTPDevice.objects.count() == 1


def test_who_has_come_too_early_may_leave(client, new):
    """Logged out."""
    log_in(client, name="ny")
    assert client.post(PHONE, {"_leave": "1"})["Location"] == LOGIN
    assert client.get(PHONE).status_code == 302 and "_auth_user_id" not in client.session


def test_first_administrator_gets_a_code_from_the_command(client, django_user_model, db, capsys):
    """`addstatictoken`: nobody else who knows the password can then tie a phone; it leads to enrolment and no further."""
    django_user_model.objects.create_superuser("först", password="först")
    call_command("addstatictoken", "först")
    token = capsys.readouterr().out.strip()
    assert told(log_in(client, name="först"))
    assert log_in(client, token, name="först").status_code == 302 and not is_in(client)
    assert client.get(LOGIN)["Location"] == PHONE
    secret = client.get(PHONE).context["secret"].replace(" ", "")
    client.post(PHONE, {"code": code(_hex(secret))})
    assert is_in(client)


def test_new_phone_replaces_the_old_and_its_codes(client, anna):
    """Who has both proves it with a fresh code; the old phone opens nothing, and other windows are out."""
    one_time_code(anna, "1234567890")
    other = Client()
    for browser in (client, other):
        browser.force_login(anna)
    secret = client.get(PHONE).context["secret"].replace(" ", "")
    client.post(PHONE, {"code": code(_hex(secret))})
    assert is_in(client) and not is_in(other)
    assert told(log_in(Client(), code())) and told(log_in(Client(), "1234567890"))


def test_new_codes_replace_those_that_are_left(client, anna):
    """Shown once, in the answer alone."""
    one_time_code(anna, "1234567890")
    client.force_login(anna)
    answer = client.post(OWN)
    assert len(answer.context["codes"]) == 10 and "no-store" in answer["Cache-Control"]
    assert StaticToken.objects.count() == 10 and not StaticToken.objects.filter(token="1234567890").exists()


# Guessing.


def fail(times: int, **how):
    for _ in range(times):
        answer = log_in(Client(), password="fel", **how)
    return answer


def test_guessing_at_a_password_takes_longer_each_time(anna, clock):
    """Five are free; then 15 s, 30 s … a quarter of an hour, in which not even the right one is tried."""
    fail(5)
    assert "Vänta 15 sekunder" in told(log_in(Client(), code())) and "Vänta 15 sekunder" in told(fail(3))
    waits = []
    for _ in range(9):
        clock(seconds=throttle.LONGEST)
        fail(1)
        waits.append(re.search(r"Vänta (.+?) och", told(fail(1)))[1])
    assert waits[:3] == ["30 sekunder", "60 sekunder", "2 minuter"] and waits[-1] == "15 minuter"
    clock(seconds=throttle.LONGEST)
    assert log_in(Client(), code()).status_code == 302


def test_victim_gets_in_while_somebody_elsewhere_guesses(client, anna):
    """Another address is not kept waiting; nor is another name from the same address."""
    fail(6, REMOTE_ADDR="203.0.113.9")
    assert "Vänta" in told(log_in(client, code(), REMOTE_ADDR="203.0.113.9"))
    assert log_in(client, code(), REMOTE_ADDR="198.51.100.7").status_code == 302
    assert "Vänta" not in told(log_in(Client(), name="bo", REMOTE_ADDR="203.0.113.9"))


def test_right_login_forgets_the_failures_before_it(client, anna):
    """A person who mistyped twice begins anew."""
    fail(4)
    log_in(client, code())
    assert not LoginAttempts.objects.exists()


def test_who_guessed_is_stored_as_a_hash_and_forgotten_after_an_hour(anna, clock):
    """Neither name nor address can be read from it, and without the site's key not be tried out either."""
    fail(2, REMOTE_ADDR="203.0.113.9")
    row = LoginAttempts.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", row.hash) and row.count == 2
    clock(minutes=59)
    call_command("tick")
    assert LoginAttempts.objects.exists()
    clock(minutes=2)
    call_command("tick")
    assert not LoginAttempts.objects.exists()


def test_guessing_at_codes_is_slowed_down_wherever_it_comes_from(anna, clock):
    """Who knows the password and has a thousand addresses; the owner gets in by a code on paper, and the phone anew."""
    one_time_code(anna, "1234567890")
    for number in range(12):
        answer = log_in(Client(), "000000", REMOTE_ADDR=f"203.0.113.{number}")
    assert "För många fel koder" in told(answer) and "engångskod" in told(answer)
    assert "För många" in told(log_in(Client(), code()))
    client = Client()
    log_in(client, "1234567890")
    assert is_in(client)
    assert log_in(Client(), code()).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "told", "peer", "address"),
    [
        (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "1.2.3.4, 198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (2, "1.2.3.4, 198.51.100.1, 10.0.0.2", "10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "", "10.0.0.1", ""),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_address_is_the_one_that_our_own_proxies_saw(rf, settings, proxies, told, peer, address):
    """What a visitor says of themselves is not believed; an IPv6 subscriber is one."""
    settings.PROXIES = proxies
    assert throttle.address_of(rf.get("/", HTTP_X_FORWARDED_FOR=told, REMOTE_ADDR=peer)) == address


# A lost phone.


@pytest.fixture
def boss(person):
    """An administrator who has logged in."""
    client = Client()
    client.force_login(person("boss", ADMINISTRATOR))
    return client


def lost(user) -> str:
    return f"/admin/auth/user/{user.pk}/tvasteg/"


def test_another_administrator_takes_a_lost_phone_away(client, anna, boss, post):
    """The person is out everywhere and ties a new one at the next login; both get mail, and it is written down."""
    one_time_code(anna, "1234567890")
    client.force_login(anna)
    assert "anna" in boss.get(lost(anna)).content.decode() and is_in(client)
    assert boss.post(lost(anna)).status_code == 302
    assert not is_in(client) and not TOTPDevice.objects.filter(user=anna).exists() and not StaticToken.objects.exists()
    assert sorted(to for to, _ in post.mails) == ["anna@example.se", "boss@example.se"]
    assert "boss" in post.last() and "anna" in post.last()
    row = AuditEntry.objects.get(act="factor")
    assert (row.who, row.what, row.detail) == ("boss", "anna", "tog bort telefon och engångskoder")
    assert log_in(client).status_code == 302 and client.get(LOGIN)["Location"] == PHONE


def test_nobody_takes_their_own_phone_away(boss, post):
    """A stolen session would be enough."""
    own = get_user_model().objects.get(username="boss")
    assert "någon annan administratör" in boss.get(lost(own)).content.decode()
    boss.post(lost(own))
    assert TOTPDevice.objects.filter(user=own).exists() and len(post) == 0


def test_mail_that_cannot_be_sent_keeps_no_phone(anna, boss, post):
    """The administrator is told to say it themselves."""
    post.refuses = True
    answer = boss.post(lost(anna), follow=True)
    assert "Säg till personen själv" in answer.content.decode()
    assert not TOTPDevice.objects.filter(user=anna).exists()


def test_text_of_somebody_whose_phone_was_taken_away_is_kept(client, anna):
    """It lies in the page while they tie a new one in another window, and is then sent again."""
    page = make_page(title="Ett")
    client.force_login(anna)
    TOTPDevice.objects.all().delete()
    answer = client.post(change(page), {"body": "Min långa text om något.", "_save": "1"})
    assert "Min långa text" in answer.content.decode() and f'href="{PHONE}"' in answer.content.decode()


def test_devices_are_shown_to_nobody_in_the_admin(boss, anna):
    """Who could read a secret could make its codes."""
    one_time_code(anna, "1234567890")
    assert boss.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert boss.get("/admin/otp_static/staticdevice/").status_code == 404
    page = boss.get(f"/admin/auth/user/{anna.pk}/change/").content.decode()
    assert lost(anna) in page and "1234567890" not in page and phone_of(anna).key not in page


def test_session_from_elsewhere_without_a_second_factor_opens_nothing(client, anna):
    """Another door of the same site could have logged them in."""
    with_password_alone(client, anna)
    assert client.get("/admin/").status_code == 302 and client.get(PHONE)["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


def test_attempts_older_than_the_window_go_with_the_next_one(db):
    """Also where nobody runs `tick`."""
    LoginAttempts.objects.create(hash="x", count=1, last_at=timezone.now() - timedelta(hours=2))
    throttle.attempt("a", "b")
    assert not LoginAttempts.objects.filter(hash="x").exists()
