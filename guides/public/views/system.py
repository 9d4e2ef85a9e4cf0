"""What machines ask for."""

from datetime import UTC, datetime, timedelta
from resource import RUSAGE_SELF, getrusage

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.html import escape

from guides.addresses import addresses
from guides.publishing.current import current


def health(request):
    """200 while an edition is served, with what is degraded in the body; with `?strikt` that is 503, for alarms.

    A host without its database still answers every visitor, and must not be taken out of rotation.
    """
    report = current.health.report(request.edition)
    strict = "strikt" in request.GET and report["status"] != "ok"
    return JsonResponse(report, status=503 if strict else 200)


def metrics(request):
    """The same in numbers, in Prometheus' text format 0.0.4, for who has the token."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(sent, settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    edition, health = request.edition, current.health
    parts = health.report(edition)["parts"]
    found = [
        ("edition_number", "Which release counter the edition was built from.", edition.number),
        ("edition_age_seconds", "Seconds since the moment that the edition speaks of.", parts["edition"]["age_seconds"]),
        ("pages_kept", "Rendered pages in memory.", len(edition.pages)),
        ("last_tick_timestamp_seconds", "When tick last ran; 0: never.", health.ticked.timestamp() if health.ticked else 0),
        ("memory_bytes", "The most memory that this process has had.", getrusage(RUSAGE_SELF).ru_maxrss * 1024),
        *((f"{name}_ok", f"1 when {name} is ok, else 0.", int(part["status"] == "ok")) for name, part in parts.items()),
    ]
    lines = [f"# HELP avhoppare_{n} {words}\n# TYPE avhoppare_{n} gauge\navhoppare_{n} {value}\n" for n, words, value in found]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def security(request):
    """RFC 9116: whom to tell of a hole. It expires half a year after it was read; 404 while nobody has been named."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = datetime.combine(request.edition.today + timedelta(days=180), datetime.min.time(), UTC)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.PUBLIC_URL}{reverse('guides:security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request):
    """sitemaps.org 0.9, from what is released alone, without the page that no search engine is to show."""
    discreet = reverse("guides:discreet")
    paths = (path for path in addresses(request.edition) if path != discreet)
    places = "".join(f"<url><loc>{escape(settings.PUBLIC_URL + path)}</loc></url>" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def favicon(request):
    """Browsers ask for this name whatever a page says."""
    return HttpResponsePermanentRedirect(static("img/favicon.svg"))
