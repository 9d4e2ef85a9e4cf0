"""What is new: notes of releases and News, on a page and in feeds, from what is public alone."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import Release, Version
from guides.publishing import edition_file
from guides.publishing.content_files import import_content
from guides.publishing.current import current
from guides.publishing.masking import hide
from guides.publishing.release import cancel, rename, withdraw
from guides.publishing.versions import latest, save_version
from tests.factories import (
    approved,
    make_contact,
    make_guide,
    make_news,
    make_page,
    make_rule,
    make_source,
    make_step,
    published,
)
from tests.forms import change, choose, press, save, verb

A = "{http://www.w3.org/2005/Atom}"


def feed(client, path="/nytt/atom.xml"):
    """The root of a feed, checked against what RFC 4287 demands of feed and entry."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    for element in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{A}{name}")
            assert only.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{A}id"))
        assert datetime.fromisoformat(element.findtext(f"{A}updated")).tzinfo
        assert [link.get("href") for link in element.findall(f"{A}link") if link.get("rel") in (None, "alternate")]
    assert root.find(f"{A}author/{A}name").text and root.find(f"{A}link[@rel='self']").get("href").endswith(path)
    return root


def entries(client, path="/nytt/atom.xml") -> dict[str, str]:
    """Summary -> address of each entry, in their order."""
    return {
        entry.findtext(f"{A}summary"): entry.find(f"{A}link").get("href").removeprefix("http://127.0.0.1:8000")
        for entry in feed(client, path).findall(f"{A}entry")
    }


def test_note_stands_on_the_page_and_in_the_feed(client, db):
    """With its day, and the way to what it is about."""
    published(make_page(key="sidan", title="Sidan"), note="Tiden är ändrad.")
    text = client.get("/nytt/").content.decode()
    assert "Tiden är ändrad." in text and 'href="/om/sidan/"' in text
    assert entries(client) == {"Tiden är ändrad.": "/om/sidan/"}


def test_page_says_why_there_is_no_mailing_list(client, db):
    """And names the feeds instead."""
    published(make_guide(key="guiden"))
    text = client.get("/nytt/").content.decode()
    assert "ingen e-postlista" in text
    assert 'href="/nytt/atom.xml"' in text and 'href="/guider/guiden/atom.xml"' in text


def test_pages_lead_to_their_feed(client, db):
    """So that a reader of feeds finds it by the address of the page."""
    step = make_step(key="steget")
    published(make_guide([step], key="guiden"))
    own = '<link rel="alternate" type="application/atom+xml" title="Nytt i Guide'
    for path in ("/guider/guiden/", "/guider/guiden/steget/"):
        text = client.get(path).content.decode()
        assert own in text and 'href="/guider/guiden/atom.xml"' in text
    assert 'rel="alternate" type="application/atom+xml" title="Nytt" href="/nytt/atom.xml"' in client.get("/nytt/").content.decode()


def test_note_of_a_step_counts_for_every_guide_it_stands_in(client, db):
    """And for no other."""
    shared = make_step()
    guides = [make_guide([shared], key="ett"), make_guide([make_step(), shared], key="tva"), make_guide(key="tre")]
    published(*guides)
    published(shared, note="Steget är ändrat.")
    published(guides[2], note="Guiden är ändrad.")
    assert list(entries(client, "/guider/ett/atom.xml")) == list(entries(client, "/guider/tva/atom.xml")) == ["Steget är ändrat."]
    assert list(entries(client, "/guider/tre/atom.xml")) == ["Guiden är ändrad."]


def test_minor_release_is_no_news(client, db):
    """Whatever was typed beside the box."""
    published(make_page(), note="Ett stavfel.", minor=True)
    assert "stavfel" not in client.get("/nytt/").content.decode()
    assert entries(client) == {}


def test_documents_released_together_share_an_entry(client, db):
    """A hundred pages with a new paragraph of law are one thing that happened."""
    published(make_page(title="A", key="a"), make_page(title="B", key="b"), note="Ny lag.")
    assert len(entries(client)) == 1
    text = client.get("/nytt/").content.decode()
    assert text.count("Ny lag.") == 1 and 'href="/om/a/"' in text and 'href="/om/b/"' in text


def test_identity_and_time_never_change(client, clock, db):
    """A new version, a new key and a restart leave both as they were; the newest entry gives the feed's time."""
    page = published(make_page(key="sidan"), note="Ett.")

    def first():
        (found,) = [e for e in feed(client).findall(f"{A}entry") if e.findtext(f"{A}summary") == "Ett."]
        return found.findtext(f"{A}id"), found.findtext(f"{A}updated")

    before, moment = first(), clock()
    assert datetime.fromisoformat(before[1]) == moment
    clock(days=3)
    page.title = "Nytt namn"
    page.save()
    published(page, note="Två.")
    rename(page, "annan", None)
    current.forget()
    assert first() == before
    assert datetime.fromisoformat(feed(client).findtext(f"{A}updated")) == clock()


def test_news_keeps_its_identity_under_a_new_key(client, db):
    """Else every reader gets it once more."""
    item = published(make_news(key="gammal"))
    before = feed(client).find(f"{A}entry").findtext(f"{A}id")
    rename(item, "nyare", None)
    published(item)
    entry = feed(client).find(f"{A}entry")
    assert entry.findtext(f"{A}id") == before and entry.find(f"{A}link").get("href").endswith("/nytt/#nyare")


def test_news_is_dated_by_its_day_and_updated_by_its_release(client, db, clock):
    """Both in Stockholm."""
    published(make_news(title="Nyheten", date=date(2026, 1, 1)))
    entry = feed(client).find(f"{A}entry")
    assert entry.findtext(f"{A}published") == "2026-01-01T00:00:00+01:00"
    assert entry.findtext(f"{A}updated") == "2026-06-01T00:00:00+02:00"


def test_feed_is_answered_304_until_something_is_new(client, db):
    """With a strong tag, and the same bytes for who comes without one."""
    page = published(make_page(), note="Ett.")
    first = client.get("/nytt/atom.xml")
    tag = first.headers["ETag"]
    assert client.get("/nytt/atom.xml", headers={"If-None-Match": tag}).status_code == 304
    current.forget()
    assert client.get("/nytt/atom.xml").content == first.content
    published(page, note="Två.")
    assert client.get("/nytt/atom.xml", headers={"If-None-Match": tag}).status_code == 200


def test_empty_feed_says_the_same_each_time(client, db):
    """Its time is not the time of reading."""
    published(make_guide(key="guiden"), minor=True)
    first = client.get("/guider/guiden/atom.xml").content
    current.forget()
    assert client.get("/guider/guiden/atom.xml").content == first and feed(client, "/guider/guiden/atom.xml") is not None


def test_feed_asks_the_database_nothing(client, content, settings):
    """It is made from the edition."""
    settings.EDITION_POLL_SECONDS = 3600
    current.edition()
    with CaptureQueriesContext(connection) as asked:
        for path in ("/nytt/", "/nytt/atom.xml", "/guider/barn-och-unga/atom.xml"):
            assert client.get(path).status_code == 200
    assert [query["sql"] for query in asked] == []


def test_scheduled_and_cancelled_releases_say_nothing(client, db, clock):
    """What is not public yet is not told either."""
    page = published(make_page(), note="Ett.")
    later = clock() + timedelta(days=1)
    published(page, note="Sedan.", effective_from=later)
    other = published(make_page(), note="Aldrig.", effective_from=later)
    assert list(entries(client)) == ["Ett."]
    cancel(Release.objects.get(key=other.key), None, "Ångrat.")
    clock(days=2)
    assert list(entries(client)) == ["Sedan.", "Ett."]


def test_note_of_a_masked_version_is_gone_with_it(client, db, editor):
    """Also when a later version is public, and when the same text was saved twice."""
    page = published(make_page(title="Ett"), note="Känsligt.")
    page.title = "Två"
    page.save()
    published(page, note="Rättat.")
    hide(Version.objects.get(key=page.key, number=1), editor, "Ett namn stod där.")
    assert list(entries(client)) == ["Rättat."]
    assert "Känsligt" not in client.get("/nytt/").content.decode()


def test_withdrawn_page_is_not_named(client, db):
    """Its note may say what made it go."""
    page = published(make_page(), note="Ny sida.")
    withdraw("page", page.key, None, "Fel.")
    assert entries(client) == {} and "Ny sida." not in client.get("/nytt/").content.decode()


def test_discreet_page_is_in_no_feed(client, db):
    """Nor is what stands on no page."""
    published(make_page(key="kontaktsida", title="Diskret"), make_step(title="Utan guide"), note="Ändrad.")
    assert entries(client) == {}
    assert "Diskret" not in client.get("/nytt/").content.decode()


def test_rule_and_source_are_told_of_without_their_inner_names(client, db):
    """A rule stands on the page of the checklist, a source on no page of ours."""
    published(make_rule(title="Inre namn"), note="Ny regel.")
    published(make_source(title="En källa"), note="Ny källa.")
    found = entries(client)
    assert found["Ny regel."] == "/handlingsplan/" and found["Ny källa."].startswith("/nytt/#n-")
    assert "Inre namn" not in client.get("/nytt/atom.xml").content.decode()


def test_note_survives_a_lost_database(client, db, monkeypatch):
    """It is in the edition's file too."""
    published(make_page(), note="Ett.")
    before = current.refresh().notes
    assert [note.text for note in before] == ["Ett."]
    material, _ = edition_file.read()
    assert [(n.text, n.at) for n in material.notes] == [("Ett.", before[0].at)]


def test_characters_that_xml_cannot_hold_break_nothing(client, db):
    """Whatever found its way into a note or a title."""
    published(make_page(title="Ett\x0btvå"), note="Ett\x0b & <två>")
    assert list(entries(client)) == ["Ett &amp; &lt;två&gt;"]


def test_import_of_content_makes_no_note(db, tmp_path):
    """What came from a file is told in News, if at all."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "ny.md").write_text("---\nkey: ny\ntitle: Ny\n---\n\nText.\n")
    import_content(tmp_path)
    assert current.edition().has("page", "ny") and current.edition().notes == ()


def test_release_needs_a_note_or_is_minor(approver_client, db):
    """In the form of the verb; what was typed besides stays."""
    page = make_page(key="sidan")
    approved(save_version(page, None))
    said = press(approver_client, verb(page, "publicera"), {"effective_to_0": "2099-01-01", "effective_to_1": "08:00"})
    assert "Skriv vad som är nytt" in said.content.decode() and "2099-01-01" in said.content.decode()
    assert not Release.objects.exists()
    press(approver_client, verb(page, "publicera"), {"note": " Ny \x07 sida. "})
    assert Release.objects.get().note == "Ny sida."
    press(approver_client, verb(page, "publicera"), {"minor": "on"})
    assert Release.objects.count() == 2


def test_save_and_release_needs_a_note_too(approver_client, db):
    """Without one nothing is saved, and the form has all that was typed."""
    page = make_page(title="Ett")
    approved(save_version(page, None))
    answer = save(approver_client, change(page), title="Två", _release="1", release_minor=None)
    assert "Skriv vad som är nytt" in answer.content.decode() and 'value="Två"' in answer.content.decode()
    assert Version.objects.count() == 1
    save(approver_client, change(page), _release="1", release_minor=None, release_note="Nytt namn.")
    assert Release.objects.get().note == "Nytt namn."


def test_saving_a_draft_asks_for_no_note(editor_client, db):
    """It is told when it is released."""
    page = make_page(title="Ett")
    assert save(editor_client, change(page), title="Två").status_code == 302


def test_several_released_from_the_list_share_a_note(approver_client, db):
    """A page in between asks for it, with what was chosen."""
    rows = [make_page(title="A"), make_page(title="B")]
    for row in rows:
        save(approver_client, change(row), summary="Ny.")
        approved(latest("page", row.key))
    place = "/admin/guides/page/"
    asked = choose(approver_client, place, "release_newest", rows)
    assert asked.status_code == 200 and all(f">{row.title}</li>" in asked.content.decode() for row in rows)
    refused = choose(approver_client, place, "release_newest", rows, _together="1")
    assert "Skriv vad som är nytt" in refused.content.decode() and not Release.objects.exists()
    choose(approver_client, place, "release_newest", rows, _together="1", note="Båda är ändrade.")
    assert [note.text for note in current.edition().notes] == ["Båda är ändrade."]
    assert len(current.edition().notes[0].records) == 2


def test_news_is_its_own_note(approver_client, db):
    """A note about a piece of news would say it twice."""
    item = make_news()
    approved(save_version(item, None))
    press(approver_client, verb(item, "publicera"), {})
    assert Release.objects.count() == 1


@pytest.mark.parametrize("text", ["Numret är nu 08-540 811 80.", "Ring +46 8 540 811 80"])
def test_note_with_a_telephone_number_is_refused(approver_client, db, text):
    """It would stand there when the number has changed."""
    contact = make_contact()
    said = press(approver_client, verb(contact, "publicera"), {"note": text})
    assert "inget telefonnummer" in said.content.decode() and text in said.content.decode()
    assert not Release.objects.exists()


def test_note_may_name_a_paragraph_and_a_statute(approver_client, db):
    """They are no telephone numbers; neither are the emergency numbers told to be changed."""
    page = make_page()
    approved(save_version(page, None))
    press(approver_client, verb(page, "publicera"), {"note": "11 kap. 1 § socialtjänstlagen (2025:400), ring 112."})
    assert Release.objects.count() == 1


def test_page_shows_the_newest_hundred(client, db):
    """And says so; a feed without end would be a page without end."""
    page, now = published(make_page(), minor=True), timezone.now()
    version = Version.objects.get(key=page.key)
    for number in range(105):
        Release.objects.create(
            kind="page", key=page.key, version=version, note=f"Nummer {number}.", effective_from=now, released_at=now
        )
    assert len(entries(client)) == 100
    assert "100 senaste" in client.get("/nytt/").content.decode()
