"""Short addresses: what stands on paper leads to the page, for as long as the paper lasts."""

import io
import re

import pytest
from django.urls import reverse
from docx import Document as WordDocument

from guides.models import Guide, Step
from guides.publishing.content_files import import_content
from guides.publishing.files import ContentError
from guides.publishing.release import rename, withdraw
from tests.factories import make_guide, make_page, make_step, published
from tests.pages import GUIDE, STEP


@pytest.fixture
def numbered(db):
    """A guide with the number 7 whose only step has the number 8."""
    return published(make_guide(key="guiden", paper_number=7, steps=[make_step(key="steget", paper_number=8)]))


def leads_to(client, path):
    response = client.get(path)
    assert response.status_code == 301, path
    return response["Location"]


def test_short_address_leads_to_its_guide(client, numbered):
    """A permanent redirect."""
    assert leads_to(client, "/7/") == "/guider/guiden/"


def test_short_address_leads_to_its_step(client, numbered):
    """Where the step stands in its guide."""
    assert leads_to(client, "/8/") == "/guider/guiden/steget/"


@pytest.mark.parametrize("path", ["/9/", "/0/", "/99999999999999999999/", "/-7/", "/7a/"])
def test_unknown_number_is_not_found(client, numbered, path):
    """Nothing is guessed."""
    assert client.get(path).status_code == 404


def test_step_in_no_guide_is_not_found(client, db):
    """It has no page to lead to."""
    published(make_step(paper_number=8))
    assert client.get("/8/").status_code == 404


def test_number_of_a_withdrawn_step_says_why(client, numbered):
    """Paper in a binder leads to the reason and 114 14, not to a page that never was."""
    withdraw("step", "steget", None, "Steget står numera i en annan guide.")
    response = client.get("/8/")
    assert response.status_code == 410
    assert "Steget står numera i en annan guide." in response.content.decode()


def test_paper_outlives_a_new_key(client, numbered):
    """The number belongs to the step, whatever its address is called."""
    rename(Step.objects.get(key="steget"), "nytt-namn", None)
    assert leads_to(client, "/8/") == "/guider/guiden/nytt-namn/"


def test_paper_outlives_a_new_order(client, numbered):
    """A step that comes before the others takes no number from them."""
    step = make_step(paper_number=9)
    numbered.guidestep_set.update(position=2)
    numbered.guidestep_set.create(step=step, position=1)
    published(numbered)
    assert leads_to(client, "/8/") == "/guider/guiden/steget/"


def test_every_guide_and_step_of_the_content_has_its_own_number(client, edition):
    """And each leads to its page."""
    records = [*edition.all("guide"), *edition.all("step")]
    numbers = [record.paper_number for record in records]
    assert None not in numbers and len(set(numbers)) == len(numbers)
    for record in records:
        assert leads_to(client, f"/{record.paper_number}/").rstrip("/").endswith(record.key)


@pytest.mark.parametrize("path", [GUIDE, f"{GUIDE}utskrift/", STEP])
def test_page_says_on_paper_where_it_is_found(client, content, settings, path):
    """With the site's own host, whatever host was asked for."""
    settings.PUBLIC_URL = "https://avhoppare.example"
    html = client.get(path, headers={"host": "localhost"}).content.decode()
    (number,) = set(re.findall(r'print-only"><dt>Adress</dt><dd>avhoppare\.example/(\d+)/</dd>', html))
    assert leads_to(client, f"/{number}/") == path.removesuffix("utskrift/")


def test_page_without_number_says_its_whole_address(client, db, settings):
    """The first hour is short enough as it is."""
    settings.PUBLIC_URL = "https://avhoppare.example"
    published(make_page(key="forsta-timmen"))
    assert "<dd>avhoppare.example/forsta-timmen/</dd>" in client.get("/forsta-timmen/").content.decode()


def test_plan_says_on_paper_where_its_guide_is_found(client, content, settings):
    """On the page and at the foot of the Word document."""
    settings.PUBLIC_URL = "https://avhoppare.example"
    assert "avhoppare.example/1/" in client.get("/handlingsplan/?v=0").content.decode()
    word = WordDocument(io.BytesIO(client.get("/handlingsplan/plan.docx?v=0").content))
    assert "avhoppare.example/1/" in word.sections[0].footer.paragraphs[0].text


# The number in the admin and in files.


def saved(editor_client, model, key):
    """What the form makes of a row that has only what it must have."""
    name = model._meta.model_name
    inlines = {"guide": ["guidestep_set"], "step": ["tasks", "responsibilities"]}[name]
    empty = {f"{prefix}-{field}": "0" for prefix in inlines for field in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values = {"title": "Ny", "key": key, "owner": "Redaktionen", "review_every": "180", "position": "0"}
    more = {"first_number": "1", "language": "sv"}
    response = editor_client.post(reverse(f"admin:guides_{name}_add"), values | more | empty)
    assert response.status_code == 302, response.content.decode()
    return model.objects.get(key=key)


def test_new_row_gets_the_next_number(editor_client, numbered):
    """Guides and steps share one row of numbers."""
    assert saved(editor_client, Step, "nytt-steg").paper_number == 9
    assert saved(editor_client, Guide, "ny-guide").paper_number == 10


def test_editor_cannot_change_a_number(editor_client, numbered):
    """It stands on paper that nobody can call back: the form shows it and has no field for it."""
    step = Step.objects.get(key="steget")
    html = editor_client.get(reverse("admin:guides_step_change", args=[step.pk])).content.decode()
    assert "nummer på papper" in html.lower() and 'name="paper_number"' not in html


def test_number_twice_in_the_files_is_told(db, tmp_path):
    """Nothing is imported, and the sentence says who has the number."""
    for folder, key in (("steps", "ett"), ("guides", "tva")):
        (tmp_path / folder).mkdir()
        aim = "aim: Mål.\ntime_frame: now" if folder == "steps" else "summary: Kort."
        text = f"---\nkey: {key}\ntitle: Titeln {key}\npaper_number: 3\n{aim}\n---\n"
        (tmp_path / folder / f"{key}.md").write_text(text)
    with pytest.raises(ContentError, match="Numret 3 på papper har redan ”Titeln ett”"):
        import_content(tmp_path)
    assert not Guide.objects.exists()
