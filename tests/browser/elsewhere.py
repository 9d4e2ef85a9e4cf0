"""A foreign site on this machine: what the visitor read before ours, and where the quick exit leads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Elsewhere:
    """`asked` holds the path and the Referer (None without one) of every page it was asked for."""

    origin: str
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def weather(self) -> str:
        return f"{self.origin}/vader"

    @property
    def before(self) -> str:
        return f"{self.origin}/innan"


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Under another host name than ours, so that browsers take it for another site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if not self.path.endswith(".ico"):
                site.asked.append((self.path, self.headers["Referer"]))
            body = f"<!DOCTYPE html><title>{self.path}</title><h1>{self.path}</h1>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError):
                self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Elsewhere(f"http://localhost:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
