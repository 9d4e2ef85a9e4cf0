"""`backup` and `restore`: everything as one file while the site runs, and back into an empty place."""

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import psycopg
import pytest

from tests.conftest import own_database
from tests.serving import CLONE, environment, in_shell, manage

FILL = """
from datetime import datetime, timedelta, UTC
from django.contrib.auth.models import Group, User
from django.utils import timezone
from guides.publishing.release import check, release, rename, withdraw
from guides.publishing.versions import save_version
from guides.admin import throttle
from tests.factories import *
from tests.second_factor import one_time_code, phone_of
anna = User.objects.create_user("anna", password="en lång mening att minnas", is_staff=True)
User.objects.filter(pk=anna.pk).update(last_login=datetime(2026, 11, 1, 9, 0, 0, 123, UTC))
phone_of(anna)
one_time_code(anna, "1234567890")
throttle.attempt("anna", "203.0.113.9")
group = Group.objects.create(name="redaktion")
anna.groups.add(group)
contact = make_contact()
step = make_step(tasks=[{"text": "Ring chefen.", "basis": "proposal"}], contacts=[contact])
published(make_guide(key="guiden", steps=[step]))
check("contact", contact.key, "answers", anna)
gone = make_page(key="borta")
published(gone)
withdraw("page", "borta", None, "Slut.")
page = make_page(key="sida", body="Publik text.")
published(page)
rename(page, "sidan", None)
page.body = "Ett utkast som ingen har sett."
release([save_version(page, anna)], None, effective_from=timezone.now() + timedelta(days=9))
"""
# Two pages that always say the same number, saved and released together.
WRITE = """
import itertools
from django.db import transaction
from tests.factories import *
pages = [make_page(key="ett"), make_page(key="tva")]
for number in itertools.count():
    with transaction.atomic():
        for page in pages:
            page.body = f"Nummer {number}."
            published(page)
    if number == 2:
        print("igång", flush=True)
"""
SAVE = "from guides.models import Page; p = Page.objects.get(key='sidan'); p.body = 'Ny.'; p.save(); from guides.publishing.versions import save_version; save_version(p, None)"


@pytest.fixture(scope="module")
def source(tmp_path_factory, database):
    """A data folder with one of everything that history can hold, and an uploaded file."""
    folder = tmp_path_factory.mktemp("source")
    assert manage(folder, "migrate", **database).returncode == 0
    in_shell(folder, FILL, **database)
    (folder / "uploads" / "bilder").mkdir(parents=True)
    (folder / "uploads" / "bilder" / "karta.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def saved(source, database, tmp_path_factory):
    """The backup of it."""
    return backed_up(source, tmp_path_factory.mktemp("saved") / "allt.zip", **database)


@pytest.fixture(scope="module")
def restored(saved, tmp_path_factory):
    """Another place into which it was read back, for tests that only look; a folder and the environment to it."""
    folder = tmp_path_factory.mktemp("restored")
    with own_database() as another:
        done = manage(folder, "restore", str(saved), **another)
        assert done.returncode == 0, done.stderr
        yield folder, another


@pytest.fixture(scope="module")
def nobodys(tmp_path_factory):
    """A place with no content, which each refused restore must leave as it was."""
    with own_database() as another:
        yield tmp_path_factory.mktemp("nobodys"), another


def backed_up(folder, file, **more):
    done = manage(folder, "backup", str(file), **more)
    assert done.returncode == 0, done.stderr
    return file


def members(file):
    """What an archive holds, without the moment at which it was made."""
    with zipfile.ZipFile(file) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(found.pop("manifest.json"))
    del manifest["at"]
    return found, manifest


def differing(one, other):
    """What two archives do not say alike, as names: whole members would fill the screen."""
    (mine, mine_told), (yours, yours_told) = members(one), members(other)
    assert mine_told["migrations"] == yours_told["migrations"]
    return sorted(name for name in mine.keys() | yours.keys() if mine.get(name) != yours.get(name))


def changed(file, target, edit):
    """A copy of an archive whose members went through `edit(name, bytes)`; None leaves one out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def versions(folder, DATABASE_URL=""):
    """How many there are, without the site's help."""
    open_ = psycopg.connect(DATABASE_URL) if DATABASE_URL else closing(sqlite3.connect(folder / "avhoppare.sqlite3"))
    with open_ as connection:
        return connection.execute("SELECT count(*) FROM guides_version").fetchone()[0]


def refused(place, file):
    """What restore said when it gave up; the database it left has nobody in it, and the folder no file."""
    folder, more = place
    done = manage(folder, "restore", str(file), **more)
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert versions(folder, **more) == 0
    assert not (folder / "uploads").exists()
    return done.stderr


def test_everything_comes_back(saved, restored, tmp_path):
    """A restored place holds the same rows and files, byte for byte, as one more backup of it shows."""
    folder, another = restored
    again = backed_up(folder, tmp_path / "again.zip", **another)
    assert differing(again, saved) == []
    rows = members(saved)[1]["rows"]
    assert rows["guides.version"] > 5 and rows["guides.auditentry"] > 5 and rows["auth.user"] == rows["guides.rename"] == 1
    assert "uploads/bilder/karta.png" in members(saved)[0]
    # Everybody logs in with the phone and the codes they had; who mistyped is nobody's business.
    assert rows["otp_totp.totpdevice"] == rows["otp_static.statictoken"] == 1 and "guides.loginattempts" not in rows


def test_moments_come_back_to_the_microsecond(restored):
    """Which of two checks is the later may rest on less than a millisecond."""
    folder, another = restored
    code = (
        "from datetime import datetime, UTC; from django.contrib.auth.models import User; "
        "assert User.objects.get().last_login == datetime(2026, 11, 1, 9, 0, 0, 123, UTC)"
    )
    in_shell(folder, code, **another)


def test_public_sees_the_same(source, restored, database, tmp_path):
    """What is in force, exported as files, is the same in both places."""
    written = {}
    for name, folder, more in (("old", source, database), ("new", *restored)):
        target = tmp_path / name / "export"
        done = manage(folder, "export_content", str(target), **more)
        assert done.returncode == 0, done.stderr
        written[name] = {p.relative_to(target): p.read_bytes() for p in target.rglob("*") if p.is_file()}
    assert written["old"] == written["new"] and written["old"]


def test_password_still_opens(restored):
    """Accounts come along, with what they may do."""
    folder, another = restored
    code = (
        "from django.contrib.auth.models import User; anna = User.objects.get(); "
        "assert anna.check_password('en lång mening att minnas'); assert anna.groups.get().name == 'redaktion'"
    )
    in_shell(folder, code, **another)


def test_work_goes_on_after_a_restore(saved, tmp_path, other_database):
    """New rows get numbers of their own."""
    assert manage(tmp_path, "restore", str(saved), **other_database).returncode == 0
    in_shell(tmp_path, SAVE, **other_database)


def test_backup_of_one_database_fits_the_other(saved, database, tmp_path):
    """What PostgreSQL saved SQLite can read; on SQLite this is the same way home."""
    assert manage(tmp_path / "lite", "restore", str(saved)).returncode == 0
    assert differing(backed_up(tmp_path / "lite", tmp_path / "lite.zip"), saved) == []


def test_backup_under_writing_is_of_one_moment(tmp_path, other_database):
    """While somebody releases two pages together again and again, no backup has one without the other."""
    folder = tmp_path / "busy"
    assert manage(folder, "migrate", **other_database).returncode == 0
    command = [sys.executable, str(CLONE / "manage.py"), "shell", "--no-imports", "-c", WRITE]
    with subprocess.Popen(command, env=environment(folder, **other_database), stdout=subprocess.PIPE) as writer:
        try:
            writer.stdout.readline()
            files = [backed_up(folder, tmp_path / f"{number}.zip", **other_database) for number in range(3)]
        finally:
            writer.kill()
    for file in files:
        tables, _ = members(file)
        rows = [json.loads(line)["fields"] for line in tables["guides.version.jsonl"].splitlines()]
        last = {row["key"]: row for row in rows if row["key"] in ("ett", "tva")}
        assert last["ett"]["text"].split("Nummer")[1] == last["tva"]["text"].split("Nummer")[1]
        released = [json.loads(line)["fields"]["version"] for line in tables["guides.release.jsonl"].splitlines()]
        versions = [json.loads(line)["pk"] for line in tables["guides.version.jsonl"].splitlines()]
        assert set(released) <= set(versions)


@pytest.mark.parametrize("name", ["guides.version.jsonl", "uploads/bilder/karta.png"])
def test_altered_backup_is_refused(saved, nobodys, tmp_path, name):
    """One byte is enough, and nothing is written."""
    bad = changed(saved, tmp_path / "bad.zip", lambda n, content: content[:-1] + b" " if n == name else content)
    assert name in refused(nobodys, bad)


def test_backup_that_lacks_a_table_is_refused(saved, nobodys, tmp_path):
    """What the manifest names must be there."""
    bad = changed(saved, tmp_path / "bad.zip", lambda n, content: None if n == "guides.check.jsonl" else content)
    assert "skadad" in refused(nobodys, bad)


def test_torn_backup_is_refused(saved, nobodys, tmp_path):
    """A file that ends too early is told as that."""
    (tmp_path / "torn.zip").write_bytes(saved.read_bytes()[:2000])
    assert "skadad" in refused(nobodys, tmp_path / "torn.zip")


def test_backup_of_another_version_is_refused(saved, nobodys, tmp_path):
    """Tables of another shape are not guessed at."""

    def older(name, content):
        return content.replace(b"0001_first", b"0001_other") if name == "manifest.json" else content

    assert "samma version" in refused(nobodys, changed(saved, tmp_path / "old.zip", older))


def test_restore_writes_over_nothing(source, saved, database):
    """A place with content keeps it."""
    done = manage(source, "restore", str(saved), **database)
    assert done.returncode != 0 and "Här finns redan innehåll" in done.stderr


def test_backup_writes_over_nothing(source, saved, database):
    """An older backup is not lost by a slip of the hand."""
    before = saved.read_bytes()
    done = manage(source, "backup", str(saved), **database)
    assert done.returncode != 0 and "finns redan" in done.stderr
    assert saved.read_bytes() == before


def test_only_its_owner_may_read_a_backup(saved):
    """It holds the accounts."""
    assert saved.stat().st_mode & 0o077 == 0
