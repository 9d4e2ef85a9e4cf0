"""Those who wish the site ill, in a process of their own that takes what the processors have left over.

    python -m tests.besiegers HOST PORT CONNECTIONS [WAY …]

They come from elsewhere: what they cost this machine themselves must slow neither the site nor who measures it.
"""

import contextlib
import os
import random
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator

from tests.serving import CLONE, Site

PAGE = "/om/webbplatsen/"
GET = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
LEAST_IMPORTANT = 19


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


WAYS = {
    way.__name__: way
    for way in (slow, half_open, takes_nothing, large_headers, large_body, pipelined, ranges, garbage, broken_chunks, resets)
}


@contextlib.contextmanager
def besieged(site: Site, connections: int, *ways: str) -> Iterator[Counter]:
    """Attack a site in these ways, or in all, until the block ends; yields how often each has begun."""
    host, port = site.origin.removeprefix("http://").split(":")
    command = [sys.executable, "-m", "tests.besiegers", host, port, str(connections), *ways]
    begun = Counter()
    with subprocess.Popen(command, cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        told = threading.Thread(target=lambda: begun.update(line.strip() for line in process.stdout))
        told.start()
        try:
            yield begun
        finally:
            process.stdin.close()
            process.wait(60)
            told.join()


def main(host: str, port: str, connections: str, *ways: str) -> None:
    """Attack until standard input ends; tells each way as it begins."""
    os.nice(LEAST_IMPORTANT)
    chosen, done = [WAYS[way] for way in ways or WAYS], threading.Event()

    def attack(how):
        while not done.is_set():
            with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 5) as connection:
                sys.stdout.write(f"{how.__name__}\n")
                sys.stdout.flush()
                how(connection, done)
            done.wait(random.uniform(0.05, 0.5))

    for number in range(int(connections)):
        threading.Thread(target=attack, args=(chosen[number % len(chosen)],), daemon=True).start()
    sys.stdin.read()
    done.set()


if __name__ == "__main__":
    main(*sys.argv[1:])
