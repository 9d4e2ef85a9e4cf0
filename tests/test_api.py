"""/api/: what is public, as JSON for other sites; nothing else, and as its description says."""

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings

from guides.publishing.release import rename, withdraw
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_guide, make_page, make_step, published
from tests.test_public_numbers import ROWS, allowed, national

NAMES = ("guides", "provisions", "actors", "grants", "contacts")


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.json()


@pytest.mark.parametrize("name", NAMES)
def test_collection_has_every_public_record(client, edition, name):
    """As many as the edition has, each with an address that answers, and a licence."""
    found = read(client, f"/api/{name}/")
    kind = name.removesuffix("s")
    records = edition.guides() if kind == "guide" else edition.all(kind)
    assert {item["key"] for item in found["items"]} == {record.key for record in records}
    assert found["licence"].startswith("https://creativecommons.org/")
    assert found["items"] and [item for item in found["items"] if read(client, f"/api/{name}/{item['key']}/") != item] == []


def test_guide_has_its_steps_and_tasks_in_order(client, edition):
    """What a page shows in words stands there in words."""
    guide = edition.main_guide()
    item = read(client, f"/api/guides/{guide.key}/")
    assert [step["key"] for step in item["steps"]] == [step.key for step in guide.steps]
    assert all(task["text"] and "<" not in task["text"] for step in item["steps"] for task in step["tasks"])


def test_number_is_one_that_the_public_may_see(client, edition):
    """By the rule of the design, worked out from the dossier: none that only professionals see."""
    may = {row["id"]: national(row) for row in ROWS if allowed(row, professional=False)}
    shown = {item["key"]: item["number"]["value"] for item in read(client, "/api/contacts/")["items"] if item["number"]}
    assert set(shown) <= set(may) | {"112", "polisen-11414"}
    assert shown["polisen-11414"] == "11414"


def test_unverified_provision_has_no_words(client, edition):
    """Nobody has compared them with the law in force."""
    unread = [item for item in read(client, "/api/provisions/")["items"] if not item["verified"]]
    assert unread and all(item["summary"] == item["meaning"] == "" for item in unread)


def test_draft_and_discreet_page_are_in_none_of_it(client, db):
    """Only what is released, and no page for the person."""
    published(make_contact(title="Publik"))
    save_version(make_contact(title="Ett utkast"), None)
    published(make_page(key="kontaktsida", title="Diskret"))
    everything = " ".join(json.dumps(read(client, f"/api/{name}/"), ensure_ascii=False) for name in NAMES)
    assert "Publik" in everything and "Ett utkast" not in everything and "Diskret" not in everything


def test_old_key_answers_and_withdrawn_says_why(client, db):
    """A program that remembers a key is told what became of it."""
    contact = make_contact(key="gammal")
    published(contact)
    rename(contact, "ny", None)
    assert read(client, "/api/contacts/gammal/")["key"] == "ny"
    withdraw("contact", "ny", None, "Tjänsten har upphört.")
    answer = client.get("/api/contacts/ny/")
    assert (answer.status_code, answer.json()) == (410, {"error": "Tjänsten har upphört."})
    assert client.get("/api/contacts/ingen/").status_code == 404
    assert client.get("/api/pages/").status_code == 404


def test_any_site_may_read_it_and_keep_it(client, db):
    """CORS for all, a strong tag, 304 when nothing has changed, no cookie."""
    published(make_guide(steps=[make_step()]))
    answer = client.get("/api/guides/")
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    assert client.get("/api/guides/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    again = client.get("/api/guides/")
    assert again["Access-Control-Allow-Origin"] == "*" and again["Content-Type"] == "application/json"


def test_index_leads_to_everything(client, db):
    """From one address."""
    found = read(client, "/api/")
    for address in (found["description"], *found["collections"].values()):
        assert client.get(address[address.index("/api/") :]).status_code == 200


@pytest.mark.parametrize("examples", [10, pytest.param(1000, marks=pytest.mark.long)])
def test_description_holds_for_what_is_answered(content, examples):
    """A walk by schemathesis through every operation: status, type and shape are as described, none is a fault."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 2 * len(NAMES)
    for operation in operations:
        walk(operation, examples)


def walk(operation, examples: int):
    @settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def call(case):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    call()
