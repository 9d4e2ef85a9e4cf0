"""The person under threat: the right number first, in their language, and nothing on the screen that tells on them."""

import gzip
import re

import pytest

from guides.edition.records import PUBLIC
from guides.publishing.current import current
from guides.publishing.release import check, withdraw
from tests.factories import make_banner, make_contact, make_municipality, make_page, published
from tests.pages import TRANSLATED, read
from tests.second_factor import code, phone_of
from tests.whole_site import render

PERSON = ("hoppa-av", "anhorig")
TELLING = re.compile(r"avhopp|hoppa|gäng|kriminel|polis|hotad|säkrare", re.IGNORECASE)
DISCREET = ("/hoppa-av/", "/anhorig/", "/sakrare/", "/kontakt/", "/k/", *TRANSLATED)


def html_of(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def calls(html) -> list[str]:
    """Every tel: link in its order."""
    return re.findall(r'href="tel:([+\d]+)"', html)


def title(html) -> str:
    return re.search(r"<title>([^<]*)</title>", html).group(1)


def rule(html, municipality) -> str:
    """What stands in the list of municipalities beside one name."""
    return re.search(rf'<li[^>]*><a href="/kontakt/{municipality}/">.*?</li>', html, re.DOTALL).group(0)


# The numbers.


@pytest.mark.parametrize("path", ["/k/", "/hoppa-av/", "/anhorig/", "/kontakt/", "/affisch/", *TRANSLATED])
def test_first_two_numbers_are_112_and_114_14(client, content, path):
    """Whoever taps the first or the second thing that can be called reaches help."""
    assert calls(html_of(client, path))[:2] == ["112", "11414"]


@pytest.mark.parametrize("path", ["/hoppa-av/", "/anhorig/"])
def test_first_block_says_what_to_say_and_what_a_call_leaves(client, content, path):
    """112, 114 14 and the word to say, the borrowed telephone, then those who are young or in another danger."""
    words = read(client, path).main
    order = ("112", "114 14", "Säg: avhopparsamordningen", "Lånad telefon? Säg: ring inte tillbaka hit.",
             "Samtalet syns i samtalslistan.", "Under 18?", "Heder?", "Extremism?", "socialtjänsten i din kommun")  # fmt: skip
    places = [words.replace("\xa0", " ").index(text) for text in order]
    assert places == sorted(places)


def test_way_without_a_voice_is_told_once_it_was_checked(client, content):
    """A chat that nobody has tried could be one that nobody reads."""
    assert "Kan du inte prata?" not in html_of(client, "/hoppa-av/")
    check("contact", "bris", "answers", None)
    html = html_of(client, "/hoppa-av/")
    assert "Kan du inte prata?" in html and "Chatt, mejl och sms via bris.se" in html
    for path, young in (("/hoppa-av/", "Under 18?"), ("/hoppa-av/lattlast/", "Är du under 18 år?")):
        words = read(client, path).main
        places = [words.index(text) for text in ("ring inte tillbaka hit", "Kan du inte prata?", young)]
        assert places == sorted(places), "between the borrowed telephone and who else one can call"
    assert "Kan du inte prata?" not in html_of(client, "/anhorig/"), "Bris is for the child"


def test_confirmed_number_can_be_tapped_in_the_list(client, content):
    """Österåker's own, from the day that somebody called it; before that the list has none."""
    before = rule(html_of(client, "/kontakt/"), "osteraker")
    assert calls(before) == []
    check("contact", "osteraker-avhopp", "answers", None)
    html = html_of(client, "/kontakt/")
    assert calls(rule(html, "osteraker")) == ["+46854081180"]
    assert calls(rule(html, "kiruna")) == calls(rule(html, "horby")) == []
    assert calls(html)[:2] == ["112", "11414"]


def test_number_past_its_check_follows_its_class_again(client, db, clock):
    """A is replaced by 114 14, B stays with its year, C stays."""
    place = make_municipality(key="orten")
    for key, grade, number in (("a", "A", "+46855500101"), ("b", "B", "+46855500102"), ("c", "C", "+46855500103")):
        published(make_contact(key=key, municipality=place, area="municipality", recheck_class=grade, number=number))
        check("contact", key, "answers", None)
    assert {"+46855500101", "+46855500102", "+46855500103"} <= set(calls(html_of(client, "/kontakt/orten/")))
    clock(days=91)
    html = html_of(client, "/kontakt/orten/")
    assert "+46855500101" not in calls(html)
    assert "Tjänsten finns, men vi har inget kontrollerat nummer. Ring" in html
    clock(days=91)
    html = html_of(client, "/kontakt/orten/")
    assert {"+46855500102", "+46855500103"} <= set(calls(html))
    assert "Uppgiften är från 2025." in html


def test_chain_of_a_municipality_says_its_levels_in_words(client, content):
    """Own support, the duty line when it is closed, the police; in that order."""
    words = read(client, "/kontakt/horby/").main
    places = [words.index(text) for text in ("Kommunens socialtjänst", "Socialjouren, när det är stängt", "Polisen")]
    assert places == sorted(places)


def test_municipality_page_leaves_out_what_the_county_has_for_professionals(client, db):
    """The public chain is the municipality, the duty line and the police; the county's page has what is for the public."""
    place = make_municipality(key="orten")
    fields = {"area": "county", "county": place.county, "number": "", "recheck_class": "A"}
    published(
        make_contact(key="handlaggare", title="Stöd till handläggare", for_self=False, for_relative=False, **fields),
        make_contact(key="lansstod", title="Länets stöd", **fields),
        make_contact(key="eget", title="Ortens eget", area="municipality", municipality=place, county=place.county),
    )
    words = read(client, "/kontakt/orten/").main
    assert "Stöd till handläggare" not in words and "Länets stöd" not in words and "Ortens eget" in words
    words = read(client, f"/kontakt/lan/{place.county.key}/").main
    assert "Länets stöd" in words
    assert "Stöd till handläggare" not in words and "Ortens eget" not in words


def test_list_of_the_whole_country_is_for_the_public(client, content):
    """A line for professionals among them would be called by those whom it cannot help."""
    words = read(client, "/kontakt/").main
    assert "Kvinnofridslinjen" in words
    for key in ("nch-stodtelefon-yrkesverksamma", "cve-stodtelefon"):
        assert f'"/kontakt/nummer/{key}/"' not in html_of(client, "/kontakt/")


def test_cost_and_traces_are_told_once_they_were_checked(client, content):
    """"It does not show on the bill" is a promise that somebody's safety can hang on."""
    safety = ("Kostnad: Gratis", "Samtalet syns inte på telefonräkningen")
    assert not any(text in html_of(client, "/kontakt/") for text in safety)
    check("contact", "orostelefonen", "answers", None)
    assert all(text in html_of(client, "/kontakt/") for text in safety)


# The screen and the tab.


@pytest.mark.parametrize("path", DISCREET)
def test_tab_tells_nothing(client, content, path):
    """One neutral word, without the site's name; the heading of the page is as it was."""
    html = html_of(client, path)
    assert title(html) and not TELLING.search(title(html)) and len(title(html)) <= 12
    assert "!" not in title(html)


def test_tab_of_an_error_and_of_the_search_names_no_site(client, db, monkeypatch):
    """Anybody may land there, from a mistyped or old address; the site's name stands on the page, not in the tab."""
    published(make_page(key="borta", title="Gamla sidan"))
    withdraw("page", "borta", None, "Skäl.")
    client.raise_request_exception = False
    expected = {
        "/finns/inte/": "Sidan finns inte",
        "/om/borta/": "Sidan är borttagen",
        "/sok/": "Sök",
        "/sok/?q=hot": "Sök",
    }
    assert {path: title(client.get(path).content.decode()) for path in expected} == expected
    monkeypatch.setattr("guides.public.views.people.show_to_professionals", lambda *a, **k: 1 / 0)
    assert title(client.get("/ansvar/").content.decode()) == "Något gick fel"


def test_discreet_page_names_nothing(client, content):
    """No site name, mark, description, preview or telling word; a blank picture in the tab."""
    html = html_of(client, "/k/")
    head, body = html.split("</head>")
    assert title(html) == "Kontakt"
    assert re.findall(r'<link rel="icon" href="([^"]+)"', head) == ["/static/img/blank.svg"]
    assert "<svg" not in html and "og:" not in head and 'name="description"' not in head and "twitter" not in head
    words = re.sub(r"<[^>]+>", " ", body)
    assert "Avhoppare" not in words and not re.search(r"avhopp|gäng|kriminel", words, re.IGNORECASE)
    assert calls(html) == ["112", "11414", "116111"]
    assert 'content="noindex"' in head


def test_discreet_page_is_in_no_list_for_search_engines(client, content):
    """Nobody finds it but from our own pages."""
    assert "/k/" not in html_of(client, "/sitemap.xml")
    assert 'href="/k/"' in html_of(client, "/hoppa-av/")


def test_safety_page_says_what_the_exit_cannot_do(client, content):
    """History, the address field, the network, the telephone, the bill, shared accounts, another telephone."""
    words = read(client, "/sakrare/").main
    for text in ("historik", "Adressfältet", "nätet", "ett program", "räkningen", "Apple", "Låna en annan telefon", "Stäng fliken"):
        assert text.lower() in words.lower(), text
    assert 'href="/sakrare/"' in html_of(client, "/")


@pytest.mark.parametrize("path", TRANSLATED)
def test_translation_says_its_language_and_direction(client, content, path):
    """On the page, and in Swedish parts that they are Swedish."""
    html = html_of(client, path)
    code = path.split("/")[2]
    tag = "sv" if code == "lattlast" else code
    assert f'<html lang="{tag}" dir="{"rtl" if code in ("ar", "fa") else "ltr"}"' in html
    if tag != "sv":
        assert re.search(r'<footer[^>]* lang="sv" dir="ltr"', html)
        assert "Översatt av dator. Ingen översättare har granskat texten." in html


def test_no_translation_is_behind_its_source(content, edition):
    """What was changed in Swedish was changed everywhere, or says so."""
    behind = [page.key for page in edition.all("page") if page.translation_of in PERSON and page.behind]
    assert behind == []


def test_swedish_words_in_another_language_are_marked(client, content):
    """So that a screen reader says them as the police and the interpreter's office will understand them."""
    for path in ("/hoppa-av/ar/", "/anhorig/pl/", "/hoppa-av/en/"):
        html = html_of(client, path)
        assert '<span dir="ltr" lang="sv">avhopparsamordningen</span>' in html
        assert len(re.findall("avhopparsamordningen", html)) == 1
    assert '<span dir="ltr" lang="sv">Jag talar arabiska. Jag behöver tolk.</span>' in html_of(client, "/hoppa-av/ar/")


def test_page_in_another_language_has_the_ways_on_beside_the_menu(client, db):
    """The numbers of a municipality, how to hide the visit, the page without a name; the words are Swedish, and say so."""
    published(make_page(key="hoppa-av-ar", language="ar", section="top", translation_of="hoppa-av"))
    html = html_of(client, "/hoppa-av/ar/").partition("<main")[2].partition("</main>")[0]
    ways = re.findall(r'<a lang="sv" dir="ltr" href="([^"]+)">([^<]+)</a>', html)
    assert ways == [("/kontakt/", "Kontakt"), ("/sakrare/", "Säkrare besök"), ("/k/", "Bara numren")]


def test_banner_on_a_page_in_another_language_says_that_it_is_swedish(client, content):
    """There is only one wording of it."""
    published(make_banner(title="Störning på 114 14"))
    assert re.search(r'<section class="banner"[^>]* lang="sv" dir="ltr">', html_of(client, "/hoppa-av/ar/"))
    assert re.search(r'<section class="banner"[^>]* data-nosnippet>', html_of(client, "/hoppa-av/"))


def test_editor_who_has_logged_in_reads_without_a_cookie(client, content, editor):
    """What the staff door sets is sent to the staff door alone, and no public page sets or asks for any."""
    client.post("/admin/login/", {"username": "editor", "password": "editor", "code": code(phone_of(editor).key), "next": "/admin/"})
    assert client.cookies and {cookie["path"] for cookie in client.cookies.values()} == {"/admin/"}
    for path in ("/", "/hoppa-av/", "/kontakt/", "/k/"):
        response = client.get(path)
        assert not response.cookies and "Cookie" not in response["Vary"]


def test_accessibility_statement_says_what_the_rules_ask_for(client, content):
    """How far it goes, what fails and why, what to do instead, how to tell, who supervises, how and when it was tried."""
    words = read(client, "/om/tillganglighet/").main
    places = [words.index(text) for text in (
        "lagen om tillgänglighet till digital offentlig service", "delvis förenlig med lagens krav", "Det här brister, och varför",
        "oskäligt betungande", "Om du inte kan använda en sida", "Berätta om brister", "Tillsyn", "Digg", "Så har vi provat",
        "Vi har själva bedömt", "uppdaterades senast den", "Skriv inte om dig eller någon annan.",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "https://www.digg.se/tdosanmalan" in html_of(client, "/om/tillganglighet/")


def test_page_of_every_municipality_comes_in_the_first_round(edition):
    """HTML with its style sheet, compressed: ten packets, whichever of the 290 it is."""
    sizes = {m.key: len(gzip.compress(render(edition, f"/kontakt/{m.key}/").encode())) for m in edition.municipalities()}
    assert len(sizes) == 290
    assert {key: size for key, size in sizes.items() if size > 14_600} == {}


# On paper.


def test_poster_has_the_numbers_a_code_and_its_age(client, content):
    """112, 114 14, a code that was drawn here, and until when it may hang."""
    html = html_of(client, "/affisch/")
    today = current.edition().today
    assert re.search(rf"Hämtad {today.day} \w+ {today.year}\. Gäller högst 90 dagar\.", html)
    assert re.search(r'<div role="img" aria-label="QR-kod till [^"]+/k"><svg [^>]*viewBox', html)
    assert "<img" not in html and "http://www.w3.org" not in html.split("<svg")[-1].split("<path")[1]


def test_poster_has_the_confirmed_number_of_its_municipality(client, content):
    """And no other: paper cannot be taken back."""
    assert calls(html_of(client, "/affisch/osteraker/")) == ["112", "11414"]
    check("contact", "osteraker-avhopp", "answers", None)
    assert calls(html_of(client, "/affisch/osteraker/")) == ["112", "11414", "+46854081180"]
    assert calls(html_of(client, "/affisch/horby/")) == ["112", "11414"]
    assert 'href="/affisch/osteraker/"' in html_of(client, "/kontakt/osteraker/")
    assert client.get("/affisch/finns-inte/").status_code == 404


def test_code_on_the_poster_leads_to_the_discreet_page(client, db, settings):
    """The address that is set for the site, in words beside it for whoever cannot scan."""
    settings.PUBLIC_URL = "https://exempel.se"
    assert "Fler nummer: exempel.se/k" in html_of(client, "/affisch/")


def test_number_of_a_class_that_was_never_called_is_not_public(content, edition):
    """Nothing in this file's pages can show one."""
    shown = [c for c in edition.all("contact") if c.number(PUBLIC) and not c.stable]
    assert all("Uppgiften är från" in c.number(PUBLIC).note or "Kontrollerat" in c.number(PUBLIC).note for c in shown)
