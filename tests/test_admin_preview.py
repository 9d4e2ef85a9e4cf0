"""*Förhandsgranska*: the form as it stands, through the public view, and nothing else."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from guides.models import CONTENT_MODELS, Page, Step
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_guide, make_page, make_step, published
from tests.forms import change, fields_of, save, told


def dump() -> dict:
    """Every row of every table; the session alone may tell when it was last used."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.label != "sessions.Session"]
    return {m._meta.label: sorted(map(repr, m._default_manager.values_list())) for m in models}


@pytest.fixture
def step(db):
    step = make_step(title="Steget", tasks=[{"text": "Ring."}, {"text": "Skriv."}, {"text": "Vänta."}])
    published(make_guide([step, make_step(title="Nästa")]))
    return step


def test_preview_shows_the_form_with_rows_that_are_new_moved_and_gone(editor_client, step):
    """In the public page, marked as a draft, kept and indexed nowhere."""
    answer = save(
        editor_client,
        change(step),
        title="Ny titel",
        _preview="1",
        **{"tasks-0-text": "Ring nu.", "tasks-0-position": "9001", "tasks-1-DELETE": "on"},
        **{"tasks-TOTAL_FORMS": "4", "tasks-3-key": "ny", "tasks-3-text": "Helt ny.", "tasks-3-position": "9000"},
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Ny titel" in text and "Utkast – inte publicerat" in text and "Skriv." not in text
    assert text.index("Vänta.") < text.index("Helt ny.") < text.index("Ring nu.")
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"


def test_preview_changes_no_byte_of_the_database(editor_client, step):
    """Every table is as it was: no version, no log, no row."""
    before = dump()
    save(editor_client, change(step), title="Ny", _preview="1", **{"tasks-0-DELETE": "on", "responsibilities-TOTAL_FORMS": "0"})
    assert dump() == before


def test_no_message_survives_a_preview(editor_client, db):
    """The next page does not say that something was changed."""
    contact = published(make_contact(title="En"))
    published(make_contact(title="Annan", number=contact.number))
    assert save(editor_client, change(contact), _preview="1").status_code == 200
    text = editor_client.get("/admin/").content.decode()
    assert "messagelist" not in text and "Samma nummer" not in text


def test_message_from_before_a_preview_is_not_lost(editor_client, db):
    """What was said of the real save is still to be read."""
    page = published(make_page())
    form = {k: v for k, v in fields_of(editor_client.get(change(page))).items() if v is not None}
    editor_client.post(change(page), form | {"title": "Ny"})
    editor_client.post(change(page), form | {"base": "2", "title": "Ännu nyare", "_preview": "1"})
    text = editor_client.get("/admin/").content.decode()
    assert text.count("messagelist") and "Ännu nyare" not in text


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=[m.kind for m in CONTENT_MODELS])
def test_new_thing_can_be_previewed_before_it_is_saved(editor_client, db, model):
    """From the empty form, of every kind."""
    key = "2099:1" if model.kind == "statute" else "ny"
    place = reverse(f"admin:guides_{model._meta.model_name}_add")
    answer = save(editor_client, place, title="Helt ny titel", key=key, _preview="1")
    if answer.context and "adminform" in answer.context:
        assert told(answer), model
    else:
        assert answer.status_code == 200 and "Utkast – inte publicerat" in answer.content.decode()
    assert not model.objects.exists()


def test_new_page_shows_its_text(editor_client, db):
    """At the address that it will have."""
    answer = save(editor_client, reverse("admin:guides_page_add"), title="Ny", key="ny", body="Min text.", _preview="1")
    assert "Min text." in answer.content.decode()


def test_invalid_form_is_shown_again_with_what_was_typed(editor_client, step):
    """And nothing is saved."""
    before = dump()
    answer = save(editor_client, change(step), title="", aim="Mitt mål.", _preview="1")
    assert told(answer) and "Mitt mål." in answer.content.decode()
    assert dump() == before


def test_key_that_is_taken_is_told_instead_of_previewed(editor_client, db):
    """As when it is saved; the other page is not touched."""
    make_page(key="tagen", title="Deras")
    place = reverse("admin:guides_page_add")
    answer = save(editor_client, place, title="Min", key="tagen", _preview="1")
    assert told(answer) and "Utkast – inte publicerat" not in answer.content.decode()
    assert Page.objects.get().title == "Deras"


def test_nobody_waits_while_a_preview_is_drawn(editor_client, step, monkeypatch):
    """The row is held while the form is saved and taken back, and let go before the page is rendered."""
    depth = []
    monkeypatch.setattr("guides.admin.saving.show_draft", lambda *a: depth.append(len(connection.savepoint_ids)) or HttpResponse())
    outside = len(connection.savepoint_ids)
    assert save(editor_client, change(step), title="Ny", _preview="1").status_code == 200
    assert depth == [outside]


def test_preview_of_what_another_has_since_changed_shows_mine(editor_client, editor, step):
    """The form as it was shown, with what I typed; theirs is for the conflict page."""
    save_version(step, None)
    form = {k: v for k, v in fields_of(editor_client.get(change(step))).items() if v is not None}
    assert save(editor_client, change(step), **{"tasks-1-text": "Deras."}).status_code == 302
    text = editor_client.post(change(step), form | {"tasks-0-text": "Min.", "_preview": "1"}).content.decode()
    assert "Min." in text and "Skriv." in text and "Deras." not in text
    assert step.tasks.get(text="Deras.")


def test_preview_by_address_alone_shows_the_form(editor_client, step):
    """There is no GET variant: nobody can be sent a link that renders what they did not write."""
    answer = editor_client.get(change(step) + "?_preview=1&title=Annan")
    assert "adminform" in answer.context


def test_preview_needs_the_right_to_change(client, django_user_model, db):
    """Who may only look is refused, and a visitor is asked to log in."""
    page = published(make_page(title="Ett"))
    assert client.post(change(page), {"_preview": "1", "title": "Två"}).status_code == 403
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(reader)
    for place in (change(page), reverse("admin:guides_page_add")):
        answer = client.post(place, {"_preview": "1", "title": "Två", "key": "tva"})
        assert answer.status_code == 403 and "Två" not in answer.content.decode()
    assert Page.objects.get().title == "Ett" and not Step.objects.exists()


def test_button_stands_in_both_forms(editor_client, db):
    """It opens a window beside the form."""
    for place in (change(make_page()), reverse("admin:guides_page_add")):
        assert 'name="_preview" formtarget="_blank"' in editor_client.get(place).content.decode()
