"""A guide as a handbook: tagged PDF, whole, made once, and nowhere where it cannot be made."""

import html
import io
import re
import subprocess
import threading

import pikepdf
import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from guides.public import handbook
from guides.public.abbreviations import full_forms
from guides.public.filling import words
from guides.publishing.current import current
from tests.factories import make_contact, make_guide, make_provision, make_situation, make_source, make_step, published
from tests.pages import GUIDE

HANDBOOK = "/guider/guiden/handbok.pdf"
LINK = "Hela guiden som PDF (PDF, högst 1\xa0MB)"


@pytest.fixture
def data_dir(settings, tmp_path):
    """A place of its own for what is made."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def guide(db, data_dir, settings):
    """A guide with two steps, in which there is one of everything."""
    settings.PUBLIC_URL = "https://avhoppare.example"
    source = make_source(title="Vägledningen")
    tasks = [
        {"text": "Ring chefen.", "basis": "authority", "sources": [source]},
        {"text": "Fråga hur barnen mår.", "situations": [make_situation()]},
    ]
    more = {"contacts": [make_contact()], "provisions": [make_provision()], "body": "## Bakgrund\n\nSå blev det."}
    first = make_step(title="Ta emot", tasks=tasks, **more)
    second = make_step(title="Följ upp", tasks=[{"text": "Boka ett möte."}], body="## Bakgrund\n\nOch sedan.")
    return published(make_guide(key="guiden", title="Guiden", paper_number=7, steps=[first, second]))


@pytest.fixture
def pdf(client, guide):
    """The guide's handbook, opened."""
    with pikepdf.open(io.BytesIO(client.get(HANDBOOK).content)) as opened:
        yield opened


@pytest.fixture
def pages(client, guide, tmp_path):
    """The words of each page of the guide's handbook."""
    return words_of(client.get(HANDBOOK).content, tmp_path)


@pytest.fixture
def edition_day(guide):
    """The day of the edition, as it is written."""
    return date_format(current.edition().today, "j F Y")


def words_of(content, folder):
    path = folder / "handbok.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def elements(pdf):
    """Every structure element, in the order of reading."""
    todo, found = [pdf.Root.StructTreeRoot], []
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Array):
            todo += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            found += [node] if "/S" in node else []
            todo += [node.K] if "/K" in node else []
    return found


def squeezed(text):
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


# What the file is.


def test_handbook_is_a_file_to_keep(client, guide):
    """A PDF under the guide's name, at most as large as its link says."""
    response = client.get(HANDBOOK)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="guiden.pdf"'
    assert response.content.startswith(b"%PDF-1.7")


def test_handbook_says_that_it_is_accessible(pdf):
    """PDF/UA-1 in its metadata, marked, with a title for the window."""
    assert pdf.open_metadata().get("pdfuaid:part") == "1"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.open_metadata().get("dc:title") == "Guiden"


def test_handbook_is_in_swedish(pdf):
    """So that a screen reader says it in Swedish."""
    assert pdf.Root.Lang == "sv"


def test_handbook_is_tagged(pdf):
    """Headings, lists, paragraphs and links are what they are."""
    kinds = [str(element.S) for element in elements(pdf)]
    assert {"/Document", "/H1", "/H2", "/H3", "/L", "/LI", "/P", "/Link"} <= set(kinds)
    assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/H3")


def test_every_picture_has_words(pdf):
    """What is only drawn is no picture to a screen reader."""
    pictures = [element for element in elements(pdf) if element.S == "/Figure"]
    assert [str(picture.Alt) for picture in pictures] == ["QR-kod till avhoppare.example/7/"]


def test_every_step_has_a_bookmark(pdf):
    """Under the guide's name, with its number."""
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "Guiden"
        assert [b.title for b in top.children if b.title.startswith("Steg")] == ["Steg 1: Ta emot", "Steg 2: Följ upp"]


# What it says.


def test_every_page_says_version_day_and_address(pages, edition_day):
    """A page that has left its binder still says how old it is and where the newest stands."""
    for page in pages:
        assert f"Version 1 · {edition_day} · avhoppare.example/7/" in page


def test_contents_have_page_numbers(pages):
    """Each step with the page on which it begins."""
    (contents,) = [page for page in pages if "Innehåll" in page]
    for title in ("Ta emot", "Följ upp"):
        number = int(re.search(rf"{title}[ .]+(\d+)", contents).group(1))
        assert re.search(rf"^\s*{title}$", pages[number - 1], re.MULTILINE)


def test_handbook_has_all_that_its_steps_hold(pages):
    """Tasks, those of situations too, the number to call, the law, the background and the sources."""
    text = "".join(pages)
    for part in ("Ring chefen.", "Fråga hur barnen mår.", "Boka ett möte.", "08-555 001 00", "Lagstöd", "Så blev det."):
        assert part in text, part
    assert text.index("Källor") < text.index("Vägledningen") < text.index("Steg 2\n")


def test_no_id_stands_twice_on_the_printed_guide(client, guide):
    """Two steps may have the same heading in their background, and each its own first source."""
    ids = re.findall(r' id="([^"]*)"', client.get("/guider/guiden/utskrift/").content.decode())
    assert len(set(ids)) == len(ids)


def test_handbook_of_the_main_guide_has_every_task(client, content, data_dir, tmp_path):
    """Every task of every step, and in no more than what the link promises."""
    edition = current.edition()
    pdf = client.get(f"{GUIDE}handbok.pdf").content
    written_out = {squeezed(f"{full} ({short})"): short for short, full in full_forms(edition).items()}

    def compared(text):
        text = squeezed(text)
        for long, short in written_out.items():
            text = text.replace(long, short)
        return text

    # A task may go on over the page, past its foot and the next page's head.
    lines = ([line for line in page.splitlines() if line.strip()] for page in words_of(pdf, tmp_path))
    text = compared("".join(line for page in lines for line in page[1:-1]))
    tasks = [
        compared(words(part, edition, "professional"))
        for here in edition.steps(edition.main_guide())
        for task in here.step.tasks
        for part in (task.text, task.detail)
        if part
    ]
    assert len(tasks) > 100
    assert [task for task in tasks if task not in text] == []
    assert len(pdf) <= 1_000_000


# How it is made.


@pytest.mark.long
def test_no_handbook_is_larger_than_its_link_says(client, edition, data_dir):
    """Somebody on a phone is told the size before."""
    sizes = {guide.key: len(client.get(f"/guider/{guide.key}/handbok.pdf").content) for guide in edition.guides()}
    assert len(sizes) >= 12
    assert {key: size for key, size in sizes.items() if not 10_000 < size <= 1_000_000} == {}


def test_handbook_is_made_once_in_an_edition(client, guide, monkeypatch):
    """The second reader gets the bytes of the first."""
    first = client.get(HANDBOOK).content
    monkeypatch.setattr(handbook, "_typeset", None)
    assert client.get(HANDBOOK).content == first


def test_other_process_takes_what_is_made(client, guide, monkeypatch):
    """A process that has not answered yet finds the file."""
    first = client.get(HANDBOOK).content
    current.forget()
    monkeypatch.setattr(handbook, "_typeset", None)
    assert client.get(HANDBOOK).content == first


def test_changed_guide_has_a_new_handbook_and_the_old_is_forgotten(client, guide, data_dir):
    """One file a guide."""
    before = client.get(HANDBOOK).content
    guide.title = "Ny titel"
    guide.save()
    published(guide)
    assert client.get(HANDBOOK).content != before
    assert len(list((data_dir / "handbooks" / "guiden").iterdir())) == 1


def test_two_readers_at_once_have_it_made_once(data_dir, monkeypatch):
    """The other waits and gets the same."""
    made, starts = [], threading.Barrier(2)

    def typeset(page):
        made.append(page)
        return b"%PDF"

    def read():
        starts.wait()
        answers.append(handbook.handbook("guiden", "<p>"))

    answers = []
    monkeypatch.setattr(handbook, "_typeset", typeset)
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert answers == [b"%PDF", b"%PDF"] and made == ["<p>"]


def test_handbook_costs_no_query(client, guide, settings):
    """It is made from the edition alone."""
    settings.EDITION_POLL_SECONDS = 3600
    current.edition()
    with CaptureQueriesContext(connection) as queries:
        client.get(HANDBOOK)
    assert len(queries) == 0


def test_nothing_is_fetched(data_dir, tmp_path):
    """Neither a file of this machine nor an address comes into a handbook, whatever a page asks for."""
    secret = tmp_path / "hemlig.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>HEMLIG</text></svg>')
    page = f'<html lang="sv"><title>T</title><img src="file://{secret}" alt="bilden"><p>Text'
    (text,) = words_of(handbook.handbook("guiden", page), tmp_path)
    assert "HEMLIG" not in text and "bilden" in text


# Where it cannot be made.


@pytest.fixture
def without_pango(monkeypatch):
    """A machine on which WeasyPrint finds no Pango."""
    monkeypatch.setattr(handbook, "find_library", lambda name: None)
    handbook.missing.cache_clear()
    yield
    monkeypatch.undo()
    handbook.missing.cache_clear()


def test_guide_links_to_its_handbook(client, guide):
    """From its page and from the page for print, with what kind of file it is and how large."""
    for path in ("/guider/guiden/", "/guider/guiden/utskrift/"):
        assert f'<a href="{HANDBOOK}">{html.escape(LINK)}</a>'.replace("\xa0", "&nbsp;") in client.get(path).content.decode()


def test_without_libraries_there_is_no_link_and_no_address(guide, without_pango):
    """The pages are as they would be on a site that has no handbooks."""
    visitor = Client(raise_request_exception=False)
    for path in ("/guider/guiden/", "/guider/guiden/utskrift/"):
        response = visitor.get(path)
        assert response.status_code == 200 and "handbok.pdf" not in response.content.decode()
    assert visitor.get(HANDBOOK).status_code == 404


def test_without_libraries_the_check_says_why(without_pango):
    """guides.W003 names what is missing and how to get it."""
    (warning,) = [message for message in run_checks() if message.id == "guides.W003"]
    assert "pango-1.0" in warning.msg and "libpango-1.0-0" in warning.hint


def test_unknown_guide_has_no_handbook(client, guide):
    """As it has no page."""
    assert client.get("/guider/finns-inte/handbok.pdf").status_code == 404
