"""Saving, previewing and releasing through the admin: what each button does, and for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.models import Check, Page, Release, Step, Version
from guides.publishing.current import current
from guides.publishing.release import release, rename
from guides.publishing.versions import latest, save_version
from tests.factories import approved, make_contact, make_guide, make_page, make_source, make_step, published
from tests.forms import change, choose, press, save, told, verb

RELEASE_BUTTON = 'value="Publicera"'


def said(client, answer) -> str:
    """The page that follows, with its messages."""
    return client.get(answer["Location"]).content.decode()


def test_saving_a_step_with_its_rows_makes_one_version(editor_client, editor):
    """Form and inlines are one document, and who saved it is kept."""
    step = published(make_step(tasks=[{"text": "Ring."}, {"text": "Skriv."}], responsibilities=[{}]))
    answer = save(
        editor_client,
        change(step),
        title="Ny titel",
        **{"tasks-0-text": "Ring nu.", "responsibilities-0-what": "Leder allt."},
    )
    assert answer.status_code == 302, told(answer)
    newest = Version.objects.filter(kind="step").order_by("-number").first()
    assert (newest.number, newest.saved_by) == (2, editor)
    assert all(words in newest.text for words in ("Ny titel", "Ring nu.", "Leder allt."))


def test_new_row_gets_its_first_version(editor_client, db):
    """Adding is saving."""
    answer = save(editor_client, reverse("admin:guides_page_add"), title="Ny sida", key="ny-sida")
    assert answer.status_code == 302, told(answer)
    assert Version.objects.get(kind="page", key="ny-sida").number == 1


def test_step_can_be_added_with_rows(editor_client, db):
    """A task and its basis in the same form."""
    rows = {
        "tasks-TOTAL_FORMS": "1", "tasks-0-key": "ring", "tasks-0-text": "Ring.", "tasks-0-basis": "proposal", "tasks-0-position": "1",
    }  # fmt: skip
    answer = save(editor_client, reverse("admin:guides_step_add"), title="Steg", key="steg", **rows)
    assert answer.status_code == 302, told(answer)
    assert Step.objects.get().tasks.get().text == "Ring."


def test_saved_row_is_public_nowhere(editor_client, db):
    """Save is not release."""
    page = published(make_page(key="sidan", title="Ett"))
    before = editor_client.get("/om/sidan/").content
    save(editor_client, change(page), title="Två")
    assert editor_client.get("/om/sidan/").content == before


def test_approved_text_is_published_from_its_form(approver_client, approver):
    """One press for who has the right; the form holds what a colleague has approved."""
    page = published(make_page(key="sidan", title="Ett"))
    save(approver_client, change(page), title="Två")
    approved(latest("page", "sidan"))
    answer = save(approver_client, change(page), _release="1")
    assert "Publicerad" in said(approver_client, answer)
    assert "Två" in approver_client.get("/om/sidan/").content.decode()
    assert Release.objects.order_by("pk").last().released_by == approver


def test_publishing_what_nobody_has_approved_only_saves(approver_client, db):
    """What was changed in the form is another text than the approved one, and a new row has no approval at all."""
    page = published(make_page(key="sidan", title="Ett"))
    approved(save_version(page, None))
    answer = save(approver_client, change(page), title="Två", _release="1")
    assert "inte godkänd" in said(approver_client, answer)
    save(approver_client, reverse("admin:guides_page_add"), title="Ny sida", key="ny-sida", body="Text.", _release="1")
    assert Page.objects.filter(key="ny-sida").exists()
    assert current.edition().page("sidan").title == "Ett" and not current.edition().has("page", "ny-sida")


def test_release_with_faults_says_why_it_is_not_public(approver_client, db):
    """Nothing typed is lost; every fault is a sentence."""
    step = make_step(aim="")
    approved(save_version(step, None))
    text = said(approver_client, save(approver_client, change(step), _release="1"))
    assert "Sparad men inte publicerad" in text and "aim" in text
    assert not Release.objects.exists()


def test_editor_without_the_right_has_no_button(editor_client, db):
    """And no verb that needs it."""
    page = make_page()
    text = editor_client.get(change(page)).content.decode()
    assert RELEASE_BUTTON not in text
    assert verb(page, "publicera") not in text and verb(page, "dra-tillbaka") not in text


def test_approver_has_the_button(approver_client, db):
    """The right shows."""
    page = make_page()
    approved(save_version(page, None))
    text = approver_client.get(change(page)).content.decode()
    assert RELEASE_BUTTON in text and verb(page, "publicera") in text


def test_editor_without_the_right_is_refused_by_the_server(editor_client, db):
    """A forged button, a typed address and a forged action release nothing."""
    page = published(make_page(key="sidan", title="Ett"))
    answer = save(editor_client, change(page), title="Två", _release="1")
    assert "inte rätt att publicera" in said(editor_client, answer)
    for name, data in (("publicera", {}), ("dra-tillbaka", {"reason": "Skäl."})):
        assert editor_client.get(verb(page, name)).status_code == 403
        assert press(editor_client, verb(page, name), data).status_code == 403
    action = {"action": "release_newest", "_selected_action": [page.pk], "seen": [f"{page.pk}:2"], "_together": "1", "minor": "on"}
    editor_client.post(reverse("admin:guides_page_changelist"), action)
    assert Release.objects.count() == 1
    assert current.edition().page("sidan").title == "Ett"


def test_staff_without_the_right_to_change_sees_no_draft(client, django_user_model, db):
    """Preview, history and checks need the same right as the form."""
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(reader)
    page = make_page()
    for name in ("forhandsgranska", "versioner", "kontroll", "publicera", "dra-tillbaka"):
        assert client.get(verb(page, name)).status_code == 403, name


def test_preview_shows_the_draft_and_changes_nothing(editor_client, client, db):
    """The same page by the same view, marked as a draft, kept and indexed nowhere."""
    page = published(make_page(key="sidan", title="Ett"))
    save(editor_client, change(page), title="Två")
    held = current.edition()
    answer = editor_client.get(verb(page, "forhandsgranska"))
    text = answer.content.decode()
    assert "Två" in text and "Utkast – inte publicerat" in text
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    assert current.edition() is held
    assert "Två" not in client.get("/om/sidan/").content.decode()
    assert "Utkast" not in client.get("/om/sidan/").content.decode()


def test_preview_of_a_step_shows_it_in_its_guide(editor_client, db):
    """With number and neighbours."""
    one, two = make_step(title="Ett"), make_step(title="Två")
    published(make_guide([one, two]))
    two.title = "Ändrat"
    two.save()
    text = editor_client.get(verb(two, "forhandsgranska")).content.decode()
    assert "Ändrat" in text and "Steg 2 av 2" in text


def test_preview_is_read_only(editor_client, db):
    """A preview is not a way to send anything."""
    page = make_page()
    before = Version.objects.count(), Release.objects.count()
    editor_client.post(verb(page, "forhandsgranska"))
    assert (Version.objects.count(), Release.objects.count()) == before


def test_release_can_be_scheduled(approver_client, db, clock):
    """A moment ahead, in Swedish time; until then nothing shows."""
    page = make_page(key="sidan")
    approved(save_version(page, None))
    data = {"effective_from_0": "2026-06-02", "effective_from_1": "08:00:00", "note": "Ny sida."}
    answer = press(approver_client, verb(page, "publicera"), data)
    assert answer.status_code == 302
    (row,) = Release.objects.all()
    assert row.effective_from.isoformat() == "2026-06-02T08:00:00+02:00" or row.effective_from.hour == 6
    assert not current.edition().has("page", "sidan")
    clock(days=1)
    assert current.edition().has("page", "sidan")


def test_release_in_the_past_is_refused_in_the_form(approver_client, db, clock):
    """With the sentence, and what was typed."""
    page = make_page()
    approved(save_version(page, None))
    data = {"effective_from_0": "2026-05-01", "effective_from_1": "08:00:00", "note": "Ny sida."}
    text = press(approver_client, verb(page, "publicera"), data).content.decode()
    assert "har passerat" in text and "2026-05-01" in text and "Ny sida." in text


def test_faults_are_shown_before_anybody_presses(approver_client, db):
    """What must be mended stands in the form and on the release page."""
    step = make_step(aim="")
    save_version(step, None)
    for place in (change(step), verb(step, "publicera")):
        assert "Mål: Fyll i fältet." in approver_client.get(place).content.decode()


def test_several_are_released_together_from_the_list(approver_client, db):
    """The step with its new source, in one."""
    source = make_source()
    step = make_step(sources=[source])
    guide = make_guide([step])
    approved(*(save_version(row, None) for row in (source, step, guide)))
    answer = choose(approver_client, reverse("admin:guides_step_changelist"), "release_newest", [step], _together="1", minor="on")
    assert "källa" in said(approver_client, answer)
    assert not Release.objects.exists()
    for name, row in (("source", source), ("step", step)):
        choose(approver_client, reverse(f"admin:guides_{name}_changelist"), "release_newest", [row], _together="1", minor="on")
    assert current.edition().has("step", step.key)


def test_withdrawal_needs_a_reason_and_takes_the_page_away(approver_client, db):
    """The reason is what the visitor reads."""
    page = published(make_page(key="sidan"))
    assert press(approver_client, verb(page, "dra-tillbaka"), {"reason": ""}).status_code == 200
    assert approver_client.get("/om/sidan/").status_code == 200
    press(approver_client, verb(page, "dra-tillbaka"), {"reason": "Tjänsten är slut."})
    answer = approver_client.get("/om/sidan/")
    assert answer.status_code == 410 and "Tjänsten är slut." in answer.content.decode()


def test_withdrawal_tells_what_is_scheduled_all_the_same(approver_client, db, clock):
    """Otherwise a page that somebody has taken away comes back by itself, to everybody's surprise."""
    page = published(make_page(key="sidan"))
    assert "är schemalagd" not in approver_client.get(verb(page, "dra-tillbaka")).content.decode()
    page.title = "Sedan"
    page.save()
    release([save_version(page, None)], None, clock() + timedelta(days=3))
    text = approver_client.get(verb(page, "dra-tillbaka")).content.decode()
    assert "Version 2 är schemalagd och blir publik 4 juni 2026 12:00, också när du drar tillbaka" in text


@pytest.mark.parametrize("target", ["https://ond.se/", "//ond.se/", "javascript:alert(1)", "/\\ond.se", "/om/sidan/", "/om/finns-inte/"])
def test_withdrawal_leads_nowhere_else(approver_client, db, target):
    """Only another page of this site can take a page's place."""
    page = published(make_page(key="sidan"))
    answer = press(approver_client, verb(page, "dra-tillbaka"), {"reason": "Skäl.", "redirect_to": target})
    assert answer.status_code == 200
    assert current.edition().has("page", "sidan")


def test_check_is_written_down_with_who_and_when(editor_client, editor, clock):
    """An editor who called shows the number to its audiences."""
    contact = published(make_contact(recheck_class="A", confidence="low"))
    data = {"outcome": "answers", "on": "2026-05-31", "reason": "Provringt."}
    assert press(editor_client, verb(contact, "kontroll"), data).status_code == 302
    row = Check.objects.get()
    assert (row.by, str(row.on), row.outcome) == (editor, "2026-05-31", "answers")
    assert current.edition().contact(contact.key).number("public").note == "Kontrollerat 2026-05-31."


def test_emergency_number_is_not_hidden_from_the_form(editor_client, db):
    """The sentence says whom to tell."""
    contact = published(make_contact(recheck_class="C"))
    answer = press(editor_client, verb(contact, "kontroll"), {"outcome": "hidden", "on": "2026-01-01"})
    assert "Säg till" in answer.content.decode()
    assert not Check.objects.exists()


def test_page_offers_no_telephone_outcome(editor_client, db):
    """Only a contact can answer."""
    answer = press(editor_client, verb(published(make_page()), "kontroll"), {"outcome": "answers", "on": "2026-01-01"})
    assert answer.status_code == 200
    assert not Check.objects.exists()


def test_history_shows_every_version_also_from_before_a_rename(editor_client, db):
    """Who, when and what changed, under every key that the page has had."""
    page = published(make_page(key="gammal", title="Ett"))
    rename(page, "ny", None)
    page.title = "Två"
    page.save()
    save_version(page, None)
    text = editor_client.get(verb(page, "versioner")).content.decode()
    assert all(f"Version {number}" in text for number in (1, 2, 3))
    assert "jamfor/?fran=2&amp;till=3" in text and "inläst från content" not in text


def test_list_tells_what_is_public_and_what_has_changes(editor_client, db):
    """Inte publicerad, publicerad, har ändringar."""
    published(make_page(title="Ute"))
    changed = published(make_page(title="Ändrad"))
    changed.title = "Ändrad igen"
    changed.save()
    save_version(changed, None)
    save_version(make_page(title="Inne"), None)
    shown = editor_client.get(reverse("admin:guides_page_changelist"))
    states = {row.title: shown.context["cl"].model_admin.public_state(row) for row in Page.objects.all()}
    assert states == {"Ute": "publicerad", "Ändrad igen": "har ändringar", "Inne": "inte publicerad"}
