"""The two forms that a visitor may send. No cookie, no token: the public door lets only our own pages send them."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from guides.public.finding import find
from guides.public.views.showing import show
from guides.publishing.inbox import InboxError, report_access, report_number

# Far more than either form can hold; what is larger is not even read.
MOST_BYTES = 16_000


def taking(view):
    """A view that writes a report and returns the address to go back to, answered with thanks or with what was wrong."""

    @csrf_exempt
    @wraps(view)
    def answer(request, **found):
        sent = request.method == "POST"
        fault = None
        try:
            if sent and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
                raise InboxError(413, "Det var för mycket text.")
            back = view(request, sent, **found)
        except InboxError as error:
            fault, back = error, view(request, False, **found)
        if not sent:
            return HttpResponseRedirect(back)
        return show(request, "thanks", {"fault": fault, "back": back}, status=fault.status if fault else 200)

    return answer


@taking
def number(request, sent, contact):
    found = find(request.edition, "contact", contact)
    if sent:
        report_number(found.key, request.POST.get("fel", ""))
    return reverse("guides:contact-detail", args=[found.key])


@taking
def access(request, sent):
    # Only a program fills in the field that nobody sees.
    if sent and not request.POST.get("webbplats"):
        report_access(request.POST.get("text", ""))
    return reverse("guides:about-page", args=["tillganglighet"])
