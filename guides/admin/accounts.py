"""Users and roles: every change wants a fresh code, and a lost phone is taken away by another administrator."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.admin.fresh import demand_fresh
from guides.admin.row_saving import RowSaving
from guides.admin.second_factor import forget
from guides.publishing.audit import note

log = logging.getLogger("guides.accounts")
RESET = "Ta bort telefonen"


class AsksAgain:
    """For a ModelAdmin whose rows give rights: whatever is saved or deleted wants a fresh code."""

    def save_model(self, request, obj, form, change):
        demand_fresh(request)
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        demand_fresh(request)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        demand_fresh(request)
        super().delete_queryset(request, queryset)


class SecondFactor(AsksAgain):
    """For the admin of users: who has a second factor, and how a lost one is taken away."""

    readonly_fields = ["second_factor"]

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        return [*found, ("Tvåstegsinloggning", {"fields": ["second_factor"]})] if obj else found

    @admin.display(description="telefon och engångskoder")
    def second_factor(self, obj) -> str:
        if not user_has_device(obj):
            return "Inte uppsatt. Personen får göra det vid nästa inloggning."
        place = reverse("admin:auth_user_tvasteg", args=[obj.pk])
        return format_html('Uppsatt. <a href="{}">{}</a>, om den är borta', place, RESET)

    def get_urls(self):
        own = path("<id>/tvasteg/", self.admin_site.admin_view(self.take_away), name="auth_user_tvasteg")
        return [own, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        # Before a password is typed, for that is not carried through the page that asks for a code.
        demand_fresh(request)
        return super().add_view(request, form_url, extra_context)

    def user_change_password(self, request, id, form_url=""):
        if self.has_change_permission(request):
            demand_fresh(request)
        return super().user_change_password(request, id, form_url)

    def take_away(self, request, id):
        """The page that asks whether, and by POST takes the phone and the codes away. Never one's own."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        person = self.get_object(request, id)
        if person is None:
            raise Http404
        own = person == request.user
        if request.method == "POST" and not own:
            demand_fresh(request)
            forget(person)
            note("factor", person, "tog bort telefon och engångskoder", request.user)
            if not _tell(request.user, person):
                messages.warning(request, "Något av breven gick inte att skicka. Säg till personen själv.")
            messages.success(request, f"{person} kopplar en ny telefon vid nästa inloggning, och är nu utloggad överallt.")
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))
        context = self.admin_site.each_context(request) | {
            "title": f"{RESET}: {person}",
            "person": person,
            "own": own,
            "verb": RESET,
        }
        return render(request, "admin/take_phone_away.html", context)


def _tell(by, person) -> bool:
    """Mail to both; whether all of it went. It names the two accounts and nothing else."""
    words = (
        f"Hej!\n\n{by} har tagit bort telefonen och engångskoderna för kontot {person}. "
        "Nästa inloggning börjar med att koppla en ny telefon.\n\n"
        "Har ingen bett om det? Säg genast till en annan administratör, och byt lösenordet.\n"
    )
    addresses = sorted({one.email for one in (by, person)} - {""})
    mails = [EmailMessage("En telefon är borttagen ur inloggningen", words, to=[one]) for one in addresses]
    try:
        get_connection().send_messages(mails)
    except (SMTPException, OSError):
        log.exception("Brevet om en borttagen telefon gick inte att skicka.")
        return False
    return bool(by.email and person.email)


# Secrets and codes are nobody's to look at.
for device in (TOTPDevice, StaticDevice):
    admin.site.unregister(device)
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(AsksAgain, RowSaving, GroupAdmin):
    """Django's own, behind a fresh code: `roles.py` says what a role may do."""
