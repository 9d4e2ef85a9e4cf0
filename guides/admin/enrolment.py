"""Where the staff log in, tie a phone to their name, and get one-time codes on paper."""

from __future__ import annotations

from base64 import b32encode

import segno
from django import forms
from django.contrib import admin
from django.contrib.auth import logout
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django_otp import login as show_device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from guides.admin.fresh import demand_fresh
from guides.admin.second_factor import CodeField, codes_left, enrol, may_enrol, new_codes, shown
from guides.publishing.audit import note

# The secret that a page has shown and no code has proved yet. In the session: nobody else with the password sees it.
SECRET = "second_factor_secret"
NOT_THIS_CODE = "Koden stämmer inte. Skriv den som appen visar nu, och se efter att telefonens klocka går rätt."


@never_cache
def log_in(request):
    """Name, password and code; who has a password and no phone yet is led to tie one to their name."""
    if request.method == "GET" and not admin.site.has_permission(request) and may_enrol(request):
        return HttpResponseRedirect(reverse("phone"))
    return admin.site.login(request)


class EnrolForm(forms.Form):
    code = CodeField(label="Koden som appen visar", error_messages={"required": "Skriv koden som appen visar."})


@never_cache
def phone(request):
    """Show a new secret; when the app that has it has given a right code, show ten one-time codes once."""
    if not may_enrol(request):
        return HttpResponseRedirect(reverse("admin:login"))
    if admin.site.has_permission(request):
        demand_fresh(request)
    if request.method == "POST" and "_leave" in request.POST:
        logout(request)
        return HttpResponseRedirect(reverse("admin:login"))
    key = request.session.setdefault(SECRET, random_hex(20))
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if found := enrol(request.user, key, form.cleaned_data["code"]):
            device, codes = found
            del request.session[SECRET]
            request.session.cycle_key()
            show_device(request, device)
            shown(request)
            note("factor", request.user, "knöt en telefon", request.user)
            return _codes_page(request, codes)
        form.add_error("code", NOT_THIS_CODE)
    drawn = segno.make(TOTPDevice(user=request.user, key=key).config_url, error="m", micro=False)
    secret = b32encode(bytes.fromhex(key)).decode()
    context = admin.site.each_context(request) | {
        "title": "Koppla din telefon",
        "form": form,
        # A picture of our own making, with nothing typed in it but a user's name, as squares.
        "drawn": mark_safe(drawn.svg_inline(omitsize=True, border=4, dark="#000", light="#fff")),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "changes": admin.site.has_permission(request),
        "name": request.user.get_username(),
        # What lies behind the door is not listed in front of it.
        "is_nav_sidebar_enabled": False,
        "available_apps": [],
    }
    return render(request, "admin/phone.html", context)


def overview(request):
    """How many one-time codes are left, and the ways to a new phone and to new codes; these by POST."""
    if request.method == "POST":
        demand_fresh(request)
        codes = new_codes(request.user)
        note("factor", request.user, "gjorde nya engångskoder", request.user)
        return _codes_page(request, codes)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET", "POST"])
    context = admin.site.each_context(request) | {
        "title": "Tvåstegsinloggning",
        "left": codes_left(request.user),
    }
    return render(request, "admin/two_factor.html", context)


def _codes_page(request, codes: list[str]):
    context = admin.site.each_context(request) | {
        "title": "Dina engångskoder",
        "codes": [f"{code[:5]} {code[5:]}" for code in codes],
        "name": request.user.get_username(),
    }
    response = render(request, "admin/one_time_codes.html", context)
    add_never_cache_headers(response)
    return response


urlpatterns = [
    path("login/", log_in),
    path("tvasteg/", admin.site.admin_view(overview), name="two-factor"),
    path("tvasteg/telefon/", phone, name="phone"),
]
