"""Every address of the staff door, of every model, as each role and as a visitor, against one table.

An address that is not in the table fails: whoever adds one says here who may open it.
"""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, get_resolver

from guides.models import CONTENT_MODELS, AuditEntry, Contact, Membership, Municipality
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER
from tests.factories import make_municipality
from tests.second_factor import one_time_code, phone_of, with_password_alone
from tests.test_admin import rows  # noqa: F401 (a fixture)

ROLES = ("visitor", "password only", "staff", EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR)
# The order of ROLES but for "password only", who is led to the login wherever it is not said below.
# 302 of a visitor leads to the login; "staff" has logged in and has no role.
COLUMNS = tuple(role for role in ROLES if role != "password only")
TO_ENROLMENT = {"/admin/login/": "/admin/tvasteg/telefon/", "/admin/tvasteg/telefon/": ""}
NOBODY = "302 403 403 403 403 403 403"
EDITORS = "302 403 200 200 200 403 200"
PUBLISHERS = "302 403 403 403 200 403 200"
REVIEWERS = "302 403 403 200 403 403 200"
RELEASERS_AT_ONCE = "302 403 403 200 200 403 200"
ADMINISTRATORS = "302 403 403 403 403 403 200"
ALL_STAFF = "302 200 200 200 200 200 200"
# Django's old addresses of rows, without /change/, lead there, and that is where one is refused.
LEADS_ON = "302 302 302 302 302 302 302"
ONLY_POST = "302 403 405 405 405 403 405"
NOT_HERE = "302 403 404 404 404 403 404"

# Addresses after /admin/guides/<model>/, of a row that has been released. None: the address takes no row.
CONTENT = {
    "": EDITORS,
    "add/": EDITORS,
    "<>/": LEADS_ON,
    "<>/change/": EDITORS,
    "<>/history/": EDITORS,
    "<>/delete/": NOBODY,
    "<>/forhandsgranska/": EDITORS,
    "<>/publicera/": PUBLISHERS,
    "<>/dra-tillbaka/": PUBLISHERS,
    "<>/kontroll/": EDITORS,
    "<>/versioner/": EDITORS,
    "<>/jamfor/": EDITORS,
    "<>/aterstall/": ONLY_POST,
    "<>/maskera/": EDITORS,
    "<>/byt-nyckel/": PUBLISHERS,
    "<>/granskad/": ONLY_POST,
    "<>/granskning/": EDITORS,
    "<>/faktakoll/": EDITORS,
    "<>/nodpublicera/": RELEASERS_AT_ONCE,
    "<>/kontrasignera/": REVIEWERS,
    "<>/dolj/": NOT_HERE,
}


def opened_to_local(table: dict, **more) -> dict:
    """The table of a kind that an editor of one municipality has a part in: their own row."""
    own = {path: " ".join([*(one := codes.split())[:5], one[2], one[6]]) for path, codes in table.items()}
    closed = {path: table[path] for path in ("<>/publicera/", "<>/dra-tillbaka/", "<>/byt-nyckel/", "<>/delete/")}
    closed |= {path: table[path] for path in ("<>/nodpublicera/", "<>/kontrasignera/")}
    return own | closed | more


HISTORY = {"": EDITORS, "add/": NOBODY, "<>/": LEADS_ON, "<>/change/": EDITORS, "<>/history/": EDITORS, "<>/delete/": NOBODY}
ACCOUNTS = {path: LEADS_ON if path == "<>/" else ADMINISTRATORS for path in HISTORY}
TABLES = {model._meta.label_lower: CONTENT for model in CONTENT_MODELS} | {
    "guides.contact": opened_to_local(CONTENT | {"<>/dolj/": EDITORS}),
    "guides.municipality": opened_to_local(CONTENT, **{"add/": EDITORS}),
    "guides.version": HISTORY,
    "guides.release": HISTORY,
    "guides.check": HISTORY,
    "guides.rename": HISTORY,
    "guides.auditentry": {path: NOBODY if codes == NOBODY else LEADS_ON if codes == LEADS_ON else ADMINISTRATORS for path, codes in HISTORY.items()}
    | {"csv/": ADMINISTRATORS},
    "guides.mailbox": HISTORY | {"add/": ADMINISTRATORS, "<>/delete/": ADMINISTRATORS},
    "guides.report": HISTORY | {"<>/delete/": EDITORS},
    "guides.openquestion": HISTORY | {"add/": EDITORS, "<>/delete/": ADMINISTRATORS},
    "auth.group": ACCOUNTS,
    "auth.user": ACCOUNTS | {"<>/password/": ADMINISTRATORS, "<>/tvasteg/": ADMINISTRATORS},
}
# Addresses that belong to no row: the pattern, a sample of it, and the answers.
SITE = {
    "admin/": ("/admin/", ALL_STAFF),
    "admin/login/": ("/admin/login/", "200 302 302 302 302 302 302"),
    "admin/tvasteg/": ("/admin/tvasteg/", ALL_STAFF),
    "admin/tvasteg/telefon/": ("/admin/tvasteg/telefon/", ALL_STAFF),
    "admin/logout/": ("/admin/logout/", "302 405 405 405 405 405 405"),
    "admin/password_change/": ("/admin/password_change/", ALL_STAFF),
    "admin/password_change/done/": ("/admin/password_change/done/", ALL_STAFF),
    "admin/jsi18n/": ("/admin/jsi18n/", ALL_STAFF),
    "admin/autocomplete/": (
        "/admin/autocomplete/?app_label=guides&model_name=step&field_name=sources&term=",
        EDITORS,
    ),
    "admin/r/<path:content_type_id>/<path:object_id>/": ("/admin/r/1/1/", "302 404 404 404 404 404 404"),
    r"admin/^(?P<app_label>auth|guides)/$": ("/admin/auth/", "302 404 404 404 404 404 200"),
    r"admin/(?P<url>.*)$": ("/admin/finns-inte/", "302 404 404 404 404 404 404"),
    "admin/text/vaken/": ("/admin/text/vaken/", "302 204 204 204 204 204 204"),
    "admin/text/visa/": ("/admin/text/visa/", "302 405 405 405 405 405 405"),
    "admin/text/valj/": ("/admin/text/valj/?kind=contact", "302 403 200 200 200 200 200"),
    "admin/vid/": ("/admin/vid/", EDITORS),
    "admin/vid/<str:moment>/": ("/admin/vid/2036-06-01T12:00/", EDITORS),
    "admin/vid/<str:moment>/<path:public_path>": ("/admin/vid/2036-06-01T12:00/om/", "302 403 404 404 404 403 404"),
    "admin/schemalagt/": ("/admin/schemalagt/", EDITORS),
    "admin/ringrunda/": ("/admin/ringrunda/", "302 403 200 200 200 200 200"),
    "admin/kontakter/": ("/admin/kontakter/", "302 403 200 200 200 200 200"),
    "admin/kontakter/kontakter.csv": ("/admin/kontakter/kontakter.csv", "302 403 200 200 200 200 200"),
    "admin/lankar/": ("/admin/lankar/", EDITORS),
    "admin/granskas/": ("/admin/granskas/", EDITORS),
    "admin/granskas/granskas.csv": ("/admin/granskas/granskas.csv", EDITORS),
    "admin/fraga/<int:pk>/tittat/": ("/admin/fraga/1/tittat/", "302 405 405 405 405 405 405"),
}
OF_A_MODEL = re.compile(r"admin/(auth|guides)/(\w+)/(.*)")


def patterns(resolver=None, before="") -> list[str]:
    """Every address under /admin/ as a pattern."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        found += [route] if isinstance(pattern, URLPattern) else patterns(pattern, route)
    return [route for route in found if route.startswith("admin/")]


def expected() -> list[tuple[str, str, str | None, str]]:
    """(pattern, address with <> for the row, model, answers) of every address; answers are empty when none stand here."""
    found = []
    for route in patterns():
        match = OF_A_MODEL.fullmatch(route)
        if match:
            label, rest = f"{match[1]}.{match[2]}", re.sub(r"<[^>]+>", "<>", match[3])
            query = "?version=1" if rest.endswith("/maskera/") else ""
            found.append((route, f"/admin/{match[1]}/{match[2]}/{rest}{query}", label, TABLES.get(label, {}).get(rest, "")))
        else:
            found.append((route, *(SITE[route][:1] if route in SITE else ("",)), None, SITE.get(route, ("", ""))[1]))
    return found


def test_every_address_of_the_staff_door_has_an_expected_answer():
    """Nobody adds one without saying whom it is for; and nothing stands here that is no more."""
    assert [route for route, _, _, answers in expected() if not answers] == []
    known = {(label, address.rpartition("?")[0] or address) for _, address, label, _ in expected() if label}
    gone = [(m, p) for m, table in TABLES.items() for p in table if (m, f"/admin/{m.replace('.', '/')}/{p}") not in known]
    assert gone == [] and set(SITE) <= set(patterns())


@pytest.fixture
def places(rows, person):  # noqa: F811
    """A row of every model, by label; the contact and the municipality are those of the local editor."""
    contact, municipality = rows[Contact], rows[Municipality]
    Contact.objects.filter(pk=contact.pk).update(municipality=municipality)
    found = {model._meta.label_lower: row.pk for model, row in rows.items()}
    found["guides.auditentry"] = AuditEntry.objects.first().pk
    user = person("boss", ADMINISTRATOR)
    return found | {"auth.user": user.pk, "auth.group": user.groups.get().pk}


@pytest.fixture
def browse(person):
    """A browser in which somebody with a role has logged in; the local editor works for the municipality given."""

    def entered(role, municipality=None):
        client = Client()
        if role != "visitor":
            user = person(f"{role} {municipality}", *([role] if role in ROLES[3:] else [LOCAL] if municipality is None else []))
            if role == LOCAL:
                Membership.objects.create(user=user, municipality_id=municipality)
            with_password_alone(client, user) if role == "password only" else client.force_login(user)
        return client

    return entered


def test_every_address_answers_each_role_as_the_table_says(places, browse, bare):
    """All of it, so that a right that slips in somewhere is seen; a visitor is led to the login and nowhere else."""
    wrong = []
    for role in ROLES:
        client = browse(role, places["guides.municipality"])
        for _, address, label, answers in expected():
            place = address.replace("<>", str(places.get(label, "")))
            answer = client.get(place)
            if role == "password only":
                wanted = "302" if TO_ENROLMENT.get(place, "login") else "200"
            else:
                wanted = answers.split()[COLUMNS.index(role)]
            if str(answer.status_code) != wanted:
                wrong.append(f"{role} {place}: {answer.status_code}, not {wanted}")
            if role in ROLES[:2] and answer.status_code == 302 and answers != LEADS_ON:
                leads_to = answer["Location"].partition("?")[0]
                assert leads_to in ("/admin/", "/admin/login/") or leads_to == TO_ENROLMENT.get(place), place
    assert wrong == []


@pytest.mark.parametrize("role", ["visitor", LOCAL])
def test_what_is_closed_to_reading_is_closed_to_sending(places, browse, bare, role):
    """No verb asks for a right only when its page is shown. A visitor is led to the login, or keeps what was typed."""
    client, wrong = browse(role, places["guides.municipality"]), []
    for _, address, label, answers in expected():
        place = address.replace("<>", str(places.get(label, "")))
        code = answers.split()[ROLES.index(role)]
        if code == "403" or (code == "302" and role == "visitor" and not place.startswith("/admin/log")):
            answer = client.post(place)
            led = role == "visitor" and answer.get("Location", "").startswith("/admin/log")
            if answer.status_code not in (403, 405) and not led:
                wrong.append(f"{place}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("state", ["only one-time codes", "phone not shown"])
def test_second_factor_that_is_missing_opens_no_door(places, person, bare, state):
    """By GET and POST: codes on paper lead only to a phone, and a phone that was not shown only to the login."""
    client, user = Client(), person("lone", ADMINISTRATOR)
    with_password_alone(client, user)
    if state == "phone not shown":
        phone_of(user)
        leads = {"/admin/login/": "", "/admin/tvasteg/telefon/": "/admin/login/"}
    else:
        paper = one_time_code(user, "1234567890")
        client.post("/admin/login/", {"username": "lone", "password": "lone", "code": paper})
        leads = TO_ENROLMENT
    for _, address, label, _ in expected():
        place = address.replace("<>", str(places.get(label, "")))
        if place in leads:
            answer = client.get(place)
            assert (answer.status_code, answer.get("Location", "")) == (302 if leads[place] else 200, leads[place])
        elif label in (None, "guides.contact", "auth.user"):
            assert client.get(place).status_code == 302, place
            # A form gets the login back, with what was typed in it.
            assert client.post(place).status_code in (302, 403), place


def test_local_editor_is_refused_every_row_of_another_municipality(places, browse, bare):
    """Each verb of a contact and of a municipality, by GET and by POST; a forgotten membership opens no door at all."""
    elsewhere, nowhere = browse(LOCAL, make_municipality().pk), browse("kommunredaktör utan kommun")
    for label in ("guides.contact", "guides.municipality"):
        for rest in TABLES[label]:
            if rest.startswith("<>/") and rest != "<>/":
                place = f"/admin/{label.replace('.', '/')}/{rest}".replace("<>", str(places[label]))
                assert (elsewhere.get(place).status_code, elsewhere.post(place).status_code) == (403, 403), place
                assert nowhere.get(place).status_code == 403, place
    assert nowhere.get("/admin/guides/contact/add/").status_code == 403


def test_every_content_model_is_in_the_table():
    """What is registered is walked."""
    assert {model._meta.label_lower for model in admin.site._registry} == set(TABLES)
