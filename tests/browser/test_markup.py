"""A page with every rule of Markdown on it, in a real browser."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.factories import make_contact, make_page, make_provision, make_source, make_statute, make_upload, published
from tests.test_markup_rules import FOLDER, RULES, WIDE
from tests.upload_samples import picture


def test_page_with_all_of_it_is_accessible(chromium, client, db):
    """axe-core finds nothing, at 320 px, and a wide table can be scrolled to with the keyboard."""
    law = make_statute(key="2025:400", short_name="SoL"), make_statute(key="2001:453", aliases="gamla socialtjänstlagen")
    places = [make_provision(law[0], "11", "1"), make_provision(law[1], "4", "1")]
    files = [
        make_upload(key="rutinen"),
        make_upload(picture("PNG"), "karta.png", key="karta"),
        make_upload(picture("PNG", (20, 20)), "linje.png", key="linje", decorative=True),
    ]
    texts = [(FOLDER / f"{rule}.md").read_text().replace("Utan slut.", "Med slut.\n:::").replace("::: okänd\nVisas som den skrevs.\n:::", "") for rule in RULES]
    whole = "\n\n".join([*texts, f"Tabell: Bred\n\n{WIDE}"])
    # Each rule's own headings would be one row of equal ones.
    whole = re.sub(r"(?m)^(#+ .*)$", "", whole) + "\n\n## Rubrik\n\n### Underrubrik"
    page = make_page(key="katalog", title="Katalogen", body=whole)
    published(make_contact(key="socialjouren"), make_source(key="bra-2016"), *places, *files, page)
    browser = chromium.new_page(viewport={"width": 320, "height": 640})
    try:
        browser.set_content(client.get("/om/katalog/").content.decode(), wait_until="domcontentloaded")
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in Axe().run(browser).response["violations"]] == []
        assert browser.locator("[role=region][tabindex='0'] caption").count() == 3
        assert browser.evaluate("document.documentElement.scrollWidth") == 320
        assert browser.get_by_role("note", name="Viktigt").count() == 2
    finally:
        browser.close()
