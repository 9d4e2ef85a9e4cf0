"""A sheet for the wall: 112, 114 14, the municipality's number, and a code that leads to the discreet numbers."""

from django.conf import settings
from django.urls import reverse

from guides.public import paper
from guides.public.finding import find
from guides.public.views.showing import show


def poster(request, municipality=""):
    edition = request.edition
    place = find(edition, "municipality", municipality) if municipality else None
    address = settings.PUBLIC_URL + reverse("guides:discreet")
    context = {
        "place": place,
        "own": edition.municipal_contact(place) if place else None,
        "address": paper.written(address).rstrip("/"),
        "code": paper.code(address),
        "today": edition.today,
    }
    return show(request, "poster", context)
