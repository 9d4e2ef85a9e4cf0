"""Renders the pages of a new edition before somebody asks for them, in one thread that gives way to all others."""

import contextlib
import io
import logging
import os
import threading
from time import sleep
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections

from avhoppare.memory import give_back
from guides.addresses import addresses
from guides.public.kept import MOST_KEPT

log = logging.getLogger("guides.warming")
SECONDS = 0.2
# Of the room for pages, the share that is filled unasked.
SHARE = 0.8


class Warming:
    """Follows the edition that `current` holds, and asks the application for its pages."""

    def __init__(self, application, current):
        self._application = application
        self._current = current

    def start(self) -> None:
        threading.Thread(target=self._follow, name="warming", daemon=True).start()

    def _follow(self) -> None:
        with contextlib.suppress(OSError):
            # This thread alone (Linux): a page that somebody waits for goes first.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        before = None
        while True:
            edition = self._current.held
            if edition is not None and edition is not before:
                try:
                    self.warm(edition, before.pages if before else {})
                except Exception:
                    log.exception("Sidorna gick inte att göra i ordning i förväg.")
                before = edition
            if edition is not None:
                self._press(edition)
            sleep(SECONDS)

    def _press(self, edition) -> None:
        """Make the smallest forms, ten milliseconds each, of the pages whose visitors take them; few pages are much read."""
        pages = list(edition.pages.values())
        wanted = [page for page in pages if page.is_wanted]
        if not wanted or sum(page.size for page in pages) > MOST_KEPT:
            return
        for page in wanted:
            page.improve()

    def warm(self, edition, before: dict) -> None:
        """Render what was asked for of the last edition, then all else."""
        size = 0
        for path in dict.fromkeys([*before, *addresses(edition)]):
            if self._current.held is not edition or size > SHARE * MOST_KEPT:
                break
            if path not in edition.pages:
                self._ask(path)
            page, old = edition.pages.get(path), before.get(path)
            if page and old and old.is_same(page):
                # What did not change keeps its forms, and is not pressed again.
                page = edition.pages[path] = old
            size += page.size if page else 0
        close_old_connections()
        give_back()

    def _ask(self, path: str) -> None:
        """A visit that nobody makes; the public door keeps the page."""
        site = urlsplit(settings.PUBLIC_URL)
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": "443" if site.scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        answer = self._application(environ, lambda status, headers, exc_info=None: None)
        answer.close()
