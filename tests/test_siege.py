"""Two hundred connections that wish the site ill, for two minutes: it goes on answering, and grows no fatter."""

import contextlib
import os
import random
import socket
import statistics
import threading
import time
from pathlib import Path

import pytest

from tests.serving import copied, eventually, served
from tests.test_death import workers

SECONDS = 120
HOSTILE = 200
PAGE = "/om/webbplatsen/"
GET = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()


def slow(connection, done):
    """A header a second, never the last."""
    connection.sendall(GET)
    while not done.wait(1):
        connection.sendall(b"X-Slow: 1\r\n")


def half_open(connection, done):
    """Says nothing, and takes nothing."""
    done.wait(random.uniform(1, 20))


def takes_nothing(connection, done):
    """Asks and asks, and never reads."""
    connection.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while not done.is_set():
            connection.sendall((GET + b"\r\n") * 50)
    done.wait(15)


def large_headers(connection, done):
    """Ten megabytes of them."""
    connection.sendall(GET)
    for _ in range(1000):
        connection.sendall(b"X-Large: " + b"x" * 10_000 + b"\r\n")


def large_body(connection, done):
    """Ten megabytes to a form that takes a few sentences."""
    path = b"/om/tillganglighet/rapport/"
    connection.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000000\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b"x" * 10_000)


def pipelined(connection, done):
    """A hundred requests at once, then gone."""
    connection.sendall((GET + b"\r\n") * 100)
    connection.recv(100_000)


def ranges(connection, done):
    """Every byte by itself."""
    connection.sendall(GET + b"Range: bytes=" + b",".join(b"%d-%d" % (n, n) for n in range(600)) + b"\r\n\r\n")
    connection.recv(100_000)


def garbage(connection, done):
    """Anything at all."""
    connection.sendall(random.randbytes(random.randrange(1, 5000)))
    connection.recv(100_000)


def broken_chunks(connection, done):
    """A body whose pieces lie about their length."""
    connection.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\nx\r\n-1\r\n\r\n")
    connection.recv(100_000)


def resets(connection, done):
    """Asks for a page that must be rendered, and leaves with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.sendall(b"GET /sok/?q=text HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")


ATTACKS = (slow, half_open, takes_nothing, large_headers, large_body, pipelined, ranges, garbage, broken_chunks, resets)


def memory(pids) -> float:
    """Megabytes that the processes hold."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in pids) / 1e6


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("siege")
    with served(folder / "data", clone=copied(folder / "clone", content=False)) as site:
        yield site


def besiege(site, seconds: float, hostile: int) -> tuple[list[float], list[str]]:
    """Attack from `hostile` connections; gives what a page took each time meanwhile, and what went wrong."""
    host, port = site.origin.removeprefix("http://").split(":")
    done = threading.Event()

    def attack(how):
        while not done.is_set():
            with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 5) as connection:
                how(connection, done)
            done.wait(random.uniform(0.05, 0.5))

    threads = [threading.Thread(target=attack, args=(ATTACKS[n % len(ATTACKS)],), daemon=True) for n in range(hostile)]
    for thread in threads:
        thread.start()
    taken, wrong, end = [], [], time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                status, body = site.read(PAGE)
                if status != 200 or b"</html>" not in body:
                    wrong.append(str(status))
            except OSError as error:
                wrong.append(repr(error))
            taken.append(time.monotonic() - began)
            time.sleep(0.01)
    finally:
        done.set()
        for thread in threads:
            thread.join(30)
    return taken, wrong


def test_every_attack_leaves_the_site_as_it_was(site):
    """Each kind of it, briefly: no worker dies, no page is wrong."""
    before = workers(site.pid)
    _, wrong = besiege(site, 2, 2 * len(ATTACKS))
    assert wrong == []
    assert workers(site.pid) == before and site.answers()


@pytest.mark.long
def test_two_minutes_of_siege(site):
    """No worker dies, memory comes to rest, and a visitor is answered all the while; the 99th percentile is printed."""
    besiege(site, 20, HOSTILE)
    before, pids = memory(workers(site.pid)), workers(site.pid)
    taken, wrong = besiege(site, SECONDS, HOSTILE)
    after = memory(workers(site.pid))
    ordered = sorted(taken)
    print(f"\n{len(taken)} pages while {HOSTILE} connections attacked for {SECONDS} s: {len(wrong)} wrong, median "
          f"{statistics.median(taken) * 1000:.1f} ms, p99 {ordered[int(len(ordered) * 0.99)] * 1000:.1f} ms, "
          f"worst {ordered[-1] * 1000:.0f} ms; memory {before:.0f} -> {after:.0f} MB")  # fmt: skip
    assert wrong == [] and workers(site.pid) == pids
    assert after < before * 1.1
    # Who held a connection has been let go.
    eventually(lambda: open_connections(pids) < 10, 60)


def open_connections(pids) -> int:
    """Sockets that the processes hold, beside those that they listen on."""
    found = 0
    for pid in pids:
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found += os.readlink(entry).startswith("socket:")
    return found
