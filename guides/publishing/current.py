"""The edition now, and how fresh it is.

One daemon thread per process, never a request, looks for a newer edition. The counter is
read before the content, so that a release during the reading is found the next time.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max
from django.utils import timezone

from guides.edition.build import build
from guides.edition.edition import Edition
from guides.edition.material import Material, Released
from guides.edition.search_index import SearchIndex, build_index
from guides.models import Masking, Release, Rename, Version
from guides.publishing import edition_file
from guides.publishing.health import Health
from guides.publishing.in_force import counter, current_key, day_of, read_material, shelf
from guides.publishing.past import Past
from guides.text.documents import Document, to_text
from guides.text.markup import Rich

log = logging.getLogger("guides.current")


class Current:
    """Holds the newest edition of this process and keeps it new."""

    def __init__(self):
        self._edition: Edition | None = None
        self._drafts: tuple[tuple, Edition] | None = None
        self._material: Material | None = None
        # What the last building had to render, by hash.
        self.fresh: dict[str, Rich] = {}
        self._index: SearchIndex | None = None
        self._lock = threading.Lock()
        self._index_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pid = 0
        self.health = Health()

    def edition(self) -> Edition:
        """The newest edition. The first call in a process builds it, or looks whether the one it was forked with
        is still the newest; after that a thread does."""
        if settings.EDITION_POLL_SECONDS <= 0:
            return self.refresh()
        if self._edition is None or self._is_inherited():
            self.refresh()
        if self._is_inherited():
            self._watch()
        return self._edition

    def caught_up(self, patience: float = 3.0) -> Edition:
        """The edition with all that has been released, for the staff door: an editor who has just published sees it so.

        Waits for the thread that builds it; after `patience` seconds the edition is given as it is.
        """
        number, until = counter(), time.monotonic() + patience
        while (found := self.edition()).number < number and time.monotonic() < until:
            time.sleep(0.05)
        return found

    @property
    def held(self) -> Edition | None:
        """The edition as it stands, without looking for a newer one; None until one has been built."""
        return self._edition

    def index(self) -> SearchIndex:
        """The search index of the newest edition, or of the one before while the thread builds the new one.

        The first call in a process builds it.
        """
        self.edition()
        if self._index is None or settings.EDITION_POLL_SECONDS <= 0:
            self._follow()
        return self._index

    def _follow(self) -> None:
        """Build the index of the edition that is shown, if that is another. Pages do not wait for it."""
        with self._index_lock:
            edition = self._edition
            if self._index is not None and self._index.records is edition.records:
                return
            gc.disable()
            try:
                index = build_index(edition)
                index.warm()
            finally:
                gc.enable()
            self._index = index

    def forget(self) -> None:
        """Drop the edition, so that the next call builds it anew."""
        self._edition = self._drafts = None

    def drafts(self) -> Edition:
        """The newest version of every document as if all were public: who uses what in the working copy.

        For the staff door alone. Kept until a version is saved or something is released.
        """
        number, newest = counter(), Version.objects.aggregate(found=Max("pk"))["found"]
        if self._drafts is None or self._drafts[0] != (number, newest):
            self._drafts = (number, newest), _edition_of_drafts(number)
        return self._drafts[1]

    def lasting(self) -> Edition:
        """The newest edition for a copy that nobody can correct later: see `numbers.numbers`. Not kept."""
        self.refresh()
        return build(replace(self._material, lasting=True), shelf.texts.get)[0]

    def _is_inherited(self) -> bool:
        """Whether this process has yet to begin to look for itself."""
        return self._pid != os.getpid()

    def _watch(self) -> None:
        with self._lock:
            if not self._is_inherited():
                return
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._look, name="edition", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        stop, settled = threading.Event(), None
        while not stop.wait(settings.EDITION_POLL_SECONDS):
            try:
                self.refresh()
                self._follow()
                if settled is not self._index:
                    settled = self._index
                    _settle()
            except Exception:
                log.exception("Den nya utgåvan gick inte att bygga; den förra ligger kvar.")
            finally:
                close_old_connections()

    def refresh(self) -> Edition:
        """Build a newer edition if there is one. Without a database the last one stays, else the one in the file."""
        held, now = self._edition, timezone.now()
        try:
            number = counter()
            self.health.saw_database(now)
            if held and held.number == number and now < held.valid_until:
                return held
            self._put(read_material(now, number), shelf.text)
        except DatabaseError:
            connection.close()
            # What a worker was forked with may be days old; others have kept the file new.
            if held is None or (self._is_inherited() and edition_file.moment() > held.at):
                material, texts = edition_file.read()
                shelf.keep(texts)
                self._put(material, shelf.texts.get)
            elif now >= held.valid_until:
                # The day goes on without a database: what is open today may be closed tomorrow.
                self._put(self._material.later(now), shelf.texts.get)
        return self._edition

    def _put(self, material: Material, known: Callable[[str], Rich | None]) -> None:
        gc.disable()
        try:
            edition, renderer = build(material, known)
        finally:
            gc.enable()
        shelf.keep(renderer.fresh)
        self._edition, self._material, self.fresh = edition, material, renderer.fresh
        edition_file.write(material, renderer.used)


def _settle() -> None:
    """Let the collector forget what will live for hours: going through it all takes a tenth of a second of some request.

    Nothing in an edition or an index leads back to itself, so the last who lets go of an old one frees it.
    """
    gc.collect()
    gc.freeze()


current = Current()


def edition_at(at: datetime) -> Edition:
    """The edition of another moment, past or coming; not kept."""
    return build(read_material(at, counter()), shelf.text)[0]


def _past_edition(at: datetime) -> Edition:
    """The edition of a moment gone by, under the keys that lead to its documents today."""
    return build(read_material(at, counter(), timezone.now()), shelf.text)[0]


def _past_mark() -> tuple[int, int]:
    """What alone alters an edition of the past: a text that was hidden, a key that was changed."""
    return Masking.objects.count(), Rename.objects.count()


_past = Past(_past_edition, _past_mark)


class BeforeFirstError(Exception):
    """Nothing had been released on that day."""


class NotReadyError(Exception):
    """The edition of that day is being built, or another one is, or there is no database."""


def edition_of_day(day: date) -> Edition:
    """What was public when a day gone by ended, with today's numbers. Raises BeforeFirstError and NotReadyError."""
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), timezone.get_default_timezone())
    moment = end - timedelta(microseconds=1)
    try:
        if not Release.objects.filter(effective_from__lte=moment).exists():
            raise BeforeFirstError
        found = _past.edition(moment)
    except DatabaseError as error:
        connection.close()
        raise NotReadyError from error
    if found is None:
        raise NotReadyError
    return replace(found, now=current.edition(), pages={})


def _edition_of_drafts(number: int) -> Edition:
    material = read_material(timezone.now(), number)
    held = {current_key(material.renames, x.document.kind, x.document.key): x for x in material.released}
    today = day_of(material.at)
    newest = Version.objects.working().values("kind", "key").annotate(newest=Max("pk"))
    for version in Version.objects.filter(pk__in=newest.values("newest")):
        pair = version.kind, version.key
        if pair in material.renames or (pair in held and held[pair].text == version.text):
            continue
        document = shelf.document(version)
        held[pair] = Released(document, version.text, version.number, today, today)
    released = tuple(sorted(held.values(), key=lambda x: (x.document.kind, x.document.key)))
    edition, renderer = build(replace(material, released=released, gone=()), shelf.text)
    shelf.keep(renderer.fresh)
    return edition


def edition_with(document: Document) -> Edition:
    """The edition now with one Document swapped in: what a preview shows."""
    material = read_material(timezone.now(), counter())
    others, held = [], None
    for released in material.released:
        if (released.document.kind, released.document.key) == (document.kind, document.key):
            held = released
        else:
            others.append(released)
    today = day_of(material.at)
    published, updated = (held.published, held.updated) if held else (today, today)
    swapped = Released(document, to_text(document), 0, published, updated)
    withdrawn = tuple(g for g in material.gone if (g.kind, g.key) != (document.kind, document.key))
    return build(replace(material, released=(*others, swapped), gone=withdrawn), shelf.text)[0]
