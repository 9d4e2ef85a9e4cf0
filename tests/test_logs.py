"""What the server writes down: that it started, and nothing of who came, from where, or what they asked for."""

import contextlib
import io
import logging
import re
import socket
import urllib.error
import urllib.request

import pytest

from avhoppare.faults import FaultFormatter
from avhoppare.logs import without_visitor

SECRET = "HEMLIGTORD"


@pytest.fixture(scope="module")
def lines(tmp_path_factory, small):
    """The real log lines of a site after visits of every kind."""
    with small.served(tmp_path_factory.mktemp("logs"), "--workers", "1") as site:
        started = len(site.log.read_text())
        headers = {"User-Agent": SECRET, "X-Forwarded-For": "203.0.113.77", "Referer": f"https://{SECRET}.example/"}
        for path in ("/", f"/sok/?q={SECRET}", f"/{SECRET}/", "/k/", f"/kontakt/?kommun={SECRET}", "/om/webbplatsen/"):
            site.read(path, **headers)
        for path in ("/", f"/{SECRET}/"):
            head(site, path, headers)
        send(site, "/om/tillganglighet/rapport/", f"text={SECRET}", headers)
        send(site, f"/{SECRET}/", "x=1", headers)
        host, port = site.origin.removeprefix("http://").split(":")
        for raw in (
            f"GET /{SECRET} HTTP/9.9\r\n\r\n",
            f"{SECRET}\r\n\r\n",
            f"GET /?q={SECRET} HTTP/1.1\r\nHost: {SECRET}\r\n\r\n",
            f"GET / HTTP/1.1\r\nHost: x\r\nBad Header {SECRET}\r\n\r\n",
            f"GET /{SECRET * 900} HTTP/1.1\r\nHost: x\r\n\r\n",
        ):
            with socket.create_connection((host, int(port)), 5) as connection, contextlib.suppress(OSError):
                connection.sendall(raw.encode())
                connection.recv(2000)
        yield site.log.read_text()[started:]


def head(site, path, headers):
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(site.origin + path, headers=headers, method="HEAD"), timeout=20)


def send(site, path, body, headers):
    request = urllib.request.Request(site.origin + path, data=body.encode(), headers=headers)
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(request, timeout=20).read()


def test_log_has_no_word_of_a_visitor(lines):
    """No path, query, form, agent or referrer, of good requests and of bad ones."""
    assert SECRET not in lines


def test_log_has_no_address(lines):
    """Neither the one that connected nor the one that a proxy names."""
    assert not re.search(r"\d{1,3}(\.\d{1,3}){3}", lines), lines


def test_log_has_no_line_for_a_request_that_was_answered(lines):
    """There is no access log."""
    assert not [method for method in ("GET", "HEAD", "POST") if method in lines]


def test_report_of_a_fault_says_where_and_nothing_of_who(client, db, settings, monkeypatch, mailoutbox):
    """Of a page that broke: the kind of exception and the places in the code; no mail, and nothing that was sent."""

    def broken(*arguments, **more):
        raise ValueError(SECRET)

    monkeypatch.setattr("guides.public.views.search.show", broken)
    settings.ADMINS = [("Drift", "drift@example.se")]
    (handler,) = [h for h in logging.getLogger("django").handlers if isinstance(h.formatter, FaultFormatter)]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    client.raise_request_exception = False
    headers = {"User-Agent": SECRET, "Referer": f"https://{SECRET}.example/", "X-Forwarded-For": "203.0.113.77"}
    assert client.get(f"/sok/?q={SECRET}", headers=headers, REMOTE_ADDR="203.0.113.77").status_code == 500
    assert client.post(f"/admin/{SECRET}/", {"x": SECRET}, headers=headers | {"Host": f"{SECRET}.example"}).status_code == 400
    report = written.getvalue()
    assert "builtins.ValueError" in report and "/guides/public/views/search.py:" in report
    assert SECRET not in report and "203.0.113" not in report and "/sok/" not in report and mailoutbox == []


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        ("Invalid request from ip=%s: %s", ("203.0.113.77", "bad"), "Invalid request from ip=-: bad"),
        ("Invalid request from ip=%s: %s", ("2001:db8::7", "bad"), "Invalid request from ip=-: bad"),
        ("Invalid request from ip=%s: Invalid header: %r", ("::1", "x"), "Invalid request from ip=-: Invalid header"),
        ("Error handling request %s", ("/sok/?q=hemligt",), "Error handling request"),
        ("Worker exiting (pid: %s)", (7,), "Worker exiting (pid: 7)"),
    ],
)
def test_messages_of_the_server_are_cleaned(message, arguments, written):
    """What gunicorn says of a request loses its address and path; what it says of itself stays."""
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 1, message, arguments, None)
    assert without_visitor(record)
    assert record.getMessage() == written
