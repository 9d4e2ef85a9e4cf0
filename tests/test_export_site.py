"""The static copy: every page as the site shows it, without what needs a server and without numbers nobody has called."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from guides.edition.build import build
from guides.edition.material import Checked
from guides.public import handbook, static_site
from guides.public.static_site import StaticSite, old_paths, static_paths
from guides.publishing.current import current
from guides.publishing.in_force import counter, read_material, shelf
from guides.publishing.release import check, rename, withdraw
from tests.factories import make_contact, make_guide, make_page, make_step, published
from tests.nginx import ask, serving
from tests.pages import PAGE_TYPES

# Public addresses that need a server: what is asked, sent, or true of a process alone.
NEED_A_SERVER = {"plan-document", "search-suggestions", "report-access", "report-number", "health", "metrics"}
# There only when somebody has taken a file in, or has been named.
PERHAPS = {"file", "security"}
REPLACED = {"/sok/", "/sok/?q=hotbild", "/handlingsplan/"}
MACHINES = ("/api/", "/api/openapi.json", "/api/contacts/", "/api/guides/nar-nagon-vill-hoppa-av/", "/sitemap.xml", "/robots.txt", "/nytt/atom.xml")
FILES = ("/finansiering/kalender.ics", "/mallar/beslutslogg.docx")
# What differs on purpose, as it stands on the site and in the copy.
ON_THE_SITE = re.compile(
    r'<form class="search".*?</form>|<details class="report.*?</details>|<section class="report".*?</section>'
    r'|<script type="application/ld\+json">.*?</script>',
    re.DOTALL,
)
IN_THE_COPY = re.compile(
    r'<p class="preview".*?</p>|<p class="small">Kopia av.*?</p>|<p class="notice">I den här kopian.*?</p>'
    r'|<p class="small no-print" id="fel">.*?</p>|<section class="report".*?</section>',
    re.DOTALL,
)
POSSIBLE_FORMS = {"": lambda sent: sent, "gzip": gzip.decompress, "br": brotli.decompress}


def alike(page: bytes, differences: re.Pattern) -> str:
    """A page without what differs on purpose, nor empty lines."""
    text = differences.sub("", page.decode())
    return "\n".join(line for line in text.splitlines() if line.strip())


@pytest.fixture
def no_handbooks(monkeypatch):
    """As on a machine without Pango: setting one takes ten seconds."""
    for module in (handbook, static_site):
        monkeypatch.setattr(module, "missing", lambda: ("pango",))


def called(material):
    """The same content after somebody has called every number: then a copy may show them all."""
    contacts = [x.document for x in material.released if x.document.kind == "contact"]
    day = timezone.localdate(material.at)
    calls = tuple(Checked("contact", d.key, "answers", day, material.at - timedelta(minutes=1)) for d in contacts)
    return replace(material, checks=(*material.checks, *calls))


@pytest.fixture
def material(content):
    return read_material(timezone.now(), counter())


def compare_with_the_live_site(folder, material, paths, monkeypatch):
    """Each page from nginx, in each compressed form, against the one that the site answers with."""
    material = called(material)
    live, _ = build(material, shelf.text)
    copy, _ = build(replace(material, lasting=True), shelf.text)
    monkeypatch.setattr(current, "_edition", live)
    static = folder / "static"
    static.mkdir()
    monkeypatch.setattr("django.conf.settings.STATIC_ROOT", static)
    site = StaticSite(copy, folder / "copy")
    paths = static_paths(copy) if paths is None else paths
    site.write(paths)
    visitor = Client()
    with serving(folder, folder / "copy" / "nginx.conf") as port:
        for path in paths:
            shown, answer = visitor.get(path), ask(port, path)
            assert (answer.status, shown.status_code) == (200, 200), path
            for coding, unpack in POSSIBLE_FORMS.items():
                form = ask(port, path, **{"Accept-Encoding": coding})
                assert form.headers.get("Content-Encoding", "") in ("", coding)
                sent = unpack(form.content) if form.headers.get("Content-Encoding") else form.content
                assert sent == answer.content, (path, coding)
            for name in ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"):
                assert answer.headers[name] == shown.headers[name], (path, name)
            kind = [headers["Content-Type"].replace(" ", "").casefold() for headers in (answer.headers, shown.headers)]
            assert kind[0].split(";")[0] == kind[1].split(";")[0], path
            assert answer.headers.get("Access-Control-Allow-Origin") == shown.headers.get("Access-Control-Allow-Origin")
            if not kind[0].startswith("text/html"):
                assert answer.content == shown.content or path.endswith(".docx"), path
                continue
            assert "Kopia av webbplatsen från den" in answer.content.decode(), path
            if path in REPLACED:
                assert b"<form" not in answer.content and b'class="notice"' in answer.content
            else:
                assert alike(answer.content, IN_THE_COPY) == alike(shown.content, ON_THE_SITE), path


def test_copy_in_nginx_shows_what_the_site_shows(material, tmp_path, monkeypatch, no_handbooks):
    """Each type of page, packed and plain, with the headers of the site; only note, forms and numbers differ."""
    paths = [path for path in PAGE_TYPES.values() if "?" not in path]
    compare_with_the_live_site(tmp_path, material, [*paths, *MACHINES, *FILES], monkeypatch)


@pytest.mark.long
def test_whole_copy_in_nginx_shows_what_the_site_shows(material, tmp_path, monkeypatch):
    """Every address that the copy has."""
    compare_with_the_live_site(tmp_path, material, None, monkeypatch)


def test_every_public_address_is_in_the_copy_or_needs_a_server(edition, monkeypatch):
    """A new page that the copy forgets is named here."""
    monkeypatch.setattr(static_site, "missing", lambda: ())
    known = {resolve(path).url_name for path in (*static_paths(edition), *old_paths(edition))}
    names = {name for name in get_resolver("guides.public.urls").reverse_dict if isinstance(name, str)}
    assert names - known - NEED_A_SERVER - PERHAPS == set()


def small_site(folder: Path, paths) -> Path:
    (folder / "static").mkdir(exist_ok=True)
    StaticSite(current.lasting(), folder / "copy").write(paths)
    return folder / "copy" / "public"


def test_copy_holds_only_numbers_that_last(db, tmp_path, settings):
    """112, 114 14 and what somebody has called; another number gives way to the words for a missing one."""
    settings.STATIC_ROOT = tmp_path / "static"
    police = make_contact(key="polisen-11414", number="11414", recheck_class="C")
    year = make_contact(key="fran-i-fjol", number="+468100001", recheck_class="B", for_self=True)
    stable = make_contact(key="stabil", number="1177", recheck_class="C")
    told = make_contact(key="provringd", number="+468100002", recheck_class="B", for_self=True)
    body = "Ring {{kontakt:fran-i-fjol}}, {{kontakt:stabil}} eller {{kontakt:provringd}}."
    published(police, year, stable, told, make_page(key="sidan", body=body))
    check("contact", "provringd", "answers", None)
    public = small_site(tmp_path, ["/om/sidan/", "/kontakt/", "/api/contacts/", "/kontakt/nummer/stabil/"])
    page = (public / "om/sidan/index.html").read_text()
    assert set(re.findall(r'href="tel:([^"]+)"', page)) == {"112", "11414", "+468100002"}
    assert page.count("inget kontrollerat nummer, ring") == 2
    everything = "".join(file.read_text() for file in public.rglob("index.*") if file.suffix in (".html", ".json"))
    assert "8100001" not in everything and "tel:1177" not in everything and '"value": "1177"' not in everything


def test_whole_copy_has_no_number_that_nobody_has_called(edition):
    """The real content as it is: nothing has been called yet."""
    copy = current.lasting()
    shown = {number.href for contact in copy.all("contact") for number in contact.numbers.values()}
    assert shown == {"tel:112", "tel:11414"}
    assert len({number.href for c in edition.all("contact") for number in c.numbers.values()}) > 2


def test_old_addresses_of_the_copy_lead_on(db, tmp_path, settings):
    """A short address, an old key and a withdrawn page answer in nginx as on the site."""
    settings.STATIC_ROOT = tmp_path / "static"
    renamed, gone = make_page(key="gammal"), make_page(key="borta")
    step = make_step(paper_number=12)
    guide = make_guide([step], key="guiden")
    published(guide, renamed, gone)
    rename(renamed, "ny", None)
    withdraw("page", "borta", None, "Skälet står här.")
    small_site(tmp_path, ["/", "/om/ny/", f"/guider/guiden/{step.key}/"])
    with serving(tmp_path, tmp_path / "copy" / "nginx.conf") as port:
        visitor = Client()
        for path in ("/12/", "/om/gammal/"):
            assert ask(port, path).status == 301
            assert ask(port, path).headers["Location"] == visitor.get(path).headers["Location"]
        withdrawn = ask(port, "/om/borta/")
        assert withdrawn.status == 410 and "Skälet står här." in withdrawn.content.decode()
        missing = ask(port, "/finns/inte/")
        assert missing.status == 404 and b'href="tel:112"' in missing.content
        assert missing.headers["Content-Security-Policy"]
        assert ask(port, "/om/ny/?datum=2026-01-01").status == 404
        assert ask(port, "/om/ny/", "POST").status == 405
        assert ask(port, "/om/ny/index.html").status == 404
        assert ask(port, "/om/ny").headers["Location"] == "/om/ny/"


def test_command_replaces_an_earlier_copy_and_nothing_else(db, tmp_path, settings, no_handbooks):
    """A folder with something else in it is left alone; a copy is exchanged whole."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = []
    page = published(make_page(key="sidan", title="Ett"))
    call_command("export_site", tmp_path / "kopia", verbosity=0)
    page.title = "Två"
    page.save()
    published(page)
    call_command("export_site", tmp_path / "kopia", verbosity=0)
    assert "<h1>Två</h1>" in (tmp_path / "kopia/public/om/sidan/index.html").read_text()
    assert str(tmp_path / "kopia/public") in (tmp_path / "kopia/nginx.conf").read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kopia", "static"]
    with pytest.raises(CommandError, match="finns redan"):
        call_command("export_site", tmp_path / "static" / "..", verbosity=0)
