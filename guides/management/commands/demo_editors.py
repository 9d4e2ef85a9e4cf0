"""One user per role with a printed password, key and codes, to try the staff door with. Only when DEBUG.

A demonstration often has no phone at hand. So each has one of the ten codes for each login, and whoever has an
app puts in the key. A real editor ties a phone instead, at the first login (guides/admin/enrolment.py).
"""

from __future__ import annotations

import secrets
from base64 import b32encode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.admin.second_factor import forget, new_codes
from guides.models import Membership, Municipality
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER
from guides.text.swedish import fold

ROLES = (EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR)


class Command(BaseCommand):
    help = "Gör en användare för varje roll och skriver ut lösenord, nyckel till en app och tio engångskoder. Bara när DEBUG är på."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("Bara när DEBUG är på: användare med kända namn hör inte hemma på en riktig webbplats.")
        for role in ROLES:
            name, password = f"demo-{fold(role)}", secrets.token_urlsafe(12)
            user, _ = get_user_model().objects.get_or_create(
                username=name, defaults={"email": f"{name}@example.se", "is_staff": True}
            )
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get(name=role)])
            place = self._municipality(user) if role == LOCAL else ""
            forget(user)
            phone = TOTPDevice.objects.create(user=user, name="Telefon")
            key, codes = b32encode(phone.bin_key).decode(), " ".join(new_codes(user))
            self.stdout.write(f"{name}  {password}  nyckel {key}  koder {codes}{place}")

    def _municipality(self, user) -> str:
        held = Membership.objects.filter(user=user).first()
        if held is None:
            with_numbers = Municipality.objects.filter(contact__isnull=False)
            municipality = (with_numbers or Municipality.objects).order_by("key").first()
            if municipality is None:
                return "  (ingen kommun finns än)"
            held = Membership.objects.create(user=user, municipality=municipality)
        return f"  ({held.municipality})"
