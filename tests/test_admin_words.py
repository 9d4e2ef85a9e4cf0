"""What the staff's screens say is true, in Swedish, and where it belongs."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from guides.models import Release, Report
from guides.publishing.masking import ask, hide
from guides.publishing.release import cancel, withdraw
from guides.publishing.review import act
from guides.publishing.versions import latest, save_version
from tests.factories import approved, make_contact, make_guide, make_page, make_step, published
from tests.forms import change, press, save, verb

AHEAD = {"effective_from_0": "2099-01-31", "effective_from_1": "08.00", "minor": "on"}


def text_of(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_form_says_what_is_scheduled_and_history_never_that_it_was_published(approver_client, editor):
    """A release ahead is scheduled; one that was taken back is neither a publication nor a withdrawal."""
    page = published(make_page(title="Sidan"))
    page.title = "Sidan senare"
    page.save()
    approved(save_version(page, editor))
    press(approver_client, verb(page, "publicera"), AHEAD | {"_schedule": "1"})
    assert "Version 2 blir publik 31 januari 2099 08:00" in text_of(approver_client, change(page))
    assert "Schemalagd till 31 januari 2099 08:00" in text_of(approver_client, verb(page, "versioner"))
    cancel(Release.objects.ahead(timezone.now()).get(), None, "Vi väntar.")
    history = text_of(approver_client, verb(page, "versioner"))
    assert "Schemaläggningen till 31 januari 2099 08:00 avbröts" in history and ": Vi väntar." in history
    assert "Tillbakadragen" not in history and "blir publik" not in text_of(approver_client, change(page))


def test_form_says_why_a_page_is_gone_and_leads_to_one_that_is_not(approver_client):
    """Not "aldrig publicerad", and not the first page of the site."""
    page = published(make_page(key="sidan"))
    assert 'href="/om/sidan/"' in text_of(approver_client, change(page))
    withdraw("page", "sidan", None, "Tjänsten har upphört.")
    shown = text_of(approver_client, change(page))
    assert "Skäl: Tjänsten har upphört." in shown and "Inte publicerad." not in shown


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"_now": "1", **AHEAD}, "Tryck Schemalägg"),
        ({"_schedule": "1", "minor": "on"}, "Skriv dag och tid"),
        ({"_schedule": "1", **AHEAD, "effective_from_1": "åtta"}, "Skriv tiden som 08:00."),
    ],
)
def test_neither_button_does_the_work_of_the_other(approver_client, editor, data, said):
    """Whoever schedules and forgets the day publishes nothing, and whoever types a day does not publish now."""
    page = make_page()
    approved(save_version(page, editor))
    assert said in press(approver_client, verb(page, "publicera"), data).content.decode()
    assert not Release.objects.exists()


def test_schedule_in_the_form_leads_to_a_page_that_cannot_publish_now(approver_client, editor):
    """Enter presses a form's first button."""
    page = make_page()
    approved(save_version(page, editor))
    answer = save(approver_client, change(page), _schedule="1")
    shown = text_of(approver_client, answer["Location"])
    assert 'name="_schedule"' in shown and 'name="_now"' not in shown


def test_fault_is_told_with_the_words_of_the_form(approver_client, editor):
    """The row by its number and its words, the field by its label; no path, no line of a file."""
    step = make_step(title="Steget", tasks=[{}, {"text": "Ring nu.", "basis": ""}])
    approved(save_version(step, editor))
    said = "Uppgift 2 (Ring nu.), underlag: Påståendet saknar underlag."
    for place in (change(step), verb(step, "publicera"), verb(step, "granskning")):
        shown = text_of(approver_client, place)
        assert said in shown and "tasks.1" not in shown, place
    assert f"Steg ”Steget”. {said}" in press(approver_client, verb(step, "publicera"), {"minor": "on"}).content.decode()


def test_approval_of_what_cannot_go_out_says_so(client, reviewer, editor):
    """The reviewer is not left to believe that it is done."""
    step = make_step(aim="")
    act(save_version(step, editor), "ask", editor)
    act(latest("step", step.key), "begin", reviewer)
    client.force_login(reviewer)
    shown = client.post(verb(step, "granskning"), {"version": "1", "act": "approve"}, follow=True).content.decode()
    assert "behövs ett nytt godkännande" in shown


def test_number_that_is_shown_again_begins_with_the_outcome_that_shows_it(editor_client, editor):
    """*Visa numret igen* asks about the call, not about the text."""
    contact = published(make_contact(number="+46854081180", recheck_class="B"))
    press(editor_client, verb(contact, "dolj"), {"reason": "En privatperson svarar."})
    assert f'{verb(contact, "kontroll")}?utfall=answers' in text_of(editor_client, change(contact))
    form = editor_client.get(f'{verb(contact, "kontroll")}?utfall=answers').context["form"]
    assert form["outcome"].value() == "answers"


def test_release_is_seen_at_once_in_the_form(approver_client, editor):
    """The form that follows *Publicera* says that it is public."""
    page = make_page()
    approved(save_version(page, editor))
    answer = save(approver_client, change(page), _release="1")
    assert "Webbplatsen visar version 1." in text_of(approver_client, answer["Location"])


def test_step_of_two_guides_stands_once_in_the_list(editor_client, db):
    """In the place of its first guide; steps without a guide come last."""
    shared, alone = make_step(title="I två guider"), make_step(title="Utan guide")
    for position in (1, 2):
        make_guide(steps=[shared], position=position)
    page = editor_client.get(reverse("admin:guides_step_changelist"))
    assert [row.title for row in page.context["cl"].result_list] == ["I två guider", "Utan guide"]
    assert alone.pk


def test_who_may_remove_a_text_sees_on_the_start_page_that_it_is_asked_for(approver_client, reviewer, editor):
    """A removal takes two: the second must come to know of it."""
    page = published(make_page(title="Sidan"))
    version = latest("page", page.key)
    hide(version, editor, "En persons adress.")
    assert "Texter att ta bort" not in text_of(approver_client, reverse("admin:index"))
    ask(version, editor)
    shown = text_of(approver_client, reverse("admin:index"))
    assert f'{verb(page, "maskera")}?version=1">Sidan</a>' in shown


def test_faults_of_a_long_form_stand_first_and_lead_to_their_fields(editor_client, db):
    """Of the row of a table too."""
    step = make_step(tasks=[{}])
    shown = save(editor_client, change(step), title="", **{"tasks-0-text": ""}).content.decode()
    assert '<a href="#id_title">Titel</a>: ' in shown and '<a href="#id_tasks-0-text">Uppgift 1, uppgift</a>: ' in shown


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_our_words_for_django_are_compiled(name):
    """What stands in the file of words is what is shown."""
    folder = Path(settings.LOCALE_PATHS[0]) / "sv" / "LC_MESSAGES"
    with (folder / f"{name}.mo").open("rb") as file:
        compiled = {text for text in gettext.GNUTranslations(file)._catalog.values() if text}
    written = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', (folder / f"{name}.po").read_text("utf-8"), re.MULTILINE)
    assert written and set(written) <= compiled


def test_django_speaks_our_swedish(editor_client, db):
    """In templates and in scripts."""
    assert "Skriv för att hitta en lista" in text_of(editor_client, reverse("admin:guides_page_changelist"))
    script = editor_client.get(reverse("admin:jsi18n")).content.decode()
    assert '"6 p.m.": "18:00"' in script


def test_picker_puts_what_is_called_so_before_what_only_mentions_it(editor_client, db):
    """Enter takes the first, and the wrong contact in a text is the wrong number for somebody."""
    published(make_contact(title="Avhopparlinjen", organisation="Polismyndigheten", number="11414", display="114 14"))
    published(make_contact(title="Polisen, ej akut", organisation="Polismyndigheten"))
    rows = editor_client.get(reverse("desk:text-choices"), {"kind": "contact", "q": "polis"}).json()["rows"]
    assert [row["title"] for row in rows] == ["Polisen, ej akut", "Avhopparlinjen"]
    assert rows[1]["note"] == "114 14, Polismyndigheten"


def test_roles_alone_say_what_somebody_may_do(admin_client, editor):
    """No list of permissions in English, and no tick that gives them all."""
    shown = text_of(admin_client, reverse("admin:auth_user_change", args=[editor.pk]))
    assert "Can add" not in shown and 'name="is_superuser"' not in shown and 'name="groups"' in shown


def test_report_is_told_by_name_and_leads_to_the_contact(editor_client, db):
    """Nobody knows keys by heart."""
    contact = published(make_contact(title="Socialjouren", key="jouren"))
    report = Report.objects.create(subject="number", contact="jouren", fault="no_answer", hour=timezone.now())
    shown = text_of(editor_client, reverse("admin:guides_report_change", args=[report.pk]))
    assert f'<a href="{change(contact)}">Socialjouren</a>' in shown
    assert "Socialjouren: Ingen svarar" in text_of(editor_client, reverse("admin:index"))
