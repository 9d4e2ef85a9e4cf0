"""The state of the knowledge: what is only saved, and which municipalities have a number of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from guides.edition.edition import Edition
from guides.edition.records import PUBLIC, County, Municipality
from guides.models import Release, Version

Pair = tuple[str, str]
CONFIRMED, UNCONFIRMED, NONE = "bekraftat", "obekraftat", "saknas"


def drafts(edition: Edition) -> dict[Pair, int | None]:
    """Documents whose newest version is neither public nor scheduled, and who saved it (None: the import).

    What was withdrawn is no draft: nobody waits for it.
    """
    scheduled = set(Release.objects.ahead(timezone.now()).values_list("version", flat=True))
    newest = Version.objects.working().values("kind", "key").annotate(pk=Max("pk")).values("pk")
    rows = Version.objects.filter(pk__in=newest).values_list("kind", "key", "pk", "number", "saved_by")
    last: dict[Pair, tuple[int, int, int | None]] = {}
    for kind, key, pk, number, by in rows.order_by("number"):
        last[kind, edition.current_key(kind, key)] = pk, number, by
    found = {}
    for pair, (pk, number, by) in last.items():
        record = edition.get(*pair)
        if pk not in scheduled and pair not in edition.gone and (not record or record.dates.version != number):
            found[pair] = by
    return found


def behind(edition: Edition) -> list[Pair]:
    """Translations whose Swedish text has changed since."""
    return [("page", page.key) for page in edition.all("page") if page.behind]


@dataclass
class Coverage:
    """A county's municipalities: how many have a number of their own that somebody has called, one that nobody has, none."""

    county: County
    confirmed: int = 0
    unconfirmed: int = 0
    none: int = 0

    @property
    def all(self) -> int:
        return self.confirmed + self.unconfirmed + self.none

    @property
    def known(self) -> int:
        return self.confirmed + self.unconfirmed


def coverage_of(edition: Edition) -> dict[str, str]:
    """For each municipality's key whether it has a number of its own: CONFIRMED, UNCONFIRMED or NONE."""
    found = dict.fromkeys(edition.records["municipality"], NONE)
    for contact in edition.all("contact"):
        if contact.municipality in found:
            shown = contact.confirmed and contact.number(PUBLIC)
            if shown or found[contact.municipality] == NONE:
                found[contact.municipality] = CONFIRMED if shown else UNCONFIRMED
    return found


def coverage(edition: Edition) -> list[Coverage]:
    """The same, county by county."""
    found = {county.key: Coverage(county) for county in edition.counties()}
    state = coverage_of(edition)
    places: dict[str, Municipality] = edition.records["municipality"]
    for key, municipality in places.items():
        row = found.get(municipality.county.key)
        if row is None:
            continue
        row.confirmed += state[key] == CONFIRMED
        row.unconfirmed += state[key] == UNCONFIRMED
        row.none += state[key] == NONE
    return list(found.values())
