"""The second pair of eyes: a version is asked about, read and approved before it goes out.

Every act is a row. The state is those rows read through one table, and only the newest version
of a document has one: any save leaves the approval behind. An approval holds for exactly the
text that it was given to, and never from somebody who has written in it since the last release.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from guides.models import MODEL_OF, Release, Rename, Review, Version
from guides.publishing.errors import PublishingError
from guides.publishing.in_force import current_key
from guides.publishing.post import REVIEW, to_reviewers
from guides.publishing.versions import read
from guides.text.documents import digest

DRAFT, ASKED, BEGUN, APPROVED, CHANGES = "draft", "asked", "begun", "approved", "changes"
WORDS = {
    DRAFT: "utkast",
    ASKED: "granskning begärd",
    BEGUN: "under granskning",
    APPROVED: "godkänd",
    CHANGES: "ändring begärd",
}
# (state, act) -> state. What is not here is refused; a save leads to DRAFT from everywhere.
TABLE = {
    (DRAFT, "ask"): ASKED,
    (ASKED, "begin"): BEGUN,
    (ASKED, "retract"): DRAFT,
    (BEGUN, "approve"): APPROVED,
    (BEGUN, "request"): CHANGES,
    (BEGUN, "retract"): DRAFT,
    (APPROVED, "request"): CHANGES,
    (APPROVED, "retract"): DRAFT,
    (CHANGES, "ask"): ASKED,
}
# What only somebody else may do, with the right to review. The rest is for who may change the text.
REVIEWERS_ACTS = frozenset({"begin", "approve", "request"})


def state(version: Version | None) -> str:
    """Where a version stands; DRAFT when a newer one has been saved."""
    if version is None or _is_old(version):
        return DRAFT
    return _state(version.reviews.order_by("pk").values_list("act", flat=True))


def _state(acts: Iterable[str]) -> str:
    return reduce(lambda held, act: TABLE[held, act], acts, DRAFT)


def authors(version: Version) -> set[int]:
    """Who has saved a version since the last release up to this one: none of them may approve it.

    A release in an emergency that nobody has countersigned is none: nobody else has read it.
    """
    own = Q(kind=version.kind, key__in=_names(version))
    read_by_two = Q(emergency__isnull=True) | Q(emergency__countersign__isnull=False)
    before = Release.objects.standing().filter(own, read_by_two, version__number__lt=version.number)
    last = before.aggregate(found=Max("version__number"))["found"] or 0
    since = Version.objects.filter(own, number__gt=last, number__lte=version.number)
    return set(since.exclude(saved_by=None).values_list("saved_by", flat=True))


def acts_for(version: Version | None, by) -> list[str]:
    """What `by` may do now with a version that they may change."""
    held = state(version)
    found = [act for at, act in TABLE if at == held] if version else []
    if REVIEWERS_ACTS & set(found) and not _may_review(version, by):
        found = [act for act in found if act not in REVIEWERS_ACTS]
    return found


def _may_review(version: Version, by) -> bool:
    return by.has_perm(REVIEW) and by.pk not in authors(version)


@transaction.atomic
def act(version: Version, what: str, by, remark: str = "") -> Review:
    """Write down one act. Call it with the document's row held.

    Raises PublishingError when the table has no such step, when a newer version has been saved, when
    `by` may not review or has written in the text, or when a request for changes says nothing.
    """
    if _is_old(version):
        raise PublishingError("Texten har sparats på nytt. Läs den senaste versionen först.")
    held = state(version)
    if (held, what) not in TABLE:
        raise PublishingError(f"Det går inte nu. Läge: {WORDS[held]}.")
    if what in REVIEWERS_ACTS:
        if not by.has_perm(REVIEW):
            raise PublishingError("Du har inte rätt att granska. Be en granskare.")
        if by.pk in authors(version):
            raise PublishingError(
                "Du har själv skrivit i texten sedan den senast publicerades. Någon annan granskar den."
            )
    if what == "request" and not remark.strip():
        raise PublishingError("Skriv vad som ska ändras.")
    row = Review(
        kind=version.kind,
        key=version.key,
        version=version,
        hash=version.hash,
        act=what,
        remark=remark.strip(),
        at=timezone.now(),
        by=by,
    )
    row.save()
    if what == "ask":
        _tell(version, by, row.remark)
    return row


def _tell(version: Version, by, remark: str) -> None:
    title = read(version).title
    words = f"{by.get_username()} ber om granskning av ”{title}”, version {version.number}."
    to_reviewers(
        f"Att granska: {title}", [words, *([remark] if remark else [])], version.kind, version.key, "granskning"
    )


def approval(version: Version) -> Review | None:
    """The approval of exactly this version, while it holds."""
    if state(version) != APPROVED:
        return None
    row = version.reviews.filter(act="approve").order_by("pk").last()
    holds = row.hash == version.hash == digest(version.text) and row.by_id not in authors(version)
    return row if holds else None


def refuse_unapproved(versions: Iterable[Version]) -> None:
    """Raise PublishingError with a sentence for every version that nobody else has approved."""
    messages = [
        f"”{read(version).title}” är inte godkänd. Läge: {WORDS[state(version)]}."
        for version in versions
        if approval(version) is None
    ]
    if messages:
        raise PublishingError(*messages)


@dataclass(frozen=True)
class Waiting:
    """A version that waits for somebody: its state, and the act that led there."""

    version: Version
    title: str
    state: str
    last: Review


def waiting(*states: str) -> list[Waiting]:
    """Versions in one of `states`, the longest waiting first; asked for and begun when none are named.

    With APPROVED those that wait to be published, with CHANGES those that wait for their writer.
    """
    wanted = states or (ASKED, BEGUN)
    newest = Version.objects.working().values("kind", "key").annotate(newest=Max("pk")).values("newest")
    given_away = set(Rename.objects.values_list("kind", "old_key"))
    out = set(Release.objects.standing().filter(version__in=newest).values_list("version", flat=True))
    acts: dict[int, list[Review]] = {}
    for row in Review.objects.filter(version__in=newest).select_related("version", "by").order_by("pk"):
        acts.setdefault(row.version_id, []).append(row)
    found = []
    for rows in acts.values():
        version, held = rows[-1].version, _state(row.act for row in rows)
        if held in wanted and version.pk not in out and (version.kind, version.key) not in given_away:
            found.append(Waiting(version, read(version).title, held, rows[-1]))
    return sorted(found, key=lambda item: item.last.at)


def row_of(version: Version):
    """The row of the working copy that a version belongs to; None when it is gone."""
    return MODEL_OF[version.kind].objects.filter(key=_names(version)[0]).first()


def _names(version: Version) -> list[str]:
    """Every key that a version's document has had, the one that it has now first."""
    renames = {(r.kind, r.old_key): r.new_key for r in Rename.objects.filter(kind=version.kind)}
    now = current_key(renames, version.kind, version.key)
    return [now[1], *(old for kind, old in renames if old != now[1] and current_key(renames, kind, old) == now)]


def _is_old(version: Version) -> bool:
    later = Version.objects.working().filter(kind=version.kind, key__in=_names(version), number__gt=version.number)
    return later.exists()
