"""Looks at every page that the texts lead to, a few at each `tick`, and watches the pages of statutes and sources.

Nothing is asked for while somebody saves: the links of all current versions are gathered here. A link and a
host are claimed by moving a time in their row, so that two processes never ask the same.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from guides.edition.links import danger
from guides.models import LinkCheck, LinkHost, LinkUse
from guides.publishing import links
from guides.publishing.upkeep import fetching

State = LinkCheck.State
WATCHED = frozenset({"statute", "source"})
MOST_A_TICK = 50
AT_MOST_EVERY = timedelta(seconds=10)
UNTIL_BROKEN = timedelta(hours=20)
AGAIN = {
    State.OK: timedelta(days=7),
    State.MOVED: timedelta(days=7),
    State.UNKNOWN: timedelta(days=3),
    State.BROKEN: timedelta(days=1),
    State.DANGEROUS: timedelta(days=30),
}
# A process that dies while it looks lets go of its link after this.
CLAIM = timedelta(minutes=15)
# A menu, a footer or "senast läst" is not what somebody refers to: of a page with a <main>, that alone counts.
_MAIN = re.compile(rb"(?is)<main\b.*?(?:</main>|\Z)")
_NO_TEXT = re.compile(rb"(?is)<(script|style|noscript|nav|footer|aside|form|time)\b.*?</\1>|<!--.*?-->|<[^>]*>")


MOST_TURNS = 4
pause = time.sleep


class BusyHostError(Exception):
    """Somebody has asked the host within ten seconds."""


def watch() -> Counter:
    """Gather the links and look at those whose turn it is; how many came to each state. Nothing when it is turned off."""
    register()
    done = Counter()
    if not settings.LINK_CHECKS:
        return done
    now = timezone.now()
    due = LinkCheck.objects.filter(next_at__lte=now).exclude(by_hand_until__gte=timezone.localdate())
    asked = set()
    for link in due.order_by("next_at", "pk"):
        host = _host(link.address)
        if host in asked:
            continue
        if len(asked) == MOST_A_TICK:
            break
        asked.add(host)
        if LinkCheck.objects.filter(pk=link.pk, next_at=link.next_at).update(next_at=now + CLAIM):
            done[look(link)] += 1
    return done


def register() -> None:
    """Make the table of links say what the current versions say."""
    uses = {
        (address, kind, key): kind in WATCHED
        for (kind, key), addresses in links.current_links().items()
        for address in addresses
    }
    with transaction.atomic():
        known = dict(LinkCheck.objects.values_list("address", "pk"))
        now = timezone.now()
        fresh = sorted({address for address, _, _ in uses} - set(known))
        LinkCheck.objects.bulk_create(
            [LinkCheck(address=address, next_at=now, **_at_once(address)) for address in fresh], ignore_conflicts=True
        )
        if fresh:
            known = dict(LinkCheck.objects.values_list("address", "pk"))
        held = {(use.link_id, use.kind, use.key): use.pk for use in LinkUse.objects.all()}
        wanted = {(known[address], kind, key): watched for (address, kind, key), watched in uses.items()}
        rows = [
            LinkUse(link_id=link, kind=kind, key=key, watched=watched)
            for (link, kind, key), watched in wanted.items()
            if (link, kind, key) not in held
        ]
        LinkUse.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        LinkUse.objects.filter(pk__in=[pk for name, pk in held.items() if name not in wanted]).delete()
        LinkCheck.objects.filter(uses__isnull=True).delete()


def _at_once(address: str) -> dict:
    """What is known of an address without asking anybody."""
    why = danger(address)
    return {"state": State.DANGEROUS, "reason": why} if why else {}


def look(link: LinkCheck) -> str:
    """Ask, and write down what was found; the state, or *busy* when the host must rest first."""
    now = timezone.now()
    try:
        found = fetching.fetch(link.address, link.tag, take_turn)
        state, reason = _judged(found.status, found.headers)
    except BusyHostError:
        LinkCheck.objects.filter(pk=link.pk).update(next_at=now + AT_MOST_EVERY)
        return "busy"
    except fetching.UnsafeError as error:
        found, state, reason = None, State.DANGEROUS, str(error)
    except fetching.UnreachableError as error:
        found, state, reason = None, State.BROKEN, str(error)
    except (fetching.ForbiddenError, fetching.UnclearError) as error:
        found, state, reason = None, State.UNKNOWN, str(error)
    said = {"failed_at": None, "moved_to": ""}
    if state == State.OK:
        said |= _read(link, found, now)
        if found.moved_to and found.moved_to != link.address:
            state, said["moved_to"] = State.MOVED, found.moved_to[:1000]
    wait = AGAIN[state]
    if state == State.BROKEN:
        said["failed_at"] = first = link.failed_at or now
        if now - first < UNTIL_BROKEN:
            state, wait = State.UNKNOWN, UNTIL_BROKEN - (now - first)
            reason += " Prövas igen innan den räknas som bruten."
    LinkCheck.objects.filter(pk=link.pk).update(
        state=state, reason=reason[:300], checked_at=now, next_at=now + wait, **said
    )
    return state


def take_turn(host: str, waits: bool = False) -> None:
    """Claim a host for ten seconds, after `waits` for as long as another has it; else raises BusyHostError."""
    LinkHost.objects.get_or_create(name=host[:255], defaults={"free_at": timezone.now()})
    for _ in range(MOST_TURNS if waits else 1):
        now = timezone.now()
        row = LinkHost.objects.filter(name=host[:255])
        if row.filter(free_at__lte=now).update(free_at=now + AT_MOST_EVERY):
            return
        if waits:
            pause(max(0.1, (row.get().free_at - now).total_seconds()))
    raise BusyHostError


def _judged(status: int, headers) -> tuple[str, str]:
    """The state that an answer means, and why in Swedish."""
    if 200 <= status < 300 or status == 304:
        return State.OK, ""
    if status in (404, 410):
        return State.BROKEN, f"Sidan finns inte ({status})."
    if headers.get("cf-mitigated") or (status in (403, 503) and "cloudflare" in headers.get("Server", "").lower()):
        return State.UNKNOWN, "Webbplatsen släpper inte in kontrollen. Öppna sidan själv."
    words = {
        401: "Sidan kräver inloggning.",
        403: "Sidan släpper inte in kontrollen.",
        429: "Webbplatsen ber oss vänta.",
    }
    return State.UNKNOWN, words.get(status, f"Webbplatsen svarade med felkod {status}.")


def _read(link: LinkCheck, found: fetching.Found, now: datetime) -> dict:
    """What a page that answered tells of its words: their hash, and that they are others than last time."""
    if found.status == 304:
        return {}
    told = _MAIN.search(found.body)
    words = b" ".join(_NO_TEXT.sub(b" ", told[0] if told else found.body).split())
    digest = hashlib.sha256(words).hexdigest()
    # The first change that nobody has read stands: a page that changes each week is told of once.
    news = link.digest and link.digest != digest and not link.changed_at
    changed = news and link.uses.filter(watched=True).exists()
    tag = found.headers.get("ETag", "")
    return {"digest": digest, "tag": tag if len(tag) <= 300 else ""} | ({"changed_at": now} if changed else {})


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
