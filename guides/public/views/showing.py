"""What every page is given."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import date_format

from guides.edition.records import PROFESSIONAL, PUBLIC
from guides.public.abbreviations import full_forms, spell_out
from guides.public.structured import structured
from guides.public.twins import twin_of

SITE_NAME = "Avhoppare"


def show(request, template: str, context: dict | None = None, audience: str = PUBLIC, status: int = 200):
    """Render a public template from the request's edition for one audience, and answer with it."""
    return HttpResponse(rendered(request, template, context, audience), status=status)


def rendered(request, template: str, context: dict | None = None, audience: str = PUBLIC) -> str:
    """A public template with the request's edition for one audience, its abbreviations written out."""
    municipality = getattr((context or {}).get("municipality"), "key", "")
    shared = {
        "banners": request.edition.banners(audience, municipality),
        "edition": request.edition,
        "audience": audience,
        "site_name": SITE_NAME,
        "responsible_organisation": settings.RESPONSIBLE_ORGANISATION,
        "path": request.path,
        "exit": _has_exit(audience, (context or {}).get("page")),
        "preview": getattr(request, "preview", "") or _as_it_stood(request, context or {}),
        "dated": getattr(request, "dated", None),
        "twin": twin_of(request.resolver_match, request.path),
    }
    if not shared["preview"]:
        shared["structured"] = structured(template, context or {}, request.edition)
    # The static copy has an engine whose templates stand in place of what needs a server.
    engine = getattr(request, "engine", None)
    html = render_to_string(f"public/{template}.html", shared | (context or {}), request, using=engine)
    return spell_out(html, full_forms(request.edition))


def _as_it_stood(request, context: dict) -> str:
    """The words above a page of a day gone by; empty on today's."""
    day = getattr(request, "dated", None)
    if day is None:
        return ""
    shown = next((context[name] for name in ("step", "guide", "statute", "actor", "grant") if context.get(name)), None)
    version = f" (version {shown.dates.version})" if shown else ""
    return (
        f"Så stod det på webbplatsen den {date_format(day, 'j F Y')}{version}. "
        "Det är inte lagens lydelse den dagen; se lagtexten."
    )


def _has_exit(audience: str, page) -> bool:
    """Whether the quick exit stands on a page: for the public, unless the page itself says otherwise."""
    switch = getattr(page, "exit", "")
    return switch == "shown" if switch else audience == PUBLIC


def show_to_professionals(request, template: str, context: dict | None = None):
    """The same, for pages of the handbook: they may show numbers that nobody has called yet."""
    return show(request, template, context, audience=PROFESSIONAL)
