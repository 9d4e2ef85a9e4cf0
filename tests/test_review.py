"""The second pair of eyes: what an act needs, what an approval is worth, and who is told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from guides.models import Page, Release, Review
from guides.publishing.content_files import import_content
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.release import cancel, release, rename, withdraw
from guides.publishing.review import (
    APPROVED,
    ASKED,
    BEGUN,
    CHANGES,
    DRAFT,
    act,
    approval,
    authors,
    state,
    waiting,
)
from guides.publishing.roles import ADMINISTRATOR, EDITOR, PUBLISHER, REVIEWER
from guides.publishing.versions import latest, restore, save_version
from tests.factories import approved, make_page, make_source, make_step, published
from tests.forms import change, choose, save, verb
from tests.reviews import WAY, press_act, stand


def refused(said: str):
    return pytest.raises(PublishingError, match=said)


def edited(row, by, **fields):
    """The version of a row after somebody has changed and saved it."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return save_version(row, by)


# The act.


def test_act_on_a_version_that_was_not_seen_is_refused(client, reviewer, editor):
    """Somebody saved while the page was read; what was typed stays in it."""
    client.force_login(reviewer)
    page = make_page()
    stand(save_version(page, editor), BEGUN, editor, reviewer)
    edited(page, editor, title="Nytt")
    text = press_act(client, page, "approve", version=1).content.decode()
    assert "har fått version 2" in text and "Skriv kortare." in text
    assert Review.objects.filter(act="approve").count() == 0


def test_request_for_changes_says_what(editor, reviewer):
    """An empty no helps nobody."""
    version = save_version(make_page(), editor)
    stand(version, BEGUN, editor, reviewer)
    with refused("Skriv vad"):
        act(version, "request", reviewer, "  ")


def test_page_shows_what_differs_from_the_public_and_what_is_missing(client, reviewer, editor):
    """Word by word, against what visitors read now; and only the buttons that count."""
    client.force_login(reviewer)
    step = published(make_step(title="Steget", body="En gammal text."))
    edited(step, editor, body="En ny text.")
    edited(step, editor, aim="")
    act(latest("step", step.key), "ask", editor)
    shown = client.get(verb(step, "granskning"))
    text = shown.content.decode()
    assert "[gammal]" in text and "{+ny+}" in text and "visar version 1" in text
    assert [str(fault) for fault in shown.context["faults"]] == ["Mål: Fyll i fältet."]
    assert "Börja granska" in text and "Ta tillbaka" in text and "Godkänn" not in text


# What an approval is worth.


def test_release_needs_the_approval_of_exactly_this_version(editor, approver, reviewer):
    """Now, at a moment ahead, and together with others."""
    page, source = make_page(title="Sidan"), make_source()
    version, other = save_version(page, editor), approved(save_version(source, editor))
    for how in ({}, {"effective_from": timezone.now() + timedelta(days=1)}, {"minor": True}):
        with refused("”Sidan” är inte godkänd. Läge: utkast"):
            release([version, other], approver, **how)
    stand(version, BEGUN, editor, reviewer)
    with refused("under granskning"):
        release([version, other], approver)
    act(version, "approve", reviewer)
    assert len(release([version, other], approver)) == 2


def test_any_later_save_voids_the_approval(editor, approver, reviewer):
    """Also one that brings the approved words back."""
    page = make_page(title="Ett")
    first = save_version(page, editor)
    stand(first, APPROVED, editor, reviewer)
    edited(page, editor, title="Två")
    again = edited(page, editor, title="Ett")
    assert again.hash == first.hash and (state(first), state(again)) == (DRAFT, DRAFT)
    for version in (first, again):
        with refused("inte godkänd"):
            release([version], approver)
    with refused("sparats på nytt"):
        act(first, "ask", editor)


def test_restoring_and_renaming_are_saves(editor, approver, reviewer):
    """What the row held when it was approved is no longer what it holds."""
    page = make_page(key="ett", title="Ett")
    first = save_version(page, editor)
    second = edited(page, editor, title="Två")
    stand(second, APPROVED, editor, reviewer)
    restore(first, page, editor)
    assert approval(second) is None
    third = latest("page", "ett")
    stand(third, APPROVED, editor, reviewer)
    assert approval(third)
    rename(page, "tva", approver)
    assert approval(third) is None and authors(latest("page", "tva")) == {editor.pk, approver.pk}


def test_whoever_saved_since_the_last_release_may_not_approve(editor, reviewer, person):
    """Not the last to save alone: everybody with a word in what is new."""
    second = person("andra", REVIEWER)
    page = published(make_page(), by=second)
    edited(page, reviewer, title="Två")
    version = edited(page, editor, title="Tre")
    act(version, "ask", editor)
    with refused("själv skrivit"):
        act(version, "begin", reviewer)
    for what in ("begin", "approve"):
        act(version, what, second)
    assert approval(version).by == second


def test_cancelled_schedule_was_no_release(editor, reviewer, approver, person, clock):
    """Who wrote what never went out has still written in what is new."""
    second = person("andra", REVIEWER)
    page = make_page()
    version = save_version(page, reviewer)
    stand(version, APPROVED, reviewer, second)
    clock(hours=1)
    (planned,) = release([version], approver, clock(hours=1).replace(hour=23))
    assert authors(newer := edited(page, editor, title="Två")) == {editor.pk}
    cancel(planned, approver, "Fel.")
    assert authors(newer) == {editor.pk, reviewer.pk}


def test_bulk_release_takes_along_only_what_is_approved(client, approver, editor):
    """One that is not keeps all of them back."""
    client.force_login(approver)
    rows = [make_source(), make_source()]
    versions = [save_version(row, editor) for row in rows]
    place = reverse("admin:guides_source_changelist")
    approved(versions[0])
    choose(client, place, "release_newest", rows, _together="1", minor="on")
    assert not Release.objects.exists()
    approved(versions[1])
    choose(client, place, "release_newest", rows, _together="1", minor="on")
    assert Release.objects.count() == 2


def test_withdrawing_needs_no_approval(approver):
    """What is wrong goes at once."""
    page = published(make_page())
    withdraw("page", page.key, approver, "Fel.")
    assert not current.edition().has("page", page.key)


def test_import_needs_no_approval(db, tmp_path):
    """Files have been read by two where they are kept."""
    page = make_page(key="sidan")
    published(page)
    call_command("export_content", str(tmp_path), verbosity=0)
    file = next(tmp_path.rglob("sidan.md"))
    file.write_text(file.read_text("utf-8").replace("En text.", "En ny text."), "utf-8")
    import_content(tmp_path)
    assert Release.objects.count() == 2 and not Review.objects.exists()


# The form.


def test_asking_from_the_form_saves_first(client, editor):
    """One press; what was typed is what is asked about."""
    client.force_login(editor)
    page = published(make_page(title="Ett"))
    answer = save(client, change(page), title="Två", _ask="1")
    assert answer["Location"] == change(page)
    version = latest("page", page.key)
    assert "Två" in version.text and state(version) == ASKED
    assert "Granskning är begärd" in client.get(change(page)).content.decode()


def test_asking_twice_saves_and_says_so(client, editor):
    """Nothing has changed, so nothing more is asked."""
    client.force_login(editor)
    page = make_page()
    for _ in range(2):
        save(client, change(page), _ask="1")
    assert "Läge: granskning begärd" in client.get(change(page)).content.decode()
    assert Review.objects.count() == 1


def test_asking_from_an_empty_form_saves_the_new_row(client, editor):
    """And the form is shown again."""
    client.force_login(editor)
    answer = save(client, reverse("admin:guides_page_add"), title="Ny", key="ny", _ask="1")
    assert answer["Location"] == change(Page.objects.get())
    assert state(latest("page", "ny")) == ASKED


ROW = ["Spara utkast", "Förhandsgranska", "Be om granskning", "Publicera", "Schemalägg"]


@pytest.mark.parametrize(
    ("role", "is_approved", "buttons"),
    [(EDITOR, True, 3), (REVIEWER, True, 3), (PUBLISHER, False, 3), (PUBLISHER, True, 5), (ADMINISTRATOR, True, 5)],
)
def test_row_of_buttons_reads_like_the_work(client, person, editor, role, is_approved, buttons):
    """One order for everybody, and only what that person may do now; above the form and below it."""
    page = make_page()
    version = save_version(page, editor)
    if is_approved:
        approved(version)
    client.force_login(person("anna", role))
    text = client.get(change(page)).content.decode()
    places = [text.find(f'value="{label}"') for label in ROW]
    shown = [place for place in places if place >= 0]
    assert shown == sorted(shown) and len(shown) == buttons
    assert all(text.count(f'value="{label}"') in (0, 2) for label in ROW)


def test_schedule_button_leads_to_day_and_time(client, approver, editor):
    """After saving; who may not publish stays in the form."""
    page = make_page()
    approved(save_version(page, editor))
    client.force_login(approver)
    assert save(client, change(page), _schedule="1")["Location"] == f"{verb(page, 'publicera')}?schemalagg=1"
    client.force_login(editor)
    assert save(client, change(page), _schedule="1")["Location"] == change(page)


# Who is told, and what waits.


def test_request_is_mailed_to_all_reviewers(post, client, editor, reviewer, person, approver, settings, django_capture_on_commit_callbacks):
    """To each who may review and is active, with the title, the words and the way there."""
    person("andra", REVIEWER)
    gone = person("slutat", REVIEWER)
    gone.is_active = False
    gone.save()
    page = make_page(title="Sidan om skydd", body="Hemligt utkast.")
    save_version(page, editor)
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        press_act(client, page, "ask", remark="Särskilt stycke två.")
    assert sorted(to for to, _ in post.mails) == ["andra@example.se", "reviewer@example.se"]
    text = post.last()
    assert all(words in text for words in ("editor", "Sidan om skydd", "Särskilt stycke två.", settings.PUBLIC_URL + verb(page, "granskning")))
    assert "Hemligt" not in text and post.mails[0][1]["Subject"] == "Att granska: Sidan om skydd"


def test_mail_that_nobody_gets_is_not_promised(client, editor, reviewer):
    """Who asks, or publishes alone, is told to speak to somebody when no other reviewer has an address."""
    page = make_page()
    save_version(page, editor)
    reviewer.email = ""
    reviewer.save()
    client.force_login(editor)
    press_act(client, page, "ask")
    assert "Ingen annan granskare har en mejladress" in client.get(verb(page, "granskning")).content.decode()
    reviewer.email = "reviewer@example.se"
    reviewer.save()
    press_act(client, page, "retract")
    press_act(client, page, "ask")
    assert "Alla granskare får ett mejl." in client.get(verb(page, "granskning")).content.decode()
    client.force_login(reviewer)
    assert "Ingen annan granskare" in client.get(verb(page, "nodpublicera")).content.decode()


def test_mail_that_cannot_be_sent_undoes_nothing(post, client, editor, reviewer, django_capture_on_commit_callbacks):
    """The request stands, and the page answers."""
    post.refuses = True
    page = make_page()
    save_version(page, editor)
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert press_act(client, page, "ask").status_code == 302
    assert state(latest("page", page.key)) == ASKED


def test_preview_of_a_form_asks_nobody(client, editor, reviewer, post, django_capture_on_commit_callbacks):
    """A button that was pressed with another is not pressed."""
    page = make_page()
    save_version(page, editor)
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        save(client, change(page), title="Två", _preview="1", _ask="1")
    assert not Review.objects.exists() and not post.mails


def test_what_waits_stands_on_the_start_page_of_who_can_do_it(client, editor, reviewer, approver, person):
    """To review for reviewers, to publish for publishers, to change for the one who wrote it."""
    rows = {where: make_page(title=f"Sidan {where}") for where in WAY}
    for where, page in rows.items():
        stand(save_version(page, editor), where, editor, reviewer)
    assert [item.state for item in waiting()] == [ASKED, BEGUN]
    shown = {}
    for user in (editor, reviewer, approver):
        client.force_login(user)
        sections = client.get("/admin/").context["sections"]
        titles = {row.text for s in sections if s.name in ("review", "publish", "change") for row in s.rows}
        shown[user.username] = {where for where, page in rows.items() if page.title in titles}
    assert shown == {"editor": {CHANGES}, "reviewer": {ASKED, BEGUN}, "approver": {APPROVED}}
    release([latest("page", rows[APPROVED].key)], approver)
    edited(rows[ASKED], editor, title="Ändrad")
    assert [item.state for item in waiting(*WAY)] == [BEGUN, CHANGES]
