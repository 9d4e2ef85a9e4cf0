"""The page of the plan through HTTP: its form, its answers in the address and nowhere else, its document."""

import io
import logging
import random
import re
from urllib.parse import urlencode

import pytest
from docx import Document

from guides.publishing.current import current
from guides.text.case import QUESTIONS
from tests.pages import Page, read

PLAN = "/handlingsplan/"
FILE = "/handlingsplan/plan.docx"
CASE = "?b=2&c=1&l=3&m=1270"
SHARE = "Svaren syns i adressen. Dela den bara med den som arbetar i ärendet."


@pytest.fixture
def get(client, content):
    """A page as text, which must be there."""

    def got(query=""):
        answer = client.get(PLAN + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return got


def words(html):
    return Page(PLAN, html).main


def test_page_asks_its_questions(get):
    """The heading, every question with vet inte, and the sentence about the address; no plan yet."""
    html = get()
    assert "<h1>Checklista för ärendet</h1>" in html
    for question in QUESTIONS:
        assert question.label in html
        assert re.search(rf'name="{question.code}" value="0" checked', html)
    assert SHARE in words(html)
    assert "Tre saker som inte får vänta" not in html


def test_form_is_a_plain_get_to_itself_without_anything_to_type(get):
    """Nobody can write a name: only radio buttons and a list, each with a name of one letter."""
    html = get()
    assert '<form class="plan-form" action="/handlingsplan/" method="get" autocomplete="off">' in html
    assert not re.search(r'<textarea|type="(?:text|search|email|tel|number|date)"', html)
    assert set(re.findall(r' name="(\w+)" value', html)) | {"m"} == {q.code for q in QUESTIONS} | {"m"}


def test_list_has_every_municipality(get):
    """All 290 by their four digits, and vet inte."""
    options = re.findall(r'<option value="(\d*)"', get())
    assert len(options) == len(set(options)) == 291 and "" in options


def test_answers_are_shown_and_still_chosen(get):
    """What was answered is told in words and stands chosen in the form."""
    html = get(CASE)
    assert "Ålder: 15–17 år" in html and "Tid: stängt" in html
    assert 'name="b" value="2" checked' in html and '<option value="1270" selected>Tomelilla' in html
    assert SHARE in words(html)


def test_plan_names_law_actor_and_number(get):
    """Each task has who does it, its provisions, what it rests on, and the way to its step."""
    html = get(CASE)
    assert 'href="/lag/2025:400/#K20P1"' in html
    assert '<a class="plan__actor" href="/ansvar/socialtjansten/">' in html
    assert 'href="/guider/nar-nagon-vill-hoppa-av/bedom-skyddet-nu/#uppgift-placera-ensamt-barn-ratt"' in html
    assert "Utöver 112 och 114 14 svarar ingen säkert på ett eget nummer" in words(html)
    assert "Socialjour via 112" in words(html)
    assert "Varför står det här?" in html and "Du svarade" in words(html)


def test_boxes_have_no_name(get):
    """A tick is sent nowhere."""
    boxes = re.findall(r"<input[^>]*checkbox[^>]*>", get(CASE))
    assert len(boxes) > 100 and not [box for box in boxes if "name=" in box]


def test_ids_are_unique_and_links_lead_somewhere(get, client):
    """No id twice, and every page and anchor of ours that the plan names is there."""
    page = Page(PLAN, get("?b=2&d=1&e=1&f=1&g=1&k=1&c=3&m=1280"))
    assert len(page.ids) == len(set(page.ids))
    anchors: dict[str, set[str]] = {}
    for path, fragment in page.internal:
        if not path.startswith(("/static/", PLAN)):
            anchors.setdefault(path, set()).add(fragment)
    for path, wanted in anchors.items():
        assert wanted - {""} <= set(read(client, path).ids), path


@pytest.mark.parametrize("query", ["?a=0", "?b=2", "?x=1", "?b=", "?m=1270", "?l=2&a=3", "?utm_source=x"])
def test_any_part_of_the_answers_gives_a_plan(get, query):
    """Whatever is answered, and whatever else stands in the address."""
    assert "Tre saker som inte får vänta" in get(query)


@pytest.mark.parametrize("value", ["9", "<script>alert(1)</script>", "15–17", "1" * 3000, "%00"])
def test_code_that_does_not_exist_is_told_at_its_question(get, value):
    """A Swedish sentence tied to that question; what was written is not repeated."""
    html = get("?" + urlencode({"b": value, "c": "1"}))
    group = html[html.index('id="fraga-b"') : html.index('id="fraga-c"')]
    assert 'aria-describedby="fel-b"' in group and "räknas som vet inte" in group
    assert 'name="b" value="0" checked' in group
    assert html.count("plan-question__problem") - html.count(".plan-question__problem") == 1
    assert "alert(1)" not in html and "1" * 100 not in html


def test_municipality_that_does_not_exist_is_told(get):
    """The list says so, and the plan stands without one."""
    html = get("?m=9999")
    assert "Kommunen i adressen finns inte" in html and 'aria-describedby="fel-m"' in html


def test_plain_page_is_kept_and_an_answered_one_by_nobody(client, content):
    """With a query: no-store, no ETag, never into nor from the page cache, whatever the browser says it has."""
    plain = client.get(PLAN)
    assert plain.headers["ETag"] and "public" in plain.headers["Cache-Control"]
    kept = set(current.edition().pages)
    for path in (PLAN, FILE):
        answer = client.get(path + CASE, headers={"If-None-Match": plain.headers["ETag"]})
        assert answer.status_code == 200 and answer.content != plain.content
        assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert set(current.edition().pages) == kept
    assert client.get(PLAN).content == plain.content
    assert b"Kiruna" in client.get(f"{PLAN}?m=2584").content and b"Tid: st" not in client.get(f"{PLAN}?m=2584").content


def test_answered_page_is_not_indexed_and_sets_no_cookie(client, content):
    """noindex, no cookie, and no referrer to where its links lead."""
    answer = client.get(PLAN + CASE)
    assert b'<meta name="robots" content="noindex">' in answer.content
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_nothing_is_logged(client, content, caplog):
    """No record of any logger holds the answers, not even when they cannot be read."""
    with caplog.at_level(logging.DEBUG):
        client.get(PLAN + CASE)
        client.get(PLAN + "?b=77&m=1270")
        client.get(FILE + CASE)
    assert not [record for record in caplog.records if "1270" in record.getMessage() or "b=" in record.getMessage()]


def test_form_cannot_be_posted(client, content):
    """The page is read, never written to."""
    assert client.post(PLAN, {"b": "2"}).status_code == 405


def test_strange_addresses_are_answered(client, content):
    """Random and hostile queries give a plan or a clear 400, and nothing is reflected."""
    dice = random.Random(7)
    for _ in range(60):
        names = [dice.choice("abcdefghijklmxyz%&=<>") for _ in range(dice.randrange(1, 6))]
        values = [
            "".join(dice.choice("0123456789<>\"'&%åäö\u202e\x00\U0001f600 ") for _ in range(dice.randrange(9)))
            for _ in names
        ]
        answer = client.get(PLAN + "?" + urlencode(list(zip(names, values, strict=True))))
        assert answer.status_code in (200, 400)
        assert "\u202e" not in answer.content.decode() and "\U0001f600" not in answer.content.decode()


# The document.


@pytest.fixture
def document(client, content):
    answer = client.get(FILE + CASE)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="checklista.docx"'
    return Document(io.BytesIO(answer.content))


def test_document_has_every_task_with_a_box(document, client, content):
    """The tasks of the page are those of the document, each with a box, and there are lines to sign."""
    lines = [p.text for p in document.paragraphs]
    boxes = [line for line in lines if line.startswith("☐ ")]
    assert len(boxes) == client.get(PLAN + CASE).content.decode().count('class="task__box"')
    assert any("Placera ett barn utan vårdnadshavare" in line and "22 kap. 5 § SoL" in line for line in boxes)
    assert sum("Datum: ___" in line for line in lines) == 2


def words_of_document(client, query):
    return "\n".join(p.text for p in Document(io.BytesIO(client.get(FILE + query).content)).paragraphs)


def test_document_says_how_sure_a_number_is(client, content):
    """As on the page: not called yet, from which year, 114 14 beside it, and when it answers."""
    text = words_of_document(client, "?l=3&m=1780").replace("\xa0", " ")
    line = next(line for line in text.splitlines() if "054-540 50 54" in line)
    assert "Numret är inte provringt." in line and "Annars 114 14." in line and "övrig tid via nödnumret" in line.casefold()
    assert "svarar inte då" in text


def test_document_has_what_is_to_be_given_and_the_switchboard(client, content):
    """Numbers for the one who asks, in that person's role; without an own number the way through the switchboard."""
    text = words_of_document(client, "?a=1&b=2&m=1266")
    assert "Att ge den som frågar" in text and "116 111" in text
    assert "Ring kommunens växel och be om socialtjänstens mottagning." in text


def test_page_gives_the_number_to_pass_on(client, content):
    """What stands under Att ge den som frågar can be dialled."""
    page = client.get(PLAN + "?a=1&b=2").content.decode()
    given = page[page.index("Att ge den som frågar") :]
    assert 'href="tel:116111"' in given[:1500]


def test_document_leaves_the_answers_out(document):
    """What was answered, and why a task stands there, stay on the screen; version and address of the guide go along."""
    text = "\n".join(p.text for p in document.paragraphs)
    for words in ("Ålder", "Du svarade", "Tomelilla", "handlingsplan"):
        assert words not in text
    foot = document.sections[0].footer.paragraphs[0].text
    assert "Guiden version" in foot and "127.0.0.1:8000/1/" in foot


def test_page_is_found_from_the_start_page_and_the_guide(client, content):
    """One tap from the start page, the first hour and the guide."""
    for path in ("/", "/forsta-timmen/", "/guider/nar-nagon-vill-hoppa-av/"):
        assert f'href="{PLAN}"' in client.get(path).content.decode()
