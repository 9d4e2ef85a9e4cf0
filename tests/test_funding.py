"""What can be applied for: the days of a grant are told as what they are, past or to come."""

import re
from datetime import date

from icalendar import Calendar

from guides.publishing.release import withdraw
from tests.factories import make_grant, published

PAST = {"opens_on": date(2014, 8, 1), "closes_on": date(2014, 9, 22), "relevance": "direct"}
COMING = {"opens_on": date(2026, 5, 1), "closes_on": date(2026, 9, 22), "relevance": "direct"}


def said(client, path) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).content.decode()).split())


def days(client) -> list[tuple[str, str]]:
    """(day, status) of every event in the calendar."""
    calendar = Calendar.from_ical(client.get("/finansiering/kalender.ics").content)
    return sorted((str(e.decoded("dtstart")), str(e.get("status", ""))) for e in calendar.walk("VEVENT"))


def test_day_that_is_past_is_told_as_past(client, db, clock):
    """A list of closed grants that "closes in 2014" makes its reader doubt the rest."""
    published(make_grant(key="gammalt", **PAST), make_grant(key="nytt", **COMING))
    words = said(client, "/finansiering/")
    assert "stängde 22 september 2014" in words and "stänger 22 september 2026" in words
    assert "Öppnade 1 augusti 2014 . Stängde 22 september 2014" in said(client, "/finansiering/gammalt/")
    assert "Öppnade 1 maj 2026 . Stänger 22 september 2026" in said(client, "/finansiering/nytt/")


def test_last_day_itself_is_not_past(client, db, clock):
    """On that day one can still apply."""
    published(make_grant(opens_on=None, closes_on=date(2026, 6, 1), relevance="direct"))
    assert "stänger 1 juni 2026" in said(client, "/finansiering/")


def test_calendar_has_the_last_year_and_what_is_to_come(client, db, clock):
    """Nobody wants the days of 2014 in a calendar."""
    recent = {"opens_on": date(2025, 5, 31), "closes_on": date(2025, 6, 1)}
    published(make_grant(**PAST), make_grant(**COMING), make_grant(**recent))
    assert days(client) == [("2025-06-01", ""), ("2026-05-01", ""), ("2026-09-22", "")]


def test_cancelled_days_stay_in_the_calendar(client, db, clock):
    """Whoever has them must be told, also long after."""
    published(make_grant(key="borta", **PAST))
    withdraw("grant", "borta", None, "Stödet finns inte.")
    assert days(client) == [("2014-08-01", "CANCELLED"), ("2014-09-22", "CANCELLED")]
