"""Acts that reach the public or give rights want a code that is less than an hour old, not only a session.

`demand_fresh` stands where such an act is done. When it refuses, the answer asks for a code and holds all that was
sent; with a right code it is sent on, and the act happens. Hiding a number never asks: it must be at hand at once.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from guides.admin.second_factor import SHOWN_AT, CodeField, RefusedCodeError, shown, use

FRESH = 3600
CODE, LEADS_BACK = "_fresh_code", "_fresh_get"
# They are not sent back to the browser, so they have to be typed again.
SECRET = "password"


class StaleError(Exception):
    """The second factor was shown too long ago for what was asked."""


def demand_fresh(request) -> None:
    """Raise StaleError, which FreshCode answers, when the second factor was not shown within the last hour."""
    if timezone.now().timestamp() - request.session.get(SHOWN_AT, 0) >= FRESH:
        raise StaleError


class CodeForm(forms.Form):
    """One code of the person who is logged in; used up by a valid form."""

    code = CodeField(error_messages={"required": "Skriv en kod."})

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self):
        try:
            use(self.user, self.cleaned_data["code"])
        except RefusedCodeError as error:
            raise forms.ValidationError(str(error)) from error


class FreshCode:
    """Middleware: asks for a code in the name of every staff page, and lets what was sent with one go on to its view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """With a code in it, a form goes on without the code, or comes back with a sentence."""
        if request.method != "POST" or not request.path.startswith("/admin/") or CODE not in request.POST:
            return None
        if not admin.site.has_permission(request):
            return None
        data = request.POST.copy()
        form = CodeForm(request.user, {"code": data.pop(CODE)[-1]})
        leads_back = data.pop(LEADS_BACK, None)
        if not form.is_valid():
            return _page(request, form)
        shown(request)
        request.POST = data
        return HttpResponseRedirect(request.get_full_path()) if leads_back else None

    def process_exception(self, request, exception):
        """What was sent comes back in a page that asks for a code."""
        return _page(request, CodeForm(request.user)) if isinstance(exception, StaleError) else None


def _page(request, form):
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [
        (name, value) for name, value in sent if name not in ("csrfmiddlewaretoken", CODE) and SECRET not in name
    ]
    if request.method == "GET":
        kept = [(LEADS_BACK, "1")]
    context = admin.site.each_context(request) | {
        "title": "Skriv en ny kod",
        "form": form,
        "kept": kept,
        "typed": [(name, value) for name, value in kept if len(value) > 20],
        "lost": len(kept) < len([name for name, _ in sent if name not in ("csrfmiddlewaretoken", CODE)]),
        "code_name": CODE,
        "is_popup": True,
    }
    response = render(request, "admin/fresh.html", context, status=403)
    add_never_cache_headers(response)
    return response
