"""The numbers rule on the whole content: what every public page really says."""

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guides.edition.build import build
from guides.edition.material import Checked
from guides.models import Contact
from guides.publishing.current import current
from tests.whole_site import PROFESSIONAL, all_pages, released_documents, render

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "contacts.csv").open(encoding="utf-8")))
NEVER = ("cve-stodtelefon", "fryshuset-passus")
YES = {"ja"}


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def national(row) -> str:
    """The digits one dials in Sweden."""
    number = row["phone_e164"]
    return "0" + digits(number).removeprefix("46") if number else digits(row["phone_display"])


def allowed(row, professional: bool) -> bool:
    """The rule of the design, worked out here from the dossier alone; nothing has been called yet."""
    own = row["for_professional"] in YES
    public = row["for_self"] in YES or row["for_relative"] in YES
    if row["id"] in NEVER or not national(row):
        return False
    match row["recheck_class"]:
        case "C":
            return True
        case "B":
            return own if professional else public
        case _:
            return professional and own and row["confidence"] == "medel"


def forbidden(professional: bool) -> dict[str, str]:
    """Numbers that may be wrong and that no record lets this audience see: digits -> a contact that has it."""
    shown = {national(row) for row in ROWS if allowed(row, professional)}
    doubtful = [row for row in ROWS if row["recheck_class"] == "A" and national(row)]
    return {national(row): row["id"] for row in doubtful if national(row) not in shown}


@pytest.fixture
def pages(edition):
    return all_pages(edition)


def dialled(html: str) -> set[str]:
    """The digits of every tel: link, as one dials them in Sweden."""
    found = re.findall(r'href="tel:([^"]+)"', html)
    return {
        "0" + digits(number).removeprefix("46") if number.startswith("+46") else digits(number) for number in found
    }


def test_every_number_of_a_page_may_be_seen_by_its_readers(pages):
    """Each tel: link of every page belongs to a record that its audience may see."""
    for professional in (True, False):
        known = {national(row) for row in ROWS if allowed(row, professional)}
        for path, html in pages.items():
            if path.startswith(PROFESSIONAL) is professional:
                assert dialled(html) <= known, path


def test_doubtful_number_stands_on_no_page_in_any_spelling(pages):
    """Comparing digits alone: in links, in words, in attributes, in the sitemap and the calendar."""
    leaks = []
    for professional in (True, False):
        hidden = forbidden(professional)
        assert set(NEVER) <= set(hidden.values())
        for path, html in pages.items():
            if path.startswith(PROFESSIONAL) is professional:
                # A key may remind of a short number; it is an address and nothing to dial.
                words = re.sub(r"/kontakt/nummer/[a-z0-9-]+/", "", html)
                run_together = re.sub(r"(?<=\d)(?:[\s\-–/().]|&nbsp;)+(?=\d)", "", words)
                for number, who in hidden.items():
                    tail = number.removeprefix("0")
                    end = r"(?!\d)" if len(tail) < 7 else ""
                    if re.search(rf"{tail}{end}", run_together):
                        leaks.append((path, who))
    assert leaks == []


@pytest.mark.parametrize("key", NEVER)
def test_withheld_service_is_named_without_its_number(pages, edition, key):
    """That it exists is told; its number stands nowhere, not even for professionals."""
    row = next(row for row in ROWS if row["id"] == key)
    page = pages[f"/kontakt/nummer/{key}/"]
    assert edition.contact(key).title in page
    assert dialled(page) <= {"112", "11414"}
    tail = national(row).removeprefix("0")
    for path, html in pages.items():
        leaked = tail in digits(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
        assert not leaked, path


def test_untested_number_has_its_warning_and_the_police_beside_it(pages, edition):
    """Numret är inte provringt, with its year, and 114 14 to fall back on."""
    untested = {c.key: c.number("professional") for c in edition.all("contact") if c.number("professional")}
    untested = {key: number for key, number in untested.items() if number.untested}
    assert untested
    seen = set()
    for html in pages.values():
        for key, number in untested.items():
            if f'href="{number.href}"' in html:
                seen.add(key)
                for place in re.finditer(f'href="{re.escape(number.href)}"', html):
                    after = html[place.end() : place.end() + 700]
                    assert "Numret är inte provringt" in after and 'href="tel:11414"' in after, key
    assert seen


OWN_DUTY_LINE = ("malmo", "karlstad", "kristinehamn", "staffanstorp", "trelleborg")


@pytest.mark.parametrize("municipality", OWN_DUTY_LINE)
def test_duty_line_without_a_number_to_show_leads_to_112(pages, edition, municipality):
    """At night: own line, else 112. Never 114 14 instead, where nobody can place a child."""
    page = pages[f"/kontakt/{municipality}/"]
    night = page[page.index("Socialjouren, när det är stängt") : page.index("Polisen</h2>")]
    assert 'href="tel:112"' in night and "be om socialjouren" in night.casefold()
    assert 'href="tel:11414"' not in night


@pytest.mark.parametrize("municipality", ["malmo", "goteborg", "linkoping", "horby"])
def test_municipality_without_a_number_to_show_has_its_switchboard(pages, municipality):
    """Services that are only named are not a way in."""
    assert "Ring kommunens växel och be om socialtjänstens mottagning." in pages[f"/kontakt/{municipality}/"]


def test_number_for_others_is_not_said_to_be_missing(pages):
    """A professional is led to the page where the child's own number stands; the public is told whom a line is for."""
    step = pages["/guider/barn-och-unga/skydda-barnet-nu/"]
    assert '<a href="/kontakt/nummer/bris/" lang="sv">' in step
    assert "Bris stödlinje för barn (inget kontrollerat nummer" not in step
    assert "Numret är till för den som arbetar med frågan" in pages["/kontakt/nummer/nch-stodtelefon-yrkesverksamma/"]


def test_medical_advice_is_on_professional_pages_too(pages):
    """1177 is of class C: everywhere, for everybody."""
    assert 'href="tel:1177"' in pages["/guider/din-egen-sakerhet/ta-hand-om-efterat/"]


def test_no_page_claims_a_check_or_a_review(pages):
    """On a fresh import nobody has called and no expert has read: no page shows such a date."""
    claiming = [p for p, html in pages.items() if "Kontrollerat 20" in html or "Granskad</dt><dd><time" in html]
    assert claiming == []
    honest = ["Inte granskad av sakkunnig än" in html for html in pages.values() if "<dt>Granskad</dt>" in html]
    assert honest and all(honest)


def test_numbers_of_the_content_are_those_of_the_dossier(content):
    """Digit for digit; a service without a number in the dossier has none here."""
    held = {contact.key: contact for contact in Contact.objects.all()}
    assert {row["id"] for row in ROWS} <= set(held)
    for row in ROWS:
        number = held[row["id"]].number
        dialled_here = "0" + digits(number).removeprefix("46") if number.startswith("+46") else digits(number)
        assert dialled_here == national(row), row["id"]


def test_class_confidence_and_audiences_of_the_content_are_those_of_the_dossier(content):
    """What decides who may see a number has not been loosened on the way."""
    confidences = {"hög": "high", "medel": "medium", "låg": "low"}
    for row in ROWS:
        contact = Contact.objects.get(key=row["id"])
        assert contact.recheck_class == row["recheck_class"], row["id"]
        assert contact.confidence == confidences[row["confidence"]], row["id"]
        marked = [row[name] in YES for name in ("for_self", "for_relative", "for_professional")]
        assert [contact.for_self, contact.for_relative, contact.for_professional] == marked, row["id"]
        assert contact.withheld or row["id"] not in NEVER


def test_confirmed_number_reaches_the_public_with_its_date(edition):
    """The same content after a call: the number of a municipality stands on its public page, and is counted."""
    documents = {d.key: d for d in released_documents() if d.kind == "contact"}
    key = next(k for k, d in documents.items() if d["municipality"] and d["number"] and d["for_self"])
    place = documents[key]["municipality"]
    assert dialled(render(edition, f"/kontakt/{place}/")) <= {"112", "11414"}
    material = current._material
    call = Checked("contact", key, "answers", edition.today, datetime.now(UTC))
    told, _ = build(type(material)(**(vars(material) | {"checks": (call,)})), lambda _: None)
    page = render(told, f"/kontakt/{place}/")
    assert told.contact(key).number("public").href in page
    assert f"Kontrollerat {edition.today}" in page
    assert told.confirmed_municipalities() == edition.confirmed_municipalities() + 1
