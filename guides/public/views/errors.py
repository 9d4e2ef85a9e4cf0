"""400, 404, 410 and 500, in Swedish and with 112 and 114 14."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from guides.public.views.showing import show


def not_found(request, exception=None):
    """Nothing was ever here."""
    if not hasattr(request, "edition"):
        return broken(request, 404)
    return show(request, "not_found", status=404)


def gone(request, withdrawn):
    """The page was withdrawn: why, and whom to call."""
    return show(request, "gone", {"gone": withdrawn}, status=410)


def broken(request=None, status: int = 500):
    """Something failed; the page needs neither edition nor database."""
    return HttpResponse(render_to_string("500.html"), status=status)


def unreadable():
    """What was sent cannot be read, or is meant for another site; needs as little as `broken`."""
    return HttpResponse(render_to_string("400.html"), status=400)


def too_large():
    """More was sent than anybody needs to send."""
    return HttpResponse(render_to_string("413.html"), status=413)


def busy():
    """Too many ask at once for what takes time."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})
