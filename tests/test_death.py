"""What visitors notice when a process dies, is renewed or replaced under load: nothing but a connection to be made again."""

import contextlib
import http.client
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.serving import Site, eventually

PAGES = ("/om/webbplatsen/", "/", "/sok/?q=text", "/kontakt/")
VISITORS = 6
# A visitor whose connection is cut asks again at most so often, within so many seconds.
RETRIES, WITHIN = 2, 1.0


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    with small.served(tmp_path_factory.mktemp("death")) as site:
        yield site


class Visitors:
    """Visitors who ask for page after page; each either keeps its connection or makes a new one each time."""

    def __init__(self, site: Site):
        self.address = site.origin.removeprefix("http://")
        self.asked = self.cut = 0
        self.failed: list[str] = []
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._visit, args=(n % 2 == 0,)) for n in range(VISITORS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        eventually(lambda: self.asked > 50, 20)
        return self

    def __exit__(self, *problem):
        self.more()
        self._done.set()
        for thread in self._threads:
            thread.join()

    def more(self, requests: int = 200) -> None:
        """Wait until they have asked for so many pages more."""
        until = self.asked + requests
        eventually(lambda: self.asked >= until, 60)

    def _visit(self, keeps: bool) -> None:
        connection = None
        for number in range(10**9):
            if self._done.is_set():
                break
            connection = self._ask(PAGES[number % len(PAGES)], connection if keeps else None)
        if connection:
            connection.close()

    def _ask(self, path: str, connection):
        """One page, with its retries on new connections; gives the connection that worked."""
        deadline = None
        for attempt in range(1 + RETRIES):
            connection = connection or http.client.HTTPConnection(self.address, timeout=20)
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                connection = None
                now = time.monotonic()
                deadline = deadline or now + WITHIN
                with self._lock:
                    self.cut += 1
                    if attempt == RETRIES or now > deadline:
                        self.failed.append(f"{path}: {error!r}")
                        break
                # A visitor's browser tries again after a moment.
                time.sleep(0.2 * attempt)
                continue
            with self._lock:
                self.asked += 1
                if answer.status != 200 or b"</html>" not in body:
                    self.failed.append(f"{path}: {answer.status}")
            return connection
        return None


def workers(master: int) -> set[int]:
    with contextlib.suppress(OSError):
        return {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()}
    return set()


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def ready(site: Site, pids: set[int]) -> bool:
    """The processes have their threads: what comes after the edition was built."""
    return all(len(os.listdir(f"/proc/{pid}/task")) > 1 for pid in pids) and site.answers()


def told(what: str, visitors: Visitors) -> None:
    print(f"\n{what}: {visitors.asked} answered, {visitors.cut} connections cut, {len(visitors.failed)} failed")


def test_killed_worker_costs_no_visitor_a_page(site):
    """SIGKILL: another worker answers, and a new one takes the place."""
    with Visitors(site) as visitors:
        before = eventually(lambda: len(found := workers(site.pid)) == 2 and found, 20)
        os.kill(min(before), signal.SIGKILL)
        eventually(lambda: len(found := workers(site.pid) - {min(before)}) == 2 and ready(site, found), 60)
    told("SIGKILL of a worker", visitors)
    assert visitors.failed == []


def test_reload_costs_no_visitor_a_page(site):
    """HUP: new workers come, the old finish what they do and go."""
    with Visitors(site) as visitors:
        before = eventually(lambda: len(found := workers(site.pid)) == 2 and found, 20)
        os.kill(site.pid, signal.SIGHUP)
        eventually(lambda: not before & workers(site.pid), 60)
        eventually(lambda: len(found := workers(site.pid)) == 2 and ready(site, found), 60)
    told("HUP", visitors)
    assert visitors.failed == []


def test_upgrade_costs_no_visitor_a_page(site):
    """USR2 starts a new master beside the old; TERM ends the old, and the new, which waits for no idle connection."""
    address = site.origin.removeprefix("http://")
    with Visitors(site) as visitors:
        before = eventually(lambda: len(found := workers(site.pid)) == 2 and found, 20)
        os.kill(site.pid, signal.SIGUSR2)
        (new,) = eventually(lambda: workers(site.pid) - before, 20)
        eventually(lambda: len(found := workers(new)) == 2 and ready(site, found), 60)
        os.kill(site.pid, signal.SIGTERM)
        eventually(lambda: not any(map(alive, before)), 60)
    told("USR2, then TERM of the old master", visitors)
    assert visitors.failed == []
    with contextlib.closing(http.client.HTTPConnection(address, timeout=20)) as idle:
        idle.request("GET", "/")
        idle.getresponse().read()
        os.kill(new, signal.SIGTERM)
        eventually(lambda: not alive(new), 9)
