"""A database that an earlier release of the site made is migrated by today's code, and nothing in it is lost."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.make_dump import FOLDER, seen
from tests.serving import in_shell, manage

DUMPS = sorted(FOLDER.glob("*.sql"))
SHAPE = "from django.core.management import call_command\nfor app, name in {newest}: call_command('migrate', app, name, verbosity=0)"


def test_there_is_a_dump():
    """Without one the next test would say nothing."""
    assert DUMPS


def poured(dump: Path, data_dir: Path, database: dict[str, str]) -> None:
    """The rows of a dump in a database of its shape, whichever that is."""
    with closing(sqlite3.connect(data_dir / "avhoppare.sqlite3")) as source:
        source.executescript(dump.read_text(encoding="utf-8"))
        if not database:
            return
        newest = source.execute("SELECT app, max(name) FROM django_migrations GROUP BY app").fetchall()
        in_shell(data_dir, SHAPE.format(newest=newest), **database)
        with psycopg.connect(database["DATABASE_URL"]) as target:
            # Then the order of the tables does not matter; SQLite's moments are in UTC.
            target.execute("SET session_replication_role = replica; SET timezone = 'UTC'")
            for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
                _pour(source.execute(f'SELECT * FROM "{table}"'), target, table)


def _pour(rows: sqlite3.Cursor, target: psycopg.Connection, table: str) -> None:
    """One table; PostgreSQL reads each value from its text."""
    columns, name = [column[0] for column in rows.description], sql.Identifier(table)
    target.execute(sql.SQL("DELETE FROM {}").format(name))
    into = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        name, sql.SQL(",").join(map(sql.Identifier, columns)), sql.SQL(",").join([sql.Placeholder()] * len(columns))
    )
    for row in rows:
        target.execute(into, [None if value is None else str(value) for value in row])
    if "id" in columns:
        # The next row gets a number of its own.
        target.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), coalesce(max(id), 0) + 1, false) FROM {}").format(
                sql.Literal(table), name
            )
        )


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_database_of_an_earlier_release_keeps_all_versions_and_releases(dump, tmp_path, database):
    """Texts, hashes, releases, checks, and what is public: as the code of that day saw them."""
    poured(dump, tmp_path, database)
    done = manage(tmp_path, "migrate", **database)
    assert done.returncode == 0, done.stderr
    assert seen(tmp_path, **database) == json.loads(dump.with_suffix(".json").read_text(encoding="utf-8"))
    assert manage(tmp_path, "makemigrations", "--check", "--dry-run", **database).returncode == 0
