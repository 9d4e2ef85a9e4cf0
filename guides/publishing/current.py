"""The edition now: what it is read from and how fresh it is.

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
from django.db.models import Max, Min, Q
from django.utils import timezone

from guides.edition.build import build
from guides.edition.edition import Edition
from guides.edition.material import ENDED, HIDDEN, Checked, Material, Noted, Released, gone
from guides.edition.records import Gone
from guides.edition.search_index import SearchIndex, build_index
from guides.models import Check, Counter, Countersign, Emergency, Masking, Release, Rename, Rendering, Version
from guides.publishing import edition_file
from guides.publishing.health import Health
from guides.publishing.past import Past
from guides.text.documents import Document, from_text, to_text
from guides.text.markup import Rich

log = logging.getLogger("guides.current")


def counter() -> int:
    """The number that moves whenever something public changes."""
    return Counter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


class _Shelf:
    """What this process has parsed and rendered, by hash: a new edition does again only what is new."""

    def __init__(self):
        self.documents: dict[str, Document] = {}
        self.texts: dict[str, Rich] = {}

    def document(self, version: Version) -> Document:
        found = self.documents.get(version.hash)
        # Equal texts of different kinds share a hash.
        if found is None or found.kind != version.kind:
            found = self.documents[version.hash] = from_text(version.kind, version.text)
        return found

    def text(self, name: str) -> Rich | None:
        """A rendered text from memory, else from the table; the first call reads the whole table."""
        if not self.texts:
            rows = Rendering.objects.values_list("hash", "rich")
            self.texts = {key: Rich.from_json(rich) for key, rich in rows.iterator()}
        found = self.texts.get(name)
        if found is None:
            row = Rendering.objects.filter(pk=name).first()
            found = row and Rich.from_json(row.rich)
        return found

    def keep(self, fresh: dict[str, Rich]) -> None:
        self.texts.update(fresh)


_shelf = _Shelf()


def read_material(at: datetime, number: int, names_at: datetime | None = None) -> Material:
    """Everything public at `at`, from the database, under the keys of `names_at` (of `at` when not given)."""
    renames = {(r.kind, r.old_key): r.new_key for r in Rename.objects.filter(at__lte=names_at or at)}
    holding: dict[tuple[str, str], Release] = {}
    for release in Release.objects.in_force(at).select_related("version"):
        pair = current_key(renames, release.kind, release.key)
        rival = holding.get(pair)
        if rival is None or (rival.effective_from, rival.pk) < (release.effective_from, release.pk):
            holding[pair] = release
    days = _public_days(at, renames)
    released, ended, hidden = [], [], Masking.hidden()
    for pair, release in holding.items():
        over = release.effective_to is not None and release.effective_to <= at
        if release.version is None or over or release.version_id in hidden:
            ended.append(_gone(pair, release, at, renames, hidden))
            continue
        first, last = days[pair]
        version = release.version
        document, until = _shelf.document(version), release.effective_to
        released.append(Released(document, version.text, version.number, _day(first), _day(last), until))
    switches = Release.objects.ahead(at).aggregate(found=Min("effective_from"))["found"]
    ends = [x.until for x in released if x.until]
    return Material(
        number=number,
        at=at,
        released=tuple(sorted(released, key=lambda x: (x.document.kind, x.document.key))),
        gone=tuple(ended),
        checks=tuple(
            Checked(c.kind, c.key, c.outcome, c.on, c.at, c.number)
            for c in Check.objects.filter(at__lte=at).order_by("at", "pk")
        ),
        notes=tuple(Noted(r.kind, r.key, r.effective_from, r.note) for r in Release.objects.noted(at).order_by("pk")),
        renames=renames,
        next_switch=min([*ends, *filter(None, [switches, _next_check(at)])], default=None),
        last_switch=_last_switch(at),
        numbers_until=_numbers_until(holding, at),
    )


def _numbers_until(holding: dict[tuple[str, str], Release], at: datetime) -> dict[str, datetime]:
    """Contacts that show a number on one person's word, and when it goes behind its fallback."""
    unsigned = Emergency.objects.filter(falls_back_at__isnull=False, at__lte=at).exclude(countersign__at__lte=at)
    until = dict(unsigned.values_list("release_id", "falls_back_at"))
    return {key: until[release.pk] for (_, key), release in holding.items() if release.pk in until}


def _next_check(at: datetime) -> datetime | None:
    """The first look, or countersign, after a moment gone by; there is none after now."""
    found = [model.objects.filter(at__gt=at).aggregate(found=Min("at"))["found"] for model in (Check, Countersign)]
    return min(filter(None, found), default=None)


def _last_switch(at: datetime) -> datetime | None:
    """The last moment, not after `at`, when a release began or ended or somebody looked."""
    releases = Release.objects.standing()
    found = [
        releases.filter(effective_from__lte=at).aggregate(found=Max("effective_from"))["found"],
        releases.filter(effective_to__lte=at).aggregate(found=Max("effective_to"))["found"],
        *(model.objects.filter(at__lte=at).aggregate(found=Max("at"))["found"] for model in (Check, Countersign)),
    ]
    return max(filter(None, found), default=None)


def current_key(renames: dict, kind: str, key: str) -> tuple[str, str]:
    """Kind and the key that a renamed document has now."""
    seen = set()
    while (kind, key) in renames and key not in seen:
        seen.add(key)
        key = renames[kind, key]
    return kind, key


def _public_days(at: datetime, renames: dict) -> dict[tuple[str, str], tuple[datetime, datetime]]:
    """First and last moment that each document changed in public; minor changes do not count as updates."""
    rows = (
        Release.objects.standing()
        .filter(effective_from__lte=at, version__isnull=False)
        .values("kind", "key")
        .annotate(first=Min("effective_from"), last=Max("effective_from", filter=Q(minor=False)))
    )
    found: dict[tuple[str, str], tuple[datetime, datetime]] = {}
    for row in rows:
        pair = current_key(renames, row["kind"], row["key"])
        first, last = row["first"], row["last"] or row["first"]
        if pair in found:
            first, last = min(first, found[pair][0]), max(last, found[pair][1])
        found[pair] = (first, last)
    return found


def _gone(pair: tuple[str, str], release: Release, at: datetime, renames: dict, hidden: set[int]) -> Gone:
    kind, key = pair
    keys = [key, *(old for of, old in renames if of == kind and current_key(renames, kind, old) == pair)]
    earlier = Release.objects.standing().filter(kind=kind, key__in=keys, version__isnull=False, effective_from__lte=at)
    earlier = earlier.exclude(version__in=hidden)
    last = earlier.select_related("version").order_by("effective_from", "pk").last()
    document = _shelf.document(last.version) if last else None
    reason = HIDDEN if release.version_id in hidden else release.reason or ENDED
    return gone(kind, key, document, reason, release.redirect_to)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


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
        return build(replace(self._material, lasting=True), _shelf.texts.get)[0]

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
            self._put(read_material(now, number), _shelf.text)
        except DatabaseError:
            connection.close()
            # What a worker was forked with may be days old; others have kept the file new.
            if held is None or (self._is_inherited() and edition_file.moment() > held.at):
                material, texts = edition_file.read()
                _shelf.keep(texts)
                self._put(material, _shelf.texts.get)
            elif now >= held.valid_until:
                # The day goes on without a database: what is open today may be closed tomorrow.
                self._put(self._material.later(now), _shelf.texts.get)
        return self._edition

    def _put(self, material: Material, known: Callable[[str], Rich | None]) -> None:
        gc.disable()
        try:
            edition, renderer = build(material, known)
        finally:
            gc.enable()
        _shelf.keep(renderer.fresh)
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
    return build(read_material(at, counter()), _shelf.text)[0]


def _past_edition(at: datetime) -> Edition:
    """The edition of a moment gone by, under the keys that lead to its documents today."""
    return build(read_material(at, counter(), timezone.now()), _shelf.text)[0]


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
    today = _day(material.at)
    newest = Version.objects.working().values("kind", "key").annotate(newest=Max("pk"))
    for version in Version.objects.filter(pk__in=newest.values("newest")):
        pair = version.kind, version.key
        if pair in material.renames or (pair in held and held[pair].text == version.text):
            continue
        document = _shelf.document(version)
        held[pair] = Released(document, version.text, version.number, today, today)
    released = tuple(sorted(held.values(), key=lambda x: (x.document.kind, x.document.key)))
    edition, renderer = build(replace(material, released=released, gone=()), _shelf.text)
    _shelf.keep(renderer.fresh)
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
    today = _day(material.at)
    published, updated = (held.published, held.updated) if held else (today, today)
    swapped = Released(document, to_text(document), 0, published, updated)
    withdrawn = tuple(g for g in material.gone if (g.kind, g.key) != (document.kind, document.key))
    return build(replace(material, released=(*others, swapped), gone=withdrawn), _shelf.text)[0]
