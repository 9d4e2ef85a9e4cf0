"""What machines ask for."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from guides.addresses import addresses


def health(request):
    """Says that the process answers, from which edition, and since when that one holds."""
    edition = request.edition
    late = (timezone.now() - edition.valid_until).total_seconds() > 60
    return JsonResponse(
        {"status": "degraded" if late else "ok", "edition": edition.number, "at": edition.at.isoformat()}
    )


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
