"""JSON-LD: narrow, harmless, and never other than the words that stand beside it."""

import html
import json
import re
from collections import Counter
from datetime import date

from django.utils.formats import date_format

from guides.addresses import addresses
from guides.public.abbreviations import full_forms
from tests.factories import make_contact, make_guide, make_municipality, make_page, make_statute, make_step, published

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def graph(page: str) -> list[dict]:
    (block,) = BLOCK.findall(page)
    found = json.loads(block)
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def one(page: str, kind: str) -> dict:
    (found,) = [item for item in graph(page) if item["@type"] == kind]
    return found


def said(item) -> list[str]:
    """Every value that a reader could see otherwise: not types, places in a list and constants of schema.org."""
    if isinstance(item, dict):
        return [text for name, value in item.items() if name not in ("@type", "position", "inLanguage") for text in said(value)]
    if isinstance(item, list):
        return [text for value in item for text in said(value)]
    return [] if str(item).startswith("https://schema.org/") else [str(item)]


def differing(page: str, path: str, forms) -> list[str]:
    """What the block says otherwise than the page. An abbreviation that the page writes out says the same."""
    visible = BLOCK.sub("", page)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", visible)).replace("\u00a0", " ").split())
    shortened = words
    for short, full in forms.items():
        shortened = shortened.replace(f"{full} ({short})", short)
    links = {html.unescape(link) for link in re.findall(r'href="([^"]*)"', visible)}

    def stands(value: str) -> bool:
        if value.startswith("http"):
            return (own := value.removeprefix("http://127.0.0.1:8000")) in links or own == path
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date_format(date.fromisoformat(value), "j F Y") in words
        if re.fullmatch(r"\+\d+|\d{3,6}", value):
            return f"tel:{value}" in links
        return (text := " ".join(value.split())) in words or text in shortened

    return [value for value in said(graph(page)) if not stands(value)]


def test_everything_it_says_stands_on_the_page(client, edition):
    """On every page that has any: words as words, days as days, addresses as links, numbers as numbers to call."""
    kinds, wrong, forms = Counter(), {}, full_forms(edition)
    for path in addresses(edition):
        if path.endswith("/") and path.startswith(("/guider/", "/lag/", "/kontakt/nummer/")):
            page = client.get(path).content.decode()
            if BLOCK.search(page):
                kinds.update(item["@type"] for item in graph(page))
                if found := differing(page, path, forms):
                    wrong[path] = found
    assert wrong == {}
    assert set(kinds) == {"Article", "BreadcrumbList", "GovernmentService", "Service", "Legislation"} and kinds.total() > 200


def test_contact_is_a_service_with_its_area(client, db):
    """Of the state only when it is; with a number only when the public may see it."""
    place = make_municipality(title="Malmö")
    here = {"area": "municipality", "municipality": place, "category": "socialjour", "organisation": "Malmö kommun"}
    published(make_contact(key="jour", **here), make_contact(key="linje", title="Linjen", category="psykisk hälsa"))
    published(make_contact(key="dold", recheck_class="A", confidence="low", category="polis"))
    page = client.get("/kontakt/nummer/jour/").content.decode()
    service = one(page, "GovernmentService")
    assert service["areaServed"] == {"@type": "AdministrativeArea", "name": "Malmö"}
    assert service["availableChannel"]["servicePhone"] == {"@type": "ContactPoint", "telephone": "+46855500100"}
    assert one(client.get("/kontakt/nummer/linje/").content.decode(), "Service")["areaServed"]["name"] == "Sverige"
    assert "availableChannel" not in one(client.get("/kontakt/nummer/dold/").content.decode(), "GovernmentService")


def test_statute_tells_whether_it_holds(client, db):
    """By the same fields as the notice on its page."""
    published(make_statute(key="2098:1", title="Lag (2098:1) om något", in_force_from=date(2020, 1, 1)))
    published(make_statute(key="2098:2", title="Gammal lag", repealed_on=date(2021, 1, 1)))
    law = one(client.get("/lag/2098:1/").content.decode(), "Legislation")
    assert (law["legislationIdentifier"], law["legislationLegalForce"]) == ("2098:1", "https://schema.org/InForce")
    assert law["legislationDateOfApplicability"] == "2020-01-01"
    old = one(client.get("/lag/2098:2/").content.decode(), "Legislation")
    assert old["legislationLegalForce"] == "https://schema.org/NotInForce"


def test_text_cannot_end_the_block(client, db):
    """Whatever a title holds."""
    published(make_guide([make_step(key="s")], key="guiden", title="</script><script>alert(1)</script> & <!--"))
    page = client.get("/guider/guiden/").content.decode()
    assert one(page, "Article")["headline"] == "</script><script>alert(1)</script> & <!--"
    assert "<script>alert" not in page


def test_person_pages_drafts_and_lists_have_none(client, editor_client, db):
    """What is not public, or is for somebody who leaves no trace, is told to no search engine."""
    page = published(make_page(key="hoppa-av"), make_page(key="kontaktsida"), make_page(key="anhorig"))
    for path in ("/", "/hoppa-av/", "/anhorig/", "/k/", "/kontakt/", "/guider/"):
        assert "ld+json" not in client.get(path).content.decode(), path
    guide = make_guide(key="guiden")
    preview = editor_client.get(f"/admin/guides/guide/{guide.pk}/forhandsgranska/")
    assert preview.status_code == 200 and "ld+json" not in preview.content.decode() and page


def test_page_of_a_day_gone_by_has_none(client, db, clock):
    """What held then is no answer to a search today."""
    published(make_guide(key="guiden"))
    clock(days=2)
    dated = client.get("/guider/guiden/?datum=2026-06-01").content.decode()
    assert "Så stod det" in dated and "ld+json" not in dated and "text/markdown" not in dated


def test_security_txt_names_a_contact_and_a_day_ahead(client, db, settings, clock):
    """RFC 9116; nothing while nobody has been named."""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "sakerhet@example.se"
    published(make_page())
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:sakerhet@example.se"
    assert fields["Expires"] == "2026-11-28T00:00:00Z"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    clock(days=1)
    assert "2026-11-29T00:00:00Z" in client.get("/.well-known/security.txt").content.decode()
