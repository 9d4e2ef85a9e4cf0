"""Guessing takes longer and longer, for the one who guesses: counted by name and address together.

An attacker elsewhere can therefore not lock anybody out. The count lies in the database, so that all processes share
it, under a hash that neither name nor address can be read from; it is forgotten after an hour, and written nowhere else.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guides.models import LoginAttempts

FREE = 5
SHORTEST, LONGEST = 15, 15 * 60
WINDOW = timedelta(hours=1)


def attempt(name: str, address: str) -> int:
    """Count an attempt to log in before it is made, so that many at once are all counted.

    Returns 0 when it may be made, else how many seconds are left to wait; who waits is not counted.
    """
    now = timezone.now()
    forget_old(now)
    with transaction.atomic():
        row, _ = LoginAttempts.objects.select_for_update().get_or_create(
            hash=_hash(name, address), defaults={"last_at": now}
        )
        left = (row.last_at - now).total_seconds() + _wait(row.count)
        if left > 0:
            return ceil(left)
        row.count, row.last_at = row.count + 1, now
        row.save()
    return 0


def succeeded(name: str, address: str) -> None:
    """Forget what was counted."""
    LoginAttempts.objects.filter(hash=_hash(name, address)).delete()


def forget_old(now) -> int:
    """Delete what is older than the window; how many rows."""
    return LoginAttempts.objects.filter(last_at__lt=now - WINDOW).delete()[0]


def address_of(request) -> str:
    """Where a request comes from: of IPv6 the network, of which every address belongs to one subscriber.

    Behind PROXIES proxies, each of which adds whom it heard from to X-Forwarded-For, it is the address that the
    outermost of ours has written; what stands before it anybody may have made up.
    """
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")] if settings.PROXIES else []
    chain = [*told, request.META.get("REMOTE_ADDR", "")]
    found = chain[max(0, len(chain) - 1 - settings.PROXIES)]
    try:
        address = ip_address(found)
    except ValueError:
        return found
    address = getattr(address, "ipv4_mapped", None) or address
    return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)


def _wait(count: int) -> int:
    """Seconds after so many failures: none at first, then twice as long each time."""
    return 0 if count < FREE else min(SHORTEST * 2 ** min(count - FREE, 10), LONGEST)


def _hash(name: str, address: str) -> str:
    return salted_hmac("guides.admin.throttle", f"{name.casefold()}\0{address}", algorithm="sha256").hexdigest()
