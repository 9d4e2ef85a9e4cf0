"""Grants, by what can be done about them today, and their days as a calendar."""

from django.conf import settings
from django.http import HttpResponse

from guides.addresses import address
from guides.public.calendar import calendar_of
from guides.public.finding import find
from guides.public.views.showing import show_to_professionals

STATES = ("open", "closing", "upcoming", "unknown", "closed")


def grant_list(request):
    grants = request.edition.grants()
    others = [g for g in grants if g.relevance == "indirect"]
    groups = []
    for state in STATES:
        found = tuple(g for g in others if g.state == state)
        if found:
            groups.append((found[0].state_label, state, found))
    context = {
        "direct": tuple(g for g in grants if g.relevance == "direct"),
        "groups": groups,
        "history": tuple(g for g in grants if g.relevance == "history"),
    }
    return show_to_professionals(request, "grant_list", context)


def grant_detail(request, grant):
    return show_to_professionals(request, "grant", {"grant": find(request.edition, "grant", grant)})


def calendar(request):
    """RFC 5545: the days a grant opens and closes."""
    edition = request.edition
    events = [(grant, settings.PUBLIC_URL + address(grant)) for grant in edition.grants()]
    text = calendar_of(events, [g for g in edition.gone.values() if g.kind == "grant"], edition.at)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
