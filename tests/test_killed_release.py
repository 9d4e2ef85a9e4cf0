"""A release whose process dies half-way leaves what was public whole; a later one is not hindered."""

import random

import pytest

from tests.serving import in_shell, manage

# Runs in a process of its own, on a real file or server: each attempt is a child that dies at one statement.
SCRIPT = """
import os, random
from django.db import connection, connections
from guides.models import Counter, Release, Version
from guides.publishing.current import Current
from guides.publishing.release import release
from guides.publishing.versions import save_version
from tests.factories import make_guide, make_page, make_step, published

steps = [make_step(title=f"Steg {{n}}") for n in range(3)]
documents = [make_page(key="sidan", title="Ett"), make_guide(steps, key="guiden", title="Ett"), *steps]
published(*documents)

def public():
    edition = Current().refresh()
    return (edition.number, edition.page("sidan").title, edition.guide("guiden").title,
            Release.objects.count(), Version.objects.count(), edition.page("sidan").body.parts)

def change(title):
    versions = []
    for row in documents:
        row.title = title
        row.save()
        versions.append(save_version(row, None))
    return versions

def child(at_statement, at_commit):
    # The exit code of a process that releases, and calls these with the statements it has made.
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        made = [0]
        def count(execute, sql, params, many, context):
            made[0] += 1
            at_statement(made[0])
            return execute(sql, params, many, context)
        try:
            connection.ensure_connection()
            connection._commit = lambda: at_commit(made[0])
            with connection.execute_wrapper(count):
                release(versions, None)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

versions = change("Två")
before = public()
statements = child(lambda n: None, os._exit)
assert 5 < statements < 255

def attempt(point):
    code = child(lambda n: n == point and os._exit(0), os._exit)
    # At the very end all is written, and not committed.
    assert code == (0 if point <= statements else statements), (point, code, statements)
    assert public() == before, point

chosen = random.Random({seed})
points = {points}
for point in points:
    attempt(point)
release(versions, None)
assert public()[1:3] == ("Två", "Två")
"""


@pytest.fixture
def killed(tmp_path, other_database):
    assert manage(tmp_path, "migrate", **other_database).returncode == 0

    def killed(points, seed):
        # Five hundred processes take their time, the more so on a busy machine.
        in_shell(tmp_path, SCRIPT.format(points=points, seed=seed), patience=3600, **other_database)

    return killed


def test_release_killed_at_some_statements_leaves_the_old_edition(killed):
    """At the first, in the middle, at the last, and before the commit."""
    killed("[1, 2, statements // 2, statements, statements + 1]", 0)


@pytest.mark.long
def test_release_killed_at_500_points_leaves_the_old_edition(killed):
    """Anywhere."""
    killed("[chosen.randint(1, statements + 1) for _ in range(500)]", random.randrange(10**6))
