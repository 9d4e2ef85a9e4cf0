"""The code that is asked for besides the password: from an app in the phone, or one of ten on paper."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from math import ceil

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django_otp import user_has_device
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.admin import throttle

# The session's own: when the second factor was last shown, in seconds.
SHOWN_AT = "second_factor_at"
ONE_TIME_CODES, DIGITS = 10, 10
PHONE_DIGITS = 6
WRONG_CODE = "Koden stämmer inte, eller är redan använd. Skriv den som appen visar nu."
NO_CODE = "Skriv koden från appen i din telefon, eller en av dina engångskoder."


class CodeField(forms.CharField):
    """A code as people write it: with spaces or hyphens. An app's has six digits; all else is a one-time code."""

    def __init__(self, **how):
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(**{"label": "Kod", "max_length": 40, "widget": forms.TextInput(attributes)} | how)

    def clean(self, value):
        return re.sub(r"[\s-]", "", super().clean(value)).lower()


class RefusedCodeError(Exception):
    """A code was not accepted; its words say why, in Swedish."""


def use(user, code: str) -> Device:
    """Use up a code of a person, once and for all; the device that it came from.

    Raises RefusedCodeError when none of theirs is or was such, or when so many wrong ones came that they must wait.
    """
    from_phone = len(code) == PHONE_DIGITS and code.isascii() and code.isdecimal()
    with transaction.atomic():
        devices = (TOTPDevice if from_phone else StaticDevice).objects.devices_for_user(user, confirmed=True)
        waits = []
        for device in devices.select_for_update():
            allowed, why = device.verify_is_allowed()
            if allowed and device.verify_token(code):
                if not from_phone:
                    _start_anew(user)
                return device
            if not allowed:
                waits.append(why["locked_until"])
    if waits:
        left = ceil((min(waits) - timezone.now()).total_seconds())
        raise RefusedCodeError(
            f"För många fel koder. Vänta {in_words(left)}, eller skriv en av dina engångskoder. "
            "Är det inte du som har provat kan någon ha ditt lösenord: byt det."
        )
    raise RefusedCodeError(WRONG_CODE)


def _start_anew(user) -> None:
    """Whoever guessed at the phone's codes has kept its owner waiting, who has now come in by another way."""
    for phone in TOTPDevice.objects.devices_for_user(user):
        phone.throttle_reset()


def in_words(seconds: int) -> str:
    """A time to wait, for reading."""
    if seconds <= 90:
        return "1 sekund" if seconds == 1 else f"{seconds} sekunder"
    return f"{ceil(seconds / 60)} minuter"


class LoginForm(AdminAuthenticationForm):
    """Name, password and code in one. Who has no second factor yet leaves the code empty, and is let in to enrol alone.

    Its user has `otp_device`: what the code came from, or None.
    """

    code = CodeField(required=False, help_text="Sex siffror från appen i din telefon, eller en engångskod.")
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "Namnet eller lösenordet stämmer inte. Stora och små bokstäver räknas som olika."
    }

    def clean(self):
        name, address = self.cleaned_data.get("username"), throttle.address_of(self.request)
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        if left := throttle.attempt(name, address):
            raise forms.ValidationError(
                f"För många försök. Vänta {in_words(left)} och försök igen. Andra kan logga in som vanligt."
            )
        found = super().clean()
        user = self.get_user()
        user.otp_device = self._device(user, found.get("code", ""))
        throttle.succeeded(name, address)
        return found

    def _device(self, user, code: str) -> Device | None:
        if not user_has_device(user):
            return None
        if not code:
            raise forms.ValidationError({"code": NO_CODE})
        try:
            return use(user, code)
        except RefusedCodeError as error:
            raise forms.ValidationError({"code": str(error)}) from error


@receiver(user_logged_in)
def begin_session(request, user, **signal) -> None:
    """A session ends eight hours after its login, whatever is done in it meanwhile."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    if getattr(user, "otp_device", None):
        shown(request)


def shown(request) -> None:
    """Note that the second factor was shown just now."""
    request.session[SHOWN_AT] = timezone.now().timestamp()


def may_enrol(request) -> bool:
    """Staff who are wholly logged in, or have only a password because they have no second factor at all."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    return bool(getattr(user, "otp_device", None)) or not user_has_device(user)


def enrol(user, key: str, code: str) -> tuple[TOTPDevice, list[str]] | None:
    """Make the app that has `key` a person's only phone, if `code` comes from it; with new one-time codes."""
    with transaction.atomic():
        # Of two who enrol at once with the same password, only the first does.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if user_has_device(user) and not getattr(user, "otp_device", None):
            return None
        phone = TOTPDevice.objects.create(user=user, name="Telefon", key=key)
        if not phone.verify_token(code):
            phone.delete()
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=phone.pk).delete()
        return phone, new_codes(user)


def new_codes(user) -> list[str]:
    """Ten one-time codes in place of those that were left, to be shown once."""
    with transaction.atomic():
        paper, _ = StaticDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "Engångskoder"})
        paper.token_set.all().delete()
        codes = [f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in range(ONE_TIME_CODES)]
        for code in codes:
            paper.token_set.create(token=code)
    return codes


def codes_left(user) -> int:
    """How many one-time codes a person has not used."""
    return sum(device.token_set.count() for device in StaticDevice.objects.devices_for_user(user, confirmed=True))


def forget(user) -> None:
    """Take a person's phone and codes away: they enrol anew at their next login, and are out everywhere."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()
