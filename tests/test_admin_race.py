"""Two processes of the real site, and eight people who press save in the same moment."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection

from tests.serving import copied, manage, served

PREPARE = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment
from guides.models import Page
from tests import second_factor
from tests.forms import fields_of
setup_test_environment()
get_user_model().objects.create_superuser("chef", password="chef")
browser = Client()
browser.force_login(get_user_model().objects.get())
page = Page.objects.get()
fields = fields_of(browser.get(f"/admin/guides/page/{page.pk}/change/"))
told = {"pk": page.pk, "session": browser.cookies["s"].value, "fields": {k: v for k, v in fields.items() if v is not None}}
print("TOLD" + json.dumps(told, default=str))
"""
COUNT = """
from guides.models import Page, Version
print("TOLD", list(Version.objects.order_by("number").values_list("number", flat=True)), Page.objects.get().summary)
"""


@pytest.fixture
def database(django_db_setup, django_db_blocker):
    """The settings of an empty database of the kind that the tests run on."""
    if connection.vendor != "postgresql":
        yield {}
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE race")
        given = connection.settings_dict
        yield {"DATABASE_URL": f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/race"}
        cursor.execute("DROP DATABASE race WITH (FORCE)")


def told(data_dir, clone, code, **more) -> str:
    done = manage(data_dir, "shell", "--no-imports", "-c", code, clone=clone, **more)
    assert "TOLD" in done.stdout, done.stderr
    return done.stdout.partition("TOLD")[2].strip()


def test_one_of_many_who_save_at_once_wins_and_the_others_are_told(tmp_path, database):
    """Whatever process each reaches: one version, and seven answers that keep what was typed."""
    clone, data_dir = copied(tmp_path / "clone", content=False), tmp_path / "data"
    with served(data_dir, "--workers", "2", clone=clone, **database) as site:
        given = json.loads(told(data_dir, clone, PREPARE, **database))
        token = "a" * 32
        headers = {
            "Cookie": f"s={given['session']}; c={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

        def press_save(number: int) -> int:
            door = http.client.HTTPConnection(urlsplit(site.origin).netloc, timeout=60)
            fields = given["fields"] | {"summary": f"Text {number}.", "csrfmiddlewaretoken": token}
            place = f"/admin/guides/page/{given['pk']}/change/"
            door.request("POST", place, urlencode(fields, doseq=True), headers)
            answer = door.getresponse()
            text = answer.read().decode()
            assert answer.status == 302 or f"Text {number}." in text
            return answer.status

        with ThreadPoolExecutor(8) as people:
            assert sorted(people.map(press_save, range(8))) == [302] + [409] * 7
        assert told(data_dir, clone, COUNT, **database).startswith("[1, 2] Text ")
