"""The audit log: who did what and when, of every act that counts, and no way to alter a word of it."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides.models import AuditEntry, Membership, Version
from guides.models.releases import AppendOnlyError
from guides.publishing import audit, fact_check, masking
from guides.publishing.release import check, rename, withdraw
from guides.publishing.roles import ADMINISTRATOR, EDITOR
from tests.factories import make_contact, make_municipality, make_page, published
from tests.forms import save
from tests.second_factor import code, phone_of

LIST = "/admin/guides/auditentry/"
LOGIN = "/admin/login/"


def told() -> list[tuple[str, str, str, str]]:
    """The log, oldest first, as (who, act, what, detail)."""
    return list(AuditEntry.objects.order_by("pk").values_list("who", "act", "what", "detail"))


@pytest.fixture
def entry(db):
    audit.note("export", "något")
    return AuditEntry.objects.first()


@pytest.fixture
def boss(person):
    """A browser in which an administrator has logged in."""
    client = Client()
    client.force_login(person("boss", ADMINISTRATOR))
    return client


STATEMENTS = ["UPDATE guides_auditentry SET who = 'en annan'", "DELETE FROM guides_auditentry"]
if connection.vendor == "postgresql":
    STATEMENTS.append("TRUNCATE guides_auditentry")
else:
    STATEMENTS.append("REPLACE INTO guides_auditentry (id, at, who, act, what, detail) SELECT id, at, 'en annan', act, what, detail FROM guides_auditentry")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_database_itself_refuses_to_alter_the_log(entry, statement):
    """On both kinds, whatever program asks."""
    with pytest.raises(DatabaseError, match="ändras inte i efterhand"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert told() == [("", "export", "något", "")]


def test_code_refuses_too(entry):
    """Before it asks, and also past the manager."""
    for act in (entry.save, entry.delete, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(who="x")):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(AuditEntry).update(who="x")


def test_not_even_a_superuser_has_a_way_to_change_it(client, django_user_model, entry):
    """Neither form, nor button, nor right."""
    client.force_login(django_user_model.objects.create_superuser("rot"))
    place = f"{LIST}{entry.pk}/"
    assert client.get(f"{place}change/").status_code == 200
    assert client.post(f"{place}change/", {"who": "x"}).status_code == 403
    assert [client.get(path).status_code for path in (f"{LIST}add/", f"{place}delete/")] == [403, 403]
    assert client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk]}).status_code in (200, 302)
    assert AuditEntry.objects.filter(pk=entry.pk, who="").exists()


def test_login_and_logout_are_noted_without_an_address(client, person):
    """Who and when; nothing of the machine or the browser."""
    phone_of(person("anna", EDITOR))
    before = AuditEntry.objects.count()
    headers = {"REMOTE_ADDR": "203.0.113.9", "HTTP_USER_AGENT": "Särskild", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert client.post(LOGIN, {"username": "anna", "password": "anna", "code": code()}, **headers).status_code == 302
    client.post("/admin/logout/", **headers)
    assert told()[before:] == [("anna", "login", "", ""), ("anna", "logout", "", "")]
    assert "203.0.113" not in str([*AuditEntry.objects.values()])


def test_failed_login_is_noted_once_a_minute_and_never_with_what_was_typed_by_mistake(client, person, clock):
    """A password typed in the place of the name is in no log, and guessing fills no table."""
    person("anna", EDITOR)
    before = AuditEntry.objects.count()
    for name in ("anna", "anna", "mitt hemliga lösenord", "anna\x00", "x" * 9000):
        client.post(LOGIN, {"username": name, "password": "fel"})
    assert told()[before:] == [("", "failed", "anna", ""), ("", "failed", "okänt namn", "")]
    clock(minutes=2)
    client.post(LOGIN, {"username": "anna", "password": "fel"})
    assert told()[-1][1:3] == ("failed", "anna") and len(told()) == before + 3


def test_account_and_its_roles_are_noted_with_who_changed_them(boss, django_user_model):
    """In the admin, as somebody gives a colleague a role and the right to log in, and takes them away."""
    user = django_user_model.objects.create_user("bo", password="x")
    group, place = Group.objects.get(name=EDITOR), f"/admin/auth/user/{user.pk}/change/"
    before = AuditEntry.objects.count()
    assert save(boss, place, is_staff="on", groups=[group.pk]).status_code == 302
    assert save(boss, place, is_active=None, groups=[]).status_code == 302
    found = [(who, act, what, detail) for who, act, what, detail in told()[before:] if act in ("account", "role")]
    assert found == [
        ("boss", "account", "bo", "får logga in: ja"),
        ("boss", "role", "bo", "fick redaktör"),
        ("boss", "account", "bo", "aktivt: nej"),
        ("boss", "role", "bo", "förlorade redaktör"),
    ]


def test_new_password_is_noted_and_a_renewed_hash_is_not(boss, django_user_model, settings):
    """That it was changed, never what to. A login that only renews how it is kept is no change."""
    user = django_user_model.objects.create_user("bo", password="gammalt", is_staff=True)
    before = AuditEntry.objects.count()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert Client().post(LOGIN, {"username": "bo", "password": "gammalt"}).status_code == 302
    new = {"password1": "ett mycket långt nytt", "password2": "ett mycket långt nytt", "usable_password": "true"}
    assert boss.post(f"/admin/auth/user/{user.pk}/password/", new).status_code == 302
    assert [row for row in told()[before:] if row[1] in ("account", "login")] == [
        ("bo", "login", "", ""),
        ("boss", "account", "bo", "lösenordet ändrat"),
    ]
    assert "mycket långt nytt" not in str(told())


def test_account_made_on_the_command_line_and_municipality_are_noted(db, django_user_model):
    """By nobody who is logged in, and the log says so."""
    user = django_user_model.objects.create_superuser("rot", password="x")
    membership = Membership.objects.create(user=user, municipality=make_municipality(title="Malmö"))
    membership.delete()
    assert told() == [
        ("", "account", "rot", "nytt konto, aktivt: ja, får logga in: ja, alla rättigheter: ja"),
        ("", "role", "rot", "fick kommun Malmö"),
        ("", "role", "rot", "förlorade kommun Malmö"),
    ]


def test_log_of_somebody_outlives_the_account(boss, django_user_model):
    """Django's own log of the admin goes with it."""
    client = Client()
    client.force_login(user := django_user_model.objects.create_user("bo", is_staff=True))
    rows = AuditEntry.objects.filter(who="bo").count()
    assert rows == 1
    boss.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    assert not get_user_model().objects.filter(username="bo").exists()
    assert AuditEntry.objects.filter(who="bo").count() == rows
    assert ("boss", "account", "bo", "kontot borttaget") in told()


def test_acts_of_publishing_are_noted(db, approver, editor):
    """Released, checked, hidden, renamed, shown to somebody outside, withdrawn: each with who, none with the words hidden."""
    page = published(make_page(key="sidan"))
    contact = published(make_contact(key="numret", recheck_class="B"))
    before = AuditEntry.objects.count()
    check("contact", contact.key, "hidden", editor, reason="Fel person svarar.")
    masking.hide(Version.objects.get(kind="page"), editor, "Anna Annas adress.")
    fact_check.make(Version.objects.get(kind="contact"), editor, 14)
    rename(page, "ny", approver)
    withdraw("contact", "numret", approver, "Slut.")
    assert [(who, act, what) for who, act, what, _ in told()[before:]] == [
        ("editor", "check", "contact numret"),
        ("editor", "mask", "page sidan"),
        ("editor", "link", "contact numret"),
        ("", "rename", "page sidan"),
        ("approver", "release", "contact numret"),
    ]
    assert "Anna Annas" not in str(told())


def test_saving_in_the_admin_is_noted(editor_client, db):
    """Also what makes no version, such as an open question."""
    row = make_page(title="Sidan")
    assert save(editor_client, reverse("admin:guides_page_change", args=[row.pk]), title="Ny titel").status_code == 302
    assert ("editor", "change", "sida: Ny titel") in [row[:3] for row in told()]


def test_export_and_import_of_contacts_are_noted(editor_client, db):
    """Who took the numbers out of the house."""
    editor_client.get("/admin/kontakter/kontakter.csv")
    assert told()[-1] == ("editor", "export", "kontakter som fil", "0 rader")


def test_administrator_reads_filters_and_takes_it_out(boss, entry):
    """The file has what the list shows; taking it out is an entry too, and no cell of it is run by a spreadsheet."""
    audit.note("export", "=HYPERLINK(1)")
    page = boss.get(f"{LIST}?act=export")
    assert page.status_code == 200 and page.context["cl"].result_count == 2
    assert "csv/?act=export" in page.content.decode()
    answer = boss.get(f"{LIST}csv/?act=export")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["när", "vem", "åtgärd", "vad", "uppgift"] and [row[3] for row in rows[1:]] == ["något", "'=HYPERLINK(1)"]
    assert told()[-1] == ("boss", "export", "händelseloggen", "2 rader")
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_cannot_be_asked_of_the_list_is_refused(boss, entry):
    """A column that it does not have, or a range, which Django hands on as letters."""
    assert [boss.get(f"{LIST}{asked}").status_code for asked in ("csv/?title__year=1", "?at__range=2026-06-01")] == [400, 400]


@pytest.mark.parametrize("role", [EDITOR, None])
def test_nobody_else_reads_it(client, person, entry, role):
    """It says when each colleague was at work."""
    client.force_login(person("anna", *([role] if role else [])))
    assert [client.get(path).status_code for path in (LIST, f"{LIST}csv/")] == [403, 403]


def test_guards_come_back_after_a_restore(entry):
    """What the place had noted before gives way to the backup, and from then on nothing does."""
    with transaction.atomic():
        with audit.erasable():
            QuerySet(AuditEntry)._raw_delete(connection.alias)
        audit.note("export", "annat")
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(AuditEntry).update(who="x")
    with audit.silent():
        audit.note("export", "tyst")
    assert told() == [("", "export", "annat", "")]


def test_thousand_entries_are_read_page_by_page(boss, entry, django_assert_max_num_queries):
    """It only grows."""
    AuditEntry.objects.bulk_create(AuditEntry(at=timezone.now() - timedelta(days=n), act="login", who="anna") for n in range(300))
    with django_assert_max_num_queries(12):
        assert boss.get(LIST).status_code == 200
