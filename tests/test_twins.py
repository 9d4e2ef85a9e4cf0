"""The Markdown twin of every page for professionals: its words, its numbers, its dates, and nothing else."""

import re

import pytest
from django.urls import resolve

from guides.addresses import addresses
from guides.public.twins import TWINNED
from guides.publishing.current import current
from guides.publishing.release import rename, withdraw
from tests.factories import make_contact, make_guide, make_page, make_statute, make_step, published
from tests.test_public_numbers import ROWS, allowed

PAGES = [
    "/forsta-timmen/", "/guider/", "/guider/nar-nagon-vill-hoppa-av/", "/ansvar/", "/ansvar/socialtjansten/", "/lag/",
    "/lag/2025:400/", "/lag/gamla-och-nya-sol/", "/finansiering/", "/finansiering/polisen-avhoppararenden/", "/mallar/",
    "/mallar/beslutslogg/", "/guider/nar-nagon-vill-hoppa-av/ta-emot-forsta-kontakten/", "/guider/barn-och-unga/utskrift/",
    "/fragor/", "/fragor/hur-snabbt-maste-vi-besluta/", "/exempel/", "/ordlista/", "/exempel/34-aringen-i-haktet/",
]  # fmt: skip


def twin(client, path) -> str:
    response = client.get(f"{path.rstrip('/')}.md")
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


def test_every_page_for_professionals_has_its_twin(client, content):
    """Led to from the page, with its heading, its links whole, and no HTML."""
    for path in PAGES:
        page = client.get(path).content.decode()
        assert f'<link rel="alternate" type="text/markdown" href="{path.rstrip("/")}.md">' in page, path
        text = twin(client, path)
        assert f'\nadress: "http://127.0.0.1:8000{path}"\n' in text
        assert text.count("\n# ") == 1 and len(text) > 300
        assert re.search(r"</?(div|p|span|a|li|dl|section|input|svg)\b", text) is None, path
        assert re.search(r"\]\((?!https?://|tel:|mailto:)", text) is None, path


# For the person, for both, about the site, or a form: on paper or in a program their numbers would outlive the check.
WITHOUT = {
    "home", "plan", "discreet", "leave", "relative", "leave-translated", "relative-translated", "safer", "poster", "municipality-poster", "about-page",
    "contact-list", "contact-detail", "county-detail", "municipality-detail", "news-list",
}  # fmt: skip


def test_every_page_has_a_twin_or_a_reason(client, content):
    """A new page must choose."""
    assert {resolve(path).url_name for path in PAGES} == TWINNED
    assert {resolve(path).url_name for path in addresses(current.edition())} - TWINNED <= WITHOUT and not TWINNED & WITHOUT


def test_step_says_what_its_page_says(client, db):
    """Heading, tasks as boxes, dates first, numbers as they are shown there."""
    contact = make_contact(title="Bris", number="116111")
    step = make_step(key="steget", title="Ta emot", tasks=[{"text": f"Ring {{{{kontakt:{contact.key}}}}}."}], contacts=[contact])
    published(make_guide([step], key="guiden", title="Guiden"))
    text = twin(client, "/guider/guiden/steget/")
    assert "# Steg 1 av 1: Ta emot" in text
    assert re.search(r"^- \[ \] Ring \[116 111\]\(tel:116111\)\.$", text, re.M), text
    assert re.search(r'^publicerad: "\d{4}-\d\d-\d\d"$', text, re.M) and '\nversion: "1"' in text
    assert "Rensa" not in text and "Datum" not in text and "Markdown" not in text


def test_lines_are_numbered_once(client, content):
    """The first hour writes its numbers out, and Markdown would count them again."""
    text = twin(client, "/forsta-timmen/")
    assert re.search(r"^1\. \*\*Akut fara", text, re.M) and "2. 2." not in text


def test_twin_shows_no_number_that_its_page_does_not(client, content):
    """The numbers of the dossier that may not be shown to professionals are in none."""
    never = [row["phone_e164"] for row in ROWS if row["phone_e164"] and not allowed(row, professional=True)]
    may = {row["phone_e164"] for row in ROWS if allowed(row, professional=True)}
    for path in PAGES:
        page, text = client.get(path).content.decode(), twin(client, path)
        numbers = set(re.findall(r"tel:(\+?\d+)", text))
        assert numbers <= set(re.findall(r"tel:(\+?\d+)", page)), path
        assert not numbers.intersection(set(never) - may), path


def test_pages_for_the_person_have_none(client, db):
    """They are not for copying, and the discreet page is named nowhere."""
    published(make_page(key="hoppa-av"), make_page(key="kontaktsida"), make_page(key="sidan"), make_contact(key="numret"))
    for path in ("/hoppa-av", "/k", "/om/sidan", "/kontakt/nummer/numret", "/sok", "/handlingsplan", "/finns/inte", "/", "/a/../b"):
        assert client.get(f"{path}.md").status_code == 404, path
    assert "text/markdown" not in client.get("/k/").content.decode()


def test_twin_follows_a_new_key_and_a_withdrawal(client, db):
    """As the page does."""
    statute = published(make_statute(key="2098:1"))
    step = make_step(key="steget")
    published(make_guide([step], key="guiden"))
    rename(step, "nytt-steg", None)
    answer = client.get("/guider/guiden/steget.md")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/guider/guiden/nytt-steg.md")
    withdraw("statute", statute.key, None, "Fel.")
    assert client.get("/lag/2098:1.md").status_code == 410


def test_twin_is_kept_like_its_page_but_no_search_engine_shows_it(client, db):
    """A strong tag, and noindex also from the cache."""
    published(make_guide(key="guiden"))
    for _ in range(2):
        answer = client.get("/guider/guiden.md")
        assert answer.headers["ETag"] and answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("day", ["2020-01-01", "2026-99-99"])
def test_twin_is_always_of_today(client, db, day):
    """A day gone by is read on its page, where it is said what it is."""
    published(make_guide(key="guiden"))
    assert client.get(f"/guider/guiden.md?datum={day}").content == client.get("/guider/guiden.md").content
