"""The public address of every record: the one place that knows which page shows what.

Both doors use it, the public to link and the staff's to preview; it knows records and URL names, nothing else.
"""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse as django_reverse

from guides.edition import guide_records as g
from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.files import File

OWN_PAGES = {
    "forsta-timmen": "first-hour",
    "hoppa-av": "leave",
    "anhorig": "relative",
    "sakrare": "safer",
    "kontaktsida": "discreet",
}


@lru_cache(maxsize=50_000)
def reverse(name: str, *parts: str) -> str:
    """An address by name. Kept, since a page asks for hundreds and they never change while a process lives."""
    return django_reverse(name, args=parts)


def address(record: r.Record | g.GuideStep, edition: Edition | None = None) -> str:
    """Where a record is shown, with an anchor when it is part of a page; empty when nowhere.

    A Step and a Situation need the edition to know which guide they stand in.
    """
    match record:
        case g.GuideStep():
            return reverse("guides:step-detail", record.guide.key, record.step.key)
        case g.Step():
            here = edition.home_of(record.key) if edition else None
            return address(here) if here else ""
        case g.Guide():
            return reverse("guides:guide-detail", record.key)
        case r.Statute():
            return reverse("guides:statute-detail", record.key)
        case r.Provision():
            # Some instruments are cited whole.
            return f"{address(record.statute)}#{record.anchor}".removesuffix("#")
        case g.Actor():
            return reverse("guides:actor-detail", record.key)
        case r.Grant():
            return reverse("guides:grant-detail", record.key)
        case r.Contact():
            return reverse("guides:contact-detail", record.key)
        case r.County():
            return reverse("guides:county-detail", record.key)
        case r.Municipality():
            return reverse("guides:municipality-detail", record.key)
        case r.Page():
            return _page(record)
        case g.Question():
            return reverse("guides:question-detail", record.key)
        case g.Download():
            return reverse("guides:download-detail", record.key)
        case r.Term():
            return f"{reverse('guides:glossary')}#ord-{record.key}"
        case r.News():
            return f"{reverse('guides:news-list')}#{record.key}"
        case g.Situation():
            guide = edition and next((g for g in edition.guides() if record in g.situations), None)
            return f"{address(guide)}#situation-{record.key}" if guide else ""
        case r.Source():
            return record.url
        case File():
            return reverse("guides:file", record.key, record.name)
    return ""


def is_discreet(record: r.Record) -> bool:
    """True of the page that no search engine, list or feed is to name."""
    return isinstance(record, r.Page) and OWN_PAGES.get(record.key) == "discreet"


def _page(page: r.Page) -> str:
    """A page's address: its own, an example's, a translation's, or under /om/."""
    if page.section == "example":
        return reverse("guides:example-detail", page.key)
    if page.translation_of in OWN_PAGES:
        name = OWN_PAGES[page.translation_of]
        return reverse(f"guides:{name}-translated", page.language)
    if page.key in OWN_PAGES:
        return reverse(f"guides:{OWN_PAGES[page.key]}")
    return reverse("guides:about-page", page.key)


def addresses(edition: Edition) -> list[str]:
    """Every public page of an edition, once, without anchors: for the sitemap and for rendering them all."""
    fixed = [
        "home",
        "first-hour",
        "plan",
        "guide-list",
        "matrix",
        "statute-list",
        "grant-list",
        "contact-list",
        "question-list",
        "example-list",
        "download-list",
        "old-and-new",
        "glossary",
        "news-list",
        "poster",
    ]
    found = [reverse(f"guides:{name}") for name in fixed]
    for kind in (
        "guide",
        "statute",
        "actor",
        "grant",
        "contact",
        "county",
        "municipality",
        "page",
        "question",
        "download",
    ):
        found += [address(record, edition) for record in edition.all(kind)]
    for guide in edition.guides():
        found += [address(here) for here in edition.steps(guide)]
    return list(dict.fromkeys(found))
