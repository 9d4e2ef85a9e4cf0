"""Django's WSGI application under ASGI: each pool of threads answers its own requests, and none waits for another pool.

asgiref's WsgiToAsgi runs one request at a time. A thread here is never held by a slow visitor: the body has come
whole before it begins, and what it makes is read ahead.
"""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

# A body beyond this waits in a file.
IN_MEMORY = 256_000
# An answer is made whole if it is smaller than this; of a larger one the rest follows as the visitor takes it.
READ_AHEAD = 8_000_000
# Requests that may wait for a pool; beyond it the honest answer is to come back later.
MOST_WAITING = 200


class TooLargeError(Exception):
    """More was sent than the door takes."""


class BusyError(Exception):
    """So many wait already that this one would only time out."""


class GoneError(Exception):
    """The visitor left before everything had come."""


class Made(NamedTuple):
    """An answer: its status, headers and body; `rest` gives what did not fit, and is to be closed."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    rest: Iterator[bytes] | None


class Threads:
    """A WSGI application in a pool of threads."""

    def __init__(self, application, name: str, threads: int, most_body: int):
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most_body = most_body
        self._waiting = 0

    async def answer(self, scope, receive, send) -> tuple[int, int]:
        """Answer a request; gives status and bytes. Raises TooLargeError, BusyError and GoneError, before any answer."""
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            with SpooledTemporaryFile(IN_MEMORY) as body:
                length = await _received(receive, body, _announced(scope), self._most_body)
                made = await self._made(environ(scope, body, length), receive)
        finally:
            self._waiting -= 1
        await send({"type": "http.response.start", "status": made.status, "headers": made.headers})
        head = scope["method"] == "HEAD"
        sent = 0 if head else len(made.body)
        if made.rest is None or head:
            _close(made.rest)
            await send({"type": "http.response.body", "body": b"" if head else made.body})
            return made.status, sent
        try:
            block = made.body
            while block:
                await send({"type": "http.response.body", "body": block, "more_body": True})
                block = await self._in_thread(_block, made.rest)
                sent += len(block)
        finally:
            self._pool.submit(_close, made.rest)
        await send({"type": "http.response.body"})
        return made.status, sent

    async def _made(self, environ: dict, receive) -> Made:
        """The answer; GoneError if a reader left before a thread had time. What was sent in is taken care of all the same."""
        job = self._pool.submit(_made, self._application, environ)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return await self._awaited(job)
        leaving = asyncio.ensure_future(receive())
        # Without effect once a thread has begun.
        leaving.add_done_callback(lambda _: job.cancel())
        try:
            return await self._awaited(job)
        except asyncio.CancelledError:
            if job.cancelled() and leaving.done() and not leaving.cancelled():
                raise GoneError from None
            raise
        finally:
            leaving.cancel()

    async def _in_thread(self, call, *arguments):
        return await self._awaited(self._pool.submit(call, *arguments))

    async def _awaited(self, job: Future):
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            job.add_done_callback(_close_unwanted)
            raise

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _announced(scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value)
    return 0


async def _received(receive, body, announced: int, most: int) -> int:
    """Take the whole body, and give its length. Of one too large some is read, so that the visitor hears the answer."""
    length, swallowed = 0, 4 * most
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        piece = message.get("body", b"")
        length += len(piece)
        if length <= most and announced <= most:
            body.write(piece)
        elif length > swallowed:
            raise TooLargeError
        if not message.get("more_body"):
            break
    if max(length, announced) > most:
        raise TooLargeError
    body.seek(0)
    return length


def environ(scope, body, length: int) -> dict:
    """The request as WSGI has it (PEP 3333)."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    made = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        made[key] = f"{made[key]}{separator}{text}" if key in made else text
    # What really came; a chunked body says nothing of its length.
    made["CONTENT_LENGTH"] = str(length) if length else ""
    made.pop("HTTP_TRANSFER_ENCODING", None)
    return made


def _made(application, environ: dict) -> Made:
    """Let the application answer, in a thread."""
    started: list = []

    def start_response(status, headers, exc_info=None):
        started[:] = [int(status.split(" ", 1)[0]), headers]

    pieces, length = [], 0
    iterable = application(environ, start_response)
    rest = iter(iterable)
    held = iterable
    try:
        for piece in rest:
            pieces.append(piece)
            length += len(piece)
            if length > READ_AHEAD:
                held = None
                break
    finally:
        if held is not None:
            _close(held)
    status, headers = started
    wire = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Made(status, wire, b"".join(pieces), None if held is not None else _Rest(iterable, rest))


class _Rest:
    """What is left of an iterable, which is closed as WSGI wants it."""

    def __init__(self, iterable, rest):
        self._rest = rest
        self.close = getattr(iterable, "close", lambda: None)

    def __iter__(self):
        return self._rest


def _block(rest: _Rest) -> bytes:
    """Some more of it; empty at the end."""
    return next((piece for piece in rest if piece), b"")


def _close(iterable) -> None:
    if hasattr(iterable, "close"):
        iterable.close()


def _close_unwanted(job: Future) -> None:
    if not job.cancelled() and job.exception() is None and isinstance(job.result(), Made):
        _close(job.result().rest)
