"""Publishing at once without review, with a reason: all reviewers are told, and another person signs afterwards.

A new number is typed twice and called first. It counts as checked by that call, and goes behind
its fallback after a day when nobody has signed: one person alone never keeps a number in public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from guides.edition.material import Checked
from guides.edition.numbers import numbers
from guides.models import Countersign, Emergency, Release, Version
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.post import REVIEW, to_reviewers
from guides.publishing.release import check, move_counter, put_in_force
from guides.publishing.review import authors
from guides.publishing.versions import names_of, public_version, read
from guides.text.phone import PhoneError, normalise
from guides.text.working_days import working_days_after

EMERGENCY = "guides.release_in_emergency"
UNSIGNED_FOR = timedelta(hours=24)
SIGN_WITHIN = 3


def shows_new_number(version: Version) -> bool:
    """True when somebody would see a number in public that they do not see now."""
    document = read(version)
    if document.kind != "contact":
        return False
    now = timezone.now()
    today = timezone.localdate(now)
    called = Checked("contact", document.key, "answers", today, now, document["number"])
    public = current.refresh().get("contact", document.key)
    before = {who: (n.value, n.display) for who, n in public.numbers.items()} if public else {}
    after = {who: (n.value, n.display) for who, n in numbers(document, [called], today).items()}
    return not after.items() <= before.items()


@transaction.atomic
def publish_now(
    version: Version, by, reason: str, number: Sequence[str] = ("", ""), called: bool = False, note: str = ""
) -> Emergency:
    """Put a version in force without review. `number` is a new number as it was typed, twice; `note` tells the public.

    Raises PublishingError when `by` may not, without a reason, for all that `put_in_force` refuses, and when a new
    number is not typed twice alike, is not what the contact says, was not called, or is an emergency number. A link
    that is broken elsewhere does not stop it.
    """
    if not by.has_perm(EMERGENCY):
        raise PublishingError("Du har inte rätt att publicera utan granskning. Be en granskare eller publicerare.")
    if not reason.strip():
        raise PublishingError("Skriv varför det inte kan vänta på granskning.")
    new, falls_back_at = shows_new_number(version), _already_falls_back(version)
    if new:
        _refuse_number(version, number, called)
        falls_back_at = falls_back_at or timezone.now() + UNSIGNED_FOR
        if falls_back_at <= timezone.now():
            raise PublishingError("Numret från förra nödpubliceringen är inte kontrasignerat. Be en granskare.")
    (row,) = put_in_force([version], by, note=note, minor=not note)
    if new:
        check("contact", version.key, "answers", by, reason="Ringt före publicering i nödläge")
    found = Emergency(
        kind=version.kind,
        key=version.key,
        release=row,
        reason=reason.strip(),
        falls_back_at=falls_back_at,
        at=row.released_at,
        by=by,
    )
    found.save()
    _tell(version, found)
    return found


def _already_falls_back(version: Version) -> datetime | None:
    """When the number that is public now goes, if nobody has signed it: publishing once more gives it no longer."""
    unsigned = Emergency.objects.filter(countersign=None, release__in=Release.objects.in_force(timezone.now()))
    rows = unsigned.filter(kind=version.kind, key__in=names_of(version.kind, version.key))
    return rows.values_list("falls_back_at", flat=True).order_by("pk").last()


def _refuse_number(version: Version, number: Sequence[str], called: bool) -> None:
    document, public = read(version), public_version(version.kind, version.key)
    if "C" in (document["recheck_class"], public and read(public)["recheck_class"]):
        raise PublishingError("Ett nödnummer (klass C) publiceras aldrig utan granskning.")
    try:
        typed = [normalise(one) for one in number]
    except PhoneError as error:
        raise PublishingError(str(error)) from error
    if len(typed) != 2 or typed[0] != typed[1]:
        raise PublishingError("De två numren är inte lika. Skriv numret två gånger.")
    if typed[0] != document["number"]:
        raise PublishingError(f"Kontakten har ett annat nummer ({document['number']}). Rätta och spara först.")
    if not called:
        raise PublishingError("Ring numret först, och kryssa i att du har gjort det.")


def _tell(version: Version, row: Emergency) -> None:
    title = read(version).title
    last = working_days_after(timezone.localdate(row.at), SIGN_WITHIN)
    words = [
        f"{row.by.get_username()} har publicerat ”{title}”, version {version.number}, utan granskning. Skäl: {row.reason}",
        f"Någon annan ska läsa och kontrasignera senast den {last}.",
    ]
    if row.falls_back_at:
        words.append(
            f"Numret döljs {timezone.localtime(row.falls_back_at):%Y-%m-%d kl. %H.%M} om ingen har kontrasignerat."
        )
    to_reviewers(f"Publicerat utan granskning: {title}", words, version.kind, version.key, "kontrasignera")


@dataclass(frozen=True)
class Unsigned:
    """A public release that nobody has countersigned. `last` is the last day for it, `late` when that has passed."""

    emergency: Emergency
    version: Version
    title: str
    last: date
    late: bool


def uncountersigned() -> list[Unsigned]:
    """What was published in an emergency, is still public and waits for another person, the oldest first."""
    now = timezone.now()
    rows = Emergency.objects.filter(countersign=None, release__in=Release.objects.public(now))
    found = []
    for row in rows.select_related("release__version", "by").order_by("pk"):
        version = row.release.version
        last = working_days_after(timezone.localdate(row.at), SIGN_WITHIN)
        found.append(Unsigned(row, version, read(version).title, last, timezone.localdate(now) > last))
    return found


def wrote(row: Emergency, user) -> bool:
    """Whether somebody published or wrote what waits for another's word."""
    return user.pk == row.by_id or user.pk in authors(row.release.version)


@transaction.atomic
def countersign(row: Emergency, by) -> Countersign:
    """Stand for what another has published. Raises PublishingError for who may not, who wrote it, and when it is done."""
    if not by.has_perm(REVIEW):
        raise PublishingError("Du har inte rätt att kontrasignera. Be en granskare.")
    if wrote(row, by):
        raise PublishingError("Du har själv skrivit eller publicerat texten. Någon annan kontrasignerar.")
    if Countersign.objects.filter(emergency=row).exists():
        raise PublishingError("Den är redan kontrasignerad.")
    found = Countersign(kind=row.kind, key=row.key, emergency=row, at=timezone.now(), by=by)
    found.save()
    move_counter()
    return found
