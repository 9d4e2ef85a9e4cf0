"""`manage.py up`: the main job in one command, and what it says when it cannot."""

import contextlib
import json
import re
import socket

import pytest

from tests.serving import copied, eventually, free_port, in_shell, manage, served

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


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The clone with a single page as its content: it starts in no time."""
    return copied(tmp_path_factory.mktemp("small") / "clone", content=False)


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


def all_pages(site):
    places = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", site.read("/sitemap.xml")[1].decode())
    return {place: site.read(place) for place in places}


def numbers(site):
    """The edition that each of twenty fresh connections was answered from."""
    return {json.loads(site.read("/halsa/")[1])["edition"] for _ in range(20)}


def test_saving_without_releasing_changes_no_public_byte(site, database):
    """A saved version shows nowhere, not even once every worker has built a new edition."""
    before, held = all_pages(site), numbers(site)
    in_shell(site.data_dir, RELEASE_NEW_NUMBER, **database)
    in_shell(site.data_dir, MOVE_COUNTER, **database)
    eventually(lambda: len(now := numbers(site)) == 1 and now != held, 10)
    assert len(before) > 400
    assert all_pages(site) == before


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


def test_up_with_broken_content_names_file_and_line(tmp_path):
    """A content file that cannot be read is a sentence with file and line, and nothing is served."""
    clone = copied(tmp_path / "clone", content=False)
    broken = clone / "content" / "pages" / "webbplatsen.md"
    broken.write_text(broken.read_text().replace("title:", "titel:"))
    said = refused(manage(tmp_path / "data", "up", "--bind", f"127.0.0.1:{free_port()}", clone=clone))
    assert "pages/webbplatsen.md, rad " in said and "titel" in said


def test_up_with_broken_content_can_be_started_again(tmp_path):
    """Once the file is mended, the same data folder starts with all of the content."""
    clone = copied(tmp_path / "clone", content=False)
    page = clone / "content" / "pages" / "webbplatsen.md"
    good = page.read_text()
    page.write_text(good.replace("title:", "titel:"))
    refused(manage(tmp_path / "data", "up", "--bind", f"127.0.0.1:{free_port()}", clone=clone))
    page.write_text(good)
    with served(tmp_path / "data", clone=clone) as site:
        assert site.read("/om/webbplatsen/")[0] == 200


def test_up_again_loses_nothing_and_imports_nothing(tmp_path, small):
    """What editors released between two starts is there after the second, which does not read content/ again."""
    with served(tmp_path, clone=small):
        pass
    code = "from tests.factories import *; published(make_page(key='kvar', body='Kvar efter omstarten.'))"
    in_shell(tmp_path, code, clone=small)
    with served(tmp_path, clone=small) as site:
        assert "Kvar efter omstarten." in site.read("/om/kvar/")[1].decode()
        assert "läses in" not in site.log.read_text()


def test_up_without_a_database_serves_the_edition_file(tmp_path, small):
    """With the database away, a new process serves the last edition and says so."""
    with served(tmp_path, clone=small) as site:
        before = site.read("/om/webbplatsen/")
    with served(tmp_path, clone=small, DATABASE_URL=f"postgres://x@127.0.0.1:{free_port()}/x") as site:
        assert site.read("/om/webbplatsen/") == before
        assert "Databasen svarar inte" in site.log.read_text()


def test_up_without_a_database_or_an_edition_file_says_so(tmp_path):
    """Without database and without a kept edition there is nothing to serve: a sentence."""
    url = f"postgres://x@127.0.0.1:{free_port()}/x"
    said = refused(manage(tmp_path, "up", "--bind", f"127.0.0.1:{free_port()}", DATABASE_URL=url))
    assert "Databasen svarar inte" in said


def test_site_goes_on_serving_when_its_database_goes_away(tmp_path, small):
    """A running site whose database is lost keeps answering from the edition it holds."""
    with served(tmp_path, clone=small) as site:
        before = site.read("/om/webbplatsen/")
        for name in ("avhoppare.sqlite3", "avhoppare.sqlite3-wal", "avhoppare.sqlite3-shm"):
            with contextlib.suppress(FileNotFoundError):
                # Gone, not cut short: memory that is mapped to a shorter file ends the process.
                (tmp_path / name).unlink()
                (tmp_path / name).touch()
        assert [site.read("/om/webbplatsen/") for _ in range(10)] == [before] * 10
