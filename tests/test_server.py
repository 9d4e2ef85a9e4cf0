"""The server in front of the site: what it says when it cannot even read what was asked."""

import socket
from urllib.parse import quote

import pytest


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    with small.served(tmp_path_factory.mktemp("server"), "--workers", "1") as site:
        yield site


def said(site, raw: str) -> tuple[str, str]:
    """The head and the body of the answer to these very bytes."""
    host, port = site.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as connection:
        connection.sendall(raw.encode())
        connection.shutdown(socket.SHUT_WR)
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = found.decode().partition("\r\n\r\n")
    return head, body


UNREADABLE = {
    "10 kB of letters": "GET /sok/?q=" + quote("å" * 10_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no line of HTTP": "hej\r\n\r\n",
    "unknown version": "GET / HTTP/9.9\r\n\r\n",
    "header that is none": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Header\r\n\r\n",
    "header too long": f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {'x' * 200_000}\r\n\r\n",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_request_that_cannot_be_read_is_a_page_with_numbers(site, raw):
    """400 in Swedish, with 112 and 114 14, the headers of every public page, and nothing of what was sent."""
    head, body = said(site, raw)
    assert head.startswith("HTTP/1.1 400 ")
    assert "Referrer-Policy: no-referrer" in head and "default-src 'none'" in head and "Cache-Control: no-store" in head
    assert "gick inte att läsa" in body and 'href="tel:112"' in body and 'href="tel:11414"' in body
    assert "xxxx" not in body and "Bad Header" not in body and "%C3" not in body


def test_long_search_that_fits_a_line_is_answered(site):
    """A thousand letters with dots, six bytes each in an address."""
    assert site.read("/sok/?q=" + quote("ö" * 600))[0] == 200
