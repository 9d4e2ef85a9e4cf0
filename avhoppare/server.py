"""gunicorn's worker, which tells people in Swedish, with numbers to call, when their request cannot be read."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from gunicorn.http.errors import InvalidResponseHeader, InvalidResponseHeaderName, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

# Also ParseExceptions, but the fault of our own answer.
OURS = (InvalidResponseHeader, InvalidResponseHeaderName)


class _Deaf:
    """A socket that lets gunicorn's own words go nowhere."""

    def gettimeout(self):
        return None

    def sendall(self, data):
        pass


class Worker(ThreadWorker):
    """A line too long, a header that is none, a method nobody knows: 400 (RFC 9110, 15.5.1) and our page."""

    def handle_error(self, req, client, addr, exc):
        if not isinstance(exc, ParseException) or isinstance(exc, OURS):
            super().handle_error(req, client, addr, exc)
            return
        super().handle_error(None, _Deaf(), addr, exc)
        try:
            write_nonblock(client, unreadable())
        except OSError:
            self.log.debug("Svaret på en oläslig förfrågan kom inte fram.")


def unreadable() -> bytes:
    """The whole answer to a request that cannot be read, as it is sent."""
    # gunicorn reads this module before Django has its apps.
    from guides.public.middleware import secured

    response = secured(HttpResponse(render_to_string("400.html"), status=400))
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Connection"] = "close"
    return b"HTTP/1.1 400 Bad Request\r\n" + response.serialize_headers() + b"\r\n\r\n" + response.content
