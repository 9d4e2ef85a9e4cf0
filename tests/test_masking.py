"""Masking: what should never have been written is hidden by one and removed by two, and stays gone."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import QuerySet
from django.urls import reverse

from guides.models import Masking, Rendering, Version
from guides.publishing import edition_file
from guides.publishing.content_files import export
from guides.publishing.current import current, edition_at
from guides.publishing.errors import PublishingError
from guides.publishing.masking import ask, bury_again, hide, lift, remove, to_remove
from guides.publishing.release import release, rename
from guides.publishing.versions import latest, restore, save_version
from tests.factories import approved, make_page, published

SECRET = "Storgatan 5"


def refused(said: str):
    return pytest.raises(PublishingError, match=said)


@pytest.fixture(autouse=True)
def _no_list_left():
    yield
    (settings.DATA_DIR / "removed_texts.json").unlink(missing_ok=True)


@pytest.fixture
def page(db):
    """A page that was public with a person's address, and was corrected and released since."""
    row = published(make_page(key="sidan", title="Sidan", body=f"Hon bor på {SECRET}."))
    row.body = "Hon bor på ett boende."
    row.save()
    return published(row)


def bad() -> Version:
    return Version.objects.get(kind="page", number=1)


def address(page, number=1) -> str:
    return f"{reverse('admin:page_maskera', args=[page.pk])}?version={number}"


def test_hiding_takes_the_text_out_of_public_at_once(db, client, editor):
    """Any editor, no approval; the page says that the text is hidden, and nothing older comes back."""
    row = published(make_page(key="sidan", body="Ett."))
    row.body = f"Hon bor på {SECRET}."
    row.save()
    published(row)
    assert SECRET in client.get("/om/sidan/").content.decode()
    hide(Version.objects.get(number=2), editor, "En adress.")
    answer = client.get("/om/sidan/")
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "Redaktionen har dolt texten." in text and SECRET not in text and "Ett." not in text


def test_hidden_version_is_not_shown_on_an_earlier_day(clock, editor):
    """Dated views are public too."""
    row = published(make_page(key="sidan", body=SECRET))
    then = clock(hours=1)
    clock(days=1)
    row.body = "Rättad."
    row.save()
    published(row)
    hide(bad(), editor, "En adress.")
    clock(hours=1)
    assert not edition_at(then).has("page", "sidan")
    assert current.edition().page("sidan").body.plain == "Rättad."


def test_same_words_in_another_version_are_hidden_too(clock, editor, approver):
    """Whichever of them somebody finds: what the public reads may be an older row, under an older key."""
    row = published(make_page(key="sidan", body=SECRET))
    then = clock(hours=1)
    rename(row, "ny", approver)
    newest = latest("page", "ny")
    assert newest.number == 2
    clock(hours=1)
    hide(newest, editor, "En adress.")
    assert not current.edition().has("page", "ny") and not edition_at(then).has("page", "sidan")
    lift(newest, approver)
    assert current.edition().has("page", "ny") and edition_at(then).has("page", "sidan")


def test_changed_key_brings_no_hidden_text_back(db, editor, approver):
    """It makes a new version of the same words."""
    row = published(make_page(key="sidan", body=SECRET))
    hide(bad(), editor, "En adress.")
    rename(row, "ny", approver)
    with refused("är dold"):
        release([latest("page", "ny")], None)


def test_title_of_a_hidden_version_is_not_told(db, client, editor):
    """The page that says it is gone takes its title from what may be shown."""
    published(make_page(key="sidan", title=SECRET))
    hide(bad(), editor, "En adress.")
    assert SECRET not in client.get("/om/sidan/").content.decode()


def test_hidden_version_comes_back_only_by_who_may_release(page, editor, approver):
    """A mistake can be undone, not by anybody."""
    hide(bad(), editor, "Fel.")
    with refused("inte rätt"):
        lift(bad(), editor)
    lift(bad(), approver)
    assert Masking.hidden() == set()


def test_hidden_text_cannot_be_released_or_restored(page, editor, approver):
    """Not the version, and not the same text saved once more."""
    hide(bad(), editor, "En adress.")
    with refused("är dold"):
        release([bad()], None)
    with refused("kan inte återställas"):
        restore(bad(), page, editor)
    page.body = f"Hon bor på {SECRET}."
    page.save()
    with refused("är dold"):
        release([approved(save_version(page, editor))], approver)


def test_hiding_needs_a_reason_and_is_done_once(page, editor):
    """The reason stays in the history."""
    with refused("Skriv varför"):
        hide(bad(), editor, " ")
    hide(bad(), editor, "En adress.")
    with refused("redan dold"):
        hide(bad(), editor, "En adress.")


def test_two_people_remove_the_text(page, editor, approver):
    """Row, number and hash stay; the text gives way to reason, time and the old hash."""
    before = bad()
    hide(before, editor, "En adress.")
    ask(before, editor)
    remove(before, approver)
    after = bad()
    assert (after.pk, after.hash, after.saved_at) == (before.pk, before.hash, before.saved_at)
    assert after.removed and SECRET not in after.text
    assert before.hash in after.text and "En adress." in after.text
    assert [row.act for row in after.maskings.all()] == ["hide", "ask", "remove"]


def test_nobody_removes_alone(page, approver):
    """Who asked cannot carry it out, and nothing is removed that nobody asked for."""
    hide(bad(), approver, "En adress.")
    with refused("Någon måste först"):
        remove(bad(), approver)
    ask(bad(), approver)
    with refused("kan inte själv"):
        remove(bad(), approver)
    assert not bad().removed


def test_only_who_may_release_removes(page, editor, approver):
    """The second of the two carries the responsibility."""
    hide(bad(), approver, "En adress.")
    ask(bad(), approver)
    with refused("inte rätt"):
        remove(bad(), editor)


def test_text_that_the_form_still_shows_is_not_removed(db, editor, approver):
    """Mend it first: else the next save would write it again."""
    published(make_page(key="sidan", body=SECRET))
    hide(bad(), editor, "En adress.")
    ask(bad(), editor)
    with refused("fortfarande den senaste"):
        remove(bad(), approver)


def removed(page, editor, approver):
    hide(bad(), editor, "En adress.")
    ask(bad(), editor)
    remove(bad(), approver)


def test_same_text_in_another_version_goes_too(page, editor, approver):
    """Changed and changed back is the same text."""
    for body in (f"Hon bor på {SECRET}.", "Rättad."):
        page.body = body
        page.save()
        save_version(page, editor)
    removed(page, editor, approver)
    assert SECRET not in "".join(Version.objects.values_list("text", flat=True))


def test_same_words_under_another_key_go_too(db, editor, approver):
    """And stay gone: the list beside the database names both."""
    row = published(make_page(key="sidan", body=SECRET))
    rename(row, "ny", approver)
    hide(bad(), editor, "En adress.")
    ask(bad(), editor)
    with refused("fortfarande den senaste"):
        remove(bad(), approver)
    row.body = "Rättad."
    row.save()
    save_version(row, editor)
    remove(bad(), approver)
    first, second, third = Version.objects.order_by("number")
    assert (first.removed, second.removed, third.removed) == (True, True, False)
    assert {first.hash, second.hash} == set(json.loads((settings.DATA_DIR / "removed_texts.json").read_text()))
    assert to_remove(approver) == []


def test_text_is_gone_everywhere_that_is_kept(page, editor, approver, tmp_path):
    """Rendered texts, edition file, files of content/."""
    removed(page, editor, approver)
    current.forget()
    current.refresh()
    export(tmp_path)
    kept = [edition_file.path().read_text(), *Rendering.objects.values_list("rich", flat=True)]
    kept += [path.read_text() for path in tmp_path.rglob("*.md")]
    assert SECRET not in "".join(kept)
    assert "ett boende" in "".join(kept)


def test_history_goes_on_after_a_removal_and_a_changed_key(page, editor, approver, client):
    """Every page of the history answers, and says what was done."""
    rename(page, "ny", approver)
    removed(page, editor, approver)
    client.force_login(editor)
    text = client.get(reverse("admin:page_versioner", args=[page.pk])).content.decode()
    assert "borttagen" in text and bad().hash in text and SECRET not in text
    compared = client.get(reverse("admin:page_jamfor", args=[page.pk]), {"fran": "1", "till": "2"}).content.decode()
    assert "är borttagen och går inte att jämföra" in compared
    assert client.get("/om/ny/").status_code == 200
    call_command("tick")


def test_restored_backup_does_not_bring_the_text_back(page, editor, approver):
    """The list of removed texts lies beside the database."""
    held = bad().text
    removed(page, editor, approver)
    QuerySet(Masking).delete()
    QuerySet(Version).filter(pk=bad().pk).update(text=held)
    assert not bad().removed
    assert bury_again() == 1
    assert bad().removed and bad().pk in Masking.hidden()
    assert bury_again() == 0
    assert SECRET not in json.dumps((settings.DATA_DIR / "removed_texts.json").read_text())


# In the admin.


def test_editor_hides_and_asks_and_a_colleague_removes(page, client, editor, approver):
    """Each sees the button that is theirs."""
    client.force_login(editor)
    assert "Dölj version 1 nu" in client.get(address(page)).content.decode()
    client.post(address(page), {"act": "hide", "reason": "En adress."})
    text = client.get(address(page)).content.decode()
    assert "Begär att texten tas bort" in text and "Visa versionen igen" not in text
    client.post(address(page), {"act": "ask"})
    assert "Ta bort texten för alltid" not in client.get(address(page)).content.decode()
    assert "inte rätt" in client.post(address(page), {"act": "remove"}).content.decode()
    client.force_login(approver)
    assert "Ta bort texten för alltid" in client.get(address(page)).content.decode()
    client.post(address(page), {"act": "remove"})
    assert bad().removed


def test_refused_hiding_keeps_nothing_and_tells_why(page, editor_client):
    """In the page, in Swedish."""
    assert "Skriv varför" in editor_client.post(address(page), {"act": "hide", "reason": ""}).content.decode()
    assert not Masking.objects.exists()
