"""Bad input at every entrance: it is answered in words, never by a fault of ours, and nothing of ours is shown.

The ordinary run sends a fixed sample to each; `--long` sends 20,000.
"""

from __future__ import annotations

import contextlib
import socket
import traceback
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from random import randrange
from urllib.parse import unquote_to_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from guides.addresses import addresses
from guides.models import Contact, Membership, Municipality, Version
from guides.public.machine import COLLECTIONS
from guides.publishing import fact_check
from guides.publishing.content_files import export, import_content
from guides.publishing.current import current
from guides.publishing.files import ContentError
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER
from tests import upload_samples as samples
from tests.desk import furnish
from tests.factories import make_page, published
from tests.hostile import Hostile, forms
from tests.serving import copied, served

SAMPLE, LONG = 25, 20_000
ROLES = (EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR)
DAY = "datum=2026-06-01"


ENTRANCES = {}


def entrance(attack):
    """A way in that is tried: `attack(attack, count)` sends so much."""
    ENTRANCES[attack.__name__] = attack
    return attack


@dataclass
class Attack:
    """A database with one of everything, browsers of every kind, and what went wrong."""

    chance: Hostile
    folder: Path
    screens: dict[str, str]
    people: dict[str, Client]
    broken: list[str]
    answers: Counter

    def send(self, client: Client, address: str, data=None) -> None:
        """One request, whose traces in the database are undone."""
        failed = len(self.broken)
        path, _, query = address.partition("?")
        # As the server hands it on: not even a path that no address can have is put right.
        asked = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query.encode("utf-8", "replace").decode("latin-1")}
        with transaction.atomic():
            response = client.get("/", **asked) if data is None else client.post("/", data, **asked)
            transaction.set_rollback(True)
        # 503 is an answer when it says how long to wait (a day gone by is being put together), or when it was asked for.
        waits = response.status_code == 503 and ("Retry-After" in response.headers or "strikt" in query)
        fine = response.status_code < 500 or waits
        if len(self.broken) > failed or not fine:
            self.broken.append(f"{response.status_code} {ascii(address)[:300]} {ascii(data)[:1500]}")
        if data is not None and response.status_code == 302:
            # What was released has been undone.
            current.forget()
        assert response.streaming or b"Traceback (most recent" not in response.content
        self.answers[response.status_code] += 1

    def done(self) -> None:
        """Nothing broke."""
        print(f"\n{sum(self.answers.values())} requests: {dict(sorted(self.answers.items()))}", flush=True)
        assert not self.broken, "\n".join(self.broken[:12])


@pytest.fixture
def attack(db, person, request, tmp_path):
    """Filled once with what every screen needs; each role has its browser, the visitor too."""
    seed = randrange(10**6) if request.node.get_closest_marker("long") else 7
    screens = furnish()
    for key in ("hoppa-av", "kontaktsida", "tillganglighet", "webbplatsen"):
        published(make_page(key=key))
    people = {"visitor": Client()}
    for role in ROLES:
        user = person(role, role)
        if role == LOCAL:
            Membership.objects.create(user=user, municipality=Municipality.objects.first())
            Contact.objects.update(municipality=Municipality.objects.first())
        people[role] = Client()
        people[role].force_login(user)
    for client in people.values():
        client.raise_request_exception = False
    broken: list[str] = []

    def note(sender, **more):
        ours = [line for line in traceback.format_exc().splitlines() if "/guides/" in line or "/avhoppare/" in line]
        broken.append("\n".join([*traceback.format_exc(limit=-3).splitlines()[-8:], *ours[-2:], f"seed {seed}"])[:2500])

    got_request_exception.connect(note)
    yield Attack(Hostile(seed), tmp_path, screens, people, broken, Counter())
    got_request_exception.disconnect(note)


def public_addresses() -> list[str]:
    """Every page, and what is none."""
    found = [path for path in addresses(current.edition()) if not path.endswith(".pdf")]
    found += ["/sitemap.xml", "/robots.txt", "/halsa/", "/halsa/matt", "/sok/", "/sok/forslag.json", "/handlingsplan/plan.docx"]
    found += ["/finansiering/kalender.ics", "/nytt/atom.xml", "/1/", "/favicon.ico", "/.well-known/security.txt", "/static/img/favicon.svg"]
    return found + [f"{path.rstrip('/')}.md" for path in found if path.startswith(("/guider/", "/lag/"))]


@entrance
def public_paths(attack, count):
    """Parts spoilt, gone, doubled, in other scripts, in bytes that are no text."""
    real = public_addresses()
    for _ in range(count):
        attack.send(attack.people["visitor"], attack.chance.path(attack.chance.choice(real)))
    attack.done()


# The names that any page reads of a query.
NAMES = ("q", "sida", "typ", "datum", "strikt", "b", "l", "m", "h", "kommun", "lan", "visa", "fel", "till", "fran", "version", "bg")


@entrance
def public_queries(attack, count):
    """On every page, those that read one most of all."""
    real = public_addresses()
    reading = ["/sok/", "/sok/forslag.json", "/handlingsplan/", "/handlingsplan/plan.docx", "/kontakt/", "/halsa/", "/guider/"]
    for _ in range(count):
        path = attack.chance.choice(reading if attack.chance.random() < 0.7 else real)
        attack.send(attack.people["visitor"], f"{path}?{attack.chance.query(NAMES)}")
    attack.done()


@entrance
def api(attack, count):
    """Names, keys and queries of /api/."""
    real = ["/api/", "/api/openapi.json"]
    for name, (kind, _) in COLLECTIONS.items():
        real += [f"/api/{name}/"] + [f"/api/{name}/{record.key}/" for record in current.edition().all(kind)]
    for _ in range(count):
        path = attack.chance.choice(real)
        path = attack.chance.path(path) if attack.chance.random() < 0.7 else f"{path}?{attack.chance.query(NAMES)}"
        attack.send(attack.people["visitor"], path)
    attack.done()


def forms_of(attack, client, pages) -> list:
    """Those that a browser sees on some pages."""
    found = []
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            found += [(client, form) for form in forms(answer.content.decode(), page)]
    return found


def press(attack, found, count, kept=()):
    """Fill in one after the other."""
    for _ in range(count):
        client, form = attack.chance.choice(found)
        data = form.filled(attack.chance, kept or ((b"a;b\n", "a.csv"),))
        if form.post:
            attack.send(client, form.address, data)
        else:
            attack.send(client, f"{form.address.partition('?')[0]}?{attack.chance.query(sorted(data) or NAMES)}")
    attack.done()


@entrance
def public_forms(attack, count):
    """All that a visitor can send."""
    contact = reverse("guides:contact-detail", args=[Contact.objects.first().key])
    pages = ["/", "/sok/", "/handlingsplan/", contact, "/om/tillganglighet/"]
    found = forms_of(attack, attack.people["visitor"], pages)
    assert {form.address for _, form in found if form.post} >= {f"{contact}stammer-inte/", "/om/tillganglighet/rapport/"}
    press(attack, found, count)


@entrance
def fact_check_by_link(attack, count):
    """The link's own form, and links that are none."""
    version = Version.objects.filter(kind="step").order_by("pk").last()
    _, token = fact_check.make(version, None, 14)
    page = reverse("fact-check", args=[token])
    found = forms_of(attack, attack.people["visitor"], [page])
    assert len(found) == 1
    for _ in range(count // 3):
        path = attack.chance.path(attack.chance.choice((page, f"{page}tack/")))
        attack.send(attack.people["visitor"], path, None if attack.chance.random() < 0.5 else {"rest": "1"})
    press(attack, found, count - count // 3)


@entrance
def login(attack, count):
    """The door itself, from outside."""
    press(attack, forms_of(attack, attack.people["visitor"], ["/admin/login/", "/admin/login/?next=/admin/guides/step/"]), count)


def staff_addresses(attack) -> list[str]:
    """Every screen of the desk, and every other address of its urls with a row's number in it."""

    def walked(resolver, before=""):
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            yield from [route] if isinstance(pattern, URLPattern) else walked(pattern, route)

    routes = [route for route in walked(get_resolver()) if route.startswith("admin/") and "(?P" not in route]
    return sorted({*attack.screens.values(), *(f"/{_with_a_row(route)}" for route in routes)})


def _with_a_row(route: str) -> str:
    head, *rest = route.split("<")
    return head + "".join("1" + part.partition(">")[2] for part in rest)


LOOKUPS = ("", "__in", "__gt", "__isnull", "__regex", "__contains", "__range", "__year", "__date", "__exact", "__id__exact", "__pk")
OF_LISTS = ("q", "o", "p", "all", "e", "_popup", "_to_field", "_changelist_filters", "attgora", "nummer", "kind", "term", "app_label")
FIELDS = ("key", "title", "pk", "id", "kind", "municipality", "saved_by", "at", "on", "outcome", "county", "groups", "password", "steps", "tasks__text")
OF_VERBS = ("version", "fran", "till", "moment", "model_name", "field_name", "object_id", "next", "initial", "key", "title", "basis")


@entrance
def staff_paths_and_queries(attack, count):
    """As each role: paths that are spoilt, and lists asked for what they do not have."""
    names = [*OF_LISTS, *OF_VERBS, *(field + lookup for field in FIELDS for lookup in LOOKUPS)]
    real = staff_addresses(attack)
    for _ in range(count):
        client, path = attack.chance.choice([*attack.people.values()]), attack.chance.choice(real)
        if attack.chance.random() < 0.4:
            path = attack.chance.path(path)
        else:
            path = f"{path.partition('?')[0]}?{attack.chance.query(names)}"
        attack.send(client, path)
    attack.done()


FILES = tuple(
    (make(), name)
    for make, name in (
        (lambda: samples.PDF, "a.pdf"), (samples.docx, "b.docx"), (samples.odt, "c.odt"), (samples.xlsx, "d.xlsx"),
        (samples.picture, "e.png"), (samples.photo, "f.jpg"), (lambda: samples.picture("WEBP"), "g.webp"), (lambda: b"a;b\n1;2\n", "h.csv"),
        (lambda: samples.SVG, "i.svg"), (lambda: samples.HTML, "j.html"),
    )
)  # fmt: skip


@entrance
def staff_forms(attack, count):
    """Every form of every screen, as each role that sees it."""
    found = []
    for role in ROLES:
        pages = attack.chance.sample(sorted(attack.screens.values()), 5 if count == SAMPLE else len(attack.screens))
        # Who logs out, or takes their own rights away, is no longer there for the rest.
        found += [f for f in forms_of(attack, attack.people[role], pages) if "/logout/" not in f[1].address]
    press(attack, found, count, FILES)


@entrance
def uploads(attack, count):
    """Files of every kind with some of their bytes altered, under any name."""
    found = forms_of(attack, attack.people[EDITOR], ["/admin/guides/upload/add/"])
    found = [(client, form) for client, form in found if form.files]
    press(attack, found, count, FILES)


@entrance
def contact_sheet(attack, count):
    """The table of contacts, come back spoilt: as a file, and as the text that the page in between holds."""
    client = attack.people[EDITOR]
    sheet = client.get("/admin/kontakter/kontakter.csv").content
    for _ in range(count):
        data = attack.chance.bytes(sheet)
        if attack.chance.random() < 0.5:
            text = data.decode("utf-8", "replace")
            attack.send(client, "/admin/kontakter/", {"text": text, "_save": "1"})
        else:
            attack.send(client, "/admin/kontakter/", {"file": SimpleUploadedFile("k.csv", data or b"x")})
    attack.done()


@entrance
def content_files(attack, count):
    """One file of content/, spoilt: imported, or refused with its line; nothing else."""
    export(attack.folder / "whole")
    files = {path.relative_to(attack.folder / "whole"): path.read_bytes() for path in (attack.folder / "whole").rglob("*") if path.is_file()}
    outcomes = Counter()
    for _ in range(count):
        name = attack.chance.choice(sorted(files))
        place = attack.folder / "one" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        data = attack.chance.bytes(files[name])
        place.write_bytes(data)
        try:
            with transaction.atomic():
                import_content(attack.folder / "one")
                transaction.set_rollback(True)
            outcomes["imported"] += 1
        except ContentError as error:
            assert error.problems and all(problem.message for problem in error.problems)
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"{name}: {data!r}"[:3000]) from error
        place.unlink()
    print(f"\n{count} files: {dict(outcomes)}", flush=True)


def test_every_entrance_answers_what_is_bad(attack):
    """A fixed sample at each."""
    for send in ENTRANCES.values():
        send(attack, SAMPLE)


@pytest.mark.long
@pytest.mark.parametrize("name", ENTRANCES)
def test_20_000_at_each_entrance(attack, name):
    """Others each time; the seed is told with what broke."""
    ENTRANCES[name](attack, LONG)


# On the real server, byte by byte.

REAL = ("/", "/om/webbplatsen/", "/sok/?q=a", "/api/", "/halsa/", "/k/", "/static/x.js", "/admin/login/", "/faktakoll/x/", "/finns-inte/", "*")
HEADERS = (
    "Host", "Accept", "Accept-Encoding", "Accept-Language", "Cookie", "If-None-Match", "If-Modified-Since", "Range", "Connection", "Upgrade",
    "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Host", "Authorization", "Referer", "Origin", "Sec-Fetch-Site", "Content-Type", "Content-Length",
    "Transfer-Encoding", "Expect", "TE", "Trailer", "User-Agent", "X-HTTP-Method-Override", "X-Original-URL", "Forwarded", "Cache-Control",
)  # fmt: skip
METHODS = ("GET",) * 8 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "G\x00T", "")
USUAL = ("gzip, br", "close", "https", "bytes=0-9", "127.0.0.1", "s=abc; c=def", '"x"', "Thu, 01 Jan 1970 00:00:00 GMT", "chunked", "5", "100-continue")


def raw_request(chance: Hostile) -> bytes:
    """A request line, headers and a body, some of each as it should be."""
    target = chance.choice(REAL)
    if chance.random() < 0.4:
        target = chance.path(target) if chance.random() < 0.6 else chance.spoilt(target)
    lines = [f"{chance.choice(METHODS)} {target} {chance.choice(('HTTP/1.1',) * 12 + ('HTTP/1.0', 'HTTP/2', 'HTTP/9.9', ''))}"]
    if chance.random() < 0.85:
        lines.append("Host: 127.0.0.1")
    for _ in range(chance.randint(0, 6)):
        name = chance.choice(HEADERS) if chance.random() < 0.9 else chance.text()
        value = chance.choice(USUAL) if chance.random() < 0.4 else chance.text()
        lines.append(f"{name}: {value}" if chance.random() < 0.95 else name + value)
    body = chance.text() if chance.random() < 0.2 else ""
    coding = chance.choice(("utf-8", "latin-1"))
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode(coding, "replace" if coding == "latin-1" else "surrogatepass")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with served(folder / "data", clone=copied(folder / "clone", content=False)) as site:
        yield site


def status(site, raw: bytes) -> int:
    """What the server answered first; 0 when it closed without a word, or waits for what was announced and did not come."""
    host, port = site.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(raw)
        answer = HTTPResponse(connection, method=raw.partition(b" ")[0].decode("latin-1"))
        connection.settimeout(0.5)
        try:
            answer.begin()
        except TimeoutError:
            return 0
        connection.settimeout(20)
        assert b"Traceback (most recent" not in answer.read(100_000)
        return answer.status
    return 0


@pytest.mark.parametrize("count", [SAMPLE, pytest.param(LONG, marks=pytest.mark.long)])
def test_headers_and_lines_on_the_real_server(site, count):
    """No request makes a fault of ours, ends a worker or leaves a traceback in the log."""
    chance, answers = Hostile(7 if count == SAMPLE else randrange(10**6)), Counter()
    for _ in range(count):
        raw = raw_request(chance)
        found = status(site, raw)
        assert found < 500, raw
        answers[found] += 1
    print(f"\n{count} requests: {dict(sorted(answers.items()))}")
    log = site.log.read_text()
    assert site.answers() and "Traceback" not in log and "rror handling" not in log, log[-3000:]
