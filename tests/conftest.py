"""People by role, the whole content, and nothing left over between tests."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from guides.models import LinkHost, OpenQuestion
from guides.publishing import audit, edition_file
from guides.publishing.content_files import import_content
from guides.publishing.current import current
from guides.publishing.roles import EDITOR, PUBLISHER, REVIEWER
from tests import second_factor  # noqa: F401 (force_login with both factors)
from tests.disks import small_disk  # noqa: F401 (a fixture for all)
from tests.post import post  # noqa: F401 (a fixture for all)
from tests.serving import Small, manage
from tests.web import serving

# They read an edition, which is the same whatever database it was built from, or bring servers of their own.
ON_ONE_DATABASE = {
    "admin_walk", "answers", "api", "closed", "compression", "content", "death", "door", "exit", "export_site", "fresh",
    "funding", "handbook", "knowledge", "links", "logs", "outages", "paper", "plan", "plan_page", "public_numbers",
    "running", "search", "search_page", "server", "siege", "structured", "twins", "visitor", "warming", "xss",
}  # fmt: skip


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the long campaigns too")
    parser.addoption("--database", action="store_true", help="leave out the tests that say nothing of this database")


def pytest_collection_modifyitems(config, items):
    """Tests that use `content` come last: it is imported once and then stays in the test database."""
    items.sort(key=lambda item: "content" in getattr(item, "fixturenames", ()))
    long, database = config.getoption("--long"), config.getoption("--database")
    left_out = {
        item
        for item in items
        if (item.get_closest_marker("long") and not long) or (database and not _uses_database(item))
    }
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _uses_tables(item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def _uses_database(item) -> bool:
    """Also by the processes that it starts."""
    if item.path.stem.removeprefix("test_") in ON_ONE_DATABASE:
        return False
    return _uses_tables(item) or bool({"database", "other_database"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _log_may_be_emptied(request, django_db_blocker):
    """A test that commits is followed by a flush: there no guard stands in its way."""
    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        guards = audit.stand_aside()
    yield
    with django_db_blocker.unblock():
        audit.stand_again(guards)


@pytest.fixture(autouse=True)
def _no_edition_left():
    """What one test released is no edition of the next, nor is the file that it left."""
    current.forget()
    edition_file.path().unlink(missing_ok=True)


@contextmanager
def first_of_all(tmp_path_factory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder that the processes of a run share, and whether this one is the first and is to make it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = base / f"{name}.made"
        yield base / name, not made.exists()
        made.touch()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A data folder whose SQLite file has all of content/."""
    with first_of_all(tmp_path_factory, "prepared") as (folder, first):
        for command in ("migrate", "import_content") if first else ():
            done = manage(folder, command)
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Small:
    """A site with a single page, for tests to which words do not matter; each starts it with a data folder of its own."""
    with first_of_all(tmp_path_factory, "small") as (folder, first):
        if first:
            Small(folder).prepare()
    return Small(folder)


class _Tables:
    """The test database of this process, with all of content/ in it or with nothing."""

    full = False
    # What stands in an empty one; SQLite alone can put it back as it was.
    nothing: sqlite3.Connection | None = None
    edition = material = None

    def fill(self, request) -> None:
        """Read in all of content/."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            if self.nothing is None:
                self.nothing = sqlite3.connect(":memory:")
                connection.connection.backup(self.nothing)
            file = request.getfixturevalue("prepared") / "avhoppare.sqlite3"
            with closing(sqlite3.connect(file)) as source:
                source.backup(connection.connection)
        else:
            self._import_once(request.getfixturevalue("tmp_path_factory"))
        current.forget()
        self.edition, self.full = current.refresh(), True
        self.material = current._material

    def _import_once(self, tmp_path_factory) -> None:
        """The first process of a run reads the files in and writes its tables down, the others read those."""
        tables = [table for table in connection.introspection.table_names() if table.startswith("guides_")]
        tables.remove(OpenQuestion._meta.db_table)
        with first_of_all(tmp_path_factory, "tables") as (folder, first), transaction.atomic():
            if first:
                import_content(settings.CONTENT_DIR)
                folder.mkdir()
            with connection.cursor() as cursor:
                for table in tables:
                    if first:
                        with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                            (folder / table).write_bytes(b"".join(copy))
                    else:
                        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                            copy.write((folder / table).read_bytes())
                for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_app_config("guides").get_models()):
                    cursor.execute(statement)

    def clear(self) -> None:
        """Back to nothing; what migrations have put there stays."""
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.nothing.backup(connection.connection)
        else:
            kept = {OpenQuestion}
            tables = [m._meta.db_table for m in apps.get_app_config("guides").get_models() if m not in kept]
            with transaction.atomic(), audit.erasable(), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        self.full = False


_tables = _Tables()


@pytest.fixture(autouse=True)
def _its_tables(request, django_db_blocker):
    """Content for who asks for it, and for nobody else: a process that has run dry takes over tests of another."""
    wanted = "content" in request.fixturenames
    if wanted or (_tables.full and _uses_tables(request.node)):
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            if wanted and not _tables.full:
                _tables.fill(request)
            elif not wanted:
                _tables.clear()


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """The environment that gives a process a database of its own, of the kind that this run is about."""
    url = settings.DATABASES["default"]
    if url["ENGINE"] == "avhoppare.sqlite":
        yield {}
        return
    name = f"site_{uuid4().hex[:8]}"
    server = {"host": url["HOST"], "port": url["PORT"], "user": url["USER"], "dbname": "postgres"}
    with psycopg.connect(**server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"postgres://{url['USER']}@{url['HOST']}:{url['PORT']}/{name}"}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def database():
    """A database for the processes that a module's tests start."""
    with own_database() as environment:
        yield environment


@pytest.fixture
def other_database():
    """One more, empty."""
    with own_database() as environment:
        yield environment


@pytest.fixture
def content(request, db, monkeypatch):
    """The database with all of content/ imported and released; the test's own changes are rolled back."""
    assert "transactional_db" not in request.fixturenames, "a flush would empty the content for the other tests"
    monkeypatch.setattr(current, "_edition", replace(_tables.edition, pages={}))
    monkeypatch.setattr(current, "_material", _tables.material)


@pytest.fixture
def edition(content):
    """The edition of the whole content."""
    return current.edition()


@pytest.fixture
def person(db, django_user_model):
    """Makes staff with roles of `guides.publishing.roles`: person("name", EDITOR, REVIEWER)."""

    def made(name, *roles):
        user = django_user_model.objects.create_user(name, f"{name}@example.se", name, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return made


@pytest.fixture
def editor(person):
    """Staff who may change all content but release none."""
    return person("editor", EDITOR)


@pytest.fixture
def approver(person):
    """Staff who may also release what somebody else has approved."""
    return person("approver", PUBLISHER)


@pytest.fixture
def reviewer(person):
    """Staff who may also approve what they have not written."""
    return person("reviewer", REVIEWER)


@pytest.fixture
def editor_client(client, editor):
    """A browser in which the editor has logged in."""
    client.force_login(editor)
    return client


@pytest.fixture
def approver_client(client, approver):
    """A browser in which somebody has logged in who may also release."""
    client.force_login(approver)
    return client


@pytest.fixture
def bare(monkeypatch):
    """Pages without their words: here it counts who is let in, and other tests read what they are shown."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda self, context=None, request=None: "")


@pytest.fixture
def clock(monkeypatch):
    """The site's clock, standing at 1 June 2026, 12.00 in Stockholm; `clock(days=1)` moves it on and gives the time."""
    held = [datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))]

    def forward(**how) -> datetime:
        held[0] += timedelta(**how)
        return held[0]

    monkeypatch.setattr(timezone, "now", lambda: held[0])
    return forward


@pytest.fixture
def web(settings, monkeypatch):
    """The rest of the web, which the watch over links may reach. Who waits for a host gets it at once; `waited` is how long."""
    settings.LINK_CHECKS, settings.LINKS_MAY_REACH = True, ["127.0.0.0/8"]
    settings.PUBLIC_URL = "https://avhoppare.example"
    with serving() as elsewhere:

        def pause(seconds):
            elsewhere.waited.append(seconds)
            LinkHost.objects.update(free_at=timezone.now())

        monkeypatch.setattr("guides.publishing.upkeep.links.pause", pause)
        yield elsewhere
