"""Every public page of an edition, rendered once for all tests that read them."""

from functools import cache

from django.test import RequestFactory
from django.urls import resolve

from guides.addresses import address, addresses
from guides.edition.edition import Edition
from guides.publishing.current import current
from guides.text.documents import Document

PROFESSIONAL = ("/guider/", "/forsta-timmen/", "/handlingsplan/", "/ansvar/", "/lag/", "/finansiering/", "/mallar/")
_kept: list[Edition] = []


def all_pages(edition: Edition) -> dict[str, str]:
    """Address -> what is sent, for pages, printed guides, files, feeds and the sitemap."""
    if not _kept or _kept[-1].at != edition.at:
        _kept.append(edition)
        _render.cache_clear()
    return _render()


@cache
def _render() -> dict[str, str]:
    edition = _kept[-1]
    found = [*addresses(edition), "/sitemap.xml", "/robots.txt", "/finansiering/kalender.ics"]
    found += [f"{address(guide)}utskrift/" for guide in edition.guides()]
    return {path: render(edition, path) for path in found}


def released_documents() -> list[Document]:
    """The Documents that the edition of this process was built from."""
    return [released.document for released in current._material.released]


def render(edition: Edition, path: str) -> str:
    """One page by its own view, without the door around it."""
    request = RequestFactory().get(path)
    request.edition = edition
    match = resolve(path)
    return match.func(request, *match.args, **match.kwargs).content.decode()
