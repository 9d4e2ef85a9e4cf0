"""What search engines read of a page (schema.org as JSON-LD): narrow, and from the same records as the words beside it.

A page of a day gone by and a draft carry none. No HowTo and no FAQPage: they would say more than the page does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from django.conf import settings

from guides.addresses import address, reverse
from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.guide_records import GuideStep

_SFS = re.compile(r"\d{4}:\d+")
# What a public body offers; a help line of an organisation is a service, but none of the state's.
GOVERNMENTAL = frozenset(
    {"akut", "polis", "avhoppare", "socialjour", "socialtjänst", "kommunal avhopparverksamhet", "myndighet"}
)
# A data block is no script, but "</script>" in a text would end it.
_HARMLESS = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def structured(template: str, context: Mapping, edition: Edition) -> str:
    """The JSON-LD of the page that a public template shows with `context`; empty for pages that have none."""
    make = PAGES.get(template)
    found = make(context, edition) if make else ()
    if not found:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": list(found)}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_HARMLESS)


def area_of(contact: r.Contact, edition: Edition) -> tuple[str, str]:
    """Type and name of the area that a service is for."""
    place = {"county": contact.county, "municipality": contact.municipality}.get(contact.area, "")
    if place:
        record = edition.get(contact.area, place)
        return "AdministrativeArea", record.title if record else ""
    if contact.area == "police_region":
        return "AdministrativeArea", contact.police_region and f"Polisregion {contact.police_region}"
    return "Country", "Sverige" if contact.area == "nation" else ""


def _step(context: Mapping, edition: Edition) -> tuple[dict, ...]:
    here: GuideStep = context["here"]
    way = [*_guides(), (here.guide.title, address(here.guide)), (f"Steg {here.number}", address(here))]
    return _article(here.step, here.step.title, address(here)), _breadcrumbs(way)


def _guide(context: Mapping, edition: Edition) -> tuple[dict, ...]:
    guide = context["guide"]
    where = address(guide)
    return _article(guide, guide.title, where, guide.language), _breadcrumbs([*_guides(), (guide.title, where)])


def _guides() -> list[tuple[str, str]]:
    return [("Guider", reverse("guides:guide-list"))]


def _statute(context: Mapping, edition: Edition) -> tuple[dict, ...]:
    statute = context["statute"]
    force = "NotInForce" if statute.repealed or statute.coming else "InForce"
    found = {
        "@type": "Legislation",
        "name": statute.title,
        "url": statute.url,
        "legislationLegalForce": f"https://schema.org/{force}",
    }
    if _SFS.fullmatch(statute.key) and statute.key in statute.title:
        found["legislationIdentifier"] = statute.key
    if statute.in_force_from and not statute.repealed:
        found["legislationDateOfApplicability"] = statute.in_force_from.isoformat()
    return found, _breadcrumbs([("Lag", reverse("guides:statute-list")), (statute.name, address(statute))])


def _contact(context: Mapping, edition: Edition) -> tuple[dict, ...]:
    contact = context["contact"]
    number = contact.number(r.PUBLIC)
    kind, area = area_of(contact, edition)
    found = {
        "@type": "GovernmentService" if contact.category in GOVERNMENTAL else "Service",
        "name": contact.title,
        "url": settings.PUBLIC_URL + address(contact),
    }
    if contact.organisation:
        found["provider"] = {"@type": "Organization", "name": contact.organisation}
    if area:
        found["areaServed"] = {"@type": kind, "name": area}
    if number:
        found["availableChannel"] = {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": number.value},
        }
    return found, _breadcrumbs([("Kontakt", reverse("guides:contact-list")), (contact.title, address(contact))])


def _article(record: r.Record, headline: str, where: str, language: str = "sv") -> dict:
    return {
        "@type": "Article",
        "headline": headline,
        "url": settings.PUBLIC_URL + where,
        "inLanguage": language,
        "datePublished": record.dates.published.isoformat(),
        "dateModified": record.dates.updated.isoformat(),
    }


def _breadcrumbs(way: list[tuple[str, str]]) -> dict:
    """The way that stands above the page."""
    places = [("Start", reverse("guides:home")), *way]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": settings.PUBLIC_URL + path}
        for number, (name, path) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


PAGES = {"step": _step, "guide": _guide, "statute": _statute, "contact": _contact}
