"""The public door: the edition for a request, its page cache, and the headers of every public answer."""

from __future__ import annotations

import logging
import re

from django.core.exceptions import DisallowedHost
from django.http import (
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.security import SecurityMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from guides.public import dated
from guides.public.exit_script import exit_script
from guides.public.finding import GoneError, MovedError
from guides.public.kept import Page, is_text, keep, packed, taken
from guides.public.stylesheet import csp_hash, stylesheet
from guides.public.views import errors
from guides.publishing.current import current

log = logging.getLogger("guides.public")
STAFF_DOORS = ("/admin/", "/faktakoll/", "/static/")
NOT_KEPT = frozenset({"/halsa/", "/halsa/matt", "/sok/"})
# With a query these say something about a case or a reader: answered anew each time, and kept by nobody.
PER_QUERY = frozenset({"/handlingsplan/", "/handlingsplan/plan.docx"})
# The only two addresses to which a visitor can send anything.
OPEN_TO_SENDING = re.compile(r"/kontakt/nummer/[a-z0-9-]+/stammer-inte/|/om/tillganglighet/rapport/")
PERMISSIONS = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
HEADERS_KEPT = ("Content-Type", "Content-Disposition", "Access-Control-Allow-Origin", "X-Robots-Tag")


def public_door(get_response):
    """Middleware: the staff's addresses pass by, all others are answered from the edition.

    A moved document is a 301, a withdrawn one a 410 with its reason.
    """

    def door(request):
        if request.path.startswith(STAFF_DOORS):
            response = get_response(request)
            # A preview is a public page: it has the public's inline style and exit script.
            if hasattr(request, "edition"):
                response.headers["Content-Security-Policy"] = policy()
            return response
        try:
            request.get_host()
        except DisallowedHost:
            return secured(errors.unreadable())
        sending = request.method == "POST" and OPEN_TO_SENDING.fullmatch(request.path)
        if request.method not in ("GET", "HEAD") and not sending:
            return secured(HttpResponseNotAllowed(["GET", "HEAD"]))
        # Absent in older browsers; what another site makes a browser send always has it.
        if sending and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return secured(HttpResponseForbidden())
        try:
            request.edition = getattr(request, "edition", None) or current.edition()
        except Exception:
            log.exception("Ingen utgåva att visa.")
            return secured(errors.broken(request))
        response = secured(get_response(request)) if sending else _answer(request, get_response)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    def process_exception(request, exception):
        if isinstance(exception, MovedError):
            found = request.resolver_match
            arguments = {**found.kwargs, **exception.parts}
            where = reverse(found.view_name, kwargs=arguments)
            day = _day_of(request)
            return HttpResponsePermanentRedirect(f"{where}?datum={day}" if day else where)
        if isinstance(exception, GoneError):
            leads_on = exception.gone.redirect_to
            # Not for good: the document may be published again.
            if leads_on and not _day_of(request):
                return HttpResponseRedirect(leads_on)
            return errors.gone(request, exception.gone)
        return None

    door.process_exception = process_exception
    return door


def _day_of(request) -> str | None:
    """The day gone by that a page is asked for."""
    return getattr(request, "dated", None)


def _answer(request, get_response):
    if dated.asked_for(request):
        return secured(_compressed(request, dated.answer(request, get_response)))
    if request.path in PER_QUERY and request.META.get("QUERY_STRING"):
        return secured(_compressed(request, get_response(request)))
    edition = request.edition
    page = edition.pages.get(request.path)
    if page is None:
        response = get_response(request)
        if not _may_keep(request, response):
            return secured(_compressed(request, response))
        page = Page(response.content, _headers(request, response))
        keep(edition.pages, request.path, page)
    left = (edition.valid_until - timezone.now()).total_seconds()
    answer = page.answer(_accepted(request), request.headers.get("If-None-Match", "").encode("latin-1"), left)
    response = HttpResponse(answer.body, status=answer.status)
    del response.headers["Content-Type"]
    for name, value in answer.headers:
        response.headers[name.decode().title()] = value.decode("latin-1")
    return response


def _headers(request, response) -> dict[str, str]:
    """What every answer with this page says, also before Django: ours, and what Django's own middleware adds."""
    headers = {name: response.headers[name] for name in HEADERS_KEPT if name in response.headers}
    bare = HttpResponse(headers=headers)
    secured(bare)
    del bare.headers["Cache-Control"]
    return dict(_security.process_response(request, bare).items())


_security = SecurityMiddleware(lambda request: None)


def _accepted(request) -> bytes:
    return request.headers.get("Accept-Encoding", "").encode("latin-1")


def _compressed(request, response):
    """An answer made for this request alone. Public pages hold no secret that its length could betray."""
    text = is_text(response.headers.get("Content-Type", ""))
    if not response.streaming and text and taken(_accepted(request))[1]:
        response.content = packed(response.content)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _may_keep(request, response) -> bool:
    return response.status_code == 200 and not response.streaming and request.path not in NOT_KEPT


def policy() -> str:
    """What a public page may hold: our files, and inline only the style sheet and the exit script."""
    return (
        f"default-src 'none'; style-src {csp_hash(stylesheet())}; script-src 'self' {csp_hash(exit_script())}; "
        "img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def secured(response):
    """The headers that every public answer carries."""
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    # What is open to other sites says so itself, as /api/ does.
    if "Access-Control-Allow-Origin" not in headers:
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["X-Frame-Options"] = "DENY"
    # A file that somebody uploaded comes with a stricter one.
    headers.setdefault("Content-Security-Policy", policy())
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
