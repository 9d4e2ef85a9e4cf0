"""`?datum=`: how a page of the handbook stood on a day gone by. Kept nowhere, and never with an old number."""

from __future__ import annotations

import re
from datetime import date

from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format

from guides.public.views.showing import show
from guides.publishing.current import BeforeFirstError, NotReadyError, edition_of_day

PAGES = frozenset(
    {
        *("guide-list", "guide-detail", "guide-print", "step-detail", "matrix", "actor-detail"),
        *("statute-list", "statute-detail", "old-and-new", "grant-list", "grant-detail"),
    }
)
# Files are made of today's edition alone.
FILES = frozenset({"handbook", "grant-calendar"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RETRY_AFTER = 3


def asked_for(request) -> bool:
    """Whether a request is for a page as it stood on a day."""
    if "datum" not in request.GET or request.method not in ("GET", "HEAD"):
        return False
    try:
        found = resolve(request.path)
    except Resolver404:
        return False
    request.is_file = found.url_name in FILES
    return found.app_name == "guides" and found.url_name in PAGES | FILES


def answer(request, get_response):
    """The page as it stood when that day ended, or in Swedish why not."""
    typed = request.GET["datum"]
    day = _read(typed)
    if day is None:
        return _instead(request, 400, "Datumet går inte att läsa", "Skriv datumet med år, månad och dag, till exempel 2027-03-03.")
    if request.is_file:
        return _instead(request, 400, "Filen finns bara som den är i dag", "Öppna sidan med samma datum i stället.")
    today = timezone.localdate()
    if day > today:
        return _instead(request, 400, "Datumet ligger i framtiden", "Välj i dag eller en dag som har varit.")
    try:
        if day < today:
            request.edition = edition_of_day(day)
    except BeforeFirstError:
        return _instead(request, 404, "Webbplatsen fanns inte då", f"Inget var publicerat den {date_format(day, 'j F Y')}.")
    except NotReadyError:
        response = _instead(request, 503, "Sidan görs i ordning", "Ladda om sidan om några sekunder.")
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    request.dated = day
    return _unkept(get_response(request))


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        return None


def _instead(request, status: int, title: str, text: str):
    return _unkept(show(request, "not_then", {"title": title, "text": text}, status=status))


def _unkept(response):
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
