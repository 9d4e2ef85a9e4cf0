"""History in the admin: comparing versions, writing one back, changing a key, taking a page away."""

import pytest
from django.contrib.auth.models import Permission

from guides.models import Version
from guides.publishing.compare import ADDED, CHANGED, MOVED, REMOVED, compare
from guides.publishing.current import current
from guides.publishing.mapping import to_document
from guides.publishing.release import rename
from guides.publishing.versions import read, save_version
from guides.text.documents import make
from tests.factories import make_guide, make_page, make_source, make_step, published
from tests.forms import press, put_back, verb


def saved(row, **fields):
    """The row with other fields, saved as a version."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return save_version(row, None)


def said(pieces, sign: str) -> list[str]:
    return [piece.text for piece in pieces if piece.sign == sign]


def test_control_characters_are_no_part_of_a_text(db):
    """They come along from a PDF or a word processor, and neither a page nor a Word file can hold them."""
    document = to_document(make_page(title="St\x16öd", body="Ett\x07.\vTvå."))
    assert (document.title, document.body) == ("Stöd", "Ett.\nTvå.")


def test_number_with_thousands_of_digits_is_no_version(editor_client, db):
    """Python itself refuses to read it: in an address, and in what a form holds."""
    row = make_page()
    saved(row)
    start, digits = f"/admin/guides/page/{row.pk}", "9" * 5000
    assert editor_client.get(f"{start}/jamfor/?fran={digits}&till=1").status_code == 404
    assert editor_client.post(f"{start}/aterstall/", {"version": "1", "seen": digits}).status_code == 302
    assert editor_client.post("/admin/lankar/", {"link": digits}).status_code == 404


# Comparing.


def step(*tasks, **fields):
    rows = [{"key": key, "text": text, "detail": "", "basis": "", "sources": (), "situations": (), "provisions": (), "actor": ""} for key, text in tasks]
    return make("step", "steg", {"title": "Steg", "tasks": tuple(rows), **fields})


def test_text_is_compared_word_by_word():
    """One exchanged word is one removal and one addition, not a whole paragraph."""
    before = make("page", "p", {"title": "P"}, "Ring chefen i dag.\n\nSkriv sedan ner det.")
    after = make("page", "p", {"title": "P"}, "Ring jouren i dag.\n\nSkriv sedan ner det.")
    (change,) = compare(before, after)
    assert change.label == "brödtext"
    assert (said(change.pieces, REMOVED), said(change.pieces, ADDED)) == (["chefen"], ["jouren"])
    assert "".join(p.text for p in change.pieces if p.sign != ADDED) == before.body
    assert "".join(p.text for p in change.pieces if p.sign != REMOVED) == after.body


def test_equal_documents_differ_in_nothing():
    """Nothing is shown that is not so."""
    assert compare(step(("a", "Ett.")), step(("a", "Ett."))) == []


def test_task_that_moved_is_moved_and_nothing_else():
    """Tasks are known by their key: one row to the top is one move, not three changes."""
    (change,) = compare(step(("a", "Ett."), ("b", "Två."), ("c", "Tre.")), step(("c", "Tre."), ("a", "Ett."), ("b", "Två.")))
    (row,) = change.rows
    assert (row.sign, row.title, row.before, row.after) == (MOVED, "Tre.", 3, 1)


def test_task_can_move_and_change_at_once():
    """Both are told of one row."""
    (change,) = compare(step(("a", "Ett här."), ("b", "Två."), ("c", "Tre.")), step(("b", "Två."), ("c", "Tre."), ("a", "Ett där.")))
    (row,) = change.rows
    assert row.sign == CHANGED and row.moved
    assert said(row.changes[0].pieces, ADDED) == ["där"]


def test_added_and_removed_tasks_show_all_that_they_say():
    """A task that came and one that went."""
    (change,) = compare(step(("a", "Ett.")), step(("b", "Två.")))
    assert [(row.sign, row.title) for row in change.rows] == [(ADDED, "Två."), (REMOVED, "Ett.")]
    assert all(row.changes for row in change.rows)


def test_rows_without_key_are_paired_by_what_they_say():
    """A reworded statement is the same statement."""

    def actor(*texts):
        rows = tuple({"type": "responsible", "text": text, "basis": "proposal", "sources": ()} for text in texts)
        return make("actor", "a", {"title": "A", "statements": rows})

    old = actor("Bedömer behovet av skydd för barnet.", "Betalar resan hem.")
    new = actor("Betalar resan hem.", "Bedömer behovet av skydd för alla barn.")
    (change,) = compare(old, new)
    assert {(row.sign, row.moved) for row in change.rows} <= {(CHANGED, True), (CHANGED, False), (MOVED, True)}
    assert {row.after for row in change.rows if row.sign == CHANGED} == {2}


def test_reordered_steps_of_a_guide_are_moves():
    """By what the steps are called."""
    names = {"ett": "Första", "tva": "Andra", "tre": "Tredje"}
    old, new = (make("guide", "g", {"title": "G", "steps": keys}) for keys in (("ett", "tva", "tre"), ("tva", "tre", "ett")))
    (change,) = compare(old, new, lambda kind, key: names[key])
    assert [(row.sign, row.title, row.before, row.after) for row in change.rows] == [(MOVED, "Första", 1, 3)]


def test_page_shows_both_versions_with_signs_that_are_not_colour(editor_client, db):
    """Signs stand in the text, in ins and del."""
    page = make_page(body="Ring chefen i dag.")
    saved(page)
    saved(page, body="Ring jouren i dag.")
    text = editor_client.get(verb(page, "jamfor"), {"fran": "1", "till": "2"}).content.decode()
    assert "<del>[chefen]</del>" in text and "<ins>{+jouren+}</ins>" in text


def test_any_two_versions_can_be_chosen_from_the_list(editor_client, db):
    """In either order, also from before a changed key."""
    page = published(make_page(key="gammal", title="Ett"))
    saved(page, title="Två")
    rename(page, "ny", None)
    assert 'name="fran"' in editor_client.get(verb(page, "versioner")).content.decode()
    for pair in ({"fran": "1", "till": "3"}, {"fran": "3", "till": "1"}):
        text = editor_client.get(verb(page, "jamfor"), pair).content.decode()
        assert all(word in text for word in ("gammal", "ny", "Ett", "Två"))


@pytest.mark.parametrize("number", ["9", "x", "-1", "²"])
def test_version_that_is_not_there_is_404(editor_client, db, number):
    """A mistyped address is no error of ours."""
    page = published(make_page())
    assert editor_client.get(verb(page, "jamfor"), {"fran": number}).status_code == 404
    assert editor_client.post(verb(page, "aterstall"), {"version": number}).status_code == 404


def test_history_needs_the_right_to_change(client, django_user_model, db):
    """Drafts are compared and written back by those who may change them."""
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(reader)
    page = published(make_page())
    for name in ("jamfor", "aterstall", "byt-nyckel"):
        assert client.get(verb(page, name)).status_code == 403, name
        assert client.post(verb(page, name), {"version": "1"}).status_code == 403, name


# Writing back.


def test_older_version_is_written_back_as_a_draft(editor_client, editor):
    """The row holds the old text again, as a new version; the site shows what it showed."""
    page = published(make_page(key="sidan", title="Ett"))
    published(saved_row(page, title="Två"))
    before = editor_client.get("/om/sidan/").content
    answer = put_back(editor_client, page)
    assert answer.status_code == 302
    page.refresh_from_db()
    newest = Version.objects.order_by("-number").first()
    assert (page.title, newest.number, newest.saved_by) == ("Ett", 3, editor)
    assert Version.objects.count() == 3
    assert editor_client.get("/om/sidan/").content == before


def test_nothing_is_written_back_over_what_was_not_seen(editor_client, db):
    """Somebody has saved since the list was shown; and a form that does not say what it saw does nothing."""
    page = published(make_page(title="Ett"))
    saved(page, title="Två")
    for seen in ("1", "", "x"):
        answer = editor_client.post(verb(page, "aterstall"), {"version": "1", "seen": seen})
        assert "har fått version 2" in editor_client.get(answer["Location"]).content.decode()
    page.refresh_from_db()
    assert page.title == "Två" and Version.objects.count() == 2


def saved_row(row, **fields):
    saved(row, **fields)
    return row


def test_rows_of_a_step_come_back_too(editor_client, db):
    """Form and inlines are one document."""
    row = published(make_step(tasks=[{"key": "ring", "text": "Ring."}, {"key": "skriv", "text": "Skriv."}]))
    old = to_document(row)
    row.tasks.filter(key="ring").delete()
    save_version(row, None)
    put_back(editor_client, row)
    assert to_document(row) == old


def test_guide_comes_back_under_the_key_that_it_has_now(editor_client, db):
    """A changed key and renamed steps do not stand in the way, and the paper's address is kept."""
    steps = [make_step(key="ett"), make_step(key="tva")]
    guide = published(make_guide(steps, key="gammal", paper_number=77))
    rename(guide, "ny", None)
    rename(steps[0], "forsta", None)
    put_back(editor_client, guide)
    newest = read(Version.objects.filter(kind="guide").order_by("-number").first())
    assert (newest.key, newest["steps"], newest["paper_number"]) == ("ny", ("forsta", "tva"), 77)


def test_version_that_refers_to_what_is_gone_says_so(editor_client, db):
    """Nothing is half-written."""
    source = make_source(title="Källan")
    row = make_step(sources=[source], title="Ett")
    save_version(row, None)
    row.sources.clear()
    saved(row, title="Två")
    source.delete()
    answer = put_back(editor_client, row)
    assert "som inte finns längre" in editor_client.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert row.title == "Två" and Version.objects.filter(kind="step").count() == 2


def test_nothing_is_written_back_by_a_link(editor_client, db):
    """Only a form does it."""
    page = published(make_page())
    assert editor_client.get(verb(page, "aterstall"), {"version": "1"}).status_code == 405


# Key and withdrawal.


def test_key_is_changed_with_a_warning_and_leaves_a_301(approver_client, db):
    """The old address leads to the new one."""
    page = published(make_page(key="gammal", title="Sidan"))
    assert "Den gamla adressen leder vidare" in approver_client.get(verb(page, "byt-nyckel")).content.decode()
    assert press(approver_client, verb(page, "byt-nyckel"), {"new_key": "ny"}).status_code == 302
    answer = approver_client.get("/om/gammal/")
    assert (answer.status_code, answer["Location"]) == (301, "/om/ny/")
    assert "Sidan" in approver_client.get("/om/ny/").content.decode()


def test_refused_key_is_told_in_the_form(approver_client, db):
    """With what was typed."""
    page = published(make_page(key="gammal"))
    text = press(approver_client, verb(page, "byt-nyckel"), {"new_key": "Stor Nyckel"}).content.decode()
    assert "bara ha a–z" in text and "Stor Nyckel" in text


def test_editor_cannot_change_a_key(editor_client, db):
    """It moves a public address at once."""
    page = published(make_page(key="gammal"))
    assert editor_client.post(verb(page, "byt-nyckel"), {"new_key": "ny"}).status_code == 403


def test_withdrawn_page_can_lead_on(approver_client, db):
    """To the page that takes its place; a day gone by is told that it is gone, and why."""
    page = published(make_page(key="sidan"))
    press(approver_client, verb(page, "dra-tillbaka"), {"reason": "Sammanslagen.", "redirect_to": "/guider/"})
    answer = approver_client.get("/om/sidan/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/guider/")
    assert not current.edition().has("page", "sidan")
