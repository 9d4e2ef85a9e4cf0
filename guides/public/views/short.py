"""Short addresses, /12/: what stands on paper leads to the page."""

from django.http import Http404, HttpResponsePermanentRedirect

from guides.addresses import address
from guides.edition.records import Gone
from guides.public.finding import GoneError


def short(request, number):
    found = request.edition.on_paper(number)
    if isinstance(found, Gone):
        raise GoneError(found)
    where = address(found, request.edition) if found else ""
    if not where:
        raise Http404
    return HttpResponsePermanentRedirect(where)
