"""gunicorn's ASGI worker, with what it does not say or does by itself.

Kept pages are written where their requests are read; unreadable requests are answered in Swedish with numbers to
call; who sends nothing, or takes nothing, is let go; a worker that ends lets idle connections go at once.
"""

import contextlib
import socket
from functools import cache

from gunicorn.asgi import protocol
from gunicorn.asgi.parser import PythonProtocol
from gunicorn.workers import gasgi

# Seconds for the headers of a request to come, for an answer to be taken, and to hear what was said before closing.
HEADERS, TAKEN, HEARD = 10, 30, 2
# Bytes of answers that wait in the kernel for a visitor to take what went before.
UNSENT = 128_000


class Protocol(protocol.ASGIProtocol):
    """One connection."""

    _refused = False

    def connection_made(self, transport):
        super().connection_made(transport)
        self.worker.connections.add(self)
        with contextlib.suppress(OSError):
            # A visitor who takes nothing would otherwise hold the answer's memory for ever, and 4 MB more of the kernel's.
            taking = transport.get_extra_info("socket")
            taking.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TAKEN * 1000)
            taking.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        if self.worker.nr_conns > self.worker.worker_connections:
            transport.abort()
        elif self._request_ready is not None:
            # gunicorn waits for ever for the first request of a connection.
            self._keepalive_handle = self.worker.loop.call_later(HEADERS, self._keepalive_timeout)

    def data_received(self, data):
        """What comes while a request is answered waits in the visitor's machine; the parser would hold all of it."""
        if self._answered_at_once(data):
            return
        parser = self._callback_parser
        answering = parser is not None and parser.is_complete
        super().data_received(data)
        if answering:
            self._pause_reading()

    def _answered_at_once(self, data: bytes) -> bool:
        """A kept page is written where its request is read: a task and a second reading cost three times as much."""
        if not self._is_idle():
            return False
        try:
            answer = self.worker.at_once(data)
        except Exception:
            # It breaks on the long way too, and there the visitor is told.
            answer = None
        if answer is None:
            return False
        head, body = answer
        ours = protocol._CACHED_SERVER_HEADER, protocol._get_cached_date_header()
        self._safe_write(b"".join((head, *ours, b"\r\n", body)))
        self.worker.nr += 1
        self._arm_keepalive_timer()
        return True

    def _is_idle(self) -> bool:
        """Whether nothing is half read, half answered or half taken, and more may come after this."""
        parser, worker = self._callback_parser, self.worker
        # It is reset when an answer is complete. An empty line that came alone leaves nothing in it but that mark.
        is_fresh = isinstance(parser, PythonProtocol) and not (parser._buffer or parser._empty_line_skipped)
        is_under_way = self._finishing_calls or self.transport.get_write_buffer_size()
        goes_on = worker.alive and self._keepalive > 0 and worker.nr + 1 < worker.max_requests
        return is_fresh and not is_under_way and goes_on

    def _resume_reading(self):
        """Not before the requests that have already come are answered."""
        parser = self._callback_parser
        if parser is None or not parser.is_complete or not parser.remaining():
            super()._resume_reading()

    def _feed_callback_parser(self, data):
        try:
            going = super()._feed_callback_parser(data)
        except ValueError:
            # A length of more than 4,300 digits, which Python does not read.
            self._send_error_response(400, "")
            self._close_transport()
            return False
        # Half a request came: the rest is wanted now.
        self._resume_reading()
        return going

    def connection_lost(self, exc):
        super().connection_lost(exc)
        self.worker.connections.discard(self)
        if self._request_ready is not None:
            # Else gunicorn's task waits three seconds more for a request, and holds all of this.
            self._request_ready.set()

    def _send_error_response(self, status, message, extra_headers=()):
        """A line too long, a header that is none, a method nobody knows: 400 (RFC 9110, 15.5.1) and our page."""
        self._refused = True
        self._safe_write(said(500 if status == 500 else 400))

    def _close_transport(self):
        """Closing while the visitor still sends would reset the connection, and what was said be lost (RFC 9112, 9.6)."""
        if not self._refused or self._closed:
            super()._close_transport()
            return
        # What still comes is thrown away.
        self._closed, self._callback_parser = True, None
        with contextlib.suppress(OSError, RuntimeError):
            self.transport.write_eof()
        self.worker.loop.call_later(HEARD, self.transport.close)

    def let_go(self):
        """Close if nothing is under way."""
        if self._awaiting_request and not self._finishing_calls and not self._closed:
            self._keepalive_timeout()


class Worker(gasgi.ASGIWorker):
    """gunicorn's ASGI worker with our connections."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.connections: set[Protocol] = set()

    async def _serve(self):
        gasgi.ASGIProtocol = Protocol
        # What an application answers without being called (avhoppare/asgi.py); others have no such thing.
        self.at_once = getattr(self.asgi, "at_once", lambda data: None)
        await super()._serve()

    async def _shutdown(self):
        for server in self.servers:
            server.close()
        for connection in list(self.connections):
            connection.let_go()
        await super()._shutdown()


@cache
def said(status: int) -> bytes:
    """The whole answer to a request that cannot be read, or whose answer broke, as it is sent."""
    # gunicorn reads this module before Django has its apps.
    from guides.public.middleware import secured
    from guides.public.views import errors

    response = secured(errors.broken() if status == 500 else errors.unreadable())
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Connection"] = "close"
    line = f"HTTP/1.1 {status} {response.reason_phrase}\r\n".encode()
    return line + response.serialize_headers() + b"\r\n\r\n" + response.content
