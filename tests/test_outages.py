"""The database breaks in every way there is, for real, while people read: they notice nothing, and no editor loses a word."""

import contextlib
import json
import shutil
import sqlite3

import pytest

from tests.disks import full
from tests.postgres import own_server
from tests.serving import eventually, in_shell
from tests.visitors import Editor, reading

TYPED = "En text som redaktören skrev medan databasen var borta."
CHANGE = """
from guides.models import Page
from tests.factories import published
page = Page.objects.get(key="webbplatsen")
page.body = {body!r}
page.save()
published(page)
"""


@pytest.fixture(scope="module")
def server():
    with own_server() as server:
        yield server


@pytest.fixture(scope="module")
def environment(server):
    # Impatient, so that no test waits.
    return {"DATABASE_URL": server.url, "DATABASE_PATIENCE": "2", "EDITION_POLL_SECONDS": "0.1"}


@pytest.fixture(scope="module")
def site(tmp_path_factory, small, environment):
    with small.served(tmp_path_factory.mktemp("site"), "--workers", "2", **environment) as site:
        yield site


@pytest.fixture(scope="module")
def editor(site, environment):
    return Editor(site, **environment)


def database_is(site, status: str) -> bool:
    """Every process sees it so."""
    told = [json.loads(site.read("/halsa/")[1])["parts"]["database"]["status"] for _ in range(6)]
    return set(told) == {status}


def form_of(editor) -> tuple[str, str]:
    """The address and the page of a form that somebody has open."""
    html = editor.get("/admin/guides/page/?all=")[1]
    path = html.split('<th class="field-title"><a href="')[-1].split('"')[0] if "field-title" in html else ""
    path = path or "/admin/guides/page/" + html.split('href="/admin/guides/page/')[-1].split('"')[0]
    path = path.partition("?")[0]
    status, form = editor.get(path)
    assert status == 200 and 'name="body"' in form, (path, status)
    return path, form


@contextlib.contextmanager
def stopped(server):
    server.stop()
    try:
        yield
    finally:
        server.start()


WAYS = {
    "stopped": stopped,
    "frozen": lambda server: server.frozen(),
    "out of connections": lambda server: server.out_of_connections(),
    "read-only": lambda server: server.read_only(),
    "cut off": lambda server: server.cut_off(),
}


@pytest.mark.parametrize("way", WAYS)
def test_postgresql_fails_and_nobody_notices_but_the_editor(site, server, editor, environment, way):
    """Pages go on, staleness is told, the editor gets a page in Swedish with her text, and sends it again afterwards."""
    if way == "cut off" and server.cable is None:
        pytest.skip("only root can lay a network of the server's own")
    path, form = form_of(editor)
    typed = f"{TYPED} ({way})"
    with reading(site) as seen, WAYS[way](server):
        if way != "read-only":
            eventually(lambda: database_is(site, "degraded"), 60)
            assert site.read("/halsa/?strikt")[0] == 503
        status, kept = editor.post(path, form, body=typed, _save="1")
        assert status == 503 and "Databasen svarar inte just nu" in kept and "Det du skrev är kvar" in kept
        assert typed in kept
        assert "/admin/logout/" not in kept and "Traceback" not in kept
    assert set(seen) == {200}, seen
    eventually(lambda: database_is(site, "ok"), 60)
    status, saved = editor.post(path, kept)
    assert status == 200 and "Skicka igen" not in saved
    assert typed in editor.get(path)[1]
    # And the next release reaches every process.
    in_shell(site.data_dir, CHANGE.format(body=f"Efteråt: {way}."), **environment)
    eventually(lambda: all(f"Efteråt: {way}.".encode() in site.read("/om/webbplatsen/")[1] for _ in range(6)), 30)


def test_two_hosts_on_one_postgresql_agree_after_a_release(site, tmp_path, small, environment):
    """Another process tree, with a data folder of its own, shows the same within its next looks; both are being read."""
    with small.served(tmp_path, "--workers", "1", **environment) as other, reading(site) as seen, reading(other) as theirs:
        in_shell(site.data_dir, CHANGE.format(body="Båda värdarna."), **environment)
        eventually(lambda: all(b"rdarna." in s.read("/om/webbplatsen/")[1] for s in (site, other) for _ in range(4)), 30)
        numbers = {json.loads(s.read("/halsa/")[1])["edition"] for s in (site, other) for _ in range(4)}
        assert len(numbers) == 1
    assert set(seen) == set(theirs) == {200}, (seen, theirs)


# SQLite: one file, and a disk that can be full.


def fails_and_is_sent_again(site, editor, broken, told="ok"):
    path, form = form_of(editor)
    with reading(site) as seen, broken:
        status, kept = editor.post(path, form, body=TYPED, _save="1")
        assert status == 503 and TYPED in kept and "Databasen svarar inte just nu" in kept, status
        eventually(lambda: database_is(site, told), 60)
    assert set(seen) == {200}, seen
    eventually(lambda: database_is(site, "ok"), 60)
    status, saved = editor.post(path, kept)
    assert status == 200 and TYPED in editor.get(path)[1]


@contextlib.contextmanager
def locked(file):
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextlib.contextmanager
def moved_away(folder):
    names = [p.name for p in folder.glob("avhoppare.sqlite3*")]
    away = folder / "away"
    away.mkdir(exist_ok=True)
    for name in names:
        (folder / name).rename(away / name)
    yield
    for file in folder.glob("avhoppare.sqlite3*"):
        file.unlink()
    for name in names:
        (away / name).rename(folder / name)


@contextlib.contextmanager
def without_room(folder):
    # What the log has room for would still be written.
    with contextlib.closing(sqlite3.connect(folder / "avhoppare.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with full(folder):
        yield


def test_sqlite_fails_and_nobody_notices_but_the_editor(small_disk, small):
    """Its file gone, which is told; its disk full, or locked by another program, when it can still be read."""
    with small.served(small_disk, "--workers", "1", EDITION_POLL_SECONDS="0.1") as site:
        editor = Editor(site)
        fails_and_is_sent_again(site, editor, moved_away(small_disk), "degraded")
        for broken in (without_room(small_disk), locked(small_disk / "avhoppare.sqlite3")):
            fails_and_is_sent_again(site, editor, broken)
    shutil.rmtree(small_disk, ignore_errors=True)
