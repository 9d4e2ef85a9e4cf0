"""What was typed when the session had run out: it lies in the answer, with the login beside it, and nowhere else.

Not in the session, the database or the browser's store: drafts about people who are under
threat must leave no trace on a borrowed computer. The page sends name, password and the form
in one, so that it works without JavaScript and the form is saved by whoever then logs in.
"""

from __future__ import annotations

from functools import wraps

from django.contrib import admin
from django.contrib.auth import login
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as plain_failure
from django.views.decorators.debug import sensitive_post_parameters

from guides.admin.saving import sent
from guides.admin.second_factor import LoginForm, may_enrol

LOGIN = ("_username", "_password", "_code")


def keeps_typed(view):
    """A staff view to which a POST without a valid login is answered by the login page, with the form kept in it."""

    @wraps(view)
    @sensitive_post_parameters("_password", "_code")
    def kept(request, *args, **kwargs):
        if request.method != "POST" or admin.site.has_permission(request):
            return view(request, *args, **kwargs)
        form = None
        if "_username" in request.POST:
            form = LoginForm(request, {name[1:]: request.POST.get(name, "") for name in LOGIN})
            if form.is_valid():
                login(request, form.get_user())
                if not admin.site.has_permission(request):
                    return _page(request, None)
                data = request.POST.copy()
                for name in LOGIN:
                    data.pop(name, None)
                request.POST = data
                return view(request, *args, **kwargs)
        return _page(request, form)

    return kept


def csrf_failure(request, reason=""):
    """The form is older than the login, made in another tab: shown with what was typed, to be sent again.

    Only what our own pages have sent: another site must not have us show a filled-in form with a button.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if own and request.path.startswith("/admin/") and not request.path.startswith("/admin/login/"):
        return _page(request, None)
    return plain_failure(request, reason)


def _page(request, form):
    context = admin.site.each_context(request) | {
        "title": "Din text är kvar",
        "form": form or LoginForm(request),
        "logged_in": admin.site.has_permission(request),
        "without_phone": not admin.site.has_permission(request) and may_enrol(request),
        "sent": sent(request, *LOGIN),
        "is_popup": True,
    }
    response = render(request, "admin/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response
