"""The server's side of the field for running text: how it looks, what is wrong where, and what it can refer to."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.admin.text_field import markdown_paths
from guides.models import Version
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_page, make_provision, make_statute, make_step, make_term, published
from tests.forms import save, told

SHOWN = "/admin/text/visa/"
CHOICES = "/admin/text/valj/"


def shown(client, text, kind="page", path="body", **more):
    answer = client.post(SHOWN, {"kind": kind, "path": path, "text": text} | more)
    assert answer.status_code == 200
    return answer.json()


def picked(client, kind, words):
    return client.get(CHOICES, {"kind": kind, "q": words}).json()["rows"]


@pytest.fixture
def reader(client, django_user_model, db):
    """Staff who may look at steps and write nothing."""
    person = django_user_model.objects.create_user("reader", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_step"))
    client.force_login(person)
    return client


def test_text_is_rendered_as_in_public_and_saved_nowhere(editor_client, db):
    """Headings, numbers, law; raw HTML is shown as text."""
    contact = published(make_contact(number="+46855500100"))
    before = Version.objects.count()
    html = shown(editor_client, f"## Rubrik\n\nRing {{{{kontakt:{contact.key}}}}}. <script>alert(1)</script>")["html"]
    assert "Rubrik</h2>" in html and "tel:+46855500100" in html and "<script>" not in html
    assert Version.objects.count() == before


def test_fault_is_told_at_its_line(editor_client, db):
    """As the text area counts them, in a body and in a field of a row."""
    text = "Ett.\n\nRing 08-123 456 78."
    for kind, path in (("page", "body"), ("step", "tasks.detail"), ("provision", "summary")):
        (remark,) = shown(editor_client, text, kind, path)["remarks"]
        assert (remark["line"], remark["stops"]) == (3, True), path
    assert shown(editor_client, "Ring 08-123 456 78.", "provision", "summary")["remarks"][0]["line"] == 1


def test_long_sentence_is_remarked_at_its_line(editor_client, db):
    """Advice stops nobody."""
    text = "Kort.\n\n" + "ord " * 40 + "slut."
    (remark,) = shown(editor_client, text)["remarks"]
    assert (remark["line"], remark["stops"]) == (3, False)


def test_figures_follow_the_text(editor_client, db):
    """LIX from thirty words on, with the aim for the page's readers."""
    found = shown(editor_client, "Vi ringer dig i dag. " * 10, key="hoppa-av")
    assert found["words"] == 50 and found["lix"] < 25 and found["limit"] == 35
    assert shown(editor_client, "Kort.")["lix"] is None


def test_bare_section_means_the_statute_of_the_provision(editor_client, db):
    """The form sends the statute's row."""
    statute = make_statute(key="2099:55", short_name="PrL")
    published(make_provision(statute, chapter="2", section="3"))
    html = shown(editor_client, "Se 3 §.", "provision", "summary", statute=str(statute.pk), chapter="2")["html"]
    assert "/lag/2099:55/#K2P3" in html


@pytest.mark.parametrize(("kind", "path"), [("nothing", "body"), ("page", "title"), ("contact", "body"), ("", "")])
def test_what_is_no_text_is_404(editor_client, db, kind, path):
    """Only the fields that hold Markdown."""
    assert editor_client.post(SHOWN, {"kind": kind, "path": path, "text": "x"}).status_code == 404


def test_rendering_is_for_who_may_write_that_kind(reader, client):
    """And never by GET; a visitor is sent to the login."""
    assert reader.post(SHOWN, {"kind": "step", "path": "body", "text": "x"}).status_code == 403
    assert reader.get(SHOWN).status_code == 405
    reader.logout()
    for place in (SHOWN, CHOICES, "/admin/text/vaken/"):
        assert client.get(place).status_code == 302


def test_choices_say_what_to_insert(editor_client, db):
    """By the admin's own search."""
    contact, term = published(make_contact(title="Bris stödlinje")), published(make_term(title="Akutboende"))
    step, statute = make_step(title="Ta emot"), make_statute(key="2099:56", short_name="PrL")
    provision = make_provision(statute, chapter="2", section="3 a", title="Rätt till stöd")
    save_version(step, None)
    assert picked(editor_client, "contact", "bris")[0]["insert"] == f"{{{{kontakt:{contact.key}}}}}"
    assert picked(editor_client, "term", "akut")[0]["target"] == f"ord:{term.key}"
    (found,) = picked(editor_client, "step", "emot")
    assert found["target"] == f"steg:{step.key}" and "inte publicerad" in found["note"]
    (found,) = picked(editor_client, "provision", "PrL")
    assert (found["text"], found["target"]) == ("2 kap. 3 a § PrL", "lag:2099:56#K2P3a")
    published(provision)
    assert shown(editor_client, f"[x]({found['target']})")["remarks"] == []


def test_choices_are_for_who_may_see_that_kind(reader):
    """One kind at a time."""
    assert reader.get(CHOICES, {"kind": "step"}).status_code == 200
    assert reader.get(CHOICES, {"kind": "contact"}).status_code == 403
    assert reader.get(CHOICES, {"kind": "user"}).status_code == 404


def test_every_field_of_markdown_has_the_text_field(editor_client, db):
    """Rows too; and without JavaScript there is a button to preview the page."""
    text = editor_client.get(reverse("admin:guides_step_add")).content.decode()
    assert set(markdown_paths("step")) == {"body", "tasks.detail"}
    assert all(f'data-path="{path}"' in text for path in markdown_paths("step"))
    row = make_page()
    text = editor_client.get(reverse("admin:guides_page_change", args=[row.pk])).content.decode()
    assert 'data-path="body"' in text and "Förhandsgranska hela sidan" in text


def test_too_long_a_text_is_told_at_its_field_and_not_lost(editor_client, db):
    """No text can keep the renderer busy for ever; a browser cuts nothing off what is pasted."""
    row = make_page()
    address = reverse("admin:guides_page_change", args=[row.pk])
    assert "maxlength=\"60000\"" not in editor_client.get(address).content.decode()
    answer = save(editor_client, address, body="å" * 60_001)
    assert any("60000" in message for message in told(answer)) and "å" * 60_001 in answer.content.decode()
