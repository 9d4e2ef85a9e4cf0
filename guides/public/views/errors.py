"""404, 410 and 500, in Swedish and with 112 and 114 14."""

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


def broken(request, status: int = 500):
    """Something failed; the page needs neither edition nor database."""
    return HttpResponse(render_to_string("500.html"), status=status)
