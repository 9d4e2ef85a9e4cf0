"""Test people have a phone. `force_login` logs them in with both factors; a window is let in by a session that waits for it.

Only the tests of the login itself type names, passwords and codes.
"""

import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.admin.second_factor import SHOWN_AT

KEY = "31" * 20
with_password_alone = Client.force_login


def phone_of(user) -> TOTPDevice:
    """A person's phone, made when they have none."""
    return TOTPDevice.objects.get_or_create(user=user, defaults={"name": "Telefon", "key": KEY})[0]


def code(key: str = KEY, steps: int = 0) -> str:
    """What an app with this key shows now, or so many half minutes away."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def one_time_code(user, token: str) -> str:
    """Give a person a one-time code."""
    StaticDevice.objects.get_or_create(user=user)[0].token_set.create(token=token)
    return token


def _with_both(client, user, backend=None):
    user.otp_device = phone_of(user)
    with_password_alone(client, user, backend)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = user.otp_device.persistent_id
    session.save()


Client.force_login = _with_both


def seat(*users) -> None:
    """Log people in on a site that `log_in` will visit; they also get the one-time codes 1234567890 and 1234567891."""
    for user in users:
        client = Client()
        client.force_login(user)
        for kind, last in (("session", {}), ("stale", {SHOWN_AT: 0})):
            held = SessionStore().encode({**client.session} | last)
            until = timezone.now() + timedelta(hours=8)
            Session.objects.create(session_key=f"{kind}-of-{user.username}", session_data=held, expire_date=until)
        for token in ("1234567890", "1234567891"):
            one_time_code(user, token)


def log_in(page, name: str, kind: str = "session") -> None:
    """A window at the start page of the staff, in which somebody who is seated has logged in; long ago if `stale`."""
    page.goto("/admin/login/")
    place = {"domain": urlsplit(page.url).hostname, "path": "/admin/"}
    page.context.add_cookies([{"name": "s", "value": f"{kind}-of-{name}", **place}])
    page.goto("/admin/")
    assert "/admin/login/" not in page.url
