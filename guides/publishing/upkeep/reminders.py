"""Mail to owners: what is to be reviewed in 30 days, today, and when 14 and 30 days have passed, and why;
and that a banner is about to end.

Each stage of each due date is told once, and each mailbox gets one mail a day at most. A row says
that it is told; it is written before the mail is sent and taken back when it could not be, so two
processes never send the same, and a process that is killed in between loses one mail at worst.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from guides.edition.edition import Edition
from guides.edition.records import Record
from guides.models import MODEL_OF, Digest, Mailbox, Reminder
from guides.publishing.current import current
from guides.publishing.due import Due, due
from guides.text.kinds import KINDS

log = logging.getLogger("guides.reminders")
STAGES = (-30, 0, 14, 30)
# Before a banner ends, and on that day.
ENDING = (-3, 0)
# Whose mailbox gets what nobody else's does.
EDITORS = "Redaktionen"
MOST_LINES = 100


@dataclass(frozen=True)
class Item:
    """A document that is due, and the stage that has been reached. `ends`: it is a banner that soon is shown no more."""

    due: Due
    stage: int
    ends: bool = False

    @property
    def name(self) -> tuple[str, str, date, int]:
        return self.due.record.kind, self.due.record.key, self.due.day, self.stage


@dataclass
class Outcome:
    """How many reminders went out in how many mails, how many mails failed, and owners without a mailbox."""

    reminders: int = 0
    mails: int = 0
    failed: int = 0
    homeless: set[str] = field(default_factory=set)


def remind() -> Outcome:
    """Send what is to be told today and has not been."""
    today = timezone.localdate()
    edition = current.refresh()
    rows = Reminder.objects.values_list("kind", "key", "due", "stage")
    # Who was told of it under an earlier key has been told.
    told = {(kind, edition.current_key(kind, key), day, stage) for kind, key, day, stage in rows}
    boxes = {box.function: box for box in Mailbox.objects.all()}
    outcome, by_address = Outcome(), {}
    for item in due_items(edition, today):
        if item.name in told:
            continue
        told.add(item.name)
        owner = item.due.owner
        box = boxes.get(owner) or boxes.get(EDITORS)
        if box is None:
            outcome.homeless.add(owner)
            continue
        address = box.late_address if item.stage == STAGES[-1] and box.late_address else box.address
        by_address.setdefault(address, []).append(item)
    for address, items in sorted(by_address.items()):
        digest = _claim(address, today, items)
        if digest is None:
            continue
        if _sent(address, items):
            outcome.reminders += len(items)
            outcome.mails += 1
        else:
            digest.delete()
            outcome.failed += 1
    return outcome


def due_items(edition: Edition, today: date) -> Iterator[Item]:
    """Public documents for which a stage has been reached, the longest overdue first."""
    for item in due(edition, timezone.now()):
        reached = [stage for stage in STAGES if item.day + timedelta(days=stage) <= today]
        if reached:
            yield Item(item, reached[-1])
    for banner in edition.records["banner"].values():
        day, begins = timezone.localdate(banner.shown_to), timezone.localdate(banner.shown_from)
        # One that is shown for two days needs no warning when it begins.
        reached = [stage for stage in ENDING if begins < day + timedelta(days=stage) <= today]
        if reached and timezone.now() < banner.shown_to:
            yield Item(Due(banner, day), reached[-1], ends=True)


def _claim(address: str, today: date, items: list[Item]) -> Digest | None:
    """The day's mail to an address; None when it has gone already, or another process is at it."""
    try:
        with transaction.atomic():
            digest = Digest.objects.create(address=address, day=today)
            for kind, key, due, stage in (item.name for item in items):
                Reminder.objects.create(digest=digest, kind=kind, key=key, due=due, stage=stage)
    except IntegrityError:
        return None
    return digest


def _sent(address: str, items: list[Item]) -> bool:
    count = len(items)
    subject = "En text ska granskas" if count == 1 else f"{count} texter ska granskas"
    if all(item.ends for item in items):
        subject = "En banderoll slutar visas" if count == 1 else f"{count} banderoller slutar visas"
    try:
        EmailMessage(subject, _text(items), to=[address]).send()
    except (SMTPException, OSError):
        log.exception("Påminnelsen till en brevlåda gick inte att skicka. Den skickas nästa gång.")
        return False
    return True


def _text(items: list[Item]) -> str:
    """Plain words: what, since when, and where to go. Nothing in it tells what the pages are about but their titles."""
    lines = ["Hej!", "", "Det här väntar på dig:", ""]
    for item in items[:MOST_LINES]:
        record = item.due.record
        lines += [f"- {record.title} ({KINDS[record.kind].label})", f"  {_when(item)}", f"  {_form(record)}", ""]
    if len(items) > MOST_LINES:
        lines += [f"Och {len(items) - MOST_LINES} till.", ""]
    if not all(item.ends for item in items):
        lines += ["Läs texten. Stämmer den, tryck på ”Granskad utan ändring”. Annars rättar du den.", ""]
    return "\n".join(lines)


def _when(item: Item) -> str:
    day = date_format(item.due.day, "j F Y")
    if item.ends:
        return f"Slutar visas den {day}. Behövs den längre, flytta fram sluttiden och publicera."
    if item.stage < 0:
        return f"Ska granskas senast den {day}."
    when = f"Skulle ha granskats den {day}." if item.stage else f"Ska granskas nu (den {day})."
    return f"{when} {item.due.why}".strip()


def _form(record: Record) -> str:
    """The address of the form in which it is reviewed."""
    model = MODEL_OF[record.kind]
    pk = model.objects.filter(key=record.key).values_list("pk", flat=True).first()
    name = f"admin:guides_{model._meta.model_name}"
    path = reverse(f"{name}_change", args=[pk]) if pk else reverse(f"{name}_changelist")
    return settings.PUBLIC_URL + path
