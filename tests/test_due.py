"""What makes a text due before its time, each once, and what ends it: somebody looks, or releases it anew."""

from datetime import date, timedelta

import pytest

from guides.models import LinkCheck, Mailbox, Reminder
from guides.publishing.current import current
from guides.publishing.due import causes, due, overdue
from guides.publishing.inbox import report_number
from guides.publishing.release import check, rename
from guides.publishing.upkeep.links import register, watch
from guides.publishing.upkeep.reminders import remind
from guides.text.phone import display
from tests.factories import (
    make_contact,
    make_guide,
    make_municipality,
    make_page,
    make_provision,
    make_source,
    make_statute,
    make_step,
    published,
)

LISTED = "/admin/granskas/"


@pytest.fixture(autouse=True)
def today(clock):
    """Everything begins at noon on 1 June 2026."""
    return clock().date()


def changed(row, **fields):
    """A row saved with other values and released again."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return published(row)


def told(clock) -> dict[tuple[str, str], str]:
    """What has a cause to be reviewed now, and why."""
    items = overdue(due(current.refresh(), clock()), clock().date())
    return {pair: item.why for pair, item in items.items()}


# The five causes.


def test_statute_marked_as_repealed_makes_what_cites_it_due(db, clock):
    """By its provision, by its name in the text, or as a whole; its own provisions go with it, and others' steps rest."""
    statute = make_statute(short_name="GL")
    provision = make_provision(statute)
    step, page = make_step(title="Ansök", provisions=[provision]), make_page(body="Se 1 kap. 1 § GL.")
    published(step, page, make_step())
    clock(days=1)
    assert told(clock) == {}
    changed(statute, repealed_on=date(2026, 7, 1))
    why = "GL upphävs den 1 juli 2026."
    assert told(clock) == {("step", step.key): why, ("page", page.key): why}
    clock(days=1)
    check("step", step.key, "reviewed", None)
    assert set(told(clock)) == {("page", page.key)}
    clock(days=30)
    assert set(told(clock).values()) == {"GL är upphävd sedan den 1 juli 2026."} and len(told(clock)) == 2


def test_statute_that_was_repealed_from_the_beginning_makes_nothing_due(db, clock):
    """The texts were written with it; a corrected spelling of its name is no change of the law."""
    statute = make_statute(repealed_on=date(2025, 7, 1))
    published(make_step(provisions=[make_provision(statute)]))
    clock(days=1)
    changed(statute, title="Rättad")
    assert told(clock) == {}


@pytest.mark.parametrize(("state", "said"), [("changed", "är ändrad."), ("repealed", "är upphävd."), ("changing", None)])
def test_provision_marked_as_changed_makes_what_cites_it_due(db, clock, state, said):
    """What is only expected is not yet so."""
    provision = make_provision(make_statute(short_name="SoL"))
    step = published(make_step(provisions=[provision]))
    clock(days=1)
    changed(provision, state=state)
    assert told(clock) == ({("step", step.key): f"1 kap. 1 § SoL {said}"} if said else {})


def test_source_with_other_words_makes_what_rests_on_it_due(db, clock, web):
    """From the day of the first change that nobody has read, however often the page changes."""
    web.pages["/rapport"] = (200, {}, b"ett")
    source = make_source(url=web.url("/rapport"), title="Rapporten")
    step = published(make_step(sources=[source]))
    watch()
    for body in (b"tre", b"fyra"):
        clock(days=8)
        web.pages["/rapport"] = (200, {}, body)
        watch()
    assert told(clock) == {("step", step.key): "Källan ”Rapporten” har ändrats."}
    assert [item.day for item in due(current.refresh(), clock()) if item.causes] == [clock().date() - timedelta(days=8)]
    check("step", step.key, "reviewed", None)
    assert told(clock) == {}


def test_number_that_does_not_answer_is_due_until_it_does(db, clock):
    """A new text, or a review of it, is no answer."""
    contact = published(make_contact(recheck_class="B"))
    check("contact", contact.key, "silent", None)
    assert told(clock) == {("contact", contact.key): "Numret svarade inte."}
    clock(days=1)
    changed(contact, hours="Dygnet runt")
    check("contact", contact.key, "reviewed", None)
    check("contact", contact.key, "hidden", None, reason="Fel nummer")
    assert told(clock) == {("contact", contact.key): "Numret är dolt."}
    clock(hours=1)
    check("contact", contact.key, "answers", None)
    assert told(clock) == {}


def test_report_of_a_reader_makes_the_contact_due(db, clock):
    """Until it is settled, which is deleting it, or somebody has called since; the key may have changed."""
    contact = published(make_contact(recheck_class="B"))
    report_number(contact.key, "no_answer")
    rename(contact, "ny", None)
    assert told(clock) == {("contact", "ny"): "En läsare har rapporterat: ingen svarar."}
    check("contact", "ny", "answers", None)
    assert told(clock), "the call may have been before the report, which is known to the hour"
    clock(hours=1)
    check("contact", "ny", "answers", None)
    assert told(clock) == {}


def test_changed_step_makes_the_additions_that_lead_to_it_due(db, clock):
    """More than a little; an addition that says nothing of the step rests, and so does what is changed with it."""
    step, other = make_step(key="steget", title="Steget"), make_step()
    published(make_guide([step, other]))
    place = published(make_municipality(local_note="Hos oss gör enheten [steget](steg:steget).", title="Hörby kommun"))
    published(make_municipality(local_note="Vi svarar dygnet runt.", county=place.county))
    clock(days=1)
    step.aim = "Ett annat mål."
    step.save()
    published(step, minor=True)
    changed(other, aim="Ett annat mål.")
    assert told(clock) == {}
    changed(step, aim="Ett tredje mål.")
    assert told(clock) == {("municipality", place.key): "Steget ”Steget” har ändrats."}
    clock(days=1)
    changed(place, local_note="Hos oss gör mottagningen [steget](steg:steget).")
    assert told(clock) == {}


def test_changed_number_is_a_line_in_the_history_of_what_shows_it_and_makes_nothing_due(
    editor_client, editor, db, clock
):
    """In a field or in the text. An unchanged number, and a page without it, have no line."""
    contact = make_contact(key="jouren", title="Jouren")
    step, page, other = make_step(contacts=[contact]), make_page(body="Ring {{kontakt:jouren}}."), make_page()
    published(step, page, other)
    clock(days=1)
    changed(contact, hours="Dygnet runt")
    changed(contact, number="+46855500200")
    assert told(clock) == {}
    editor_client.force_login(editor)
    line = f"2 juni 2026 12:00: Jouren, från {display('+46855500100')} till {display('+46855500200')}"
    for row, lines in ((step, 1), (page, 1), (other, 0)):
        text = editor_client.get(f"/admin/guides/{row.kind}/{row.pk}/versioner/").content.decode()
        assert (text.count(line), text.count("har ändrats")) == (lines, lines)


def test_what_was_released_with_the_cause_has_taken_it_in(db, clock):
    """A statute and the step that follows it go out together."""
    statute = make_statute()
    step = published(make_step(provisions=[make_provision(statute)]))
    clock(days=1)
    statute.repealed_on = clock().date()
    statute.save()
    step.aim = "Enligt den nya lagen."
    step.save()
    published(statute, step)
    assert told(clock) == {}


# Who is told.


def test_cause_is_mailed_once_with_its_reason_and_then_at_14_and_30_days(post, db, clock):
    """To the owner; the last to whoever answers for what is late. More readers who say the same write no more mails."""
    Mailbox.objects.create(function="Redaktionen", address="red@example.se", late_address="lan@example.se")
    contact = published(make_contact(recheck_class="B", title="Jouren", review_every=400))
    report_number(contact.key, "wrong_hours")
    mails = {}
    for day in range(40):
        if day in (3, 20):
            report_number(contact.key, "wrong_hours")
        if remind().mails:
            mails[day] = post.mails[-1][0]
            assert "öppettiderna stämmer inte" in post.last()
        clock(days=1)
    assert mails == {0: "red@example.se", 14: "red@example.se", 30: "lan@example.se"}
    assert [r.stage for r in Reminder.objects.order_by("stage")] == [0, 14, 30]


def test_municipalitys_own_mailbox_is_told_of_its_addition(post, db, clock):
    """It has no other owner."""
    Mailbox.objects.create(function="Redaktionen", address="red@example.se")
    Mailbox.objects.create(function="Hörby kommun", address="horby@example.se")
    step = make_step(key="steget")
    published(make_guide([step]), make_municipality(local_note="Läs [mer om det](steg:steget).", title="Hörby kommun"))
    clock(days=1)
    changed(step, aim="Nytt.")
    remind()
    assert [to for to, _ in post.mails] == ["horby@example.se"]


def test_cause_after_the_day_has_passed_is_told_once_more(post, db, clock):
    """The owner who let the interval pass hears of what has happened since."""
    Mailbox.objects.create(function="Redaktionen", address="red@example.se")
    contact = published(make_contact(recheck_class="B", review_every=30))
    clock(days=31)
    remind()
    check("contact", contact.key, "silent", None)
    clock(days=1)
    remind()
    assert len(post) == 2 and "svarade inte" in post.last() and "svarade inte" not in post.mails[0][1].get_content()


def test_public_page_is_not_moved_by_a_cause(client, db, clock):
    """Nobody outside can change a page by a report or by a page of their own."""
    step = make_step(sources=[make_source(url="https://a.example/")])
    published(make_guide([step], key="guiden"))
    register()
    clock(hours=1)
    before = client.get(f"/guider/guiden/{step.key}/").content
    LinkCheck.objects.update(changed_at=clock())
    assert causes(current.refresh(), clock())
    assert client.get(f"/guider/guiden/{step.key}/").content == before


# In the admin.


def test_start_page_form_and_list_say_why(editor_client, editor, db, clock):
    """The line leads to the list, the list to the form, and the form says what has happened; one press ends it."""
    contact = published(make_contact(recheck_class="B", title="Jouren", owner="Socialjouren"))
    published(make_page(title="Sidan", review_every=20))
    check("contact", contact.key, "silent", None)
    editor_client.force_login(editor)
    sections = {s.name: s for s in editor_client.get("/admin/").context["sections"]}
    assert [(row.text, row.count) for row in sections["late"].rows] == [("Kontakter", 1)]
    assert sections["late"].more.address == LISTED
    page = editor_client.get(LISTED).content.decode()
    assert "Socialjouren: 1 nu" in page and "Numret svarade inte." in page and "Redaktionen: 0 nu, 1 inom 30 dagar" in page
    form = f"/admin/guides/contact/{contact.pk}/change/"
    assert form in page and "Numret svarade inte." in editor_client.get(form).content.decode()


def test_table_has_everything_with_a_day_and_runs_nothing(editor_client, editor, db, clock):
    """By owner, for a spreadsheet; a title that begins like a formula is text."""
    published(make_page(key="ett", title="=1+1", owner="Jurist", review_every=10))
    clock(days=12)
    editor_client.force_login(editor)
    response = editor_client.get(f"{LISTED}granskas.csv")
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("ägare;slag;titel") and rows[1] == "Jurist;sida;'=1+1;ett;2026-06-11;2;;"
    assert "attachment" in response["Content-Disposition"]
