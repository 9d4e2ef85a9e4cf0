"""The public door: every answer, its headers, its cache, and what it refuses."""

import base64
import hashlib
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.addresses import address, addresses
from guides.publishing.current import current
from guides.publishing.release import rename, withdraw
from tests.factories import (
    make_contact,
    make_grant,
    make_guide,
    make_municipality,
    make_page,
    make_statute,
    make_step,
    published,
)
from tests.pages import PAGE_TYPES
from tests.second_factor import code, phone_of

EMERGENCY = ('href="tel:112"', 'href="tel:11414"')
MACHINES = ["/robots.txt", "/sitemap.xml", "/finansiering/kalender.ics"]


@pytest.fixture
def visitor():
    """A browser to which the site answers as it would to anybody, errors included."""
    return Client(raise_request_exception=False)


def page_of(visitor, path, status, **how) -> str:
    response = visitor.get(path, **how)
    assert response.status_code == status, path
    return response.content.decode()


# Speed.


def test_page_of_every_type_costs_no_query(client, content, settings):
    """Once the edition is built, a page is rendered from it alone."""
    settings.EDITION_POLL_SECONDS = 3600
    edition = current.edition()
    for path in [*PAGE_TYPES.values(), *MACHINES, "/halsa/", "/finns/inte/"]:
        edition.pages.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        assert len(queries) == 0, (path, queries.captured_queries)


def test_page_is_rendered_once(client, content, monkeypatch):
    """The second reader gets the bytes of the first."""
    first = client.get("/ansvar/").content
    monkeypatch.setattr("guides.public.views.people.show_to_professionals", None)
    assert client.get("/ansvar/").content == first


def test_release_gives_new_bytes_and_a_new_tag(client, db):
    """A new edition forgets the pages of the old one."""
    page = published(make_page(key="sidan", title="Ett"))
    before = client.get("/om/sidan/")
    page.title = "Två"
    page.save()
    published(page)
    after = client.get("/om/sidan/")
    assert "Två" in after.content.decode()
    assert before["ETag"] != after["ETag"]


# Headers.


@pytest.mark.parametrize(
    "path", ["/", "/om/sidan/", "/finns/inte/", "/om/borta/", "/robots.txt", "/halsa/", "/om/sidan"]
)
def test_every_public_answer_carries_the_headers(visitor, db, path):
    """Nothing is told to other sites, nothing foreign runs, nothing is set in the reader's browser."""
    published(make_page(key="sidan"), make_page(key="borta"))
    withdraw("page", "borta", None, "Skäl.")
    response = visitor.get(path)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    policy = dict(rule.split(" ", 1) for rule in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "*" not in response["Content-Security-Policy"]
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.get("Vary", "")


def test_inlined_style_and_script_are_allowed_by_their_hash(client, db):
    """The policy lets through the sheet and the exit that the page has, and the page has no other of its own."""
    response = client.get("/")
    text = response.content.decode()
    policy = dict(rule.split(" ", 1) for rule in response["Content-Security-Policy"].split("; "))
    for element, rule in (("style", "style-src"), ("script", "script-src")):
        (inlined,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[rule]
    assert not re.findall(r'\sstyle="|\son\w+="', text)
    assert all("src=" in tag or tag == "<script>" for tag in re.findall(r"<script[^>]*>", text))


def test_page_may_be_kept_for_two_seconds_by_a_proxy(client, db):
    """And an old one while the site is away."""
    expected = "public, max-age=0, s-maxage=2, stale-while-revalidate=5, stale-if-error=600"
    assert client.get("/").headers["Cache-Control"] == expected


@pytest.mark.parametrize("path", ["/halsa/", "/finns/inte/", "/om/sidan"])
def test_answer_that_is_no_page_is_not_kept(visitor, db, path):
    """Health, errors and redirects are asked for anew each time, and have no tag."""
    published(make_page(key="sidan"))
    response = visitor.get(path)
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_public_page_sets_no_cookie_for_a_logged_in_editor(editor_client, content):
    """Who works here reads the same bytes as everybody else, without a trace of it."""
    for path in PAGE_TYPES.values():
        response = editor_client.get(path)
        assert not response.cookies, path
        assert response.content == Client().get(path).content, path


def test_cookies_of_the_staff_are_sent_to_no_public_page(client, editor):
    """Whatever the staff door sets stays under /admin/."""
    editor.set_password("ett-langt-losenord")
    editor.save()
    login = client.get("/admin/login/")
    answer = client.post("/admin/login/?next=/admin/", {"username": "editor", "password": "ett-langt-losenord", "code": code(phone_of(editor).key)})
    assert answer.status_code == 302
    page = published(make_page())
    saved = client.post(f"/admin/guides/page/{page.pk}/change/", {"title": ""})
    added = client.post("/admin/guides/source/add/", {"title": "Källa", "key": "kalla", "url": "https://a.se"})
    assert added.status_code == 302
    for response in (login, answer, saved, added):
        for cookie in response.cookies.values():
            assert cookie["path"] == "/admin/", cookie.OutputString()
            assert cookie["samesite"] == "Strict"
            assert cookie["httponly"]


# Conditional and other requests.


def test_page_that_has_not_changed_is_not_sent_again(client, db):
    """304 with the tag and without a body."""
    tag = client.get("/")["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{20}"', tag)
    for header in (tag, f"W/{tag}", f'"annan", {tag}'):
        response = client.get("/", headers={"if-none-match": header})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
    assert client.get("/", headers={"if-none-match": '"annan"'}).status_code == 200


def test_head_answers_as_get_without_a_body(client, db):
    """Whichever comes first."""
    head = client.head("/")
    get = client.get("/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert int(head["Content-Length"]) == len(get.content)
    assert client.head("/finns/inte/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", ["/", "/kontakt/", "/finns/inte/", "/sitemap.xml"])
def test_public_page_only_answers_to_reading(visitor, db, method, path):
    """There is nothing to write here."""
    response = getattr(visitor, method)(path)
    assert response.status_code == 405
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/", "/sok/?q=hot", "/finns/inte/"])
def test_head_is_answered_as_get_without_its_body(client, db, path):
    """Same status, length and tag; link checkers and proxies ask so (RFC 9110, 9.3.2)."""
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code and head.content == b""
    assert head.get("Content-Length") == whole.get("Content-Length") is not None
    assert head.get("ETag") == whole.get("ETag")


def test_unknown_query_string_neither_splits_nor_poisons(client, db):
    """What stands after ? changes no byte and fills no cache."""
    plain = client.get("/")
    for query in ("?utm_source=x", "?<script>", "?a=1&a=2", "?" + "x" * 2000, "?%00", "?q=%ff"):
        response = client.get("/" + query)
        assert (response.content, response["ETag"]) == (plain.content, plain["ETag"])
    assert list(current.edition().pages) == ["/"]


def test_host_and_headers_of_a_visitor_do_not_reach_the_page(client, db):
    """A kept page holds nothing of whoever asked first."""
    first = client.get("/", headers={"x-forwarded-host": "ond.se", "user-agent": "ONDAGENT", "accept-language": "en"})
    assert b"ond.se" not in first.content and b"ONDAGENT" not in first.content
    assert client.get("/").content == first.content
    assert Client(raise_request_exception=False).get("/", headers={"host": "ond.se"}).status_code in (200, 400)
    assert b"ond.se" not in client.get("/").content


@pytest.mark.parametrize(
    "path",
    [
        "/%00", "/..%2f..%2fetc/passwd", "/../../etc/passwd", "/guider/%3Cscript%3E/", "/" + "a" * 5000, "/guider//",
        "/lag/2025:400'/", "/lag/9999:1/", "/kontakt/nummer/", "/kontakt/lan/", "/guider/å/", "/%ff%fe/",
        "/lag/2025%3A400%0d%0aSet-Cookie:x/", "/om/forsta-timmen/", "/exempel/webbplatsen/", "/ADMIN/", "/admin.php", "/hoppa-av/xx/",
    ],
)  # fmt: skip
def test_hostile_or_mistyped_path_is_not_found(visitor, db, path):
    """No path is answered with anything but a page or a Swedish error."""
    response = visitor.get(path)
    assert response.status_code in (404, 301)
    if response.status_code == 301:
        assert response["Location"].startswith("/") and not response["Location"].startswith("//")
    else:
        assert "Sidan finns inte" in response.content.decode()
    assert "Set-Cookie" not in response.headers


def test_address_that_looks_like_another_site_leads_nowhere(visitor, db):
    """//ond.se is a path of ours, and not one to redirect to."""
    response = visitor.get("/", PATH_INFO="//ond.se")
    assert response.status_code == 404


def test_missing_slash_is_added(client, db):
    """/kontakt leads to /kontakt/."""
    response = client.get("/kontakt")
    assert (response.status_code, response["Location"]) == (301, "/kontakt/")


# Errors.


def test_page_that_never_was_is_404_in_swedish(visitor, db):
    """With 112 and 114 14, for somebody may be in danger."""
    text = page_of(visitor, "/finns/inte/", 404)
    assert "Sidan finns inte" in text and '<html lang="sv"' in text
    assert all(number in text for number in EMERGENCY)


def test_withdrawn_page_is_410_with_its_reason(visitor, db):
    """And with the numbers."""
    published(make_page(key="borta", title="Gamla sidan"))
    withdraw("page", "borta", None, "Tjänsten har <upphört>.")
    text = page_of(visitor, "/om/borta/", 410)
    assert "Gamla sidan" in text and "Tjänsten har &lt;upphört&gt;." in text
    assert all(number in text for number in EMERGENCY)


@pytest.mark.parametrize("kind", ["guide", "step", "grant", "contact", "municipality", "actor", "statute", "county"])
def test_withdrawn_document_of_any_kind_is_410(visitor, db, kind):
    """Every address that has been says that it has been."""
    step, place = make_step(responsibilities=[{}]), make_municipality()
    published(make_guide([step]), place, make_grant(), make_contact(), make_statute())
    (record,) = current.edition().all(kind)
    path = address(record, current.edition())
    page_of(visitor, path, 200)
    withdraw(kind, record.key, None, "Skäl.")
    page_of(visitor, path, 410)


def test_error_of_ours_is_500_in_swedish(visitor, db, monkeypatch):
    """With 112 and 114 14, the headers of every page, and nothing of the error."""
    monkeypatch.setattr("guides.public.views.people.show_to_professionals", lambda *a, **k: 1 / 0)
    response = visitor.get("/ansvar/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "Något gick fel hos oss" in text and "ZeroDivision" not in text
    assert all(number in text for number in EMERGENCY)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_error_is_not_kept(visitor, db, monkeypatch):
    """The next reader gets the page."""
    with monkeypatch.context() as broken:
        broken.setattr("guides.public.views.people.show_to_professionals", lambda *a, **k: 1 / 0)
        assert visitor.get("/ansvar/").status_code == 500
    assert visitor.get("/ansvar/").status_code == 200


# Addresses.


def test_renamed_document_is_a_301_to_its_new_address(client, db):
    """Old links never die, through two changes of key as well."""
    step = make_step(key="gammalt")
    guide = published(make_guide([step], key="guiden"))
    for new in ("nytt", "nyast"):
        rename(step, new, None)
    response = client.get("/guider/guiden/gammalt/")
    assert (response.status_code, response["Location"]) == (301, "/guider/guiden/nyast/")
    rename(guide, "nya-guiden", None)
    response = client.get("/guider/guiden/gammalt/", follow=True)
    assert response.redirect_chain[-1][0] == "/guider/nya-guiden/nyast/"
    assert response.status_code == 200
    for name in ("", "utskrift/"):
        assert client.get(f"/guider/guiden/{name}")["Location"] == f"/guider/nya-guiden/{name}"


def test_renamed_contact_and_grant_are_301(client, db):
    """The same for every kind with a page."""
    contact, grant, place = make_contact(key="a"), make_grant(key="b"), make_municipality(key="c")
    published(contact, grant, place)
    for row, old, new in (
        (contact, "/kontakt/nummer/a/", "/kontakt/nummer/x/"),
        (grant, "/finansiering/b/", "/finansiering/x/"),
        (place, "/kontakt/c/", "/kontakt/x/"),
    ):
        rename(row, "x", None)
        assert client.get(old)["Location"] == new


def test_sitemap_lists_every_public_page_once(client, content, edition):
    """From releases alone."""
    found = re.findall(r"<loc>http://127.0.0.1:8000([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert found == [path for path in addresses(edition) if path != "/k/"]
    assert len(found) == len(set(found))


def test_sitemap_forgets_what_was_withdrawn(client, db):
    """No search engine is sent to a page that is gone."""
    published(make_page(key="sidan"))
    assert b"/om/sidan/" in client.get("/sitemap.xml").content
    withdraw("page", "sidan", None, "Skäl.")
    assert b"/om/sidan/" not in client.get("/sitemap.xml").content


def test_grant_shows_its_state_of_today(client, db, clock):
    """Öppen until the last day, stängd the day after, without anybody doing anything."""
    published(make_grant(key="stod", opens_on=date(2026, 5, 1), closes_on=date(2026, 6, 1), verified=True))
    assert "stänger snart" in client.get("/finansiering/stod/").content.decode().lower()
    clock(days=1)
    assert "stängd" in client.get("/finansiering/stod/").content.decode().lower()


def test_health_says_which_edition_is_served(client, db):
    """For the operator's watch."""
    published(make_page())
    answer = client.get("/halsa/").json()
    assert answer["parts"]["edition"]["status"] == "ok"
    assert answer["edition"] == current.edition().number
