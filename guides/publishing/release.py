"""The verbs that make things public, each one transaction: release, withdraw, cancel, check, rename.

They append a row and move the counter; every process sees the next edition within two
seconds. A refused transition raises PublishingError with Swedish sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from guides.models import MODEL_OF, Check, Counter, Masking, Release, Rename, Version
from guides.publishing.current import edition_at
from guides.publishing.errors import PublishingError
from guides.publishing.fault_words import told
from guides.publishing.links import broken
from guides.publishing.review import refuse_unapproved
from guides.publishing.together import Beside
from guides.publishing.versions import names_of, public_version, read, save_version, wording
from guides.text.documents import valid_key
from guides.text.kinds import KINDS

RELEASE = "guides.release_document"


def move_counter() -> None:
    """Tell every process that something public has changed, when this transaction commits."""
    if not Counter.objects.filter(pk=1).update(value=F("value") + 1):
        Counter.objects.create(pk=1, value=1)


def _may(by) -> None:
    if by is not None and not by.has_perm(RELEASE):
        raise PublishingError("Du har inte rätt att publicera. Be en publicerare.")


@transaction.atomic
def release(
    versions: Iterable[Version],
    by,
    effective_from: datetime | None = None,
    effective_to: datetime | None = None,
    note: str = "",
    minor: bool = False,
) -> list[Release]:
    """Put versions in force together from a moment, now when none is given.

    Raises PublishingError when `by` may not, when a version is not approved by somebody else, when a link in it
    is broken or dangerous, and for all that `put_in_force` refuses. Without `by` it is the site's own doing, and
    nobody is asked.
    """
    _may(by)
    versions = list(versions)
    if by is not None:
        refuse_unapproved(versions)
        refuse_broken_links([read(version) for version in versions])
    return put_in_force(versions, by, effective_from, effective_to, note, minor)


@transaction.atomic
def put_in_force(
    versions: Iterable[Version],
    by,
    effective_from: datetime | None = None,
    effective_to: datetime | None = None,
    note: str = "",
    minor: bool = False,
) -> list[Release]:
    """The rows of a release, whoever has the right to it: `release` and `emergency.publish_now` have asked.

    Faults are judged on the edition of that moment with all of the versions in it. Raises
    PublishingError when the moment has passed, when one of the documents has a release that lies
    ahead, when a text is masked, or when a document has faults.
    """
    now = timezone.now()
    moment = effective_from or now
    versions = list(versions)
    if moment < now:
        raise PublishingError("Tidpunkten har passerat. Välj nu eller en tid som ligger framåt.")
    if effective_to and effective_to <= moment:
        raise PublishingError("Sluttiden måste ligga efter starttiden.")
    masked = Version.objects.filter(pk__in=Masking.hidden())
    for version in versions:
        keys = names_of(version.kind, version.key)
        # By its words: the same written once more, or under another key, is no other text.
        own = masked.filter(kind=version.kind, key__in=keys)
        if any(row.hash == version.hash or wording(row) == wording(version) for row in own):
            raise PublishingError(f"Texten i ”{read(version).title}” är dold. Rätta den och spara först.")
        ahead = Release.objects.ahead(now).filter(kind=version.kind, key__in=keys).first()
        if ahead:
            when = date_format(timezone.localtime(ahead.effective_from), "j F Y H:i")
            raise PublishingError(
                f"”{read(version).title}” är redan schemalagd till {when}. Avbryt den under Schemalagt först."
            )
    documents = [read(version) for version in versions]
    refuse_faults(documents, Beside(edition_at(moment), documents))
    rows = [
        Release(
            kind=version.kind,
            key=version.key,
            version=version,
            effective_from=moment,
            effective_to=effective_to,
            note=note,
            minor=minor,
            released_by=by,
            released_at=now,
        )
        for version in versions
    ]
    for row in rows:
        row.save()
    move_counter()
    return rows


def refuse_faults(documents, known) -> None:
    """Raise PublishingError with a sentence for every fault in `documents`."""
    messages = [
        f"{KINDS[document.kind].label.capitalize()} ”{document.title}”. {fault}"
        for document in documents
        for fault in told(document, known)
    ]
    if messages:
        raise PublishingError(*messages)


def refuse_broken_links(documents) -> None:
    """Raise PublishingError with a sentence for every link that leads nowhere or may hurt."""
    messages = [
        f"Länken {address} i ”{document.title}”: {why} Rätta den, eller öppna sidan och välj "
        "Kontrollerad för hand under Länkar och källor."
        for document in documents
        for address, why in broken(document)
    ]
    if messages:
        raise PublishingError(*messages)


@transaction.atomic
def withdraw(kind: str, key: str, by, reason: str, redirect_to: str = "") -> Release:
    """Take a document out of public. Never refused for the faults it leaves behind."""
    _may(by)
    if not reason.strip():
        raise PublishingError("Skriv varför sidan dras tillbaka. Skälet visas för den som söker den.")
    now = timezone.now()
    row = Release(
        kind=kind,
        key=key,
        effective_from=now,
        reason=reason.strip(),
        redirect_to=redirect_to,
        released_by=by,
        released_at=now,
    )
    row.save()
    move_counter()
    return row


@transaction.atomic
def cancel(planned: Release, by, reason: str) -> Release:
    """Take back a release that still lies ahead; what is in force stays in force."""
    _may(by)
    now = timezone.now()
    if planned.effective_from <= now:
        raise PublishingError("Publiceringen har redan trätt i kraft. Publicera en ny version i stället.")
    if not Release.objects.standing().filter(pk=planned.pk).exists():
        raise PublishingError("Schemaläggningen är redan avbruten.")
    row = Release(
        kind=planned.kind,
        key=planned.key,
        effective_from=now,
        reason=reason.strip() or "Avbruten",
        cancels=planned,
        released_by=by,
        released_at=now,
    )
    row.save()
    move_counter()
    return row


@transaction.atomic
def check(kind: str, key: str, outcome: str, by, on: date | None = None, reason: str = "", number: str = "") -> Check:
    """Note that somebody has looked, or called `number`: that of the contact's form when none is given.

    Raises PublishingError for a day ahead, or when class C would be hidden.
    """
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise PublishingError("Dagen ligger i framtiden. Skriv dagen då kontrollen gjordes.")
    if outcome in ("answers", "silent", "hidden") and kind != "contact":
        raise PublishingError("Bara en kontakt kan svara eller döljas.")
    contact = MODEL_OF["contact"].objects.filter(key=key).first() if kind == "contact" else None
    if outcome in ("silent", "hidden") and contact and number_in_question(contact)[1] == "C":
        raise PublishingError(
            "Numret är ett nödnummer och döljs aldrig. Säg till den som ansvarar för webbplatsen och till numrets ägare."
        )
    called = (number or contact.number) if contact and outcome in ("answers", "silent") else ""
    row = Check(kind=kind, key=key, outcome=outcome, reason=reason, on=on, at=timezone.now(), by=by, number=called)
    row.save()
    move_counter()
    return row


def number_in_question(contact) -> tuple[str, str]:
    """Number and class of a contact: what the public reads, whatever a draft says; the draft's when nothing is public."""
    public = public_version(contact.kind, contact.key)
    held = read(public) if public else None
    return (held["number"], held["recheck_class"]) if held else (contact.number, contact.recheck_class)


@transaction.atomic
def rename(obj, new_key: str, by) -> Rename:
    """Give a document a new key. The old address leads to the new one and is never given out again."""
    _may(by)
    taken = Version.objects.filter(kind=obj.kind, key=new_key).exists()
    if not valid_key(obj.kind, new_key):
        raise PublishingError("Nyckeln får bara ha a–z, 0–9 och bindestreck, och inte vara reserverad.")
    if taken or Rename.objects.filter(kind=obj.kind, old_key=new_key).exists():
        raise PublishingError(f"Nyckeln ”{new_key}” är eller har varit en annan sidas. Välj en ny.")
    row = Rename.objects.create(kind=obj.kind, old_key=obj.key, new_key=new_key, at=timezone.now())
    obj.key = new_key
    obj.save(update_fields=["key"])
    save_version(obj, by)
    move_counter()
    return row
