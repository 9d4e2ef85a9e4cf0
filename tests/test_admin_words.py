"""What the staff's screens say is true, in Swedish, and where it belongs."""

import pytest
from django.utils import timezone

from guides.models import Release
from guides.publishing.release import cancel, withdraw
from guides.publishing.review import act
from guides.publishing.versions import latest, save_version
from tests.factories import approved, make_contact, make_page, make_step, published
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
    assert "skulle ha publicerats 31 januari 2099 08:00</strong> – Vi väntar." in history
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
