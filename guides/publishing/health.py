"""How this process is doing: what the operator's watch is told, and what it may call degraded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from guides.edition.edition import Edition
from guides.models import Counter

# So many looks at the database without an answer are an outage: 15 s, as a process looks twice a second.
LOOKS_MISSED = 30
# `tick` runs every five minutes; one that takes long, or is missed, is no alarm.
TICK_EVERY = timedelta(minutes=30)
# Nobody needs to know to the second when it ran.
LOOK_FOR_TICK_EVERY = timedelta(seconds=60)
OVERDUE = timedelta(seconds=60)
TICK = 2


def note_tick(at: datetime) -> None:
    """Remember that `tick` has run, for every process and host."""
    Counter.objects.update_or_create(pk=TICK, defaults={"value": int(at.timestamp())})


class Health:
    """What the watching thread has seen. `database_seen` is None in a process that started without a database."""

    def __init__(self):
        self.begun = timezone.now()
        self.database_seen: datetime | None = None
        self.ticked: datetime | None = None
        self._looked: datetime | None = None

    def saw_database(self, now: datetime) -> None:
        """The database has just answered. Now and then it is asked for the last tick, too."""
        self.database_seen = now
        if self._looked and now - self._looked < LOOK_FOR_TICK_EVERY:
            return
        self._looked = now
        try:
            value = Counter.objects.filter(pk=TICK).values_list("value", flat=True).first()
        except DatabaseError:
            return
        self.ticked = datetime.fromtimestamp(value, tz=now.tzinfo) if value else None

    def report(self, edition: Edition) -> dict:
        """What `/halsa/` says; every part has a `status`, ok or degraded, and so has the whole."""
        now = timezone.now()
        parts = {
            "database": _part(self.database_seen, now, LOOKS_MISSED * _between_looks(), "seen"),
            "edition": {
                "status": "degraded" if now - edition.valid_until > OVERDUE else "ok",
                "number": edition.number,
                "at": edition.at.isoformat(),
                "age_seconds": round((now - edition.at).total_seconds()),
            },
            "tick": _part(self.ticked, now, TICK_EVERY, "last"),
        }
        if self.ticked is None and now - self.begun <= TICK_EVERY:
            # A new site has missed nothing yet; an alarm at each first start would teach people to look away.
            parts["tick"]["status"] = "ok"
        whole = "ok" if all(part["status"] == "ok" for part in parts.values()) else "degraded"
        return {"status": whole, "edition": edition.number, "at": edition.at.isoformat(), "parts": parts}


def _between_looks() -> timedelta:
    return timedelta(seconds=settings.EDITION_POLL_SECONDS or 0.5)


def _part(at: datetime | None, now: datetime, most: timedelta, name: str) -> dict:
    late = at is None or now - at > most
    return {"status": "degraded" if late else "ok", name: at.isoformat() if at else None}
