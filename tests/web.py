"""What stands elsewhere, for the watch over links: a server on this machine whose answers a test chooses."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from guides.models import LinkCheck
from guides.publishing.upkeep.links import register
from tests.factories import make_page, published


class Web:
    """What stands elsewhere: `pages` path -> (status, headers, body); `asked` every request as (path, headers), `waited` seconds."""

    def __init__(self, port):
        self.port, self.pages, self.asked, self.waited = port, {}, [], []

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]


@contextmanager
def serving(host="127.0.0.1") -> Iterator[Web]:
    """A Web that answers until the block ends, at one of this machine's own addresses."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            web.asked.append((self.path, dict(self.headers)))
            status, headers, body = web.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                for piece in body if isinstance(body, list) else [body]:
                    piece.wait(30) if isinstance(piece, threading.Event) else self.wfile.write(piece)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    web = Web(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def a_link(address, **more):
    """A link of a page, as the next tick will look at it."""
    published(make_page(body=f"Läs [sidan]({address})."))
    register()
    LinkCheck.objects.filter(address=address).update(**more)
    return LinkCheck.objects.get(address=address)
