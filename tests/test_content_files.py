"""content/ and the database: import and export are exact inverses, and nothing is half-written."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from guides.models import MODEL_OF, Contact, Municipality, Page, Release, Source, Version
from guides.publishing.content_files import differences, export, export_files, import_content
from guides.publishing.current import current
from guides.publishing.files import ContentError
from guides.publishing.mapping import to_document
from guides.publishing.release import release, rename, withdraw
from guides.publishing.versions import save_version
from guides.text.documents import to_text

PAGE = "---\nkey: sidan\ntitle: Sidan\n---\n\nEn text.\n"
CONTACT = "---\nkey: jouren\ntitle: Jouren\nnumber: +46855500100\ndisplay: 08-555 001 00\nfor_self: ja\nsources:\n  - kalla\n---\n"
SOURCE = "---\nkey: kalla\ntitle: Källa\nurl: https://a.se\n---\n"
COUNTIES = "key,title,code\nskane,Skåne län,12\n"
PLACES = "key,title,code,county,police_region,local_note\nmalmo,Malmö,1280,skane,Syd,\n"


@pytest.fixture
def folder(tmp_path):
    """A small content folder: a page, a contact with its source, a county and a municipality."""
    write(tmp_path, "pages/sidan.md", PAGE)
    write(tmp_path, "contacts/jouren.md", CONTACT)
    write(tmp_path, "sources/kalla.md", SOURCE)
    write(tmp_path, "counties.csv", COUNTIES)
    write(tmp_path, "municipalities.csv", PLACES)
    return tmp_path


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def problems(folder: Path) -> list[tuple[str, int]]:
    """File and line of each fault that an import of the folder tells, having written nothing."""
    before = Version.objects.count(), Release.objects.count(), Page.objects.count(), Source.objects.count()
    with pytest.raises(ContentError) as caught:
        import_content(folder)
    assert (Version.objects.count(), Release.objects.count(), Page.objects.count(), Source.objects.count()) == before
    assert all(problem.message[-1] in ".”" for problem in caught.value.problems)
    return [(problem.path, problem.line) for problem in caught.value.problems]


def edited(model, key, **fields):
    """An editor's saved change."""
    obj = model.objects.get(key=key)
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.save()
    return save_version(obj, None)


# Both ways.


def test_whole_content_comes_back_byte_for_byte(content, tmp_path):
    """What was imported from content/ is exported as the same files with the same bytes, and no other."""
    export(tmp_path)
    assert files_in(tmp_path) == files_in(settings.CONTENT_DIR)


def test_whole_content_imported_again_changes_nothing(content, capsys):
    """The second import says so."""
    call_command("import_content", verbosity=0)
    call_command("import_content")
    assert "0 ändringar" in capsys.readouterr().out


def test_whole_content_has_no_file_that_export_would_change(content):
    """content/ is in step with what is public."""
    call_command("export_content", "--check")


def test_saving_an_imported_row_unchanged_makes_no_version(content):
    """The table holds exactly what the file said, for every document there is."""
    texts = {(v.kind, v.key): v.text for v in Version.objects.all()}
    for (kind, key), text in texts.items():
        if kind not in ("source", "municipality", "provision"):
            assert to_text(to_document(MODEL_OF[kind].objects.get(key=key))) == text, (kind, key)
    for kind in ("source", "municipality", "provision"):
        for obj in MODEL_OF[kind].objects.all()[:20]:
            assert to_text(to_document(obj)) == texts[kind, obj.key], (kind, obj.key)


def test_small_folder_comes_back_byte_for_byte(db, folder, tmp_path_factory):
    """Markdown and CSV, from nothing and back."""
    import_content(folder)
    other = tmp_path_factory.mktemp("export")
    export(other)
    assert files_in(other) == files_in(folder)


def test_import_twice_is_once(db, folder):
    """A second import makes no version and no release."""
    assert import_content(folder).total == 5
    assert import_content(folder).total == 0
    assert (Version.objects.count(), Release.objects.count()) == (5, 5)


def test_file_in_any_order_finds_what_it_refers_to(db, folder):
    """A contact may refer to a source that is read after it."""
    import_content(folder)
    assert current.edition().has("contact", "jouren")
    assert Contact.objects.get().sources.get().title == "Källa"
    assert Municipality.objects.get().county.title == "Skåne län"


def test_changed_file_makes_a_version_and_a_release(db, folder):
    """What the county edits in a file is public after the import."""
    import_content(folder)
    write(folder, "pages/sidan.md", PAGE.replace("En text.", "En annan text."))
    assert import_content(folder).changed == {"page": 1}
    assert current.edition().page("sidan").body.plain == "En annan text."
    assert [v.number for v in Version.objects.filter(kind="page").order_by("number")] == [1, 2]


def test_changed_row_of_a_csv_makes_one_version(db, folder):
    """290 municipalities in one file are 290 documents."""
    import_content(folder)
    write(folder, "municipalities.csv", PLACES.replace("Malmö", "Malmö stad") + "lund,Lund,1281,skane,Syd,\n")
    assert import_content(folder).changed == {"municipality": 2}


def test_file_that_did_not_change_leaves_the_editors_work_alone(db, folder):
    """An editor's newer text is not undone by importing the old file again."""
    import_content(folder)
    release([edited(Page, "sidan", title="Redaktionens titel")], None)
    assert import_content(folder).total == 0
    assert current.edition().page("sidan").title == "Redaktionens titel"


def test_missing_file_deletes_nothing(db, folder):
    """A file that is gone withdraws no page."""
    import_content(folder)
    (folder / "pages/sidan.md").unlink()
    assert import_content(folder).total == 0
    assert current.edition().has("page", "sidan")


def test_conflict_is_told_and_nothing_is_written(db, folder):
    """File and table both changed: a person has to decide, and meanwhile no other file goes in either."""
    import_content(folder)
    edited(Page, "sidan", title="Redaktionens titel")
    write(folder, "pages/sidan.md", PAGE.replace("En text.", "Filens text."))
    write(folder, "sources/kalla.md", SOURCE.replace("Källa", "Ny titel"))
    assert problems(folder) == [("pages/sidan.md", 1)]
    assert Source.objects.get().title == "Källa"


def test_file_exported_after_an_editors_change_can_be_edited_and_imported(db, folder):
    """Export and merge is the way out of a conflict: the exported text is then what both started from."""
    import_content(folder)
    release([edited(Page, "sidan", title="Redaktionens titel")], None)
    export(folder)
    text = (folder / "pages/sidan.md").read_text()
    write(folder, "pages/sidan.md", text.replace("En text.", "Filens text."))
    assert import_content(folder).changed == {"page": 1}


def test_older_file_never_undoes_what_an_editor_has_written(db, folder, tmp_path_factory):
    """A folder that nobody exported to has the text of yesterday; it is told of, and nothing goes back."""
    import_content(folder)
    release([edited(Page, "sidan", title="Redaktionens titel")], None)
    export(tmp_path_factory.mktemp("annan"))
    outcome = import_content(folder)
    assert outcome.total == 0
    assert [note.path for note in outcome.warnings] == ["pages/sidan.md"]
    assert Page.objects.get(key="sidan").title == "Redaktionens titel"


def test_dry_run_counts_and_writes_nothing(db, folder, capsys):
    """--dry-run says what would change."""
    call_command("import_content", folder, "--dry-run")
    assert "5 ändringar" in capsys.readouterr().out
    assert not Version.objects.exists() and not Page.objects.exists()


def test_import_of_a_folder_that_is_not_there_is_refused(db, tmp_path):
    """A mistyped path is a sentence."""
    with pytest.raises(CommandError):
        call_command("import_content", tmp_path / "finns-inte")


# What is out of step.


def test_file_that_is_not_canonical_is_imported_with_a_warning(db, folder, capsys):
    """Another order or more quotes mean the same, but --check says that export would write it otherwise."""
    write(folder, "pages/sidan.md", PAGE.replace("title: Sidan", "title: 'Sidan'"))
    outcome = import_content(folder)
    assert [warning.path for warning in outcome.warnings] == ["pages/sidan.md"]
    assert current.edition().has("page", "sidan")
    with pytest.raises(CommandError):
        call_command("export_content", folder, "--check")
    assert "pages/sidan.md: skiljer sig" in capsys.readouterr().err


def test_windows_file_is_imported_with_a_warning(db, folder):
    """A byte order mark and CRLF, as Excel and Notepad write them, are read in Markdown and CSV alike."""
    for name, text in (("pages/sidan.md", PAGE), ("counties.csv", COUNTIES)):
        write(folder, name, "\ufeff" + text.replace("\n", "\r\n"))
    outcome = import_content(folder)
    assert [warning.path for warning in outcome.warnings] == ["counties.csv", "pages/sidan.md"]
    assert outcome.total == 5


def test_differences_name_what_is_missing_changed_and_extra(db, folder):
    """Each file that is out of step is told with what is wrong."""
    import_content(folder)
    (folder / "counties.csv").unlink()
    write(folder, "pages/sidan.md", PAGE + "x")
    write(folder, "pages/extra.md", PAGE.replace("sidan", "extra"))
    assert differences(folder) == [
        "counties.csv: saknas",
        "pages/sidan.md: skiljer sig",
        "pages/extra.md: finns inte bland det publicerade",
    ]


def test_export_removes_only_what_it_could_have_written(db, folder):
    """A path typed wrong costs nobody their files."""
    import_content(folder)
    withdraw("page", "sidan", None, "Skäl.")
    for name in (
        "LÄS MIG.txt",
        "bilder/foto.jpg",
        "pages/anteckning.txt",
        "dagbok.md",
        "min/fil.md",
        "pages/.gitkeep",
        "siffror.csv",
    ):
        write(folder, name, "mitt")
    export(folder)
    left = files_in(folder)
    assert "pages/sidan.md" not in left
    assert sum(content == b"mitt" for content in left.values()) == 7


def test_withdrawn_and_ended_documents_are_not_exported(db, clock, folder):
    """What is not public is not in content/."""
    import_content(folder)
    clock(hours=1)
    withdraw("page", "sidan", None, "Skäl.")
    assert "pages/sidan.md" not in export_files()
    release([save_version(Contact.objects.get(), None)], None, effective_to=clock(hours=1).replace(hour=23))
    assert "contacts/jouren.md" in export_files()
    clock(days=1)
    assert "contacts/jouren.md" not in export_files()


def test_draft_is_not_exported(db, folder):
    """content/ holds what is in force, not what somebody is writing."""
    import_content(folder)
    edited(Page, "sidan", title="Utkast")
    assert "Utkast" not in export_files()["pages/sidan.md"]


def test_renamed_document_is_exported_once_under_its_new_key(db, folder):
    """The old file goes, the new one comes."""
    import_content(folder)
    rename(Contact.objects.get(), "nya-jouren", None)
    release([save_version(Contact.objects.get(), None)], None)
    contacts = [name for name in export_files() if name.startswith("contacts/")]
    assert contacts == ["contacts/nya-jouren.md"]


def test_file_with_a_key_that_was_renamed_is_refused(db, folder):
    """An old key is never given out again: the file has to take the new one."""
    import_content(folder)
    rename(Contact.objects.get(), "nya-jouren", None)
    write(folder, "contacts/jouren.md", CONTACT.replace("title: Jouren", "title: Ny titel"))
    assert problems(folder) == [("contacts/jouren.md", 2)]


def test_reference_to_a_renamed_document_finds_it(db, folder):
    """A file that still has the old key of a source leads to the one under its new key."""
    import_content(folder)
    rename(Source.objects.get(), "ny-kalla", None)
    release([save_version(Source.objects.get(), None)], None)
    (folder / "sources/kalla.md").unlink()
    write(folder, "contacts/jouren.md", CONTACT.replace("title: Jouren", "title: Ny titel"))
    import_content(folder)
    assert Source.objects.get().key == "ny-kalla"
    assert Contact.objects.get().sources.get().key == "ny-kalla"


# Faults.


def test_file_with_five_mistakes_reports_five(db, folder):
    """Of whatever sort they are, all of a file's mistakes are told at once, each on its line."""
    text = (
        "---\nkey: steget\ntitle: Steget\nhittepa: x\naim: Ring 08-540 811 80\ntime_frame: snart\ntasks:\n"
        "  - key: a\n    text: A\n    basis: research\ncontacts:\n  - saknas\n---\n"
    )
    write(folder, "steps/steget.md", text)
    assert problems(folder) == [("steps/steget.md", line) for line in (4, 5, 6, 10, 12)]


def test_faults_of_several_files_are_told_at_once(db, folder):
    """A file that cannot be read hides no fault of another."""
    write(folder, "pages/sidan.md", "ingen sida")
    write(folder, "contacts/jouren.md", CONTACT.replace("kalla", "saknas"))
    write(folder, "sources/kalla.md", SOURCE.replace("url: https://a.se\n", ""))
    write(folder, "counties.csv", COUNTIES + "å,Fel,13\n")
    found = {path for path, _ in problems(folder)}
    assert found == {"pages/sidan.md", "contacts/jouren.md", "sources/kalla.md", "counties.csv"}


def test_link_to_a_heading_that_another_file_lacks_is_told(db, folder):
    """Judged on the files as they will be, whatever order they come in."""
    linking = "---\nkey: ny\ntitle: Ny\nsummary: Kort.\n---\n\n[Om den som hotas](sida:sidan#hot)\n"
    write(folder, "pages/ny.md", linking)
    assert problems(folder) == [("pages/ny.md", 7)]
    write(folder, "pages/sidan.md", PAGE + "\n## Hot\n\nTvå saker.\n")
    import_content(folder)
    assert Page.objects.count() == 2


def test_value_that_no_row_can_hold_is_told_with_its_line(db, folder):
    """A title that is too long is a fault of the file, not a traceback."""
    write(folder, "pages/sidan.md", PAGE.replace("title: Sidan", f"title: {'x' * 300}"))
    assert problems(folder) == [("pages/sidan.md", 3)]


@pytest.mark.parametrize(
    "text,lines",
    [
        ("key,title,code,farg\nskane,Skåne län,12,röd\n", [1]),
        ("title,code\nSkåne län,12\n", [1]),
        ("key,title,code\nskane,Skåne län\n", [2]),
        ("key,title,code\nSkåne,Skåne län,12\n", [2]),
        ("key,title,code\nskane,Skåne län,12\nskane,Skåne igen,12\n", [3]),
        ("key,title,code\nskane,,12\nhalland,Hallands län,\n", [2, 3]),
        ("key;title;code\nskane;Skåne län;12\n", [1]),
        ("", [1]),
    ],
)
def test_faults_of_a_csv_are_told_with_their_lines(db, folder, text, lines):
    """A column too many or missing, a row too short, a key twice, an empty title, semicolons, an empty file."""
    write(folder, "counties.csv", text)
    assert [line for path, line in problems(folder) if path == "counties.csv"] == lines


@pytest.mark.parametrize("name", ["hemma.md", "okand/fil.md", "pages/bild.png", "counties/skane.md", "kommuner.csv"])
def test_file_that_does_not_belong_is_told(db, folder, name):
    """A file that nothing would read is a mistake, not silence."""
    write(folder, name, "x")
    assert problems(folder) == [(name, 1)]


def test_file_that_is_not_utf8_is_told(db, folder):
    """A text saved as Windows-1252 is named."""
    write(folder, "pages/sidan.md", PAGE.replace("En text", "Åäö").encode("latin-1"))
    assert problems(folder) == [("pages/sidan.md", 1)]


def test_same_key_in_two_files_is_told(db, folder):
    """Two files cannot be one page."""
    shutil.copy(folder / "pages/sidan.md", folder / "pages/kopia.md")
    assert [path for path, _ in problems(folder)] == ["pages/sidan.md"]


def test_command_tells_every_fault_and_fails(db, folder, capsys):
    """File, line and sentence on each line, and an exit code that a script notices."""
    write(folder, "sources/kalla.md", SOURCE.replace("url: https://a.se\n", ""))
    with pytest.raises(CommandError, match="1 fel. Inget är ändrat."):
        call_command("import_content", folder)
    assert capsys.readouterr().err.startswith("sources/kalla.md, rad ")
