"""What is to be reviewed: by its interval, and because something has happened to what it rests on.

A cause makes a document due the day it happened, whatever the interval says, until somebody has looked at the
document or released it anew. It is for the staff alone: neither a reader's report nor a page elsewhere moves a public byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from guides.edition.edition import Edition
from guides.edition.records import Record
from guides.models import Check, LinkUse, Release, Report, Version
from guides.publishing.links import resting_on
from guides.publishing.state import Pair
from guides.publishing.versions import read

LAW, SOURCE, NUMBER, READER, STEP = "law", "source", "number", "reader", "step"
_CALLS = ("answers", "silent", "hidden")
_CHANGED_LAW = {"repealed": "är upphävd", "changed": "är ändrad"}


@dataclass(frozen=True)
class Cause:
    """What has happened: the day, why it matters in Swedish, and the moment from which a look takes it into account."""

    what: str
    day: date
    at: datetime
    why: str


@dataclass(frozen=True)
class Due:
    """A public document that is to be reviewed on a day, and the causes of it; none when only time has passed."""

    record: Record
    day: date
    causes: tuple[Cause, ...] = ()

    @property
    def owner(self) -> str:
        """The function that is told. A municipality's addition is its own."""
        return self.record.dates.owner or self.record.title

    @property
    def why(self) -> str:
        return " ".join(dict.fromkeys(cause.why for cause in self.causes))


def due(edition: Edition, now: datetime) -> list[Due]:
    """Every public document that has a day of review, the longest overdue first.

    A cause that comes after the day has passed is a day of its own: the owner is told once more. The same again, such
    as another reader's report, is not.
    """
    happened, found = causes(edition, now), []
    for kind in edition.records.values():
        for record in kind.values():
            own = tuple(happened.get((record.kind, record.key), ()))
            days = {record.dates.due: ()} if record.dates.due else {}
            if own:
                first: dict[str, date] = {}
                for cause in own:
                    first[cause.why] = min(cause.day, first.get(cause.why, cause.day))
                day = max(first.values())
                days = {at: () for at in days if at < day} | {day: own}
            found += [Due(record, day, why) for day, why in days.items()]
    return sorted(found, key=lambda item: (item.day, item.record.kind, item.record.key))


def overdue(items: Iterable[Due], today: date) -> dict[Pair, Due]:
    """Of what `due` found, what should have been reviewed before today or has a cause to be now."""
    found: dict[Pair, Due] = {}
    for item in items:
        if item.day < today or item.causes:
            found.setdefault((item.record.kind, item.record.key), item)
    return found


def to_reread(items: Iterable[Due]) -> set[Pair]:
    """Of what `due` found, what rests on a page whose words have changed, and nobody has looked at since."""
    return {(i.record.kind, i.record.key) for i in items if any(cause.what == SOURCE for cause in i.causes)}


def causes(edition: Edition, now: datetime) -> dict[Pair, list[Cause]]:
    """What has happened to what each public document rests on, since somebody last looked at the document or changed it."""
    found: dict[Pair, list[Cause]] = {}
    for ways in (_changed_law, _changed_sources, _silent_numbers, _reported_numbers, _changed_steps):
        for pair, cause in ways(edition, now):
            if edition.has(*pair):
                found.setdefault(pair, []).append(cause)
    if not found:
        return {}
    settled = _settled(edition, found, now)
    left = {pair: [cause for cause in own if not settled(pair, cause)] for pair, own in found.items()}
    return {pair: own for pair, own in left.items() if own}


def _settled(edition: Edition, found: dict[Pair, list[Cause]], now: datetime):
    """A function that says whether a document was looked at, or released anew, when its cause was there."""
    first = min(cause.at for own in found.values() for cause in own)
    looks: dict[Pair, list[tuple[datetime, date]]] = {}
    rows = Check.objects.filter(Q(outcome="reviewed") | Q(outcome="answers"), at__gte=first)
    for kind, key, at, on in rows.values_list("kind", "key", "at", "on"):
        looks.setdefault((kind, edition.current_key(kind, key)), []).append((at, on))
    releases = Release.objects.standing().filter(effective_from__gte=first, effective_from__lte=now)
    anew: dict[Pair, datetime] = {}
    for kind, key, at in releases.values_list("kind", "key", "effective_from").order_by("effective_from"):
        anew[kind, edition.current_key(kind, key)] = at

    def settled(pair: Pair, cause: Cause) -> bool:
        # Only a call that is answered ends the silence of a number.
        if cause.what == NUMBER:
            return False
        if pair in anew and anew[pair] >= cause.at:
            return True
        return any(at >= cause.at and on >= cause.day for at, on in looks.get(pair, ()))

    return settled


def _changed_law(edition: Edition, now: datetime) -> Iterator[tuple[Pair, Cause]]:
    """A statute was marked as repealed, or its last day came; a provision was marked as changed or repealed.

    What was so when it was first released is no change.
    """
    marked = {("statute", s.key): s for s in edition.records["statute"].values() if s.repealed_on}
    marked |= {("provision", p.key): p for p in edition.records["provision"].values() if p.state in _CHANGED_LAW}
    for pair, rows in _releases_of(edition, marked, now).items():
        record, statute = marked[pair], pair[0] == "statute"
        moment = _marked_at(rows, (lambda d: d["repealed_on"]) if statute else (lambda d, r=record: d["state"] == r.state))
        if statute:
            begins = datetime.combine(record.repealed_on, datetime.min.time(), timezone.get_default_timezone())
            if rows[0][0] < begins <= now:
                moment = max(filter(None, (moment, begins)))
            name, said = record.name, f"upphävs den {date_format(record.repealed_on, 'j F Y')}."
            said = said.replace("upphävs", "är upphävd sedan") if record.repealed else said
        else:
            name, said = record.citation, f"{_CHANGED_LAW[record.state]}."
        if moment:
            cause = Cause(LAW, timezone.localdate(moment), moment, f"{name} {said}")
            yield from ((user, cause) for user in _citing(edition, pair))


def _citing(edition: Edition, pair: Pair) -> Iterable[Pair]:
    """What cites a statute or a provision; a statute's own provisions go with it."""
    for user in resting_on(edition, pair):
        if not (pair[0] == "statute" and user[0] == "provision" and edition.get(*user).statute.key == pair[1]):
            yield user


def _releases_of(edition: Edition, wanted: dict[Pair, Record], now: datetime) -> dict[Pair, list[tuple[datetime, int]]]:
    """For each document (moment, version) of every release so far, in their order."""
    rows = Release.objects.standing().filter(version__isnull=False, effective_from__lte=now)
    rows = rows.filter(kind__in={kind for kind, _ in wanted}).order_by("effective_from", "pk")
    found: dict[Pair, list[tuple[datetime, int]]] = {}
    for kind, key, at, version in rows.values_list("kind", "key", "effective_from", "version"):
        pair = kind, edition.current_key(kind, key)
        if pair in wanted:
            found.setdefault(pair, []).append((at, version))
    return found


def _marked_at(rows: list[tuple[datetime, int]], marked) -> datetime | None:
    """The release since which a document is marked without a break; None when it always was."""
    if len(rows) == 1:
        return None
    versions = Version.objects.in_bulk([version for _, version in rows])
    found = None
    for at, pk in reversed(rows):
        version = versions[pk]
        if version.removed:
            continue
        if not marked(read(version)):
            return found
        found = at
    return None


def _changed_sources(edition: Edition, now: datetime) -> Iterator[tuple[Pair, Cause]]:
    """The page of a statute or a source has other words than when it was last read."""
    uses = LinkUse.objects.filter(watched=True, link__changed_at__isnull=False)
    for kind, key, at in uses.values_list("kind", "key", "link__changed_at"):
        pair = kind, edition.current_key(kind, key)
        if edition.has(*pair):
            cause = Cause(SOURCE, timezone.localdate(at), at, f"Källan ”{edition.get(*pair).title}” har ändrats.")
            own = [pair] if kind == "statute" else []
            yield from ((found, cause) for found in (*own, *resting_on(edition, pair)))


def _silent_numbers(edition: Edition, now: datetime) -> Iterator[tuple[Pair, Cause]]:
    """Nobody answered, or somebody has hidden the number."""
    last = {}
    for check in Check.objects.filter(kind="contact", outcome__in=_CALLS, at__lte=now).order_by("at", "pk"):
        last[edition.current_key("contact", check.key)] = check
    for key, check in last.items():
        if check.outcome != "answers":
            said = "Numret svarade inte." if check.outcome == "silent" else "Numret är dolt."
            yield ("contact", key), Cause(NUMBER, check.on, check.at, said)


def _reported_numbers(edition: Edition, now: datetime) -> Iterator[tuple[Pair, Cause]]:
    """A reader has told of a fault, and the report is not settled. It is known to the hour alone: a later look counts."""
    for report in Report.objects.filter(subject=Report.Subject.NUMBER):
        said = f"En läsare har rapporterat: {report.get_fault_display().lower()}."
        cause = Cause(READER, timezone.localdate(report.hour), report.hour + timedelta(hours=1), said)
        yield ("contact", edition.current_key("contact", report.contact)), cause


def _changed_steps(edition: Edition, now: datetime) -> Iterator[tuple[Pair, Cause]]:
    """A step that a municipality's addition leads to has changed, more than a little."""
    users = {key: [(u.kind, u.key) for u in edition.users_of("step", key)] for key in edition.records["step"]}
    users = {key: local for key, found in users.items() if (local := [u for u in found if u[0] == "municipality"])}
    if not users:
        return
    rows = Release.objects.standing().filter(kind="step", version__isnull=False, effective_from__lte=now)
    seen, changed = set(), {}
    for key, at, minor in rows.order_by("effective_from", "pk").values_list("key", "effective_from", "minor"):
        key = edition.current_key("step", key)
        if key in seen and not minor:
            changed[key] = at
        seen.add(key)
    for key, at in changed.items():
        for pair in users.get(key, ()):
            said = f"Steget ”{edition.get('step', key).title}” har ändrats."
            yield pair, Cause(STEP, timezone.localdate(at), at, said)
