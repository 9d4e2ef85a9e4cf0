"""The door before Django, on the real server: kept pages, what is refused, and what else must not wait."""

import contextlib
import gzip
import http.client
import re
import socket
import threading

import brotli
import pytest

from tests.serving import Site, eventually

PAGE = "/om/webbplatsen/"


@pytest.fixture(scope="module")
def site(tmp_path_factory, small):
    folder = tmp_path_factory.mktemp("door")
    with small.served(folder / "data", "--workers", "1", ACCESS_LOG=str(folder / "access.log")) as site:
        yield site


def ask(site: Site, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
    """Status, headers and body, over a connection of its own."""
    connection = http.client.HTTPConnection(site.origin.removeprefix("http://"), timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def ours(headers) -> dict[str, str]:
    """Headers but for those that name a form or a moment."""
    moving = ("etag", "content-length", "content-encoding", "date", "connection")
    return {name.lower(): value for name, value in headers.items() if name.lower() not in moving}


def smallest(site: Site):
    """The page as brotli, once somebody had time to make it."""
    found = ask(site, PAGE, Accept_Encoding="br")
    return found if found[1]["Content-Encoding"] == "br" else None


def test_each_coding_holds_the_same_page(site):
    """Plain, gzip and brotli unpack to the same bytes under tags of their own, with the same headers."""
    _, headers, body = ask(site, PAGE)
    _, packed_headers, packed = ask(site, PAGE, Accept_Encoding="gzip")
    _, small_headers, small = eventually(lambda: smallest(site), 30)
    assert gzip.decompress(packed) == brotli.decompress(small) == body
    assert len(small) < len(packed) < len(body)
    assert len({h["ETag"] for h in (headers, packed_headers, small_headers)}) == 3
    assert ours(headers) == ours(packed_headers) == ours(small_headers)
    assert "Accept-Encoding" in headers["Vary"]


@pytest.mark.parametrize(
    "accepted", ["br;q=0, gzip;q=0", "identity;q=0", "*", "*;q=0", "gzip;q=x", ",;q=,=", "é", "g" * 5000, "br;q=0;q=1"]
)
def test_odd_accept_encoding_still_gives_the_page(site, accepted):
    """Whatever is sent, the page comes whole, and the next visitor's too."""
    status, headers, body = ask(site, PAGE, Accept_Encoding=accepted)
    if headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    assert (status, b"<h1>" in body) == (200, True)
    assert b"<h1>" in ask(site, PAGE)[2]


def test_known_page_is_not_sent_again(site):
    """304 with the page's own headers for each form, for a weak tag and for a list."""
    for accepted in ("", "gzip"):
        _, headers, _ = ask(site, PAGE, Accept_Encoding=accepted)
        for known in (headers["ETag"], f"W/{headers['ETag']}", f'"x", {headers["ETag"]}', "*"):
            status, again, body = ask(site, PAGE, Accept_Encoding=accepted, If_None_Match=known)
            assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
            assert ours(again) == {name: value for name, value in ours(headers).items() if name != "content-type"}


def test_head_is_the_same_without_a_body(site):
    """Length, tag and all, from the door and from Django."""
    for path in (PAGE, "/sok/?q=a", "/finns/inte/"):
        (status, headers, _), (asked, head, nothing) = ask(site, path), ask(site, path, "HEAD")
        assert (asked, nothing) == (status, b"") and ours(head) == ours(headers)
        assert head["ETag"] == headers["ETag"]


@pytest.mark.parametrize("query", ["utm_source=x", "a=1&b=2", "%64=1", "x" * 2000, "q=%00", "&&&", "datu=2026-01-01"])
def test_query_that_no_page_knows_changes_nothing(site, query):
    """The same bytes under the same tag, before and after: the cache is neither split nor poisoned."""
    _, before, page = ask(site, PAGE)
    assert ask(site, f"{PAGE}?{query}")[2] == page
    assert ask(site, PAGE)[1]["ETag"] == before["ETag"]


@pytest.mark.parametrize("query", ["datum=2020-01-01", "%64atum=2020-01-01"])
def test_query_that_a_page_knows_is_never_answered_from_the_cache(site, query):
    """A day gone by is asked of Django, however its name is written, and kept by nobody."""
    assert ask(site, "/guider/")[0] == 200
    status, headers, _ = ask(site, f"/guider/?{query}")
    assert status == 404 and headers["Cache-Control"] == "no-store" and "ETag" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "x" * 300, "127.0.0.1:80:80", "[::1"])
def test_host_that_is_not_ours_is_refused(site, host):
    """400 with numbers to call, kept page or not, and the page stays as it was."""
    for path in (PAGE, "/sok/?q=a", "/admin/login/"):
        status, headers, body = ask(site, path, Host=host)
        assert status == 400 and headers["Cache-Control"] == "no-store"
        assert 'href="tel:112"' in body.decode() and "evil" not in body.decode()
    assert ask(site, PAGE)[0] == 200


@pytest.mark.parametrize("path", ["//om/webbplatsen/", "/om//webbplatsen/", "/om/webbplatsen/../webbplatsen/", "/OM/webbplatsen/", "/%ff/"])
def test_path_in_other_letters_is_not_the_page(site, path):
    """It is what Django says of it, and leaves nothing in the cache."""
    assert ask(site, path)[0] in (301, 404)
    assert ask(site, PAGE)[0] == 200


def test_whole_address_as_target_is_answered(site):
    """RFC 9112, 3.2.2: a server must take the absolute form."""
    assert ask(site, f"{site.origin}{PAGE}")[2] == ask(site, PAGE)[2]


def test_what_depends_on_a_person_never_passes_the_cache(site):
    """Admin, search and health are asked of Django each time, with no tag and kept by nobody."""
    for path in ("/admin/login/", "/sok/?q=a", "/halsa/", "/handlingsplan/?b=2"):
        for _ in range(2):
            status, headers, _ = ask(site, path)
            assert status == 200 and "ETag" not in headers
            assert {"no-store", "no-cache"} & set(re.split(r",\s*", headers["Cache-Control"]))


def test_more_than_anybody_needs_to_send_is_refused(site):
    """413 in Swedish, announced or in pieces, and the answer is heard although much was still to be sent."""
    path = "/om/tillganglighet/rapport/"
    for body in (b"x" * 300_000, iter([b"x" * 1000] * 300)):
        status, _, said = ask(site, path, "POST", body)
        assert status == 413 and "för stort" in said.decode()


def test_length_that_no_number_holds_is_refused(site):
    """Python reads no more than 4,300 digits, and what follows cannot be told from the next request."""
    host, port = site.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(f"POST /om/tillganglighet/rapport/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: {'9' * 5000}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_refusal_of_a_head_has_no_body(site):
    """Another's address: the server had to throw the page away, with a line in the log each time."""
    host, port = site.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: annan.example\r\nConnection: close\r\n\r\n")
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    assert found.startswith(b"HTTP/1.1 400 ") and found.endswith(b"\r\n\r\n")
    assert "no-body" not in site.log.read_text()


def test_requests_sent_ahead_are_all_answered(site):
    """Three hundred at once, in pieces that fit no request: each is answered, and none twice."""
    host, port = site.origin.removeprefix("http://").split(":")
    one = f"HEAD {PAGE} HTTP/1.1\r\nHost: {host}\r\nX-Filler: {'x' * 2000}\r\n".encode()
    everything = (one + b"\r\n") * 299 + one + b"Connection: close\r\n\r\n"
    with socket.create_connection((host, int(port)), 20) as connection:
        for start in range(0, len(everything), 70_001):
            connection.sendall(everything[start : start + 70_001])
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    assert found.count(b"HTTP/1.1 200 OK") == 300


def test_sent_form_reaches_the_page(site):
    """A form in one piece and in many arrives whole: too short a report is told so, and nothing typed is lost."""
    typed = b"text=" + b"hej+" * 200
    for body in (typed, iter([typed[:3], typed[3:]])):
        headers = {"Content_Type": "application/x-www-form-urlencoded"}
        assert ask(site, "/om/tillganglighet/rapport/", "POST", body, **headers)[0] in (200, 302, 303)


def test_slow_staff_never_hold_a_visitor(site):
    """Logins take a tenth of a second of hashing each; with more of them than threads, a page that must be rendered comes."""
    done = threading.Event()

    def log_in():
        while not done.is_set():
            ask(site, "/admin/login/")

    busy = [threading.Thread(target=log_in) for _ in range(12)]
    for thread in busy:
        thread.start()
    try:
        assert ask(site, "/sok/?q=hjalp")[0] == 200
    finally:
        done.set()
        for thread in busy:
            thread.join()


def lines(site: Site) -> list[str]:
    log = site.data_dir.parent / "access.log"
    return log.read_text().splitlines() if log.exists() else []


def test_log_says_what_and_when_and_nobody(site):
    """One line a request: moment, method, path without query, status, bytes, milliseconds.

    Unknown paths are a dash, and so is the link of a fact check: whoever has it reads a draft.
    """
    ask(site, f"{PAGE}?hemligt=1", Accept_Encoding="gzip", User_Agent="hemlig", Referer="https://hemlig.example/")
    ask(site, "/hemlig-adress/")
    assert ask(site, "/faktakoll/hemlig-lank/tack/")[0] == 200
    ask(site, "/sok/?q=hemligt", "HEAD")
    written = eventually(lambda: (found := lines(site)) and " HEAD /sok/ " in found[-1] and found, 10)
    shape = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|HEAD|POST) (/\S*|-) \d{3} \d+ \d+\.\d"
    assert [line for line in written if not re.fullmatch(shape, line)] == []
    assert [re.sub(r"\S+ (.+) \d+ \S+", r"\1", line) for line in written[-4:]] == [
        f"GET {PAGE} 200", "GET - 404", "GET - 200", "HEAD /sok/ 200"
    ]  # fmt: skip
    assert not [line for line in written if "hemlig" in line or "127.0.0.1" in line or "?" in line]


def test_log_loses_no_line_at_the_end(small, tmp_path):
    """Lines wait for their batch; when the server is asked to end, those that wait are written."""
    log = tmp_path / "access.log"
    with small.served(tmp_path / "data", "--workers", "1", ACCESS_LOG=str(log)) as ending:
        for _ in range(100):
            ask(ending, PAGE)
    assert log.read_text().count(f" GET {PAGE} 200 ") == 100
