"""The pools of threads behind the door: who has left takes nobody's turn."""

import asyncio
import threading

import pytest

from avhoppare.threads import GoneError, Threads


class Site:
    """A WSGI application that answers nobody before it is told to; remembers what it was asked."""

    def __init__(self):
        self.asked, self.free = [], threading.Event()

    def __call__(self, environ, start_response):
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        self.free.wait(20)
        start_response("200 OK", [])
        return [b"hej"]


class Visitor:
    """Somebody who sends a request without a body and can leave."""

    def __init__(self, path: str, method: str = "GET"):
        self.scope = {
            "method": method, "raw_path": path.encode(), "query_string": b"", "headers": [], "http_version": "1.1", "scheme": "http",
        }  # fmt: skip
        self.left, self.said, self._sent = asyncio.Event(), [], False

    async def receive(self):
        if not self._sent:
            self._sent = True
            return {"type": "http.request"}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.said.append(message["type"])


async def outcome(pool: Threads, visitor: Visitor):
    try:
        return await pool.answer(visitor.scope, visitor.receive, visitor.send)
    except GoneError:
        return "gone"


async def queue(site: Site, pool: Threads, visitors: list[Visitor]) -> list:
    """The first has the only thread, all others leave while they wait for it."""
    waiting = [asyncio.ensure_future(outcome(pool, visitor)) for visitor in visitors]
    while not site.asked:
        await asyncio.sleep(0)
    for visitor in visitors[1:]:
        visitor.left.set()
    # Each of them hears of it in turn.
    for _ in range(20):
        await asyncio.sleep(0)
    site.free.set()
    return await asyncio.gather(*waiting)


@pytest.mark.parametrize(
    ("method", "answered", "asked"),
    [("GET", [(200, 3), "gone", "gone"], ["GET /a"]), ("POST", [(200, 3)] * 3, ["GET /a", "POST /b", "POST /b"])],
)
def test_reader_who_left_while_waiting_is_not_rendered_for(method, answered, asked):
    """Who reloads ten times takes one turn; what somebody sent in is taken care of, though nobody hears the answer."""
    site = Site()
    pool = Threads(site, "test", 1, 1000)
    visitors = [Visitor("/a"), Visitor("/b", method), Visitor("/b", method)]

    async def both():
        return await queue(site, pool, visitors)

    try:
        assert asyncio.run(both()) == answered
    finally:
        pool.close()
    assert site.asked == asked
