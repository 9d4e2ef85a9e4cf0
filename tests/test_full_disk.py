"""A disk that takes no more while somebody uploads a file: told where the file was chosen, and no word is lost."""

from guides.publishing import uploads
from guides.publishing.versions import save_version
from tests import upload_samples as samples
from tests.disks import full
from tests.forms import change, told
from tests.test_files import make_file, upload


def test_file_that_finds_no_room_is_told_and_no_word_is_lost(editor_client, small_disk, settings):
    """At its place in the form, with the rest as it was typed; the file that was there stays, and half of none."""
    settings.DATA_DIR = small_disk
    row = make_file()
    save_version(row, None)
    with full(small_disk):
        answer = upload(editor_client, samples.docx(), "Ny.docx", change(row), title="Min nya titel")
        assert answer.status_code == 200 and "inte att spara" in " ".join(told(answer))
        assert "Min nya titel" in answer.content.decode()
        assert [path.name for path in uploads.folder().iterdir()] == [row.hash]
    again = upload(editor_client, samples.docx(), "Ny.docx", change(row), title="Min nya titel", access="")
    assert again.status_code == 302
