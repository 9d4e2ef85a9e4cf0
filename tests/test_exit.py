"""The quick exit as it leaves the server; what it does in a browser stands in tests/browser/."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from guides.public.exit_script import exit_script
from guides.publishing.release import withdraw
from tests.factories import make_page, published
from tests.pages import PAGE_TYPES

FOR_PROFESSIONALS = ("/forsta-timmen/", "/guider/", "/handlingsplan/", "/ansvar/", "/lag/", "/finansiering/", "/mallar/")
LINKS = re.compile(r'<a class="([^"]+)" data-exit[^>]* rel="nofollow noreferrer" href="([^"]+)">([^<]+)</a>')


def links(html):
    return LINKS.findall(html)


@pytest.mark.parametrize("path", ["/", "/hoppa-av/", "/anhorig/", "/sakrare/", "/k/", "/kontakt/", "/ordlista/", "/sok/?q=heder"])
def test_public_page_has_the_exit_twice(client, content, settings, path):
    """A button and a link beside the skip link, to the same place."""
    found = links(client.get(path).content.decode())
    assert [name for name, _, _ in found] == ["skip-link", "exit"]
    assert {(target, words) for _, target, words in found} == {(settings.QUICK_EXIT_URL, "Lämna sidan snabbt")}


def test_every_type_of_page_follows_its_readers(client, content):
    """The public's pages have it, the handbook's do not, and every page has the script that holds Back."""
    for path in PAGE_TYPES.values():
        html = client.get(path).content.decode()
        assert bool(links(html)) != path.startswith(FOR_PROFESSIONALS), path
        assert f"<script>{exit_script()}</script>" in html, path
        assert html.index("<script>") < html.index("<style>"), path


def test_error_pages_have_the_exit(db):
    """Whoever meets one may need it most."""
    visitor = Client(raise_request_exception=False)
    published(make_page(key="borta"))
    withdraw("page", "borta", None, "Skäl.")
    for html in (
        visitor.get("/finns/inte/").content.decode(),
        visitor.get("/om/borta/").content.decode(),
        render_to_string("500.html"),
    ):
        assert len(links(html)) == 2
        assert exit_script() in html


def test_exit_comes_right_after_the_skip_link(client, content):
    """Nothing that can have the focus stands between."""
    stops = re.findall(r"<(?:a|button|input|summary)\b[^>]*>", client.get("/hoppa-av/").content.decode())
    assert 'href="#innehall"' in stops[0]
    assert "data-exit" in stops[1] and "data-exit" in stops[2]


@pytest.mark.parametrize(("switch", "shown"), [("", True), ("shown", True), ("hidden", False)])
def test_page_can_switch_the_exit_off(client, db, switch, shown):
    """The editor of a page may know better."""
    published(make_page(key="sidan", exit=switch))
    assert bool(links(client.get("/om/sidan/").content.decode())) == shown


def test_page_for_professionals_can_switch_it_on(client, db):
    """Never there by default, for it could make others think that the page is not for them."""
    page = make_page(key="forsta-timmen", section="top")
    published(page)
    assert not links(client.get("/forsta-timmen/").content.decode())
    page.exit = "shown"
    page.save()
    published(page)
    assert links(client.get("/forsta-timmen/").content.decode())


def test_exit_speaks_the_language_of_the_page(client, content):
    """Whoever reads Arabic finds the way out in Arabic."""
    for language, words in (("ar", "مغادرة الصفحة بسرعة"), ("en", "Leave this page quickly"), ("lattlast", "Lämna sidan snabbt")):
        found = links(client.get(f"/hoppa-av/{language}/").content.decode())
        assert {text for _, _, text in found} == {words}


def test_exit_leads_where_the_setting_says(client, db, settings):
    """In the links and in the script, whatever signs the address holds."""
    settings.QUICK_EXIT_URL = 'https://vader.example/?a=1&b="</script>'
    html = client.get("/").content.decode()
    assert 'href="https://vader.example/?a=1&amp;b=&quot;&lt;/script&gt;"' in html
    script = re.search(r"<script>(.*?)</script>", html).group(1)
    assert "\\u003C/script\\u003E" in script and "__TARGET__" not in script


def test_script_is_small_and_asks_nobody(db):
    """Under 1,500 bytes, with no request, no cookie, and one thing kept."""
    script = exit_script()
    assert len(script.encode()) < 1500
    assert not re.search(r"fetch|XMLHttp|beacon|cookie|localStorage|indexedDB|eval|innerHTML", script)
    assert re.findall(r"kept\.(\w+)", script) and set(re.findall(r"kept\.(\w+)", script)) == {"x"}
