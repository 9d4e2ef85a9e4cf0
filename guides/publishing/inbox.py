"""What a visitor may send in, without anybody knowing who: the one way from the public half to a table.

A flood is held back for everybody together, by the hour, because no address is kept that could
tell one sender from another.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from guides.models import Report

log = logging.getLogger("guides.inbox")

NUMBER_FAULTS: dict[str, str] = dict(Report.Fault.choices)
LONGEST_TEXT = 1000
# In an hour, from all visitors together, for each subject.
MOST_IN_AN_HOUR = {Report.Subject.NUMBER: 100, Report.Subject.ACCESS: 30}
KEPT_FOR = timedelta(days=90)


class InboxError(Exception):
    """The report was not taken; `status` is what HTTP calls it, the message a Swedish sentence."""

    def __init__(self, status: int, message: str):
        self.status = status
        super().__init__(message)


def report_number(contact: str, fault: str) -> None:
    """Note that a contact's number may be wrong. Raises InboxError when the fault is none of NUMBER_FAULTS."""
    if fault not in NUMBER_FAULTS:
        raise InboxError(400, "Välj vad som inte stämmer.")
    _keep(Report(subject=Report.Subject.NUMBER, contact=contact, fault=fault))


def report_access(text: str) -> None:
    """Note a fault in the pages. Raises InboxError when there is no text, or too much."""
    text = text.strip()
    if not text:
        raise InboxError(400, "Skriv vad som inte fungerar.")
    if len(text) > LONGEST_TEXT:
        raise InboxError(400, f"Texten har {len(text)} tecken. Högst {LONGEST_TEXT} får plats.")
    _keep(Report(subject=Report.Subject.ACCESS, text=text))


def _keep(report: Report) -> None:
    report.hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        if Report.objects.filter(subject=report.subject, hour=report.hour).count() >= MOST_IN_AN_HOUR[report.subject]:
            raise InboxError(429, "Många har skrivit just nu. Försök igen om en timme.")
        report.save()
    except DatabaseError as error:
        # Only the kind of error: its text could hold what somebody wrote.
        log.error("En rapport gick inte att spara (%s).", type(error).__name__)
        raise InboxError(503, "Det gick inte att ta emot rapporten. Försök igen senare.") from None


def forget_old(now: datetime) -> int:
    """Delete the reports that nobody has settled in 90 days; returns how many."""
    return Report.objects.filter(hour__lt=now - KEPT_FOR).delete()[0]
