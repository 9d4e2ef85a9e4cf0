"""The staff door without its database: a page that asks it nothing, and holds what was typed, to be sent again."""

from __future__ import annotations

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from guides.admin.saving import sent

# The server is away, full, locked, or takes no writing; other database errors are faults of ours.
AWAY = (OperationalError, InterfaceError, InternalError)
RETRY_AFTER = 30


def database_away(request):
    """503 with the form in hidden fields; neither user nor session is asked for, because both lie in the database."""
    # Another site must not have us show a filled-in form with a button.
    own = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    kept = request.method == "POST" and own and not request.path.startswith("/admin/login/")
    context = {
        "path": request.get_full_path() if own else "/admin/",
        "kept": kept,
        "sent": sent(request) if kept else (),
        "files": bool(kept and request.FILES),
        "csrf_token": get_token(request),
    }
    response = HttpResponse(render_to_string("admin/outage.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
