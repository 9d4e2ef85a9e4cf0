"""Fact check by link, for somebody without an account: make a link to one version, read it, answer, revoke.

Only a hash of the link is kept. It dies by its date, by revocation, when its document is released or withdrawn, and
when its version is hidden. Answers are only ever added, with the hash of the words that were judged.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from guides.models import MODEL_OF, FactAnswer, Mailbox, Masking, Release, ShareLink, Version
from guides.publishing.errors import PublishingError
from guides.publishing.versions import key_now, names_of, read

log = logging.getLogger("guides.fact_check")
DAYS = (7, 14, 30)
# Enough for a reader who comes back; a link that has leaked cannot fill the table.
MOST_SENDINGS = 20
LONGEST_REMARK = FactAnswer._meta.get_field("remark").max_length
LONGEST_WHO = FactAnswer._meta.get_field("who").max_length
VERDICTS: dict[str, str] = dict(FactAnswer.VERDICTS)
EDITORS = "Redaktionen"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Judged:
    """What somebody said of one part; `verdict` is one of VERDICTS."""

    place: str
    label: str
    verdict: str
    remark: str = ""


class DeadLinkError(PublishingError):
    """The link leads to nothing any more; the message says why."""


@transaction.atomic
def make(version: Version, by, days: int, purpose: str = "") -> tuple[ShareLink, str]:
    """A link to `version` for some days: its row, and its token, which is told here and nowhere else.

    Raises PublishingError when the version is hidden, or the number of days is none of DAYS.
    """
    if days not in DAYS:
        raise PublishingError(f"Välj {', '.join(map(str, DAYS[:-1]))} eller {DAYS[-1]} dagar.")
    if version.pk in Masking.hidden():
        raise PublishingError("Versionen är dold och kan inte visas för någon.")
    token, now = secrets.token_urlsafe(32), timezone.now()
    row = ShareLink.objects.create(
        version=version,
        token_hash=_hash(token),
        purpose=purpose.strip(),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return row, token


def find(token: str) -> ShareLink:
    """The living link of a token. Raises DeadLinkError."""
    found = ShareLink.objects.select_related("version").filter(token_hash=_hash(token)) if _TOKEN.fullmatch(token) else ()
    for link in found:
        if why := death(link):
            raise DeadLinkError(why)
        return link
    raise DeadLinkError("Länken finns inte, eller är inte hel. Kontrollera att du fick med hela adressen.")


def death(link: ShareLink, now: datetime | None = None) -> str:
    """Why a link leads to nothing any more; empty while it lives."""
    now = now or timezone.now()
    if link.revoked_at:
        return "Redaktionen har återkallat länken."
    if link.version_id in Masking.hidden():
        return "Redaktionen har dolt texten."
    version = link.version
    keys = names_of(version.kind, key_now(version))
    since = Release.objects.filter(kind=version.kind, key__in=keys, released_at__gt=link.made_at, cancels__isnull=True)
    if since.exists():
        return "Texten är färdig. Den har publicerats eller dragits tillbaka sedan du fick länken."
    return "Länkens tid har gått ut." if now >= link.expires_at else ""


@transaction.atomic
def revoke(link: ShareLink, by) -> None:
    """The link leads to nothing from now on. Raises PublishingError when it is revoked already."""
    taken = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    if not taken:
        raise PublishingError("Länken är redan återkallad.")


@transaction.atomic
def answer(link: ShareLink, judged: list[Judged], who: str = "") -> int:
    """Keep what somebody said; returns how many parts. The same sent twice in a row is kept once.

    The owner of the document gets a mail. Raises DeadLinkError, and PublishingError when nothing is judged, when a
    part needs a change that is not told, or when the link has been used too often.
    """
    link = ShareLink.objects.select_for_update(of=("self",)).select_related("version").get(pk=link.pk)
    if why := death(link):
        raise DeadLinkError(why)
    if not judged:
        raise PublishingError("Välj stämmer eller behöver ändras för minst en del.")
    if any(one.verdict not in VERDICTS or (one.verdict == "change" and not one.remark) for one in judged):
        raise PublishingError("Skriv vad som behöver ändras.")
    sendings = sendings_of(link)
    rows = [(one.place, one.label, one.verdict, one.remark, who) for one in judged]
    if sendings and [(r.place, r.label, r.verdict, r.remark, r.who) for r in sendings[-1]] == rows:
        return len(rows)
    if len(sendings) >= MOST_SENDINGS:
        raise PublishingError("Länken har använts för många gånger. Be redaktionen om en ny.")
    version, now = link.version, timezone.now()
    for place, label, verdict, remark, name in rows:
        FactAnswer(
            kind=version.kind,
            key=version.key,
            link=link,
            version_hash=version.hash,
            place=place,
            label=label,
            verdict=verdict,
            remark=remark,
            who=name,
            at=now,
        ).save()
    transaction.on_commit(lambda: _tell(version, judged))
    return len(rows)


def sendings_of(link: ShareLink) -> list[list[FactAnswer]]:
    """The answers of a link, one list for each time that somebody sent them, the oldest first."""
    found: dict[datetime, list[FactAnswer]] = {}
    for row in link.answers.order_by("pk"):
        found.setdefault(row.at, []).append(row)
    return list(found.values())


def links_of(obj) -> list[ShareLink]:
    """Every link that was made to a version of a row, the newest first."""
    found = ShareLink.objects.filter(version__kind=obj.kind, version__key__in=names_of(obj.kind, obj.key))
    return list(found.select_related("version", "made_by"))


def answers_of(obj) -> list[FactAnswer]:
    """Every answer about a row's versions, the newest sending first."""
    found = FactAnswer.objects.filter(kind=obj.kind, key__in=names_of(obj.kind, obj.key))
    return list(found.select_related("link__version").order_by("-at", "pk"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(version: Version, judged: list[Judged]) -> None:
    """A mail to the owner's mailbox. It holds no word of the answer: that is read in the admin."""
    document = read(version)
    owner = document.fields.get("owner", EDITORS)
    boxes = {box.function: box for box in Mailbox.objects.filter(function__in=(owner, EDITORS))}
    box = boxes.get(owner) or boxes.get(EDITORS)
    if box is None:
        return
    model = MODEL_OF[version.kind]
    row = model.objects.filter(key=key_now(version)).values_list("pk", flat=True).first()
    where = settings.PUBLIC_URL + reverse(f"admin:{model._meta.model_name}_faktakoll", args=[row]) if row else ""
    change = sum(one.verdict == "change" for one in judged)
    lines = [
        "Hej!",
        "",
        f"Någon har svarat på faktakollen av ”{document.title}” (version {version.number}).",
        f"Stämmer: {len(judged) - change}. Behöver ändras: {change}.",
        "",
        where,
        "",
    ]
    try:
        EmailMessage("Svar på en faktakoll", "\n".join(lines), to=[box.address]).send()
    except (SMTPException, OSError):
        log.exception("Brevet om ett svar på en faktakoll gick inte att skicka. Svaret är sparat.")
