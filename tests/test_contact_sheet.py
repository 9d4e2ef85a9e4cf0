"""Contacts out to a spreadsheet and in again: nothing by accident, nothing half, nothing over what others wrote."""

import csv
import io
import re

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guides.admin.people import ContactAdmin
from guides.models import Contact, Release, Version
from guides.publishing.contact_sheet import FIELDS, decode, export, take_in
from guides.publishing.release import rename
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_county, make_municipality, make_page, make_source, published
from tests.forms import change, save

PLACE = "/admin/kontakter/"


def anything(contact, names):
    return ""


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(**cells) -> str:
    """The exported table of all contacts, the cells of the first changed: number="…" is column nummer."""
    head, first, *rest = rows_of(export(Contact.objects.order_by("key")))
    names = ["key", "version", *FIELDS]
    for name, value in cells.items():
        first[names.index(name)] = value
    return written([head, first, *rest])


def written(rows, delimiter=";") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def saved(**fields):
    row = make_contact(**fields)
    save_version(row, None)
    return row


def upload(client, text, **more):
    data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    return client.post(PLACE, {"file": SimpleUploadedFile("kontakter.csv", data), **more})


def test_unchanged_file_of_all_content_changes_nothing(content):
    """Byte for byte as exported: no row differs, and no version is made."""
    before = Version.objects.count()
    outcome = take_in(decode(export(Contact.objects.all())), None, anything)
    assert (outcome.changes, outcome.faults) == ([], [])
    assert outcome.unchanged == Contact.objects.count() > 50 and Version.objects.count() == before


def test_file_is_as_swedish_excel_wants_it(content):
    """UTF-8 with a mark, semicolons, Swedish heads, and no cell that it would run or make another value of."""
    data = export(Contact.objects.all())
    assert data.startswith(b"\xef\xbb\xbfnyckel;version;titel;")
    cells = [cell for row in rows_of(data)[1:] for cell in row]
    assert any(cell.startswith("'+46") for cell in cells)
    misread = re.compile(r"[=+\-@\t\r]|0\d+$|\d{12,}$|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$")
    assert [cell for cell in cells if misread.match(cell)] == []


@pytest.mark.parametrize("typed", ["+46855500100", "'+46855500100", "08-555 001 00", "0855500100"])
def test_number_survives_however_the_spreadsheet_leaves_it(db, typed):
    """With its guard or without, and as a person would type it."""
    saved(number="+46855500100")
    outcome = take_in(sheet(number=typed), None, anything)
    assert (outcome.changes, outcome.faults) == ([], [])
    assert Contact.objects.get().number == "+46855500100"


@pytest.mark.parametrize("typed", ["=1+1", "+ring", "-", "@SUM(A1)", "8-16", "'citat"])
def test_text_that_a_spreadsheet_would_run_is_kept_as_text(db, typed):
    """Out with a guard, in again without."""
    saved(hours=typed)
    ((_, row),) = [rows_of(export(Contact.objects.all()))]
    shown = row[2 + list(FIELDS).index("hours")]
    assert shown.lstrip("'") == typed.lstrip("'") and not shown.startswith(tuple("=+-@"))
    assert take_in(sheet(), None, anything).changes == []
    assert take_in(sheet(ask_for=f"'{typed.lstrip(chr(39))}"), None, anything).faults == []
    assert Contact.objects.get().ask_for == typed.lstrip("'")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_other_separators_are_understood(db, delimiter):
    """Another spreadsheet, another country."""
    saved(title="A; b, c")
    rows = rows_of(export(Contact.objects.all()))
    rows[1][2] = "Ny; titel, här"
    outcome = take_in(written(rows, delimiter), None, anything)
    assert [c.cells for c in outcome.changes] == [(("titel", "A; b, c", "Ny; titel, här"),)]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_are_read_in_each_of_excels_encodings(db, code):
    """Plain "CSV" from Swedish Excel is Windows-1252."""
    saved(title="Räddningen på ön")
    assert take_in(decode(sheet().encode(code)), None, anything).changes == []


def test_only_what_the_file_changes_is_changed(db, editor):
    """Columns and rows that are left out say nothing; the draft is a version of who did it, and nothing is public."""
    first, second = published(make_contact(key="a", hours="Dygnet runt")), published(make_contact(key="b"))
    number = Version.objects.get(key="a").number
    outcome = take_in(f"nyckel;version;visas som\na;{number};08-555 00 00\n", editor, anything)
    assert [(c.row, c.title, c.cells) for c in outcome.changes] == [(2, first.title, (("visas som", "", "08-555 00 00"),))]
    newest = Version.objects.filter(key="a").order_by("number").last()
    assert newest.saved_by == editor and newest.number == number + 1
    first.refresh_from_db()
    assert (first.display, first.hours) == ("08-555 00 00", "Dygnet runt")
    assert Version.objects.filter(key=second.key).count() == 1
    assert Release.objects.count() == 2


def test_dry_run_writes_nothing(db):
    """It is the same work, taken back."""
    saved(title="Före")
    before = list(Version.objects.values())
    assert take_in(sheet(title="Efter"), None, anything, dry_run=True).changes
    assert list(Version.objects.values()) == before and Contact.objects.get().title == "Före"


def test_references_lists_and_choices_are_read(db):
    """By key or by name, and as the words of the form."""
    saved(key="a")
    county, source = make_county(title="Skåne"), make_source(key="kallan")
    place = make_municipality(key="horby", title="Hörby", county=county)
    outcome = take_in(
        sheet(county="skåne", municipality="horby", sources="kallan", keywords="ett | två", area="kommun", for_self="NEJ"),
        None,
        anything,
    )
    assert outcome.faults == []
    row = Contact.objects.get()
    assert (row.county, row.municipality, list(row.sources.all()), row.area) == (county, place, [source], "municipality")
    assert row.keywords.split("\n") == ["ett", "två"] and not row.for_self


FAULTS = {
    "number": ("5", "Rad 2, kolumn I (nummer)"),
    "for_self": ("kanske", "Skriv ja eller nej"),
    "area": ("galax", "hela landet"),
    "review_every": ("ofta", "heltal"),
    "municipality": ("Ankeborg", "”Ankeborg” går inte att slå upp som kommun"),
    "sources": ("a | b", "går inte att slå upp som källa"),
    "title": ("x" * 400, "kolumn C (titel)"),
    "hours": ("a\x00b", "tecken som inte syns"),
    "version": ("9", "Version 9 finns inte"),
    "key": ("Två Ord", "Nyckeln får bara ha"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_with_row_and_column(db, name):
    """In Swedish, as the spreadsheet counts them; and no row is saved, not even a sound one."""
    saved(key="a"), saved(key="b", title="Före")
    value, said = FAULTS[name]
    before = list(Version.objects.values())
    changed = {name: value} | ({"version": ""} if name == "key" else {})
    outcome = take_in(sheet(**changed).replace("Före", "Efter"), None, anything)
    assert any(said in str(fault) and str(fault).startswith("Rad 2") for fault in outcome.faults), outcome.faults
    assert list(Version.objects.values()) == before
    assert Contact.objects.get(key="b").title == "Före"


BROKEN = {
    "empty": "",
    "no heads": "a;b;c\n",
    "twice": "nyckel;version;nyckel\n",
    "no version": "nyckel;titel\n",
    "open quote": 'nyckel;version;titel\na;1;"öppen\n',
    "not a table": "\x89PNG\r\n\x1a\n\x00\x00",
    "one cell": "nyckel",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_table_is_refused_in_words(db, name):
    """Never a 500."""
    outcome = take_in(BROKEN[name], None, anything)
    assert outcome.faults and outcome.changes == []


def test_row_with_too_many_cells_or_a_key_twice_is_refused(db):
    """A semicolon that was not quoted would shift everything."""
    saved(key="a")
    number = Version.objects.get().number
    assert "fler celler" in str(take_in(f"nyckel;version;titel\na;{number};x;y\n", None, anything).faults[0])
    twice = take_in(f"nyckel;version;titel\na;{number};x\na;{number};y\n", None, anything)
    assert str(twice.faults[0]).startswith("Rad 3, kolumn A (nyckel)") and "rad 2" in str(twice.faults[0])
    assert Version.objects.count() == 1


def test_what_others_saved_meanwhile_is_not_overwritten(db):
    """The row is refused; a row that the file leaves as it was is no conflict, nor is the same change twice."""
    row = saved(key="a", title="Ett")
    mine, untouched = sheet(title="Mitt"), sheet()
    same = sheet(title="Deras")
    row.title = "Deras"
    row.save()
    save_version(row, None)
    assert "sedan filen gjordes" in str(take_in(mine, None, anything).faults[0])
    assert Contact.objects.get().title == "Deras"
    for text in (untouched, same):
        outcome = take_in(text, None, anything)
        assert (outcome.changes, outcome.faults, outcome.unchanged) == ([], [], 1)


def test_new_row_is_a_new_draft(db):
    """With a key that nobody has had."""
    old = saved(key="gammal")
    rename(old, "ny", None)
    outcome = take_in("nyckel;version;titel;nummer\nfarsk;;Färsk;08-555 001 00\n", None, anything)
    assert [(c.new, c.title) for c in outcome.changes] == [(True, "Färsk")]
    assert Contact.objects.get(key="farsk").number == "+46855500100"
    assert Version.objects.filter(key="farsk").count() == 1 and not Release.objects.exists()
    assert "har varit" in str(take_in("nyckel;version;titel\ngammal;;X\n", None, anything).faults[0])
    assert "ingen kontakt" in str(take_in("nyckel;version;titel\nokand;3;X\n", None, anything).faults[0])


def test_number_that_others_have_is_told(db):
    """A change of one asks about each."""
    saved(key="a", number="+46855500100"), saved(key="b", number="+46855500200", title="Grannen")
    (found,) = take_in(sheet(number="+46855500200"), None, anything, dry_run=True).changes
    assert found.shared == ("Grannen",)


# Through the browser.


def test_upload_shows_the_difference_and_one_press_saves_drafts(editor_client, db):
    """Nothing is saved before the press, and nothing is public after."""
    published(make_contact(key="a", title="Före", number="+46855500100"))
    shown = upload(editor_client, sheet(title="Efter", number="+46855500200"))
    text = shown.content.decode()
    assert "<del>Före</del>" in text and "<ins>Efter</ins>" in text and "<ins>+46855500200</ins>" in text
    assert Contact.objects.get().title == "Före"
    answer = editor_client.post(PLACE, {"text": shown.context["text"], "_save": "1"}, follow=True)
    assert "1 kontakt är sparad som utkast" in answer.content.decode()
    assert Contact.objects.get().title == "Efter"
    assert Release.objects.count() == 1
    assert "Före" in editor_client.get("/kontakt/nummer/a/").content.decode()


def test_history_of_each_contact_says_what_the_file_changed(editor_client, editor, db):
    """Who, and which fields; nothing of a file that was only looked at."""
    row = saved(key="a", title="Före")
    text = upload(editor_client, sheet(title="Efter", hours="Dygnet runt")).context["text"]
    assert not LogEntry.objects.exists()
    editor_client.post(PLACE, {"text": text, "_save": "1"})
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.action_flag) == (editor, str(row.pk), CHANGE)
    assert "Inläst från fil: titel, öppet." in editor_client.get(f"/admin/guides/contact/{row.pk}/history/").content.decode()


def test_save_after_another_has_saved_is_refused_with_the_reason(editor_client, db):
    """The difference that was shown is no longer the whole truth."""
    row = saved(key="a", title="Före")
    shown = upload(editor_client, sheet(title="Efter"))
    row.title = "Deras"
    row.save()
    save_version(row, None)
    answer = editor_client.post(PLACE, {"text": shown.context["text"], "_save": "1"})
    assert "Inget är sparat" in answer.content.decode() and Contact.objects.get().title == "Deras"


@pytest.mark.parametrize("data", [b"", b"x" * 1_000_001, b"\xff\xfe\x00", b"\x00" * 50])
def test_bad_file_is_answered_in_words(editor_client, db, data):
    """Empty, too large, or no text."""
    answer = upload(editor_client, data)
    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode() or "Inget är sparat" in answer.content.decode()


def test_no_file_is_answered_in_words(editor_client, db):
    assert "Välj en fil." in editor_client.post(PLACE, {}).content.decode()


def test_file_is_for_who_may_change_contacts(client, django_user_model, db):
    """Numbers that the public may not see stand in it."""
    saved()
    for name in ("contact-sheet", "contact-sheet-file"):
        assert client.get(reverse(name)).status_code == 302
    client.force_login(django_user_model.objects.create_user("utan", is_staff=True))
    for name in ("contact-sheet", "contact-sheet-file"):
        assert client.get(reverse(name)).status_code == 403
    assert upload(client, sheet(title="X")).status_code == 403


def test_file_is_kept_by_nobody(editor_client, db):
    """It is downloaded under a name with the day, and stays in no cache."""
    answer = editor_client.get(reverse("contact-sheet-file"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert re.search(r'filename="kontakter-\d{4}-\d\d-\d\d.csv"', answer.headers["Content-Disposition"])


def test_rules_of_the_contacts_own_form_hold(editor_client, db, monkeypatch):
    """Who sees only some contacts gets, and may change, only those; a field that is closed there is closed here."""
    saved(key="min"), saved(key="annan")
    theirs = export(Contact.objects.filter(key="annan")).decode("utf-8-sig").replace("Kontakt", "Ändrad")
    everything = ContactAdmin.get_queryset
    monkeypatch.setattr(ContactAdmin, "get_queryset", lambda self, request: everything(self, request).filter(key="min"))
    assert b"annan" not in editor_client.get(reverse("contact-sheet-file")).content
    assert "Du får inte ändra den här kontakten" in upload(editor_client, theirs).content.decode()
    mine = export(Contact.objects.filter(key="min")).decode("utf-8-sig").replace("Kontakt", "Ändrad")
    monkeypatch.setattr(ContactAdmin, "readonly_fields", ["title"])
    assert "Du får inte ändra fältet titel" in upload(editor_client, mine).content.decode()
    monkeypatch.setattr(ContactAdmin, "has_add_permission", lambda self, request: False)
    assert "Du får inte lägga till" in upload(editor_client, "nyckel;version;titel\nny;;Ny\n").content.decode()


def test_page_is_reached_from_the_first_page(editor_client, db):
    make_page()
    assert f'href="{PLACE}"' in editor_client.get("/admin/").content.decode()
    assert save(editor_client, change(saved(key="a")), title="Ett").status_code == 302
