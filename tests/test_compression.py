"""Pages travel compressed: a page of ours is a fifth of its size, and 2G is slow."""

import gzip
import random

import pytest

from guides.public import kept
from guides.public.kept import Page, packed
from tests.factories import make_page, published


@pytest.fixture
def path(db):
    page = published(make_page(body="En mening som kommer igen. " * 100))
    return f"/om/{page.key}/"


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip, deflate", "deflate;q=0.5, GZIP;q=0.8"])
def test_browser_that_takes_gzip_gets_it(client, path, accepted):
    """The bytes unpack to the plain page, and their length is told."""
    plain = client.get(path).content
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer["Content-Encoding"] == "gzip"
    assert int(answer["Content-Length"]) == len(answer.content) < len(plain) / 2
    assert gzip.decompress(answer.content) == plain


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"])
def test_browser_that_does_not_gets_the_page_as_it_is(client, path, accepted):
    """Old proxies and plain tools read it too."""
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert b"<h1>" in answer.content


def test_each_form_has_a_tag_of_its_own(client, path):
    """A strong ETag names bytes; with its own tag each form is answered 304, with the other's it is sent."""
    plain, packed = client.get(path)["ETag"], client.get(path, headers={"Accept-Encoding": "gzip"})["ETag"]
    assert plain != packed
    for accepted, own, other in (("", plain, packed), ("gzip", packed, plain)):
        assert client.get(path, headers={"Accept-Encoding": accepted, "If-None-Match": own}).status_code == 304
        assert client.get(path, headers={"Accept-Encoding": accepted, "If-None-Match": other}).status_code == 200


def test_caches_are_told_that_the_form_varies(client, path):
    """A proxy never gives the packed form to a browser that cannot read it."""
    assert "Accept-Encoding" in client.get(path)["Vary"]


@pytest.mark.parametrize("address", ["/sok/?q=samtycke", "/finns/inte/", "/handlingsplan/?b=2"])
def test_page_made_for_one_request_is_compressed_too(client, path, address):
    """Searches, plans and what is missing: nothing secret stands in them whose length could betray it."""
    plain = client.get(address)
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.content) == plain.content
    assert int(answer["Content-Length"]) == len(answer.content)


def test_file_that_is_compressed_already_is_sent_as_it_is(client, db):
    """A Word document is a zip file."""
    answer = client.get("/handlingsplan/plan.docx?b=2", headers={"Accept-Encoding": "gzip"})
    assert answer.content[:2] == b"PK" and "Content-Encoding" not in answer.headers


HEAD = b"<title>x</title><script>1 < 2</script>\n<style>a{b:c}</style>"


@pytest.mark.parametrize(
    "content",
    [b"", HEAD, b"<p>f\xc3\xb6re</p>" + HEAD + b"<p>efter</p>" * 500, HEAD + HEAD, HEAD.replace(b"1", bytes(range(256)) * 300) + b"1 < 2"],
    ids=["nothing", "head alone", "around it", "twice", "larger than the window"],
)
def test_gzip_of_a_page_unpacks_to_the_page(content):
    """What every head holds is pressed once and put between the rest; for whoever unpacks it is one text."""
    assert [gzip.decompress(packed(content)) for _ in range(2)] == [content, content]


def test_pages_that_are_kept_have_a_limit(monkeypatch):
    """Addresses can be asked for without end, memory cannot: the page kept longest goes."""
    monkeypatch.setattr(kept, "MOST_KEPT", 100_000)
    pages = {}
    for number in range(1000):
        kept.keep(pages, f"/{number}/", Page(random.randbytes(1000), {"Content-Type": "text/html"}))
    assert "/999/" in pages and "/0/" not in pages
    assert sum(page.size for page in pages.values()) < 100_000 + kept.BETWEEN * 1100
