"""Who uses this? Every document that shows a thing, and no way to delete what is shown."""

import pytest
from django.urls import reverse

from guides.publishing.release import rename
from guides.publishing.versions import save_version
from tests.factories import (
    make_actor,
    make_contact,
    make_guide,
    make_page,
    make_provision,
    make_statute,
    make_step,
    make_term,
    published,
)
from tests.forms import change


def users(client, row) -> list[tuple[str, str]]:
    return [(user.title, user.where) for user in client.get(change(row)).context["users"]]


def saved(*rows):
    for row in rows:
        save_version(row, None)
    return rows[0]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (make_contact, "Ring {{{{kontakt:{0.key}}}}}."),
        (make_actor, "Fråga [dem](aktor:{0.key})."),
        (make_term, "Ett [ord](ord:{0.key})."),
    ],
)
def test_use_inside_markdown_is_found_in_drafts_and_in_public(editor_client, db, make, text):
    """A reference in running text counts like one in a field."""
    thing = saved(make())
    page = saved(make_page(title="Sidan", body=text.format(thing)))
    assert users(editor_client, thing) == [("Sidan", "bara i utkastet")]
    published(thing, page)
    assert users(editor_client, thing) == [("Sidan", "")]
    page.body = "Ingenting."
    page.save()
    saved(page)
    assert users(editor_client, thing) == [("Sidan", "bara på webbplatsen; borttaget i utkastet")]


def test_citation_in_plain_words_is_a_use_of_the_provision(editor_client, db):
    """Nobody has to write it as a link."""
    statute = make_statute(title="Provlagen (2099:77)", key="2099:77", short_name="PrL")
    provision = make_provision(statute, chapter="2", section="3")
    saved(statute, provision)
    saved(make_page(title="Sidan", body="Enligt 2 kap. 3 § PrL ska nämnden pröva."))
    assert ("Sidan", "bara i utkastet") in users(editor_client, provision)


def test_use_in_a_field_of_a_row_is_found_with_a_link_to_the_form(editor_client, db):
    """The actor of a responsibility."""
    actor = make_actor()
    step = make_step(title="Steget", responsibilities=[{"actor": actor}])
    published(make_guide([step]))
    (user,) = editor_client.get(change(actor)).context["users"]
    assert (user.title, user.label, user.address) == ("Steget", "steg", change(step))
    assert f'href="{change(step)}"' in editor_client.get(change(actor)).content.decode()


def test_renamed_thing_keeps_its_users(editor_client, db):
    """The text still says the old key."""
    contact = published(make_contact(key="gammal"))
    published(make_page(title="Sidan", body="Ring {{kontakt:gammal}}."))
    rename(contact, "ny", None)
    assert [title for title, _ in users(editor_client, contact)] == ["Sidan"]


def test_unused_thing_says_so(editor_client, db):
    """And can be deleted."""
    contact = saved(make_contact())
    assert "Ingenting visar detta" in editor_client.get(change(contact)).content.decode()
    place = reverse("admin:guides_contact_delete", args=[contact.pk])
    assert editor_client.post(place, {"post": "yes"}).status_code == 302
    assert not type(contact).objects.exists()


def test_thing_used_in_a_text_cannot_be_deleted(editor_client, db):
    """Also while both are drafts."""
    contact = saved(make_contact())
    saved(make_page(body=f"Ring {{{{kontakt:{contact.key}}}}}."))
    place = reverse("admin:guides_contact_delete", args=[contact.pk])
    assert editor_client.post(place, {"post": "yes"}).status_code == 403
    assert type(contact).objects.exists()
