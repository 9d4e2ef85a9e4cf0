"""The public door: the edition for a request, its page cache, and the headers of every public answer."""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from guides.public import dated
from guides.public.exit_script import exit_script
from guides.public.finding import GoneError, MovedError
from guides.public.stylesheet import csp_hash, stylesheet
from guides.public.views import errors
from guides.publishing.current import current

log = logging.getLogger("guides.public")
STAFF_DOORS = ("/admin/", "/faktakoll/", "/static/")
# A proxy may keep a page for two seconds, and an old one while ours is away.
PUBLIC_CACHE = "public, max-age=0, s-maxage=2, stale-while-revalidate=5, stale-if-error=600"
NOT_KEPT = frozenset({"/halsa/", "/sok/"})
# With a query these say something about a case or a reader: answered anew each time, and kept by nobody.
PER_QUERY = frozenset({"/handlingsplan/", "/handlingsplan/plan.docx"})
# The only two addresses to which a visitor can send anything.
OPEN_TO_SENDING = re.compile(r"/kontakt/nummer/[a-z0-9-]+/stammer-inte/|/om/tillganglighet/rapport/")
PAGES_KEPT = 3000
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml")
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
            day = getattr(request, "dated", None)
            return HttpResponsePermanentRedirect(f"{where}?datum={day}" if day else where)
        if isinstance(exception, GoneError):
            return errors.gone(request, exception.gone)
        return None

    door.process_exception = process_exception
    return door


@dataclass(frozen=True)
class Kept:
    """A rendered page of an edition: its bytes, the same compressed (empty where that gains nothing), headers, hash."""

    content: bytes
    packed: bytes
    headers: dict[str, str]
    tag: str


def _answer(request, get_response):
    if dated.asked_for(request):
        return secured(_compressed(request, dated.answer(request, get_response)))
    if request.path in PER_QUERY and request.META.get("QUERY_STRING"):
        return secured(_compressed(request, get_response(request)))
    pages = request.edition.pages
    kept = pages.get(request.path)
    if kept is None:
        response = get_response(request)
        if not _may_keep(request, response):
            return secured(_compressed(request, response))
        headers = {name: response.headers[name] for name in HEADERS_KEPT if name in response.headers}
        packed = gzip.compress(response.content, 9, mtime=0) if _is_text(response) else b""
        kept = Kept(response.content, packed, headers, hashlib.sha256(response.content).hexdigest()[:20])
        if len(pages) < PAGES_KEPT:
            pages[request.path] = kept
    return secured(_kept(request, kept))


def _kept(request, kept: Kept):
    packed = kept.packed and _takes_gzip(request)
    # A strong tag names bytes, and the compressed ones are others (RFC 9110, 8.8.3.3).
    tag = f'"{kept.tag}-gzip"' if packed else f'"{kept.tag}"'
    if tag in (t.strip().removeprefix("W/") for t in request.headers.get("If-None-Match", "").split(",")):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(kept.packed if packed else kept.content, headers=kept.headers)
        response.headers["Content-Length"] = str(len(response.content))
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


def _compressed(request, response):
    """An answer made for this request alone. Public pages hold no secret that its length could betray."""
    if not response.streaming and _is_text(response) and _takes_gzip(request):
        response.content = gzip.compress(response.content, 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _is_text(response) -> bool:
    return response.headers.get("Content-Type", "").startswith(COMPRESSIBLE)


def _takes_gzip(request) -> bool:
    """Whether Accept-Encoding names gzip and does not refuse it with q=0 (RFC 9110, 12.5.3)."""
    for named in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, weight = named.partition(";")
        if coding.strip() == "gzip":
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return False


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
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    headers["X-Frame-Options"] = "DENY"
    # A file that somebody uploaded comes with a stricter one.
    headers.setdefault("Content-Security-Policy", policy())
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
