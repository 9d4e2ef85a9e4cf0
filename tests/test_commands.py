"""`manage.py up`: the main job in one command, and what it says when it cannot."""

import contextlib
import json
import re
import socket

import pytest

from tests.serving import copied, eventually, free_port, in_shell, manage, served
from tests.test_death import workers

RELEASE_NEW_NUMBER = """
from guides.models import Contact
from guides.publishing.release import release
from guides.publishing.versions import save_version
contact = Contact.objects.get(key="polisen-avhopparsamordning")
contact.number, contact.display = "+46855500199", ""
contact.recheck_class, contact.confidence, contact.withheld, contact.for_professional = "C", "high", False, True
contact.save()
version = save_version(contact, None)
"""
MOVE_COUNTER = "from guides.publishing.release import move_counter; move_counter()"


@pytest.fixture(scope="module")
def site(tmp_path_factory, database):
    """The whole content on two workers."""
    with served(tmp_path_factory.mktemp("site"), "--workers", "2", **database) as site:
        yield site


def refused(done):
    """What a command said when it gave up; fails when it did not, or showed a traceback."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_up_from_nothing_serves_the_content(site):
    """The first start imports content/ and serves it."""
    status, page = site.read("/guider/")
    assert status == 200
    assert "När någon vill hoppa av" in page.decode()


def test_up_tells_how_to_make_the_first_editor(site):
    """While nobody may log in, the command that makes the first account is printed."""
    assert "createsuperuser" in site.log.read_text()


def test_up_prints_the_address(site):
    """The last thing said is where to look."""
    assert f"{site.origin}/" in site.log.read_text()


def many_pages(site):
    places = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", site.read("/sitemap.xml")[1].decode())
    return {place: site.read(place) for place in places[::3]}


def numbers(site):
    """The edition that each of twenty fresh connections was answered from."""
    return {json.loads(site.read("/halsa/")[1])["edition"] for _ in range(20)}


def test_saving_without_releasing_changes_no_public_byte(site, database):
    """A saved version shows nowhere, not even once every worker has built a new edition."""
    before, held = many_pages(site), numbers(site)
    in_shell(site.data_dir, RELEASE_NEW_NUMBER, **database)
    in_shell(site.data_dir, MOVE_COUNTER, **database)
    eventually(lambda: len(now := numbers(site)) == 1 and now != held, 10)
    assert len(before) > 200
    assert many_pages(site) == before


def test_released_number_reaches_every_worker(site, database):
    """After a release twenty fresh connections in a row see the new number on every page that shows the contact."""
    pages = ["/kontakt/nummer/polisen-avhopparsamordning/", "/guider/nar-nagon-vill-hoppa-av/kontakta-polisen/"]
    in_shell(site.data_dir, RELEASE_NEW_NUMBER + "release([version], None)", **database)

    def everywhere():
        """every connection shows the released number"""
        return all(b"+46855500199" in site.read(page)[1] for _ in range(10) for page in pages)

    assert eventually(everywhere, 10)


def test_up_on_a_taken_port_says_so(tmp_path):
    """A port in use is a sentence that names the port and another way."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(manage(tmp_path, "up", "--bind", f"127.0.0.1:{port}"))
    assert f"Porten {port}" in said and "--bind" in said


def test_up_with_an_address_without_port_says_so(tmp_path):
    """A --bind that cannot be understood is a sentence with an example."""
    assert "127.0.0.1:8000" in refused(manage(tmp_path, "up", "--bind", "localhost"))


@pytest.mark.parametrize("name", ["/dev/null/data", "/proc/self"], ids=["cannot be made", "cannot be written"])
def test_up_with_a_data_folder_that_is_not_to_be_had_says_so(name):
    """A data folder that cannot be made or written in is a sentence that names it and DATA_DIR."""
    said = refused(manage(name, "up", "--bind", f"127.0.0.1:{free_port()}"))
    assert name in said and "DATA_DIR" in said


def test_up_with_broken_content_names_file_and_line_and_waits_for_it_to_be_mended(tmp_path):
    """A file that cannot be read is a sentence, and nothing is served; once it is mended, the same data folder starts."""
    clone = copied(tmp_path / "clone", content=False)
    page = clone / "content" / "pages" / "webbplatsen.md"
    good = page.read_text()
    page.write_text(good.replace("title:", "titel:"))
    said = refused(manage(tmp_path / "data", "up", "--bind", f"127.0.0.1:{free_port()}", clone=clone))
    assert "pages/webbplatsen.md, rad " in said and "titel" in said
    page.write_text(good)
    with served(tmp_path / "data", "--workers", "1", clone=clone) as site:
        assert site.read("/om/webbplatsen/")[0] == 200


def test_up_again_loses_nothing_and_imports_nothing(tmp_path, small):
    """What editors released between two starts is there after the second, which does not read content/ again."""
    small.begun(tmp_path)
    in_shell(tmp_path, "from tests.factories import *; published(make_page(key='kvar', body='Kvar efter omstarten.'))")
    with small.served(tmp_path, "--workers", "1") as site:
        assert "Kvar efter omstarten." in site.read("/om/kvar/")[1].decode()
        assert "läses in" not in site.log.read_text()


def test_up_without_a_database_serves_the_edition_file(tmp_path, small):
    """With the database away, a new process serves the last edition and says so."""
    away = f"postgres://x@127.0.0.1:{free_port()}/x"
    with small.served(tmp_path, "--workers", "1", DATABASE_URL=away) as site:
        status, page = site.read("/om/webbplatsen/")
        assert status == 200 and b"<p>En text.</p>" in page
        assert "Databasen svarar inte" in site.log.read_text()


def test_up_without_a_database_or_an_edition_file_says_so(tmp_path):
    """Without database and without a kept edition there is nothing to serve: a sentence."""
    url = f"postgres://x@127.0.0.1:{free_port()}/x"
    said = refused(manage(tmp_path, "up", "--bind", f"127.0.0.1:{free_port()}", DATABASE_URL=url))
    assert "Databasen svarar inte" in said


def test_site_goes_on_serving_when_its_database_is_lost(tmp_path, small):
    """A running site keeps answering from the edition that it holds, in the same processes."""
    with small.served(tmp_path, "--workers", "1") as site:
        before, held = site.read("/om/webbplatsen/"), workers(site.pid)
        for name in ("avhoppare.sqlite3", "avhoppare.sqlite3-wal", "avhoppare.sqlite3-shm"):
            with contextlib.suppress(FileNotFoundError):
                (tmp_path / name).unlink()
                (tmp_path / name).touch()
        assert [site.read("/om/webbplatsen/") for _ in range(10)] == [before] * 10
        assert workers(site.pid) == held


CUT_SHORT = """
import os
from django.conf import settings
from django.db import DatabaseError, transaction
from guides.models import Counter, Page, Version
try:
    with transaction.atomic():
        Counter.objects.first()
        os.truncate(settings.DATABASES["default"]["NAME"], 4096)
        print([list(model.objects.all()) for model in (Page, Version)])
except DatabaseError:
    print("an error like others")
"""


def test_database_that_is_cut_short_ends_no_process(tmp_path, small):
    """It is an error, which the site answers; memory that is mapped to a shorter file would be a signal."""
    small.begun(tmp_path)
    done = manage(tmp_path, "shell", "--no-imports", "-c", CUT_SHORT)
    assert (done.returncode, done.stdout) == (0, "an error like others\n"), done.stderr
