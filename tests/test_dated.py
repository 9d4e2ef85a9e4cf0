"""`?datum=`: a page as it stood on a day gone by, with its bar, never kept, and never with an old number."""

import re
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from guides.publishing import current as module
from guides.publishing.current import current, edition_of_day
from guides.publishing.errors import PublishingError
from guides.publishing.past import MOST_KEPT, Past
from guides.publishing.release import check, release, rename, withdraw
from guides.publishing.versions import save_version
from tests.factories import (
    make_actor,
    make_contact,
    make_grant,
    make_guide,
    make_provision,
    make_statute,
    make_step,
    published,
)

LINK = re.compile(r'href="tel:([^"]+)"')


@pytest.fixture(autouse=True)
def _no_past_left(monkeypatch):
    monkeypatch.setattr(module, "_past", Past(module._past_edition, module._past_mark))


@pytest.fixture
def guide(db, clock):
    """A guide with a step about a number in its text and one in its list, released on 1 June 2026."""
    contact = make_contact(key="jouren", title="Jouren", number="+46855500100")
    statute = make_statute(key="2099:1", title="Lagen")
    step = make_step(key="steget", title="Steget", body="Ring {{kontakt:jouren}}.", contacts=[contact], provisions=[make_provision(statute)])
    actor, grant = make_actor(key="aktoren", title="Aktören"), make_grant(key="stodet", title="Stödet")
    return published(make_guide([step], key="guiden", title="Guiden"), statute, actor, grant, contact)


def edited(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return published(row)


def read(client, path: str, day: str) -> str:
    answer = client.get(path, {"datum": day})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_page_is_shown_as_it_stood_when_the_day_ended(client, guide, clock):
    """Title and version of that day, not today's."""
    clock(days=3)
    edited(guide, title="Guiden efteråt")
    clock(days=3)
    assert "Guiden efteråt" in client.get("/guider/guiden/").content.decode()
    then = read(client, "/guider/guiden/", "2026-06-03")
    assert "Guiden efteråt" not in then
    assert "Så stod det på webbplatsen den 3 juni 2026 (version 1). Det är inte lagens lydelse den dagen; se lagtexten." in then
    assert "den 4 juni 2026 (version 2)" in read(client, "/guider/guiden/", "2026-06-04")


@pytest.mark.parametrize(
    "path",
    [
        "/guider/", "/guider/guiden/", "/guider/guiden/utskrift/", "/guider/guiden/steget/", "/ansvar/", "/ansvar/aktoren/",
        "/lag/", "/lag/2099:1/", "/finansiering/", "/finansiering/stodet/",
    ],
)  # fmt: skip
def test_every_page_of_the_handbook_takes_a_day(client, guide, clock, path):
    """Guides, steps, law, actors and grants: marked, kept nowhere and found by no search engine."""
    clock(days=3)
    answer = client.get(path, {"datum": "2026-06-02"})
    assert answer.status_code == 200
    assert "Så stod det på webbplatsen den 2 juni 2026" in answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "ETag" not in answer
    assert "Så stod det" not in client.get(path).content.decode()


def test_page_of_today_says_so_too(client, guide, clock):
    """The last day that can be asked for."""
    assert "den 1 juni 2026 (version 1)" in read(client, "/guider/guiden/", "2026-06-01")


@pytest.mark.parametrize("typed", ["", "i går", "2026-6-1", "20260601", "2026-02-30", "2026-06-01x", "２０２６-06-01", "0000-00-00"])
def test_day_that_cannot_be_read_is_told(client, guide, typed):
    """In Swedish, with an example."""
    answer = client.get("/guider/guiden/", {"datum": typed})
    assert answer.status_code == 400 and "till exempel 2027-03-03" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store" and "ETag" not in answer


@pytest.mark.parametrize("day", ["2026-06-02", "9999-12-31"])
def test_day_ahead_is_refused(client, guide, day):
    """What is scheduled is nobody's business yet."""
    answer = client.get("/guider/guiden/", {"datum": day})
    assert answer.status_code == 400 and "Datumet ligger i framtiden" in answer.content.decode()


@pytest.mark.parametrize("day", ["2026-05-31", "0001-01-01"])
def test_before_the_first_release_there_was_no_site(client, guide, day):
    """No page is made up for it."""
    answer = client.get("/guider/guiden/", {"datum": day})
    assert answer.status_code == 404 and "Webbplatsen fanns inte då" in answer.content.decode()


def test_page_that_came_later_was_not_there(client, guide, clock):
    """The answer says of which day it speaks."""
    clock(days=3)
    published(make_guide([make_step()], key="ny"))
    answer = client.get("/guider/ny/", {"datum": "2026-06-02"})
    assert answer.status_code == 404 and "Så stod det på webbplatsen den 2 juni" in answer.content.decode()


def test_withdrawn_page_is_shown_on_the_days_it_was_there(client, guide, clock):
    """And is gone afterwards."""
    clock(days=3)
    withdraw("guide", "guiden", None, "Slut.")
    clock(days=3)
    assert "Guiden" in read(client, "/guider/guiden/", "2026-06-02")
    assert client.get("/guider/guiden/", {"datum": "2026-06-05"}).status_code == 410


def test_changed_key_leads_on_with_the_day(client, guide, clock):
    """History goes on under the new key, also for days before the change."""
    clock(days=3)
    rename(guide, "nya-guiden", None)
    clock(days=3)
    answer = client.get("/guider/guiden/", {"datum": "2026-06-02"})
    assert (answer.status_code, answer["Location"]) == (301, "/guider/nya-guiden/?datum=2026-06-02")
    assert "version 1" in read(client, "/guider/nya-guiden/", "2026-06-02")


def test_old_number_is_never_shown(client, guide, clock):
    """Neither the digits nor a link, in the text or in the list: today's number stands there, and says that it is today's."""
    contact = guide.steps.get().contacts.get()
    clock(days=3)
    edited(contact, number="+46855500199")
    clock(days=3)
    for path in ("/guider/guiden/steget/", "/guider/guiden/utskrift/"):
        text = read(client, path, "2026-06-02")
        assert set(LINK.findall(text)) <= {"112", "11414", "+46855500199"}
        assert "+46855500199" in LINK.findall(text)
        assert "Numret då visas inte. Gällande nummer:" in text
        assert "555 001 00" not in text and "55500100" not in text


def test_number_that_is_hidden_today_is_not_shown_on_another_day(client, db, clock):
    """What somebody hid this morning is not to be found by an old date."""
    contact = make_contact(key="jouren", recheck_class="B", number="+46855500100")
    published(make_guide([make_step(key="steget", contacts=[contact], body="Ring {{kontakt:jouren}}.")], key="guiden"))
    clock(days=3)
    check("contact", "jouren", "hidden", None)
    text = read(client, "/guider/guiden/steget/", "2026-06-02")
    assert set(LINK.findall(text)) <= {"112", "11414"}
    withdraw("contact", "jouren", None, "Slut.")
    assert set(LINK.findall(read(client, "/guider/guiden/steget/", "2026-06-02"))) <= {"112", "11414"}


def test_state_of_a_grant_is_that_of_the_day(db, clock):
    """Days between two releases do not share what the calendar changes."""
    published(make_grant(key="stodet", opens_on=date(2026, 6, 10), closes_on=date(2026, 9, 1), verified=True))
    clock(days=90)
    states = {day: edition_of_day(day).get("grant", "stodet").state for day in (date(2026, 6, 9), date(2026, 6, 10), date(2026, 8, 2), date(2026, 8, 3))}
    assert list(states.values()) == ["upcoming", "open", "open", "closing"]


def test_days_between_two_switches_share_one_edition(guide, clock, monkeypatch):
    """The day is rounded to the last switch."""
    built = []
    monkeypatch.setattr(module, "_past", Past(lambda at: built.append(at) or module._past_edition(at), module._past_mark))
    clock(days=3)
    edited(guide, title="Efteråt")
    clock(days=20)
    for number in (2, 3, 1, 2, 10, 12, 20):
        edition_of_day(date(2026, 6, number))
    assert len(built) == 2


def test_day_gone_by_does_not_change(client, guide, clock):
    """Whatever is released, scheduled or checked afterwards."""
    clock(days=3)
    before = read(client, "/guider/guiden/", "2026-06-02")
    edited(guide, title="Efteråt")
    check("guide", "guiden", "reviewed", None)
    release([save_version(make_actor(), None)], None, clock() + timedelta(days=3))
    clock(days=10)
    assert read(client, "/guider/guiden/", "2026-06-02") == before


def test_release_is_never_backdated(guide, clock):
    """Otherwise a day gone by would change."""
    with pytest.raises(PublishingError, match="har passerat"):
        release([save_version(guide, None)], None, clock() - timedelta(days=1))


@pytest.mark.parametrize("path", ["/guider/guiden/handbok.pdf", "/finansiering/kalender.ics"])
def test_file_is_of_today_alone(client, guide, path):
    """It says so instead of showing today's as that day's."""
    answer = client.get(path, {"datum": "2026-06-01"})
    assert answer.status_code == 400 and "bara som den är i dag" in answer.content.decode()


def test_other_pages_take_no_day(client, guide):
    """A contact page has no past: nobody is to find an old number."""
    assert "Så stod det" not in client.get("/kontakt/", {"datum": "2026-06-01"}).content.decode()


# The thread.


@pytest.fixture
def made(settings, db):
    """A Past whose builder waits for `go`, and what it built."""
    go, built = threading.Event(), []
    held = current.edition()
    settings.EDITION_POLL_SECONDS = 1

    def build(at):
        go.wait(20)
        built.append(at)
        return replace(held, at=at, since=at, until=at + timedelta(seconds=1))

    return Past(build, lambda: 1), go, built


def test_nobody_waits_for_ever(made, clock, monkeypatch):
    """While one edition is being built, everybody else is asked to come back."""
    past, go, built = made
    monkeypatch.setattr("guides.publishing.past.PATIENCE", 0)
    now = clock()
    assert past.edition(now - timedelta(days=2)) is None
    assert past.edition(now - timedelta(days=9)) is None
    working = past._built
    go.set()
    assert working.wait(20)
    assert past.edition(now - timedelta(days=2)).at == now - timedelta(days=2)
    assert built == [now - timedelta(days=2)]


def test_at_most_eight_are_kept(made, clock, monkeypatch):
    """The one asked for longest ago goes."""
    past, go, built = made
    monkeypatch.setattr("guides.publishing.past.PATIENCE", 20)
    go.set()
    days = [clock() - timedelta(days=number) for number in range(1, 12)]
    for day in days:
        assert past.edition(day).at == day
    assert len(past._kept) == MOST_KEPT
    assert past.edition(days[-1]).at == days[-1] and len(built) == 11


def test_visitor_is_asked_to_come_back(client, guide, clock, monkeypatch):
    """503 with Retry-After, in Swedish, with the way to today's page."""
    clock(days=3)
    monkeypatch.setattr(module._past, "edition", lambda at: None)
    answer = client.get("/guider/guiden/", {"datum": "2026-06-02"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert "Ladda om" in answer.content.decode() and 'href="/guider/guiden/"' in answer.content.decode()
