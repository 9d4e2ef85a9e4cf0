"""Pages are made before somebody asks for them, and what a release leaves as it was is not made again."""

from django.core.wsgi import get_wsgi_application

from avhoppare.warming import Warming
from guides.addresses import addresses
from guides.edition import material
from guides.publishing.current import current
from tests.factories import make_guide, make_page, make_step, published


def test_every_page_is_ready_before_somebody_asks(client, db):
    """All addresses that have a page to keep; after a release what did not change keeps its bytes and their forms."""
    page = published(make_page(key="sidan"), make_page(key="annan"))
    published(make_guide([make_step(key="steget")], key="guiden"))
    warming, edition = Warming(get_wsgi_application(), current), current.edition()
    assert not edition.pages
    warming.warm(edition, {})
    assert {"/", "/om/sidan/", "/guider/guiden/", "/guider/guiden/steget/", "/kontakt/"} <= set(edition.pages)
    assert [p for p in addresses(edition) if p not in edition.pages and client.get(p).headers.get("ETag")] == []
    page.body = "En ny text."
    page.save()
    published(page)
    newer = current.edition()
    warming.warm(newer, edition.pages)
    assert newer.pages["/om/annan/"] is edition.pages["/om/annan/"]
    assert newer.pages["/om/sidan/"].tag != edition.pages["/om/sidan/"].tag


def test_only_the_text_that_changed_is_rendered_anew(db, monkeypatch):
    """Rendering is most of what an edition costs; a text is known by its hash, whatever else is released."""
    rendered, render = [], material.render
    monkeypatch.setattr(material, "render", lambda text, *more, **how: rendered.append(text) or render(text, *more, **how))
    page = published(make_page(key="sidan", body="Den första."), make_page(key="annan", body="Den andra."))
    current.edition()
    assert {"Den första.", "Den andra."} <= set(rendered)
    rendered.clear()
    page.body = "En ny text."
    page.save()
    published(page)
    current.edition()
    assert set(rendered) == {"En ny text."}
