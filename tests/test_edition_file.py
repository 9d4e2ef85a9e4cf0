"""The file that a process without a database serves: whole, the newest, or not at all."""

from datetime import timedelta

import pytest

from guides.publishing import edition_file
from guides.publishing.current import current
from guides.publishing.edition_file import TornFileError
from tests.factories import make_page, published


@pytest.fixture
def kept(db):
    """What the file holds after a release."""
    edition_file.path().unlink(missing_ok=True)
    published(make_page(key="sidan"))
    current.refresh()
    return edition_file.load()


def test_file_cut_short_anywhere_is_refused(kept):
    """A full disk or a lost current: better no page than half of one."""
    whole = edition_file.path().read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        edition_file.path().write_bytes(whole[:length])
        with pytest.raises(TornFileError):
            edition_file.read()


def test_altered_file_is_refused(kept):
    """One letter of it."""
    text = edition_file.path().read_text()
    edition_file.path().write_text(text.replace("sidan", "sedan", 1))
    with pytest.raises(TornFileError):
        edition_file.read()


def test_slow_process_does_not_put_an_older_edition_back(kept):
    """What it read before somebody released is no longer what is public."""
    edition_file.write(current._material.later(current._material.at - timedelta(seconds=1)), {})
    assert edition_file.load() == kept
    later = current._material.at + timedelta(seconds=1)
    edition_file.write(current._material.later(later), {})
    assert edition_file.load()["at"] == later.isoformat()


def test_torn_file_is_replaced(kept):
    """By the next edition, whatever moment it says that it is of."""
    edition_file.path().write_text('{"at": "2999-01-01T00:00:00+00:00", "sha256": "')
    edition_file.keep(kept)
    assert edition_file.load() == kept
