"""Visitors who go on reading while something breaks, and an editor with a browser of her own."""

import contextlib
import http.cookiejar
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.serving import Site, in_shell


@contextlib.contextmanager
def reading(site: Site, paths=("/", "/om/webbplatsen/", "/kontakt/", "/halsa/"), people: int = 1) -> Iterator[Counter]:
    """Public pages asked for without a pause until the block ends; yields how often each status came."""
    seen, over = Counter(), threading.Event()

    def read():
        while True:
            for path in paths:
                try:
                    seen[site.read(path)[0]] += 1
                except OSError as error:
                    seen[repr(error)] += 1
            # Two processors carry the site, its database and the tests: a pace, no wait for anything.
            if over.wait(0.05):
                return

    threads = [threading.Thread(target=read) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


class Fields(HTMLParser):
    """What a browser would send of a page's forms, without their buttons."""

    def __init__(self, html: str):
        super().__init__()
        self.sent: list[list[str]] = []
        self._select = self._text = ""
        self._kept: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        name, kind = a.get("name"), a.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in a:
                self.sent.append([name, a.get("value", "on" if kind == "checkbox" else "")])
        elif tag == "select":
            self._select = name or ""
        elif tag == "option" and self._select and "selected" in a:
            self.sent.append([self._select, a.get("value", "")])
        elif tag == "textarea" and name:
            self._text = name
            self.sent.append([name, ""])

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data):
        if self._text:
            # A browser leaves out the line break after <textarea>.
            self.sent[-1][1] += data.removeprefix("\n") if not self.sent[-1][1] else data


class Editor:
    """Somebody in the admin, by plain HTTP: pages, cookies, forms."""

    def __init__(self, site: Site, name: str = "editor", **environment: str):
        code = f"""
from django.contrib.auth import get_user_model
from tests.second_factor import one_time_code, phone_of
user = get_user_model().objects.create_superuser({name!r}, password="ett-langt-losenord-{name}")
phone_of(user)
one_time_code(user, "1234567890")
"""
        in_shell(site.data_dir, code, **environment)
        self.site = site
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open
        status, html = self.get("/admin/login/")
        assert status == 200
        status, html = self.post("/admin/login/", html, username=name, password=f"ett-langt-losenord-{name}", code="1234567890")
        assert status == 200 and "/admin/logout/" in html, html

    def get(self, path: str) -> tuple[int, str]:
        return self._answer(urllib.request.Request(self.site.origin + path))

    def post(self, path: str, html: str, **changed: str) -> tuple[int, str]:
        """Send the form of a page with some fields changed."""
        kept = [(name, value) for name, value in Fields(html).sent if name not in changed]
        data = urllib.parse.urlencode([*kept, *changed.items()]).encode()
        headers = {"Origin": self.site.origin, "Sec-Fetch-Site": "same-origin"}
        return self._answer(urllib.request.Request(self.site.origin + path, data, headers))

    def _answer(self, request) -> tuple[int, str]:
        try:
            with self._open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
