"""The editions of days gone by: one thread builds them, a few are kept, nobody waits long.

It knows no table: what an edition is built from and when the kept ones no longer hold, it is told.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from guides.edition.edition import Edition

log = logging.getLogger("guides.past")
MOST_KEPT = 8
# One request at a time waits this long for the thread; all others are asked to come back.
PATIENCE = 1.0


class Past:
    """`build(at)` makes the edition of a moment gone by; `mark()` changes when the kept ones are no longer right."""

    def __init__(self, build: Callable[[datetime], Edition], mark: Callable[[], object]):
        self._build = build
        self._mark = mark
        self._kept: list[Edition] = []
        self._kept_mark: object = None
        self._lock = threading.Lock()
        self._waiting = threading.Semaphore(1)
        self._built: threading.Event | None = None

    def edition(self, at: datetime) -> Edition | None:
        """The edition of `at`, shared by all moments between two switches; None while there is none to show yet."""
        mark = self._mark()
        found = self._find(at, mark)
        if found:
            return found
        if settings.EDITION_POLL_SECONDS <= 0:
            return self._keep(at, mark)
        with self._lock:
            if self._built is None:
                self._built = threading.Event()
                threading.Thread(target=self._work, args=(at, mark), name="past", daemon=True).start()
            built = self._built
        if self._waiting.acquire(blocking=False):
            try:
                built.wait(PATIENCE)
            finally:
                self._waiting.release()
        return self._find(at, mark)

    def _find(self, at: datetime, mark: object) -> Edition | None:
        with self._lock:
            if mark != self._kept_mark:
                self._kept, self._kept_mark = [], mark
            found = next((edition for edition in self._kept if edition.since <= at < edition.until), None)
            if found:
                self._kept.remove(found)
                self._kept.append(found)
            return found

    def _work(self, at: datetime, mark: object) -> None:
        try:
            self._keep(at, mark)
        except Exception:
            log.exception("Utgåvan för %s gick inte att bygga.", at.date())
        finally:
            connection.close()
            with self._lock:
                built, self._built = self._built, None
            built.set()

    def _keep(self, at: datetime, mark: object) -> Edition:
        # What is released while it is built is a switch that it does not know.
        now = timezone.now()
        edition = self._build(at)
        edition = replace(edition, until=min(edition.until or now, now))
        with self._lock:
            if mark == self._kept_mark:
                self._kept = [*self._kept, edition][-MOST_KEPT:]
        return edition
