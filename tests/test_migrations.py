"""A database that an earlier release of the site made is migrated by today's code, and nothing in it is lost."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.make_dump import FOLDER, seen
from tests.serving import manage

DUMPS = sorted(FOLDER.glob("*.sql"))


def test_there_is_a_dump():
    """Without one the next test would say nothing."""
    assert DUMPS


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_database_of_an_earlier_release_keeps_all_versions_and_releases(dump, tmp_path):
    """Texts, hashes, releases, checks, and what is public: as the code of that day saw them."""
    with closing(sqlite3.connect(tmp_path / "avhoppare.sqlite3")) as database:
        database.executescript(dump.read_text(encoding="utf-8"))
    done = manage(tmp_path, "migrate")
    assert done.returncode == 0, done.stderr
    assert seen(tmp_path) == json.loads(dump.with_suffix(".json").read_text(encoding="utf-8"))
    assert manage(tmp_path, "makemigrations", "--check", "--dry-run").returncode == 0
