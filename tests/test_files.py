"""Files and pictures: uploaded by an editor, a document like all others, and never a place for a script to run."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from guides.models import Upload, Version
from guides.publishing import masking, uploads
from guides.publishing.backup import backup, restore
from guides.publishing.content_files import export, import_content
from guides.publishing.current import current, edition_with
from guides.publishing.errors import PublishingError
from guides.publishing.files import ContentError
from guides.publishing.release import release, withdraw
from guides.publishing.versions import latest, read, save_version
from tests import upload_samples as samples
from tests.factories import make_page, make_upload, published
from tests.forms import change, fields_of, put_back, save, told

ADD = "/admin/guides/upload/add/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """The bytes of one test are not those of the next."""
    settings.DATA_DIR = tmp_path


def make_file(data=samples.PDF, typed="Rutin för möten.pdf", **fields) -> Upload:
    return make_upload(data, typed, **{"key": "rutinen"} | fields)


def upload(client, data, name="fil.bin", address=ADD, **fields):
    """Choose a file in the form, as a browser sends it."""
    shown = client.get(address)
    fields = {n: v for n, v in fields_of(shown).items() if v is not None} | {"upload": SimpleUploadedFile(name, data)} | fields
    return client.post(address, fields)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_editor_uploads_a_file_and_releases_it(approver_client, client):
    """Under its cleaned name, told by what it is; saving makes a version, releasing makes it public."""
    response = upload(approver_client, samples.PDF, "Rutin för möten.pdf", title="Rutinen", key="rutinen", access="checked")
    assert response.status_code == 302
    row = Upload.objects.get()
    assert (row.name, row.format, row.size) == ("rutin-for-moten.pdf", "pdf", len(samples.PDF))
    assert client.get("/filer/rutinen/rutin-for-moten.pdf").status_code == 404
    release([latest("file", "rutinen")], None)
    found = client.get("/filer/rutinen/rutin-for-moten.pdf")
    assert found.status_code == 200 and body(found) == samples.PDF


@pytest.mark.parametrize(
    ("data", "typed", "disposition", "media_type"),
    [
        (samples.PDF, "a.pdf", "inline", "application/pdf"),
        (samples.picture(), "a.png", "inline", "image/png"),
        (samples.docx(), "a.docx", "attachment", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"a;b\nc;d\n", "a.html", "attachment", "text/csv; charset=utf-8"),
        (b"text", "a.svg", "attachment", "text/plain; charset=utf-8"),
    ],
)
def test_no_script_can_run_from_a_file(db, client, data, typed, disposition, media_type):
    """The type is that of the bytes, sniffing is off, a sandbox lies around it, and only what can be shown is shown."""
    row = published(make_file(data, typed))
    response = client.get(f"/filer/rutinen/{row.name}")
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == f'{disposition}; filename="{row.name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and policy.endswith("; sandbox") and "script-src" not in policy
    assert not response.cookies


def test_file_costs_no_query_and_no_memory(db, client, django_assert_num_queries, settings):
    """It comes from the edition and the folder; the page cache keeps none of its bytes."""
    published(make_file())
    settings.EDITION_POLL_SECONDS = 3600
    edition = current.edition()
    with django_assert_num_queries(0):
        first = client.get("/filer/rutinen/rutin-for-moten.pdf")
    assert not [path for path in edition.pages if path.startswith("/filer/")]
    again = client.get("/filer/rutinen/rutin-for-moten.pdf", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    head = client.head("/filer/rutinen/rutin-for-moten.pdf")
    assert body(head) == b"" and head.headers["Content-Length"] == str(len(samples.PDF))


def test_polyglot_is_served_harmless(db, client):
    """A PDF that is a page and an archive too is a PDF to every browser."""
    mixed = samples.PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + samples.HTML + b"\n") + samples.archive({"x.html": b"x"}) + b"\nstartxref\n0\n%%EOF"
    published(make_file(mixed))
    response = client.get("/filer/rutinen/rutin-for-moten.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (samples.SVG, "Svg-bilder"),
        (samples.HTML, "webbsida"),
        (samples.bomb(), "orimligt mycket"),
        (samples.huge(), "40 miljoner"),
        (b"", "tom"),
    ],
    ids=["svg", "html", "bomb", "huge", "empty"],
)
def test_refused_file_is_told_at_its_place_and_nothing_is_lost(editor_client, data, said):
    """Whatever its name says; the words in the form stay, and no bytes are kept."""
    response = upload(editor_client, data, "oskyldig.png", title="Min titel", key="nyckel", alt="Karta")
    assert response.status_code == 200 and said in " ".join(told(response))
    assert "Min titel" in response.content.decode()
    assert not Upload.objects.exists() and not list(uploads.folder().glob("*"))


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..\\..\\x.pdf", "تقرير.pdf", "🙂.pdf", "a" * 250 + ".pdf"])
def test_name_of_any_kind_is_cleaned(editor_client, name):
    """The bytes lie under their hash and nowhere else."""
    response = upload(editor_client, samples.PDF, name, title="Fil", key="nyckel", access="checked")
    assert response.status_code == 302
    row = Upload.objects.get()
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in row.name.removesuffix(".pdf"))
    assert [path.name for path in uploads.folder().iterdir()] == [hashlib.sha256(samples.PDF).hexdigest()]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Skriv vad bilden visar"),
        ({"alt": "IMG_2044.jpg"}, "filnamn"),
        ({"alt": "Bild på en karta"}, "Bild på"),
        ({"alt": "Karta", "decorative": "on"}, "dekorativ bild har ingen text"),
    ],
)
def test_picture_needs_words_or_is_decorative(editor_client, fields, said):
    """A fault in the words loses not the picture: the next sending needs no file."""
    response = upload(editor_client, samples.photo(), "Foto.JPG", title="Karta", key="karta", **fields)
    assert said in " ".join(told(response)) and "”Foto.JPG” är mottagen" in response.content.decode()
    again = {n: v for n, v in fields_of(response).items() if v is not None} | {"alt": "Karta över Skåne"}
    again.pop("decorative", None)
    again.pop("upload", None)
    assert editor_client.post(ADD, again).status_code == 302
    row = Upload.objects.get()
    assert (row.name, row.width, row.height) == ("foto.jpg", 30, 40)
    assert samples.PLACE not in uploads.held(row.hash)


def test_form_warns_of_faces(editor_client):
    """Whoever is seen on a page about leaving a gang can be found."""
    assert "Syns en verklig persons ansikte?" in editor_client.get(ADD).content.decode()


def test_form_without_a_file_says_so(editor_client):
    """The one thing that a file cannot do without."""
    response = editor_client.post(ADD, {"title": "Fil", "key": "fil", "base": "0", "owner": "R", "review_every": "9"})
    assert "Välj en fil." in told(response)


@pytest.mark.parametrize("kept", ["0" * 64, "../../avhoppare.sqlite3", "x"])
def test_hash_that_leads_nowhere_is_refused(editor_client, kept):
    """The hidden field is no way to other files."""
    fields = {"title": "Fil", "key": "fil", "base": "0", "owner": "R", "review_every": "9", "kept": kept}
    assert "Välj den igen" in " ".join(told(editor_client.post(ADD, fields)))


def test_new_bytes_make_a_version_and_the_old_ones_stay(editor_client, client):
    """Restoring the older version brings back the older file; the address leads from the old name to the new."""
    row = published(make_file())
    response = upload(editor_client, samples.docx(), "Ny rutin.docx", change(row), access="")
    assert response.status_code == 302, told(response)
    row.refresh_from_db()
    assert row.format == "docx" and latest("file", "rutinen").number == 2
    assert body(client.get("/filer/rutinen/rutin-for-moten.pdf")) == samples.PDF
    published(row)
    moved = client.get("/filer/rutinen/rutin-for-moten.pdf")
    assert (moved.status_code, moved["Location"]) == (301, "/filer/rutinen/ny-rutin.docx")
    put_back(editor_client, row)
    row.refresh_from_db()
    assert row.format == "pdf" and uploads.held(row.hash) == samples.PDF


def test_saving_without_choosing_keeps_the_file(editor_client):
    """The usual change: another title."""
    row = make_file()
    save_version(row, None)
    assert save(editor_client, change(row), title="Nytt namn").status_code == 302
    row.refresh_from_db()
    assert (row.title, row.format, row.name) == ("Nytt namn", "pdf", "rutin-for-moten.pdf")


def test_preview_shows_the_file_that_is_not_saved_yet(editor_client):
    """Nothing of it in the database; the bytes are swept when a day has gone."""
    response = upload(editor_client, samples.picture(), "x.png", title="Karta", key="karta", alt="Karta", _preview="1")
    assert response.headers["Content-Type"] == "image/png" and body(response).startswith(b"\x89PNG")
    assert not Upload.objects.exists()
    assert uploads.sweep() == 0
    assert uploads.sweep(timezone.now() + timedelta(days=2)) == 1


def test_sweeping_keeps_what_a_version_names(db):
    """Also of a row that is gone, or has other bytes now."""
    row = make_file()
    save_version(row, None)
    row.delete()
    assert uploads.sweep(timezone.now() + timedelta(days=2)) == 0


# In texts.


def shown(client, text: str) -> str:
    published(make_page(key="sidan", body=text))
    return client.get("/om/sidan/").content.decode()


def test_link_to_a_file_says_format_and_size(db, client):
    """By itself, unbroken."""
    published(make_file(samples.PDF + b" " * 988_600 + b"\nstartxref\n0\n%%EOF"))
    html = shown(client, "Läs [rutinen för möten](fil:rutinen).")
    assert '<a href="/filer/rutinen/rutin-for-moten.pdf">rutinen för möten (pdf, 989\u00a0kB)</a>.' in html


def test_picture_stands_with_its_words_and_size(db, client):
    """The text's words before the file's own; none when it is decorative."""
    published(make_file(samples.picture(), "k.png", key="karta"), make_file(samples.picture(), "d.png", key="dekor", decorative=True))
    html = shown(client, "![](bild:karta)\n\n![Vägen hit](bild:karta)\n\n![](bild:dekor)")
    image = '<img class="picture" src="/filer/{}" alt="{}" width="40" height="30" loading="lazy">'
    assert image.format("karta/k.png", "Karta över sju polisregioner") in html
    assert image.format("karta/k.png", "Vägen hit") in html
    assert image.format("dekor/d.png", "") in html


def test_words_of_a_picture_can_hold_no_markup(db, client):
    """They become an attribute."""
    published(make_file(samples.picture(), "k.png", key="karta"))
    html = shown(client, 'Se ![" onerror="alert(1)](bild:karta) och ![<script>](bild:karta)')
    assert 'onerror="' not in html and "<script>]" not in html


def test_picture_of_another_site_is_none(db, client):
    """Nothing is fetched from elsewhere."""
    assert "<img" not in shown(client, "![x](https://example.se/x.png)")


def test_reference_to_a_file_that_is_not_public_is_refused(db):
    """As every other reference."""
    save_version(make_file(), None)
    with pytest.raises(PublishingError, match="Texten hänvisar till fil ”rutinen”"):
        published(make_page(body="[Rutinen](fil:rutinen)"))


def test_words_that_describe_nothing_keep_a_text_back(db):
    """Also those typed in the text."""
    published(make_file(samples.picture(), "k.png", key="karta"))
    with pytest.raises(PublishingError, match="Bild på"):
        published(make_page(body="![Bild på en karta](bild:karta)"))


def test_pdf_says_how_it_can_be_read_before_it_goes_out(db):
    """A status, or the web page that says the same."""
    row = make_file()
    row.access = ""
    with pytest.raises(PublishingError, match="hur tillgänglig"):
        published(row)
    row.access = "web"
    with pytest.raises(PublishingError, match="som webbsida"):
        published(row)


def test_who_uses_a_file_is_told_and_it_cannot_be_deleted(editor_client):
    """In the text of a page, drafts too."""
    row = make_file()
    save_version(row, None)
    save_version(make_page(title="Sidan som visar", body="[Rutinen](fil:rutinen)"), None)
    page = editor_client.get(change(row)).content.decode()
    assert "Används av 1" in page and "Sidan som visar" in page
    assert editor_client.get(reverse("admin:guides_upload_delete", args=[row.pk])).status_code == 403


def test_file_is_offered_by_the_text_field(editor_client):
    """A document as a link, a picture as a picture."""
    make_file()
    make_file(samples.picture(), "k.png", key="karta", title="Kartan")
    rows = editor_client.get(reverse("desk:text-choices"), {"kind": "file"}).json()["rows"]
    assert [row.get("insert") or row["target"] for row in rows] == ["![](bild:karta)", "fil:rutinen"]


# What is hidden, withdrawn, carried elsewhere.


def test_withdrawn_file_is_gone_with_its_reason(db, client):
    """410 in words, not an empty answer."""
    published(make_file())
    withdraw("file", "rutinen", None, "Rutinen är ersatt.")
    response = client.get("/filer/rutinen/rutin-for-moten.pdf")
    assert response.status_code == 410 and "Rutinen är ersatt." in response.content.decode()


def test_masked_file_is_hidden_at_once_and_its_bytes_removed_by_two(db, client, editor, approver, django_capture_on_commit_callbacks):
    """Nothing of it is left in the folder."""
    row = published(make_file())
    old = row.hash
    masking.hide(Version.objects.get(), editor, "En adress.")
    assert client.get("/filer/rutinen/rutin-for-moten.pdf").status_code == 410
    assert uploads.held(old)
    uploads.describe(row, uploads.take_in(samples.docx()), "ny.docx")
    row.access = ""
    row.save()
    save_version(row, editor)
    masking.ask(Version.objects.get(number=1), editor)
    with django_capture_on_commit_callbacks(execute=True):
        masking.remove(Version.objects.get(number=1), approver)
    assert uploads.held(old) is None and uploads.held(row.hash)


def test_content_travels_with_its_bytes(transactional_db, client, tmp_path, settings):
    """Exported beside the document, imported into another folder, byte for byte; exporting again changes nothing."""
    published(make_file())
    root = tmp_path / "content"
    export(root)
    assert (root / "files" / "rutinen.pdf").read_bytes() == samples.PDF
    assert export(root) == 0
    settings.DATA_DIR = tmp_path / "elsewhere"
    outcome = import_content(root)
    assert outcome.total == 0 and not outcome.warnings
    assert uploads.held(Upload.objects.get().hash) == samples.PDF
    withdraw("file", "rutinen", None, "Slut.")
    export(root)
    assert not list((root / "files").glob("*"))


@pytest.mark.parametrize(("data", "said"), [(None, "saknas"), (samples.docx(), "kontrollsumman")])
def test_import_without_the_right_bytes_is_refused_whole(db, tmp_path, settings, data, said):
    """By name, before anything is written."""
    published(make_file())
    root = tmp_path / "content"
    export(root)
    (root / "files" / "rutinen.pdf").unlink()
    if data:
        (root / "files" / "rutinen.pdf").write_bytes(data)
    settings.DATA_DIR = tmp_path / "elsewhere"
    with pytest.raises(ContentError, match=said):
        import_content(root)
    assert not (settings.DATA_DIR / "uploads").exists()


def test_imported_document_cannot_lead_out_of_the_folder(db, client):
    """What never passed the form is no record when its hash or name is no hash or name."""
    row = make_file()
    for wrong in ({"hash": "../avhoppare.sqlite3"}, {"name": "../x.pdf"}):
        Upload.objects.filter(pk=row.pk).update(**{"hash": row.hash, "name": row.name} | wrong)
        version = save_version(Upload.objects.get(pk=row.pk), None)
        with pytest.raises(PublishingError):
            release([version], None)
        assert not edition_with(read(version)).has("file", "rutinen")


def test_backup_holds_the_bytes(transactional_db, tmp_path, settings):
    """And gives them back in another folder."""
    row = make_file()
    save_version(row, None)
    backup(tmp_path / "kopia.zip")
    Upload.objects.all().delete()
    Version.objects.all()._raw_delete("default")
    settings.DATA_DIR = Path(tmp_path / "elsewhere")
    settings.DATA_DIR.mkdir()
    restore(tmp_path / "kopia.zip")
    assert uploads.held(row.hash) == samples.PDF and Upload.objects.get().name == row.name


def test_visitor_cannot_upload(client):
    """Neither to the admin nor to the public address."""
    assert client.post(ADD, {"upload": SimpleUploadedFile("a.pdf", samples.PDF)}).status_code == 403
    assert client.post("/filer/rutinen/a.pdf", {"x": "y"}).status_code == 405
    assert not (settings.DATA_DIR / "uploads").exists()


def test_side_preview_of_a_text_shows_the_link(editor_client):
    """While one writes, with the public renderer."""
    published(make_file())
    answer = editor_client.post(reverse("desk:text-shown"), {"kind": "page", "path": "body", "text": "[R](fil:rutinen)"})
    assert "/filer/rutinen/" in json.loads(answer.content)["html"]
