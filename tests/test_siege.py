"""Two hundred connections that wish the site ill, for two minutes: it goes on answering, and grows no fatter."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.besiegers import PAGE, WAYS, besieged
from tests.serving import eventually
from tests.test_death import workers

SECONDS = 120
HOSTILE = 200


def memory(pids) -> float:
    """Megabytes that the processes hold."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in pids) / 1e6


def open_connections(pids) -> int:
    """Sockets that the processes hold, beside those that they listen on."""
    found = 0
    for pid in pids:
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found += os.readlink(entry).startswith("socket:")
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    with small.served(tmp_path_factory.mktemp("siege"), "--workers", "2") as site:
        # Who answers first may be alone for a moment.
        eventually(lambda: len(workers(site.pid)) == 2, 30)
        yield site


def visited(site, over: Callable[[], bool]) -> tuple[list[float], list[str]]:
    """Ask for a page again and again until it is over; gives what each took, in ms, and what went wrong."""
    taken, wrong = [], []
    while not over():
        began = time.monotonic()
        try:
            status, body = site.read(PAGE)
            if status != 200 or b"</html>" not in body:
                wrong.append(str(status))
        except OSError as error:
            wrong.append(repr(error))
        taken.append((time.monotonic() - began) * 1000)
        # A visitor's pace: who asks without a pause besieges too.
        time.sleep(0.01)
    return taken, wrong


def after(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds have gone."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def test_every_attack_leaves_the_site_as_it_was(site):
    """Each kind of it, some times over: no worker dies, no page is wrong."""
    before, pages = workers(site.pid), iter(range(100))
    with besieged(site, 3 * len(WAYS)) as begun:
        _, wrong = visited(site, lambda: next(pages, None) is None and all(begun[way] >= 3 for way in WAYS))
    assert wrong == []
    assert workers(site.pid) == before and site.answers()


@pytest.mark.long
def test_two_minutes_of_siege(site):
    """No worker dies, no page is wrong, memory comes to rest, and who held a connection is let go."""
    with besieged(site, HOSTILE) as begun:
        # What so many connections at once need is taken by then, however fast they come.
        visited(site, lambda: begun.total() > 10_000)
        before, pids = memory(workers(site.pid)), workers(site.pid)
        taken, wrong = visited(site, after(SECONDS))
        end = memory(workers(site.pid))
    ordered = sorted(taken)
    print(f"\n{len(taken)} pages while {HOSTILE} connections attacked for {SECONDS} s: {len(wrong)} wrong, "
          f"p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms; memory {before:.0f} -> {end:.0f} MB")  # fmt: skip
    assert wrong == [] and workers(site.pid) == pids
    assert end < before * 1.1
    eventually(lambda: open_connections(pids) < 10, 60)
