"""The staff door: the policy under which its pages stand, and what it says when a page cannot be shown."""

from __future__ import annotations

import sys

from django.http import HttpResponse
from django.template.loader import render_to_string

from guides.admin.outage import AWAY, database_away
from guides.publishing.audit import asking

STAFF = "/admin/"
# Everything of ours as a file, nothing inline and nothing from elsewhere: what somebody has typed can never run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORDS = {
    400: ("Adressen gick inte att läsa", "Gå tillbaka och välj på nytt, eller börja på startsidan."),
    403: (
        "Du får inte öppna det här",
        "Din roll räcker inte till. Be den som ger behörigheter i redaktionen om hjälp.",
    ),
    404: ("Sidan finns inte", "Den kan vara borttagen, eller så är adressen felskriven."),
    500: (
        "Något gick fel hos oss",
        "Felet är vårt, inte ditt. Gå tillbaka: det du skrev är ofta kvar. Vänta en stund och försök igen.",
    ),
}


def staff_door(get_response):
    """Middleware: every answer under /admin/ carries the policy. A preview, which is a public page, has its own already."""

    def door(request):
        # What is written meanwhile is written by whoever asks.
        token = asking.set(request)
        try:
            response = get_response(request)
        finally:
            asking.reset(token)
        if request.path.startswith(STAFF):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return door


def failed(request, status: int) -> HttpResponse:
    """An error page in the staff's own look, which needs neither database nor session; with what was typed if that is away."""
    if status == 500 and isinstance(sys.exc_info()[1], AWAY):
        return database_away(request)
    title, words = WORDS[status]
    page = render_to_string("admin/error.html", {"title": title, "words": words, "site_title": "Redaktionen"})
    return HttpResponse(page, status=status)
