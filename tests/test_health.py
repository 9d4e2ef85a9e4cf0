"""/halsa/: what the operator's watch is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from guides.publishing.current import current
from guides.publishing.health import Health
from tests.factories import make_page, published


@pytest.fixture(autouse=True)
def new_health(monkeypatch):
    """As in a process that has just started."""
    monkeypatch.setattr(current, "health", Health())


@pytest.fixture
def gone(monkeypatch):
    """Call it, and the database is away, and has been for a minute."""

    def refuse():
        raise DatabaseError

    def go():
        monkeypatch.setattr("guides.publishing.current.counter", refuse)
        current.health.database_seen -= timedelta(minutes=1)
        # The connection is the test's own, and stays.
        monkeypatch.setattr("guides.publishing.current.connection.close", lambda: None)

    return go


def parts(client) -> dict[str, str]:
    return {name: part["status"] for name, part in client.get("/halsa/").json()["parts"].items()}


def test_all_is_well_after_a_tick(client, db):
    """Database, edition and tick, each with its own word."""
    published(make_page())
    call_command("tick", verbosity=0)
    current.health = Health()
    assert parts(client) == {"database": "ok", "edition": "ok", "tick": "ok"}
    assert client.get("/halsa/?strikt").status_code == 200


def test_new_site_has_half_an_hour_for_its_first_tick(client, db, clock):
    """It says that there has been none, and is no alarm; later it is."""
    published(make_page())
    current.health = Health()
    assert client.get("/halsa/?strikt").json()["parts"]["tick"] == {"status": "ok", "last": None}
    clock(minutes=31)
    assert parts(client)["tick"] == "degraded"
    assert client.get("/halsa/?strikt").status_code == 503


def test_missing_database_takes_no_host_out_of_rotation(client, db, gone):
    """200 for the balancer, 503 for the alarm."""
    published(make_page())
    call_command("tick", verbosity=0)
    client.get("/halsa/")
    gone()
    assert parts(client)["database"] == "degraded"
    assert client.get("/halsa/").status_code == 200
    assert client.get("/halsa/?strikt").status_code == 503
    assert client.get("/halsa/").json()["status"] == "degraded"


def test_process_that_never_saw_its_database_says_so(client, db, gone):
    """It serves the edition file."""
    published(make_page())
    client.get("/halsa/")
    gone()
    current.health.database_seen = None
    assert client.get("/halsa/").json()["parts"]["database"] == {"status": "degraded", "seen": None}


def test_tick_that_stopped_is_told(client, db, clock):
    """Two days without: cron has forgotten us."""
    published(make_page())
    call_command("tick", verbosity=0)
    clock(days=2)
    current.health = Health()
    assert parts(client)["tick"] == "degraded"


def test_edition_that_should_have_been_built_anew_is_told(client, db):
    """A minute after its time: what it says of today may no longer be so."""
    published(make_page())
    edition = current.edition()
    for late, told in ((59, "ok"), (61, "degraded")):
        old = replace(edition, valid_until=timezone.now() - timedelta(seconds=late))
        assert current.health.report(old)["parts"]["edition"]["status"] == told


def test_health_is_kept_nowhere(client, db):
    """Each answer is of this moment."""
    published(make_page())
    for path in ("/halsa/", "/halsa/?strikt"):
        assert client.get(path)["Cache-Control"] == "no-store"
        assert "ETag" not in client.get(path).headers


def test_age_of_the_edition_is_told(client, db, clock):
    """In seconds, for who draws curves."""
    published(make_page())
    current.edition()
    clock(minutes=10)
    assert client.get("/halsa/").json()["parts"]["edition"]["age_seconds"] == 600


def test_numbers_do_not_exist_without_a_token(client, db):
    """Nothing to guess at."""
    assert client.get("/halsa/matt", headers={"Authorization": "Bearer "}).status_code == 404


def test_numbers_are_for_who_has_the_token(client, db, settings):
    """Prometheus' text format, and 401 for others."""
    settings.METRICS_TOKEN = "hemligt-ord"
    published(make_page())
    assert client.get("/halsa/matt").status_code == 401
    assert client.get("/halsa/matt", headers={"Authorization": "Bearer fel"}).status_code == 401
    answer = client.get("/halsa/matt", headers={"Authorization": "Bearer hemligt-ord"})
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer["Cache-Control"] == "no-store"
    rows = dict(line.split() for line in answer.content.decode().splitlines() if not line.startswith("#"))
    assert rows["avhoppare_edition_number"] == str(current.edition().number)
    assert rows["avhoppare_database_ok"] == "1" and rows["avhoppare_tick_ok"] == "1" and rows["avhoppare_last_tick_timestamp_seconds"] == "0"
    assert float(rows["avhoppare_memory_bytes"]) > 1_000_000


def test_moment_of_the_last_tick_is_the_same_for_every_process(db):
    """It lies in the database."""
    call_command("tick", verbosity=0)
    now = timezone.now()
    one, other = Health(), Health()
    one.saw_database(now), other.saw_database(now)
    assert one.ticked == other.ticked and now - one.ticked < timedelta(minutes=1)
