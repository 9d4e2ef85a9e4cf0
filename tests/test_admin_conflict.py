"""Nobody overwrites anybody: what happens when two people save one document."""

import pytest
from django.contrib import admin
from django.core.checks import run_checks
from django.urls import reverse

from guides.admin.forms import ContentForm
from guides.models import CONTENT_MODELS, Page, Release, Source, Step, Version
from guides.publishing.current import current
from guides.publishing.roles import EDITOR
from guides.publishing.versions import latest, save_version
from tests.factories import approved, make_guide, make_page, make_source, make_step, published
from tests.forms import change, choose, fields_of, press, save, told


@pytest.fixture
def other(client, person):
    """Another editor's browser."""
    browser = type(client)()
    browser.force_login(person("kollega", EDITOR))
    return browser


def opened(browser, row) -> dict:
    """The form as this browser shows it now."""
    return {k: v for k, v in fields_of(browser.get(change(row))).items() if v is not None}


def saved(row):
    save_version(row, None)
    return row


def test_second_to_save_gets_409_and_nothing_is_overwritten(editor_client, other):
    """The page shows what was, theirs with who, and mine."""
    page = saved(make_page(title="Ett", body="Då."))
    mine = opened(editor_client, page)
    assert save(other, change(page), body="Deras text.").status_code == 302
    answer = editor_client.post(change(page), mine | {"body": "Min text."})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert all(words in text for words in ("Då.", "Deras text.", "Min text.", "kollega", "version 2"))
    page.refresh_from_db()
    assert page.body == "Deras text." and Version.objects.count() == 2


def test_what_was_typed_is_in_the_page_and_survives_a_reload(editor_client, other):
    """A reload sends the same form and gets the same page."""
    page = saved(make_page(body="Då."))
    mine = opened(editor_client, page) | {"body": "Min text.\r\nTvå rader."}
    save(other, change(page), body="Deras.")
    for _ in range(2):
        answer = editor_client.post(change(page), mine)
        assert answer.status_code == 409
        assert ("body", "Min text.\r\nTvå rader.") in answer.context["typed"]


def test_different_tasks_merge_with_one_press(editor_client, editor, other):
    """Each has changed a task of its own; new rows and rows taken away are in it."""
    step = make_step(
        tasks=[{"key": "a", "text": "Ring."}, {"key": "b", "text": "Skriv."}, {"key": "c", "text": "Vänta."}]
    )
    saved(step)
    mine = opened(editor_client, step)
    save(other, change(step), **{"tasks-0-text": "Ring nu.", "tasks-2-DELETE": "on"})
    new = {"tasks-TOTAL_FORMS": "4", "tasks-3-key": "d", "tasks-3-text": "Fråga.", "tasks-3-position": "9000"}
    answer = editor_client.post(change(step), mine | {"tasks-1-text": "Skriv nu."} | new)
    assert answer.status_code == 409 and answer.context["can_merge"]
    sent = dict(answer.context["typed"]) | {"theirs": "2", "_merge": "1"}
    assert editor_client.post(change(step), sent).status_code == 302
    assert [task.text for task in step.tasks.all()] == ["Ring nu.", "Skriv nu.", "Fråga."]
    newest = latest("step", step.key)
    assert (newest.number, newest.saved_by) == (3, editor)


def test_different_steps_of_a_guide_merge(editor_client, other):
    """One takes a step away, the other moves two."""
    steps = [make_step(key=key) for key in ("a", "b", "c")]
    guide = saved(make_guide(steps))
    mine = opened(editor_client, guide)
    save(other, change(guide), summary="Deras.")
    moved = {"guidestep_set-0-position": "3", "guidestep_set-2-position": "1"}
    answer = editor_client.post(change(guide), mine | moved)
    sent = dict(answer.context["typed"]) | {"theirs": "2", "_merge": "1"}
    assert editor_client.post(change(guide), sent).status_code == 302
    guide.refresh_from_db()
    assert guide.summary == "Deras."
    assert [place.step.key for place in guide.guidestep_set.all()] == ["c", "b", "a"]


def test_same_task_offers_no_merge_and_a_forged_one_is_refused(editor_client, other):
    """Both texts are shown."""
    step = saved(make_step(tasks=[{"text": "Ring."}]))
    mine = opened(editor_client, step)
    save(other, change(step), **{"tasks-0-text": "Ring A."})
    sent = mine | {"tasks-0-text": "Ring B.", "_merge": "1", "theirs": "2"}
    answer = editor_client.post(change(step), sent)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Ring A." in text and "Ring B." in text and "Slå ihop" not in text
    assert step.tasks.get().text == "Ring A."


def test_merge_of_what_was_not_shown_is_refused(editor_client, other):
    """A third version came while I read the page."""
    page = saved(make_page(title="Ett"))
    mine = opened(editor_client, page) | {"summary": "Min."}
    save(other, change(page), body="Två.")
    save(other, change(page), body="Tre.")
    answer = editor_client.post(change(page), mine | {"_merge": "1", "theirs": "2"})
    assert answer.status_code == 409 and "Tre." in answer.content.decode()
    page.refresh_from_db()
    assert page.summary == "Kort om sidan."


def test_text_kept_as_a_version_of_its_own_touches_nothing(editor_client, other):
    """It stands in the history; the draft, its number and what would be released are theirs."""
    page = saved(make_page(body="Då."))
    mine = opened(editor_client, page) | {"body": "Min text.", "_aside": "1"}
    save(other, change(page), body="Deras.")
    assert editor_client.post(change(page), mine).status_code == 302
    page.refresh_from_db()
    assert page.body == "Deras."
    assert latest("page", page.key).number == 2
    kept = Version.objects.get(number=3)
    assert kept.origin == "aside" and "Min text." in kept.text
    assert save(editor_client, change(page), body="Fyra.").status_code == 302
    assert latest("page", page.key).number == 4


def test_who_changed_nothing_is_shown_the_newest(editor_client, other):
    """Pressing save without having written is no conflict."""
    page = saved(make_page(body="Då."))
    mine = opened(editor_client, page)
    save(other, change(page), body="Deras.")
    answer = editor_client.post(change(page), mine)
    assert answer.status_code == 302
    assert "inte ändrat något" in editor_client.get(answer["Location"]).content.decode()


def test_row_that_the_other_has_taken_away_is_no_fault_of_mine(editor_client, other):
    """Its number is gone from the table, and my form still speaks of it."""
    step = saved(make_step(tasks=[{"text": "Ring."}, {"text": "Skriv."}]))
    mine = opened(editor_client, step) | {"tasks-0-text": "Ring nu."}
    save(other, change(step), **{"tasks-0-DELETE": "on"})
    answer = editor_client.post(change(step), mine)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Ring nu." in text and "borttaget" in text


@pytest.mark.parametrize("base", [None, "", "abc", "-1", "999", "²"])
def test_form_that_does_not_say_what_it_was_shown_with_saves_nothing(editor_client, db, base):
    """A forgotten field does not switch the protection off."""
    page = saved(make_page(body="Då."))
    data = opened(editor_client, page) | {"body": "Min."}
    data = {name: value for name, value in data.items() if name != "base"} | ({"base": base} if base else {})
    assert editor_client.post(change(page), data).status_code == 409
    page.refresh_from_db()
    assert page.body == "Då."


def test_every_content_form_carries_the_number(editor_client, db):
    """In the page, not only in the form's class."""
    for model in CONTENT_MODELS:
        key = "2099:999" if model.kind == "statute" else "tomt"
        row = model(key=key, title="Tomt")
        row.save()
        saved(row)
        assert '<input type="hidden" name="base" value="1"' in editor_client.get(change(row)).content.decode(), model


def test_forgotten_field_or_editable_list_fails_the_check(monkeypatch):
    """guides.E004 and guides.E005."""
    monkeypatch.setattr(type(admin.site.get_model_admin(Page)), "form", ContentForm.__base__)
    monkeypatch.setattr(type(admin.site.get_model_admin(Source)), "list_editable", ["title"])
    monkeypatch.setattr(type(admin.site.get_model_admin(Source)), "list_display", ["key", "title"])
    found = {message.id: message.msg for message in run_checks() if message.id.startswith("guides.")}
    assert "PageAdmin" in found["guides.E004"] and "SourceAdmin" in found["guides.E005"]


def test_faults_of_a_form_come_first_and_keep_what_was_typed(editor_client, other):
    """An invalid form on an old version shows its faults, and the number that it was shown with."""
    step = saved(make_step(tasks=[{"text": "Ring."}]))
    mine = opened(editor_client, step) | {"title": "", "aim": "Mitt mål."}
    save(other, change(step), aim="Deras.")
    answer = editor_client.post(change(step), mine)
    assert answer.status_code == 200 and told(answer)
    assert "Mitt mål." in answer.content.decode()
    assert 'name="base" value="1"' in answer.content.decode()
    assert Step.objects.get(pk=step.pk).aim == "Deras."


# Verbs act on the version that was shown.


def test_release_of_a_version_that_was_not_seen_is_refused(client, approver, other):
    """Another has saved since the page was shown."""
    client.force_login(approver)
    page = saved(make_page(key="sidan", title="Ett"))
    place = reverse("admin:page_publicera", args=[page.pk])
    seen = client.get(place).context["form"]["version"].value()
    save(other, change(page), title="Två")
    text = client.post(place, {"version": seen, "minor": "on"}).content.decode()
    assert "har fått version 2 av kollega" in text
    assert not Release.objects.exists()
    approved(latest("page", "sidan"))
    press(client, place, {"minor": "on"})
    assert current.edition().page("sidan").title == "Två"


def test_verb_that_does_not_say_what_was_seen_is_refused(client, approver):
    """A forged or forgotten number does nothing."""
    client.force_login(approver)
    page = published(make_page(key="sidan"))
    answer = client.post(reverse("admin:page_dra-tillbaka", args=[page.pk]), {"reason": "Skäl."})
    assert "vilken version du såg" in answer.content.decode()
    assert current.edition().has("page", "sidan")


def test_action_on_a_version_that_was_not_seen_is_refused(client, approver, other):
    """The list said version 1."""
    client.force_login(approver)
    source = saved(make_source(title="Ett"))
    place = reverse("admin:guides_source_changelist")
    assert f'value="{source.pk}:1"' in client.get(place).content.decode()
    save(other, change(source), title="Två")
    data = {"action": "release_newest", "_selected_action": [source.pk], "_together": "1", "minor": "on"}
    for seen in ([f"{source.pk}:1"], []):
        client.post(place, data | {"seen": seen})
        assert not Release.objects.exists()
    approved(latest("source", source.key))
    choose(client, place, "release_newest", [source], _together="1", minor="on")
    assert Release.objects.count() == 1
