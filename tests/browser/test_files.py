"""Files in a real browser: what an editor chooses, and that nothing in a file runs as ours."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import upload_samples as samples
from tests.second_factor import log_in
from tests.serving import eventually, in_shell

PUBLISH = """
import base64
from django.contrib.auth import get_user_model
from tests.factories import make_page, make_upload, published
from tests.second_factor import seat
seat(get_user_model().objects.create_superuser("filip", password="filip"))
rows = [make_upload(base64.b64decode(text), key, key=key) for key, text in {files!r}.items()]
published(*rows, make_page(key="med-filer", title="Med filer", body="Läs [rutinen](fil:rutinen).\\n\\n![](bild:karta)"))
"""
POLYGLOT = samples.PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n<script>document.title='ran'</script>\n")


@pytest.fixture(scope="module")
def files(site):
    """A page with a PDF that is a page too, and a picture of 2000 points that has a page hung on to it."""
    chosen = {"rutinen": POLYGLOT, "karta": samples.picture("PNG", (2000, 1000)) + samples.HTML}
    coded = {key: base64.b64encode(data).decode() for key, data in chosen.items()}
    in_shell(site.data_dir, PUBLISH.replace("{files!r}", repr(coded)))
    # Each request reaches one of the workers, and all of them are to show it.
    eventually(lambda: all(site.read("/om/med-filer/")[0] == 200 for _ in range(20)), 15)
    return site


@pytest.mark.parametrize("width", [320, 1280])
def test_picture_fits_the_page(window, files, width):
    """With its words, and nothing scrolls sideways."""
    page = window(width)
    page.goto("/om/med-filer/")
    picture = page.get_by_role("img", name="Karta över sju polisregioner")
    picture.scroll_into_view_if_needed()
    picture.evaluate("(image) => image.decode()")
    box = picture.bounding_box()
    assert box["width"] <= width and abs(box["width"] / box["height"] - 2) < 0.05
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert Axe().run(page).response["violations"] == []
    assert not page.complaints


def test_file_that_is_a_page_too_runs_nothing(window, files):
    """Neither opened nor framed nor taken for a script by one of our own pages."""
    page = window()
    page.goto("/om/med-filer/")
    for path in ("/filer/rutinen/rutinen.pdf", "/filer/karta/karta.png"):
        ran = page.evaluate(
            """async (path) => {
                const script = Object.assign(document.createElement("script"), { src: path });
                const settled = new Promise((done) => { script.onload = () => done("ran"); script.onerror = () => done("refused"); });
                document.head.append(script);
                return settled;
            }""",
            path,
        )
        assert ran == "refused"
    page.goto("/filer/karta/karta.png")
    assert page.title() != "ran" and page.evaluate("document.contentType") == "image/png"


def test_form_keeps_a_chosen_picture_when_its_words_are_missing(window, files):
    """Choose, forget the words, write them: the file need not be chosen again."""
    page = window(320, 800)
    page.set_default_timeout(60_000)
    log_in(page, "filip")
    page.goto("/admin/guides/upload/add/")
    page.fill("#id_title", "Vägen hit")
    page.set_input_files("#id_upload", {"name": "Väg hit.SVG", "mimeType": "image/svg+xml", "buffer": samples.picture()})
    page.locator("[name=_continue]").first.click()
    page.get_by_text("Skriv vad bilden visar, eller kryssa i Dekorativ.", exact=True).wait_for()
    assert Axe().run(page).response["violations"] == []
    page.fill("#id_alt", "Vägen från stationen till kontoret")
    page.locator("[name=_continue]").first.click()
    page.get_by_role("link", name="vag-hit.png").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
