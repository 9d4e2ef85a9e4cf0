"""The edition of a process: how fresh it is, and what it serves when the database is gone."""

import gc
import weakref

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from guides.edition.search_index import build_index
from guides.models import Counter
from guides.publishing import current as module
from guides.publishing import edition_file
from guides.publishing.current import Current, current
from guides.publishing.release import check, rename, withdraw
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_guide, make_page, make_step, published
from tests.pages import PAGE_TYPES
from tests.serving import in_shell, manage


@pytest.fixture
def without_database(db):
    """Call it, and every query of this process fails as it does when the server is gone."""
    blocked = []

    def refuse(execute, sql, params, many, context):
        raise OperationalError("could not connect to server")

    def begin():
        blocker = connection.execute_wrapper(refuse)
        blocker.__enter__()
        blocked.append(blocker)

    yield begin
    for blocker in blocked:
        blocker.__exit__(None, None, None)


def new_process() -> Current:
    """What a process holds that has just started."""
    return Current()


def test_edition_is_built_once_until_something_changes(db):
    """Saving builds nothing; a release does."""
    page = published(make_page())
    held = current.edition()
    save_version(make_page(), None)
    assert current.edition() is held
    published(page)
    assert current.edition() is not held


def test_every_process_finds_the_newer_edition(db):
    """The counter is all that they share."""
    page = published(make_page(title="Ett"))
    one, other = new_process(), new_process()
    one.refresh(), other.refresh()
    page.title = "Två"
    page.save()
    published(page)
    assert [process.refresh().page(page.key).title for process in (one, other)] == ["Två", "Två"]


def test_edition_is_built_anew_when_its_time_is_over(db, clock):
    """At midnight the old pages are dropped though nothing was released."""
    published(make_page())
    held = current.edition()
    held.pages["/"] = "gammal"
    clock(days=1)
    assert current.edition() is not held
    assert current.edition().pages == {}


def test_counter_is_read_before_the_content(db, monkeypatch):
    """A release during the reading is found the next time, and never lost."""
    published(make_page())
    process = new_process()

    def read_and_be_overtaken(at, number):
        material = original(at, number)
        monkeypatch.setattr(module, "read_material", original)
        published(make_page(key="under-tiden"))
        return material

    original = module.read_material
    monkeypatch.setattr(module, "read_material", read_and_be_overtaken)
    assert not process.refresh().has("page", "under-tiden")
    assert process.refresh().has("page", "under-tiden")


def test_last_edition_goes_on_serving_without_a_database(db, without_database):
    """The pages that were public stay public."""
    published(make_page(key="sidan", title="Sidan"))
    visitor = Client(raise_request_exception=False)
    before = visitor.get("/om/sidan/").content
    without_database()
    assert visitor.get("/om/sidan/").content == before
    assert visitor.get("/kontakt/").status_code == 200
    assert visitor.get("/finns/inte/").status_code == 404


def test_new_process_serves_the_edition_file_without_a_database(db, without_database):
    """Every page of the last edition, from the file alone."""
    contact = make_contact(key="jouren")
    published(
        make_guide([make_step(body="Ring {{kontakt:jouren}}.")], key="guiden"),
        contact,
        make_page(key="gammal"),
        make_page(key="borta"),
    )
    rename(contact, "nya-jouren", None)
    withdraw("page", "borta", None, "Skälet.")
    check("page", "gammal", "reviewed", None)
    visitor = Client(raise_request_exception=False)
    paths = [
        "/",
        "/guider/guiden/",
        "/kontakt/nummer/nya-jouren/",
        "/kontakt/nummer/jouren/",
        "/om/gammal/",
        "/om/borta/",
    ]

    def answers():
        return [(r.status_code, r.content) for r in map(visitor.get, paths)]

    before = answers()
    without_database()
    current.forget()
    assert answers() == before


def test_whole_content_is_served_from_the_edition_file(content, without_database):
    """Every type of page, byte for byte as with a database."""
    visitor = Client(raise_request_exception=False)
    before = {path: visitor.get(path).content for path in PAGE_TYPES.values()}
    with_database = current.edition()
    edition_file.write(current._material, {})
    without_database()
    current.forget()
    assert {path: visitor.get(path).content for path in before} == before
    assert current.edition() is not with_database


def test_without_database_and_file_the_answer_is_500_with_the_emergency_numbers(db, without_database):
    """There is nothing to serve, but nobody is left without a number."""
    edition_file.path().unlink(missing_ok=True)
    without_database()
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert 'href="tel:112"' in response.content.decode()


@pytest.mark.parametrize("text", ["", "{", '{"number": 1}', "[]"])
def test_broken_edition_file_is_500_and_not_a_dead_process(db, without_database, text):
    """A file cut short by a full disk is no page, and the next request is answered all the same."""
    edition_file.path().write_text(text)
    without_database()
    visitor = Client(raise_request_exception=False)
    assert [visitor.get("/").status_code for _ in range(2)] == [500, 500]


def test_process_finds_the_database_again(db, without_database):
    """When it is back, the next edition comes from it."""
    page = published(make_page(title="Ett"))
    current.edition()
    process = new_process()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guides.publishing.current.counter", lambda: (_ for _ in ()).throw(OperationalError()))
        # The sick connection is dropped; here it is the test's own, and stays.
        patch.setattr(connection, "close", lambda: None)
        assert process.refresh().page(page.key).title == "Ett"
    page.title = "Två"
    page.save()
    published(page)
    assert process.refresh().page(page.key).title == "Två"


def test_day_goes_on_without_a_database(db, clock, without_database):
    """What follows from the date follows, from the last material there was."""
    published(make_page())
    current.edition()
    without_database()
    clock(days=1)
    assert current.edition().today == clock().date()


def test_what_ends_goes_also_without_a_database(db, clock, without_database):
    """A page that was public until a moment is not public after it."""
    page = published(make_page(), effective_to=clock().replace(hour=18))
    assert current.edition().has("page", page.key)
    without_database()
    clock(days=1)
    assert not current.edition().has("page", page.key)


def test_edition_file_holds_nothing_unreleased(db):
    """Neither a draft nor what is only planned is in it."""
    page = published(make_page(title="Ett"))
    page.title = "Hemligt utkast"
    page.save()
    save_version(page, None)
    current.refresh()
    assert "Hemligt" not in edition_file.path().read_text()


def test_edition_file_of_another_renderer_is_rendered_anew(db, without_database):
    """Kept HTML is used only when the same program would make it now."""
    published(make_page(key="sidan", body="En **fet** text."))
    current.refresh()
    held = edition_file.load()
    assert held["renderings"]
    held["renderings"] = {f"0{name[1:]}": '["<b>gammalt</b>"]' for name in held["renderings"]}
    edition_file.keep(held)
    without_database()
    assert "gammalt" not in repr(new_process().refresh().page("sidan").body)
    assert new_process().refresh().page("sidan").body.parts == ("<p>En <strong>fet</strong> text.</p>",)


def test_edition_that_cannot_be_kept_is_served_all_the_same(db, settings, tmp_path):
    """A full or read-only disk stops no edition."""
    settings.DATA_DIR = tmp_path / "finns-inte"
    page = published(make_page())
    assert current.refresh().has("page", page.key)


def test_counter_begins_at_nothing(db):
    """An empty site has an edition too."""
    assert not Counter.objects.exists()
    edition = current.edition()
    assert (edition.number, edition.guides()) == (0, ())
    assert Client().get("/").status_code == 200


def test_thread_looks_and_no_request_waits(db, settings):
    """With the watch on, a request takes the edition that is held; a thread of the process looks for the next."""
    settings.EDITION_POLL_SECONDS = 3600
    published(make_page())
    process = new_process()
    held = process.edition()
    assert process._thread.daemon and process._thread.is_alive()
    published(make_page())
    assert process.edition() is held
    assert process.refresh() is not held


LIVES = """
import gc, weakref
from guides.publishing.current import current
from tests.factories import make_page, published
from tests.serving import eventually
published(make_page(key="ett"))
first = weakref.ref(current.edition())
eventually(gc.get_freeze_count, 60)
published(make_page(key="tva"))
eventually(lambda: current.edition().page("tva"), 60)
eventually(lambda: first() is None, 60)
"""


def test_old_edition_goes_with_its_last_reader_although_the_collector_passes_it_by(content):
    """Nothing in the whole content's edition and index leads back to itself, so nothing of them is left for the collector."""
    gc.collect()
    gc.disable()
    try:
        edition = module.edition_at(timezone.now())
        index = build_index(edition)
        index.warm()
        left = [weakref.ref(x) for x in (edition, index, *(r for kind in edition.records.values() for r in kind.values()))]
        del edition, index
        assert len(left) > 1000 and not any(x() for x in left)
    finally:
        gc.enable()


def test_forked_worker_does_not_show_what_its_parent_began_with(db, settings):
    """gunicorn forks a new worker from a process that may be days old: it looks before its first visitor comes."""
    settings.EDITION_POLL_SECONDS = 3600
    worker = new_process()
    worker.refresh()
    page = published(make_page())
    assert worker.edition().page(page.key)


def test_forked_worker_without_a_database_shows_what_the_others_have_kept(db, settings, without_database):
    """The file is newer than what its parent began with; where it is not, that is shown."""
    settings.EDITION_POLL_SECONDS = 3600
    worker, other = new_process(), new_process()
    worker.refresh()
    page = published(make_page())
    other.refresh()
    without_database()
    assert worker.edition().page(page.key)
    edition_file.path().unlink()
    assert other.edition().page(page.key)


def test_collector_leaves_the_edition_alone_and_forgets_the_old_one(tmp_path):
    """No request waits for a walk through all that is held, and memory does not grow with each release."""
    assert manage(tmp_path, "migrate").returncode == 0
    in_shell(tmp_path, LIVES, EDITION_POLL_SECONDS="0.05")
