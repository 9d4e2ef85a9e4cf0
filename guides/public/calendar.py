"""The days of the grants as iCalendar (RFC 5545), by the icalendar library."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from guides.edition.records import Gone, Grant

# What closed longer ago than this is history, not something to put in a calendar.
KEPT = timedelta(days=365)
DAYS = (("opens_on", "öppnar"), ("closes_on", "sista ansökningsdag"))


def calendar_of(grants: list[tuple[Grant, str]], withdrawn: list[Gone], at: datetime) -> bytes:
    """All-day events with stable UIDs, one for each known day of a grant within the last year or still to come.

    Those of a withdrawn grant are cancelled, however old they are: they may stand in somebody's calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//avhoppare//finansiering//SV")
    calendar.add("version", "2.0")
    calendar.add("name", "Stöd att söka")
    for grant, url in grants:
        for field, words in DAYS:
            day = getattr(grant, field)
            if day and day >= at.date() - KEPT:
                doubt = "" if grant.verified else " (inte bekräftat)"
                calendar.add_component(_event(grant.key, field, day, f"{grant.title}: {words}{doubt}", at, url))
    for gone in withdrawn:
        for field, words in DAYS:
            day = getattr(gone, field)
            if day:
                event = _event(gone.key, field, day, f"{gone.title}: {words}", at)
                event.add("status", "CANCELLED")
                calendar.add_component(event)
    return calendar.to_ical()


def _event(key: str, field: str, day: date, summary: str, at: datetime, url: str = "") -> Event:
    event = Event()
    event.add("uid", f"{key}-{field.replace('_', '-')}@avhoppare")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    if url:
        event.add("url", url)
    return event
