"""What becomes of a connection whose requests are answered where they are read: a real one, to a worker that is no process."""

import asyncio
import fcntl
import logging
import sys
import termios
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from avhoppare import server
from avhoppare.server import Protocol

ASKED = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
FAR = 3600


async def long_way(scope, receive, send):
    """An application that says that it was called."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"long"})


def short_way(data):
    """It answers all that is a request."""
    return (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n", b"short") if data == ASKED else None


@pytest.fixture
def worker():
    """What gunicorn's worker is to a connection; a test changes it."""
    cfg, log = Config(), logging.getLogger("gunicorn.error")
    cfg.set("keepalive", FAR)
    log.access_log_enabled = False
    return SimpleNamespace(
        cfg=cfg, log=log, asgi=long_way, at_once=short_way, connections=set(), alive=True,
        nr=0, max_requests=1000, nr_conns=0, worker_connections=10,
    )  # fmt: skip


def talk(worker, conversation):
    """Run `conversation(connect)`, in which each `connect()` gives a reader and a writer, against a server for this worker."""

    async def run():
        worker.loop = asyncio.get_running_loop()
        served = await worker.loop.create_server(lambda: Protocol(worker), "127.0.0.1", 0)
        async with served:
            return await asyncio.wait_for(conversation(lambda: asyncio.open_connection(*served.sockets[0].getsockname())), 20)

    return asyncio.run(run())


async def ask(reader, writer) -> tuple[bytes, bool]:
    """The body of the answer to one request, and whether it is said to be the last."""
    writer.write(ASKED)
    head = await reader.readuntil(b"\r\n\r\n")
    body = await reader.readexactly(5 if b"length: 5" in head else 4)
    return body, b"Connection: close" in head


def asked(worker, times: int) -> list[tuple[bytes, bool]]:
    """So many requests on one connection, as far as it lasts."""

    async def conversation(connect):
        connection, found = await connect(), []
        while len(found) < times and not any(last for _, last in found):
            found.append(await ask(*connection))
        return found

    return talk(worker, conversation)


def test_what_breaks_on_the_short_way_goes_the_long_way(worker, caplog):
    """The visitor gets an answer there, and nothing that was sent gets into a log."""

    def broken(data):
        raise ValueError(data)

    worker.at_once = broken
    assert asked(worker, 2) == [(b"long", False)] * 2
    assert not caplog.text


def test_worker_that_is_renewed_after_so_many_requests_counts_these_too(worker):
    """The last goes the long way, where gunicorn ends the worker."""
    worker.max_requests = 3
    assert asked(worker, 9) == [(b"short", False), (b"short", False), (b"long", True)]
    assert not worker.alive


def test_worker_that_is_to_end_says_so(worker):
    """Else a visitor who asks again and again would hold it."""
    worker.alive = False
    assert asked(worker, 2) == [(b"long", True)]


def test_where_connections_are_not_kept_the_first_request_is_the_last(worker):
    """Gunicorn's setting."""
    worker.cfg.set("keepalive", 0)
    assert asked(worker, 2) == [(b"long", True)]


def test_connection_in_use_outlives_the_time_that_headers_may_take(worker, monkeypatch):
    """It runs from the last answer on: a later connection that says nothing is closed before."""
    monkeypatch.setattr(server, "HEADERS", 0.05)

    async def conversation(connect):
        used = await connect()
        before = await ask(*used)
        silent, _ = await connect()
        assert await silent.read() == b""
        return before, await ask(*used)

    assert talk(worker, conversation) == ((b"short", False), (b"short", False))


def test_connection_that_nobody_uses_any_more_is_closed(worker):
    """After the time that gunicorn is told."""
    worker.cfg.settings["keepalive"].value = 0.05

    async def conversation(connect):
        reader, writer = await connect()
        return await ask(reader, writer), await reader.read()

    assert talk(worker, conversation) == ((b"short", False), b"")


def test_while_an_earlier_answer_is_being_rounded_off_gunicorn_keeps_the_connection(worker):
    """Its clock for idle connections must not run then."""

    async def application(scope, receive, send):
        await long_way(scope, receive, send)
        await asyncio.Event().wait()

    answers = iter([None, short_way(ASKED)])
    worker.asgi, worker.at_once = application, lambda data: next(answers)
    assert asked(worker, 2) == [(b"long", False)] * 2


def test_what_follows_a_request_that_was_refused_is_thrown_away(worker, monkeypatch, caplog):
    """Though it is plain."""
    monkeypatch.setattr(server, "HEARD", 0.05)

    async def conversation(connect):
        reader, writer = await connect()
        writer.write(b"nonsense\r\n\r\n")
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 400 ")
        writer.write(ASKED)
        return await reader.read()

    assert b"HTTP/1.1" not in talk(worker, conversation)
    assert not caplog.text


def test_who_takes_nothing_makes_no_answers_wait_in_memory(worker):
    """One answer waits in the process and some bytes in the kernel, however many requests come: the others go the long way."""
    ours, kernels = [], []

    async def application(scope, receive, send):
        for transport in (connection.transport for connection in worker.connections):
            ours.append(transport.get_write_buffer_size())
            taking = transport.get_extra_info("socket").fileno()
            kernels.append(int.from_bytes(fcntl.ioctl(taking, termios.TIOCOUTQ, bytes(4)), sys.byteorder))
        await long_way(scope, receive, send)

    body = b"x" * 60_000
    worker.asgi, worker.at_once = application, lambda data: (b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n", body)

    async def conversation(connect):
        _, writer = await connect()
        while not any(ours):
            writer.write(ASKED)
            await asyncio.sleep(0)

    talk(worker, conversation)
    assert max(ours) < 2 * len(body)
    assert max(kernels) < 500_000
