"""Requests that are answered where they are read: the same answer as by the long way, and nothing read otherwise."""

import re
import socket

import pytest
from gunicorn.asgi.parser import CallbackRequest, PythonProtocol
from hypothesis import example, given, settings
from hypothesis import strategies as st

from avhoppare.plain import plain_request
from tests.serving import eventually

PAGE = "/om/webbplatsen/"
BROWSER = (
    b"GET /hoppa-av/ HTTP/1.1\r\nHost: avhoppare.example\r\nConnection: keep-alive\r\n"
    b'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"\r\nsec-ch-ua-mobile: ?1\r\nUpgrade-Insecure-Requests: 1\r\n'
    b"User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36\r\n"
    b"Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n"
    b'Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: sv-SE,sv;q=0.9\r\nIf-None-Match: "abc-br"\r\n\r\n'
)
NGINX = b"GET /guider/?a=1 HTTP/1.1\r\nHost: avhoppare.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
ODD = {
    "another method": BROWSER.replace(b"GET", b"POST"),
    "an older version": BROWSER.replace(b"HTTP/1.1", b"HTTP/1.0"),
    "the last request": BROWSER.replace(b"keep-alive", b"close"),
    "half of it": BROWSER[:-2],
    "two at once": BROWSER * 2,
    "more behind it": BROWSER + b"x",
    "an empty line first": b"\r\n" + BROWSER,
    "a whole address": BROWSER.replace(b"/hoppa-av/", b"http://avhoppare.example/hoppa-av/"),
    "an escape": BROWSER.replace(b"/hoppa-av/", b"/hoppa%2Dav/"),
    "a letter of no alphabet": BROWSER.replace(b"/hoppa-av/", "/höppa-av/".encode()),
    "another blank": BROWSER.replace(b" HTTP", b"  HTTP"),
    "a bare line feed": BROWSER.replace(b"Sec-Fetch-Site: none\r\n", b"Sec-Fetch-Site: none\n"),
    "a bare carriage return": BROWSER.replace(b"none", b"no\rne"),
    "a folded line": BROWSER.replace(b"*/*;q=0.8", b"*/*;\r\n q=0.8"),
    "a blank before the colon": BROWSER.replace(b"Host:", b"Host :"),
    "no name": BROWSER.replace(b"Host:", b":"),
    "no header": b"GET / HTTP/1.1\r\n\r\n",
    "too many headers": BROWSER.replace(b"Sec-Fetch-Site", b"a:b\r\n" * 100 + b"Sec-Fetch-Site"),
    "too long": BROWSER.replace(b"Mozilla", b"x" * 9000),
    **{
        f"{line.decode()}": BROWSER.replace(b"Sec-Fetch-Site: none", line)
        for line in (
            b"Content-Length: 0", b"content-length: 5", b"Transfer-Encoding: chunked", b"Expect: 100-continue",
            b"Upgrade: websocket", b"Host: other.example", b"Connection: close", b"Connection: TE", b"Content-Type: text/plain",
            b"X-Forwarded-SSL: on", b"X-Forwarded-Protocol: ssl",
        )
    },
    "two schemes": NGINX.replace(b"X-Forwarded-For: 192.0.2.1", b"X-Forwarded-Proto: http"),
}  # fmt: skip


def read_by_gunicorn(data: bytes) -> tuple[PythonProtocol, CallbackRequest]:
    parser = PythonProtocol()
    parser.feed(data)
    return parser, CallbackRequest.from_parser(parser)


def assert_same(data: bytes) -> None:
    """What we call plain is to gunicorn one whole request without a body, and says the same."""
    scope = plain_request(data)
    if scope is None:
        return
    parser, request = read_by_gunicorn(data)
    assert parser.is_complete and not parser.remaining()
    assert (parser.content_length, parser.is_chunked, request.should_close(), request.may_upgrade()) == (None, False, False, False)
    assert request.headers_bytes == scope["headers"]
    assert (request.method, request.path, request.raw_path, request.query.encode()) == tuple(
        scope[name] for name in ("method", "path", "raw_path", "query_string")
    )


@pytest.mark.parametrize("data", [BROWSER, NGINX], ids=["browser", "proxy"])
def test_what_browsers_and_proxies_send_is_plain(data):
    """Both as gunicorn reads them."""
    assert plain_request(data)
    assert_same(data)


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_what_is_the_least_odd_goes_the_long_way(data):
    """Where a request ends, and what becomes of its connection, is for one parser to say."""
    assert plain_request(data) is None


PIECES = st.sampled_from([
    b"GET ", b"/", b"/guider/", b"?a=1", b"#", b" ", b"\t", b" HTTP/1.1", b"\r\n", b"\r", b"\n", b"\r\n\r\n", b":", b"Host", b"host: a",
    b"Connection: ", b"keep-alive", b"close", b"Content-Length: 1", b"Transfer-Encoding: chunked", b"Expect: 100-continue",
    b"Upgrade: h2c", b"X-Forwarded-Proto: https", b"A_b: c", b"\x00", b"\x7f", b"\xff", b"%2f", b"//", b"*", b",", b'"', b"HEAD ",
])  # fmt: skip


@given(st.sampled_from([BROWSER, NGINX]), st.lists(st.tuples(st.integers(0, 700), st.integers(0, 30), PIECES), max_size=4))
@example(NGINX, [(5, 0, b"#")])
@settings(max_examples=500, deadline=None)
def test_nothing_is_read_otherwise_than_by_gunicorn(data, changes):
    """Whatever is cut out and put in."""
    for where, cut, piece in changes:
        data = data[:where] + piece + data[where + cut :]
    assert_same(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    folder = tmp_path_factory.mktemp("plain")
    with small.served(folder / "data", "--workers", "1", ACCESS_LOG=str(folder / "access.log")) as site:
        yield site


def answers(site, *sent: bytes) -> list[tuple[bytes, bytes]]:
    """Head, without its moment, and body of the answer to each of these, one after another on one connection."""
    host, port = site.origin.removeprefix("http://").split(":")
    found = []
    with socket.create_connection((host, int(port)), 20) as connection:
        stream = connection.makefile("rb")
        for data in sent:
            connection.sendall(data)
            head = b"".join(iter(stream.readline, b"\r\n"))
            length = 0 if b" 304 " in head else int(re.search(rb"content-length: (\d+)", head.lower()).group(1))
            found.append((re.sub(rb"Date: .*\r\n", b"", head), stream.read(length)))
    return found


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?utm_source=x", "/finns/inte/", "/sok/?q=a"])
@pytest.mark.parametrize("more", ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip\r\nIf-None-Match: *\r\n", "Range: bytes=0-9\r\n"])
def test_both_ways_lead_to_the_same_answer(site, path, more):
    """An empty line before a request leads it the long way (RFC 9112, 2.2); both ways on one connection, by turns."""
    host = site.origin.removeprefix("http://")
    data = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n".encode()
    answers(site, data)
    at_once, long_way, again = answers(site, data, b"\r\n" + data, data)
    assert at_once == long_way == again and at_once[0].startswith(b"HTTP/1.1 ")


def test_each_request_is_one_line_of_the_log_whichever_way_it_went(site):
    """What was answered with how many bytes, and no query."""
    data = f"GET {PAGE}?ett-eget-ord HTTP/1.1\r\nHost: {site.origin.removeprefix('http://')}\r\n\r\n".encode()
    known, missing = data[:-2] + b"If-None-Match: *\r\n\r\n", data.replace(PAGE.encode(), b"/finns/inte/")
    site.read(PAGE)
    (_, none), (_, body), *_ = answers(site, missing, data, known, b"\r\n" + data, data)
    whole = f"GET {PAGE} 200 {len(body)}"
    told = [f"GET - 404 {len(none)}", whole, f"GET {PAGE} 304 0", whole, whole]

    def is_told() -> bool:
        log = site.data_dir.parent / "access.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [line.split(" ", 1)[1].rsplit(" ", 1)[0] for line in lines[-5:]] == told

    eventually(is_told, 20)


def test_a_host_that_is_not_ours_is_refused_on_the_short_way_too(site):
    """400, and the connection's next request is answered for itself."""
    host = site.origin.removeprefix("http://")
    wrong, right = (f"GET {PAGE} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode() for name in ("annan.example", host))
    assert [head.split(b" ")[1] for head, _ in answers(site, right, wrong, right)] == [b"200", b"400", b"200"]


def test_what_is_sent_in_a_form_is_no_request(site):
    """Though it looks like one: the server has asked for it, and it comes in a piece of its own."""
    host, port = site.origin.removeprefix("http://").split(":")
    inner = f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    fields = f"Host: {host}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: {len(inner)}"
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(f"POST /om/tillganglighet/rapport/ HTTP/1.1\r\n{fields}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
        connection.sendall(inner)
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"400"]


@pytest.mark.parametrize(("half", "status"), [(b"GE", b"405"), (b"\r", b"400")])
def test_second_half_of_a_line_is_no_request(site, half, status):
    """The first half has been read, for a later visitor was answered: GE and GET is no method that we know."""
    host, port = site.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(half)
        assert site.read(PAGE)[0] == 200
        connection.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 %b " % status)


def test_first_request_of_a_connection_is_answered_where_it_is_read(site):
    """Before gunicorn's task has begun: who at once says that no more will come would by the long way get nothing."""
    host, port = site.origin.removeprefix("http://").split(":")
    site.read(PAGE)
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")


def test_empty_line_that_came_alone_is_not_held_against_a_later_request(site):
    """One is allowed before each request (RFC 9112, 2.2)."""
    host, port = site.origin.removeprefix("http://").split(":")
    data = f"HEAD {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with socket.create_connection((host, int(port)), 20) as connection:
        for sent in (b"\r\n", b"GET" + data.removeprefix(b"HEAD"), b"\r\n" + data):
            connection.sendall(sent)
            assert site.read(PAGE)[0] == 200
        connection.shutdown(socket.SHUT_WR)
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"200", b"200"]
