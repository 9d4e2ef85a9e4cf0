"""What is in force at a moment, read from the database: the Material that an edition is built from."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max, Min, Q
from django.utils import timezone

from guides.edition.material import ENDED, HIDDEN, Checked, Material, Noted, Released, gone
from guides.edition.records import Gone
from guides.models import Check, Counter, Countersign, Emergency, Masking, Release, Rename, Rendering, Version
from guides.text.documents import Document, from_text
from guides.text.markup import Rich


def counter() -> int:
    """The number that moves whenever something public changes."""
    return Counter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


class Shelf:
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


shelf = Shelf()


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
        document, until = shelf.document(version), release.effective_to
        released.append(Released(document, version.text, version.number, day_of(first), day_of(last), until))
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
        banners_updated={key: last for (kind, key), (_, last) in days.items() if kind == "banner"},
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
    document = shelf.document(last.version) if last else None
    reason = HIDDEN if release.version_id in hidden else release.reason or ENDED
    return gone(kind, key, document, reason, release.redirect_to)


def day_of(moment: datetime) -> date:
    """The day that a moment belongs to in Stockholm."""
    return timezone.localtime(moment).date()
