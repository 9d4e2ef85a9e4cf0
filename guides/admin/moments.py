"""How the whole site looks at another moment: the same public pages from another edition, for staff alone."""

from __future__ import annotations

import re
from copy import copy
from datetime import datetime
from functools import lru_cache

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.core.handlers.base import BaseHandler
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from guides.admin.times import StockholmTimeField
from guides.models import Masking, Release
from guides.publishing.current import edition_at
from guides.publishing.in_force import counter

_FORMAT = "%Y-%m-%dT%H:%M"
_LINK = re.compile(r'(?P<name>\b(?:href|action)=")/(?!/|static/|admin/)')
_LEFT_OUT = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE")


class MomentForm(forms.Form):
    at = StockholmTimeField(label="När", widget=AdminSplitDateTime, help_text="Till exempel 2027-01-01 kl. 08:00.")

    def clean_at(self) -> datetime:
        if _before_first(self.cleaned_data["at"]):
            raise forms.ValidationError("Webbplatsen fanns inte då. Inget var publicerat.")
        return self.cleaned_data["at"]


def _only_who_may_see_drafts(request) -> None:
    if not request.user.has_perm("guides.view_guide"):
        raise PermissionDenied


def choose(request):
    """A small form: day and time, and the moments at which something is scheduled. With `sida` a page of that moment."""
    _only_who_may_see_drafts(request)
    form = MomentForm(request.GET if request.GET else None, initial={"at": timezone.now().replace(second=0)})
    if form.is_valid():
        moment = timezone.localtime(form.cleaned_data["at"]).strftime(_FORMAT)
        page = request.GET.get("sida", "").removeprefix("/")
        found = reverse("moment-page", args=[moment, page]) if page else reverse("moment-start", args=[moment])
        return HttpResponseRedirect(found)
    return _asked_again(request, form)


def _asked_again(request, form: MomentForm, status: int = 200):
    coming = Release.objects.ahead(timezone.now()).order_by("effective_from").values_list("effective_from", flat=True)
    moments = [(when, timezone.localtime(when).strftime(_FORMAT)) for when in dict.fromkeys(coming)]
    context = {"title": "Så ser sajten ut den …", "form": form, "moments": moments[:20]}
    return render(request, "admin/moment.html", admin.site.each_context(request) | context, status=status)


def show(request, moment: str, public_path: str):
    """A public page from the edition of `moment`, its links leading on within it."""
    _only_who_may_see_drafts(request)
    if request.method not in ("GET", "HEAD") or f"/{public_path}".startswith(("/admin/", "/static/")):
        raise Http404
    at = _read(moment)
    if _before_first(at):
        return _asked_again(request, MomentForm({"at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M}"}), status=404)
    response = _public_answer(request, f"/{public_path}", _edition(at, counter(), Masking.objects.count()), at)
    before = reverse("moment-start", args=[moment])
    if "Location" in response and response["Location"].startswith("/"):
        response["Location"] = before + response["Location"].removeprefix("/")
    if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
        text = _LINK.sub(rf"\g<name>{before}", response.content.decode())
        response.content = text.encode()
        response.headers["Content-Length"] = str(len(response.content))
    del response.headers["ETag"]
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _before_first(at: datetime) -> bool:
    """An empty site would look like a fault. What counts is what counts for a visitor's `?datum=`."""
    return not Release.objects.filter(effective_from__lte=at).exists()


def _read(moment: str) -> datetime:
    try:
        return datetime.strptime(moment, _FORMAT).replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        raise Http404 from None


@lru_cache(maxsize=2)
def _edition(at: datetime, number: int, maskings: int):
    """Kept while somebody clicks about in it; another release makes another one."""
    return edition_at(at)


def _public_answer(request, public_path: str, edition, at: datetime):
    """What a visitor would be answered: the whole public door, but for the edition and the words above the page."""
    inner = HttpRequest()
    inner.method = "GET"
    inner.path = inner.path_info = public_path
    inner.META = {name: value for name, value in request.META.items() if name not in _LEFT_OUT}
    inner.META |= {"PATH_INFO": public_path, "REQUEST_METHOD": "GET"}
    inner.GET = copy(request.GET)
    inner.GET.pop("datum", None)
    inner.POST = QueryDict()
    inner.edition = edition
    inner.preview = f"Så ser webbplatsen ut den {timezone.localtime(at):%Y-%m-%d kl. %H:%M}. Bara för redaktionen."
    return _handler().get_response(inner)


@lru_cache(maxsize=1)
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


urlpatterns = [
    path("", admin.site.admin_view(choose), name="moments"),
    path("<str:moment>/<path:public_path>", admin.site.admin_view(show), name="moment-page"),
    path("<str:moment>/", admin.site.admin_view(show), {"public_path": ""}, name="moment-start"),
]
