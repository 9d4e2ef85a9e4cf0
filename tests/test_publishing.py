"""The verbs that save, release, withdraw, cancel, check and rename: what they do and what they refuse."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guides.models import Check, Contact, Counter, Release, Step, Version
from guides.models.releases import AppendOnlyError
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import to_document
from guides.publishing.release import cancel, check, release, rename, withdraw
from guides.publishing.versions import latest, read, save_version
from tests.factories import (
    approved,
    make_contact,
    make_guide,
    make_page,
    make_source,
    make_step,
    make_task,
    published,
)


def everything_public(client) -> dict[str, bytes]:
    """The bytes of the pages that show the rows of these tests."""
    paths = ["/", "/guider/", "/kontakt/", "/ansvar/", "/om/sidan/", "/sitemap.xml", "/nytt/"]
    return {path: client.get(path).content for path in paths}


def refused(*said: str):
    """The verb raises a PublishingError whose sentences hold `said`."""
    return pytest.raises(PublishingError, match=".*".join(said))


# Saving.


def test_save_makes_a_version(db, editor):
    """The first save is version 1, with who and when, and holds the whole document."""
    page = make_page(title="Ett")
    version = save_version(page, editor)
    assert (version.number, version.saved_by, version.origin) == (1, editor, "editor")
    assert read(version) == to_document(page)


def test_save_without_change_makes_no_version(db, editor):
    """Pressing save twice is one version."""
    page = make_page()
    assert save_version(page, editor) == save_version(page, editor)
    assert Version.objects.count() == 1


def test_change_in_an_inline_makes_a_version(db, editor):
    """A task is a part of its step."""
    step = make_step()
    save_version(step, editor)
    make_task(step, text="Ring chefen.")
    assert save_version(step, editor).number == 2


def test_change_back_makes_a_version(db, editor):
    """History tells that a text was changed and changed back."""
    page = make_page(title="Ett")
    for title in ("Ett", "Två", "Ett"):
        page.title = title
        page.save()
        save_version(page, editor)
    assert [v.number for v in Version.objects.order_by("number")] == [1, 2, 3]


def test_row_with_only_key_and_title_can_be_saved(db, editor):
    """A draft may be empty; only release asks for the rest."""
    for model in (Step, Contact):
        row = model(key="utkast", title="Utkast")
        row.save()
        assert read(save_version(row, editor)).title == "Utkast"


def test_line_breaks_of_a_browser_do_not_change_the_hash(db, editor):
    """A form sends CRLF, a file has LF, and both are the same text."""
    page = make_page(body="Ett.\n\nTvå.")
    first = save_version(page, editor)
    page.body = "Ett.\r\n\r\nTvå.\r\n"
    assert save_version(page, editor) == first


def test_line_break_in_a_one_line_field_does_not_spoil_the_version(db, editor):
    """Whatever a browser sends, what is saved can be read."""
    page = make_page(title="Ett\r\noch två", summary="a\nb")
    assert read(save_version(page, editor)).title == "Ett och två"


def test_save_changes_no_public_byte(client, editor):
    """What is saved and not released is nowhere to be seen."""
    contact, page = published(make_contact(title="Jouren")), published(make_page(key="sidan", title="Ett"))
    before = everything_public(client)
    for row in (contact, page):
        row.title = "Hemligt"
        row.save()
        save_version(row, editor)
    make_contact(title="Hemligt")
    assert everything_public(client) == before


# Releasing.


def test_release_makes_it_public(client, approver):
    """The next request shows it."""
    page = make_page(key="sidan", title="Ny sida")
    release([approved(save_version(page, approver))], approver)
    assert "Ny sida" in client.get("/om/sidan/").content.decode()


def test_release_needs_the_right(db, editor, approver):
    """An editor without it is told whom to ask, and nothing is written."""
    page = make_page()
    with refused("inte rätt att publicera"):
        release([save_version(page, editor)], editor)
    with refused("inte rätt att publicera"):
        withdraw("page", published(page).key, editor, "Skäl.")
    (planned,) = release(
        [approved(save_version(make_page(), editor))], approver, Release.objects.get().released_at + timedelta(1)
    )
    with refused("inte rätt att publicera"):
        cancel(planned, editor, "Skäl.")
    with refused("inte rätt att publicera"):
        rename(page, "ny-nyckel", editor)
    assert Release.objects.count() == 2


def test_release_with_faults_is_refused_with_a_sentence_for_each(db, approver):
    """The editor learns everything that is missing, not the first of it."""
    step = make_step(aim="", tasks=[{"basis": ""}], body="Ring {{kontakt:ingen}}.")
    with pytest.raises(PublishingError) as caught:
        release([approved(save_version(step, approver))], approver)
    assert len(caught.value.messages) == 3
    assert all(step.title in message for message in caught.value.messages)
    assert not Release.objects.exists()


def test_several_documents_are_released_together(db, approver):
    """A guide and its new steps and sources go out in one, though each alone would be refused."""
    source = make_source()
    step = make_step(sources=[source])
    guide = make_guide([step])
    rows = [guide, step, source]
    versions = [save_version(row, approver) for row in rows]
    approved(*versions)
    for version in versions[:2]:
        with refused("Det finns ingen publicerad"):
            release([version], approver)
    assert len(release(versions, approver)) == 3
    assert all(current.edition().has(row.kind, row.key) for row in rows)


def test_release_of_several_is_all_or_nothing(db, approver):
    """A fault in one keeps all of them back."""
    good, bad = make_page(), make_step(aim="")
    with refused("Mål: Fyll i fältet"):
        release([approved(save_version(row, approver)) for row in (good, bad)], approver)
    assert not Release.objects.exists()


def test_faults_are_judged_on_the_edition_of_the_moment(db, clock, approver):
    """A step may go out next week with a contact that goes out on Monday, but not today."""
    contact = published(make_contact(), effective_from=clock() + timedelta(days=2))
    version = approved(save_version(make_step(contacts=[contact]), approver))
    with refused("ingen publicerad kontakt"):
        release([version], approver)
    with refused("ingen publicerad kontakt"):
        release([version], approver, clock() + timedelta(days=1))
    release([version], approver, clock() + timedelta(days=7))


def test_release_while_a_later_one_is_scheduled_is_refused(db, clock, approver):
    """Otherwise the scheduled text would take the correction away again; cancelling it opens the way."""
    page = make_page(title="Ett")
    (planned,) = release([approved(save_version(page, approver))], approver, clock() + timedelta(days=3))
    page.title = "Två"
    page.save()
    version = approved(save_version(page, approver))
    with refused("redan schemalagd till 4 juni 2026 12:00"):
        release([version], approver)
    cancel(planned, approver, "Ny text.")
    release([version], approver)
    assert current.edition().page(page.key).title == "Två"


def test_release_under_a_new_key_while_one_is_scheduled_under_the_old_is_refused(db, clock, approver):
    """A changed key does not hide what lies ahead."""
    page = published(make_page())
    clock(days=1)
    page.title = "Två"
    page.save()
    release([approved(save_version(page, approver))], approver, clock() + timedelta(days=3))
    rename(page, "ny-nyckel", approver)
    with refused("redan schemalagd"):
        release([approved(latest("page", "ny-nyckel"))], approver)


def test_release_in_the_past_is_refused(db, clock, approver):
    """No past edition ever changes."""
    version = approved(save_version(make_page(), approver))
    with refused("har passerat"):
        release([version], approver, clock() - timedelta(seconds=1))


def test_release_that_ends_before_it_begins_is_refused(db, clock, approver):
    """The end lies after the start."""
    version = approved(save_version(make_page(), approver))
    with refused("Sluttiden"):
        release([version], approver, clock() + timedelta(days=2), clock() + timedelta(days=1))


def test_backdated_release_is_refused_by_the_database(db, clock):
    """No caller can forget it."""
    version = save_version(make_page(), None)
    early = clock() - timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="never_backdated|CHECK"), transaction.atomic():
        Release.objects.create(
            kind="page", key=version.key, version=version, effective_from=early, released_at=clock()
        )


def test_withdrawal_without_a_reason_is_refused(db, clock, approver):
    """Whoever looks for the page is owed a reason, from the verb and from the database."""
    page = published(make_page())
    with refused("Skriv varför"):
        withdraw("page", page.key, approver, "  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(kind="page", key=page.key, effective_from=clock(), released_at=clock())


def test_withdrawal_is_never_refused_for_what_it_leaves_behind(db, approver):
    """A contact that a step uses can go at once when it is dangerous to call."""
    contact = make_contact()
    published(make_guide([make_step(contacts=[contact])]))
    withdraw("contact", contact.key, approver, "Numret är kapat.")
    assert not current.edition().has("contact", contact.key)


def test_release_in_force_cannot_be_cancelled(db, clock, approver):
    """What has been public is history; a cancelled release cannot be cancelled twice."""
    (now,) = release([approved(save_version(make_page(), approver))], approver)
    with refused("redan trätt i kraft"):
        cancel(now, approver, "Skäl.")
    (planned,) = release([approved(save_version(make_page(), approver))], approver, clock() + timedelta(days=1))
    cancel(planned, approver, "Skäl.")
    with refused("redan avbruten"):
        cancel(planned, approver, "Skäl.")


def test_every_verb_moves_the_counter_once(db, clock, approver):
    """That is how every process learns that something public has changed."""

    def count():
        return Counter.objects.get().value if Counter.objects.exists() else 0

    contact, page = make_contact(recheck_class="B"), make_page()
    version, other = (approved(save_version(row, approver)) for row in (contact, page))
    verbs = [
        lambda: release([version], approver),
        lambda: check("contact", contact.key, "answers", approver),
        lambda: rename(contact, "ny-nyckel", approver),
        lambda: withdraw("contact", "ny-nyckel", approver, "Skäl."),
        lambda: release([other], approver, clock() + timedelta(days=1)),
        lambda: cancel(Release.objects.get(key=page.key), approver, "Skäl."),
    ]
    for number, verb in enumerate(verbs, start=1):
        verb()
        assert count() == number
    save_version(make_page(), approver)
    assert count() == len(verbs)


def test_refused_release_moves_no_counter(db, editor):
    """Nothing has changed, so nothing is built anew."""
    with refused("rätt"):
        release([save_version(make_page(), editor)], editor)
    assert not Counter.objects.exists()


# What is written stays written.


@pytest.mark.parametrize("model", [Version, Release, Check])
def test_written_row_is_neither_altered_nor_deleted(db, approver, model):
    """Versions, releases and checks only grow."""
    contact = published(make_contact(), by=approver)
    check("contact", contact.key, "answers", approver)
    row = model.objects.get()
    row.key = "annan"
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        model.objects.update(key="annan")
    assert model.objects.get().key == contact.key
