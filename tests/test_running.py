"""guides/running.md, compose.yaml and .ci/nginx.conf: what the operator is told to do works."""

import os
import re
import shlex
import signal
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import psycopg
import pytest
import yaml

from guides.public.kept import ALONE
from tests.nginx import ask, complaints, configured, serving
from tests.postgres import own_server
from tests.serving import CLONE, copied, environment, eventually, in_shell, manage, served

PAGE = (CLONE / "guides" / "running.md").read_text()
README = (CLONE / "README.md").read_text()
COMPOSE = yaml.safe_load((CLONE / "compose.yaml").read_text())
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
# What runs in a container runs here outside one.
INSIDE = re.compile(r"docker compose (?:exec|run --rm --no-deps) (\w+) (.+)")
# What only Docker does; its words are checked, not its work.
DOCKER_ALONE = re.compile(r"docker compose (up -d( --build)?|build|stop [a-z ]+|cp (\w+):/app/data/[\w.-]+ \.)")


@cache
def settings_of_the_environment() -> set[str]:
    schema = (CLONE / "avhoppare" / "settings.py").read_text().split("env = environ.Env(", 1)[1].split("\n)", 1)[0]
    return set(re.findall(r"^    ([A-Z_]+)=", schema, re.MULTILINE))


def test_every_command_is_ours_or_dockers():
    """A line that the next test does not run would be a promise."""
    assert [line for line in COMMANDS if not INSIDE.fullmatch(line) and not DOCKER_ALONE.fullmatch(line)] == []
    assert {found[1] for line in COMMANDS if (found := INSIDE.fullmatch(line))} <= set(COMPOSE["services"])


@pytest.fixture(scope="module")
def server():
    with own_server() as server:
        yield server


def outside(words: list[str], site: Path, server) -> list[str]:
    """The words of a command for a container, as they are here."""
    if words[0] in ("dropdb", "createdb"):
        return [server.programs / words[0], "-h", server.host, "-p", str(server.port), *words[1:]]
    if words[0] == ".venv/bin/python":
        words = [sys.executable, *words[1:]]
    if "addstatictoken" in words:
        words[-1] = "forst"
    if "createsuperuser" in words:
        words += ["--noinput", "--username", "forst", "--email", "forst@avhoppare.example"]
    return [re.sub(r"(?<!\S)data/", f"{site}/", word) for word in words]


def test_operators_day_from_the_page(tmp_path, server):
    """Every command of the page, in its order, on PostgreSQL; afterwards everything is there again, uploads too."""
    site, clone = tmp_path / "data", copied(tmp_path / "clone", content=False)
    database = f"postgres://avhoppare@{server.host}:{server.port}/avhoppare"
    more = {
        "DATABASE_URL": database,
        "SECRET_KEY": "x" * 60 + "0123456789abcdef",
        "PUBLIC_URL": "https://avhoppare.example",
        "DEFAULT_FROM_EMAIL": "sajten@avhoppare.example",
        "DJANGO_SUPERUSER_PASSWORD": "ett-langt-losenord",
    }
    with server.connect() as connection:
        connection.execute("CREATE DATABASE avhoppare")
    for command in ("migrate", "import_content"):
        assert manage(site, command, clone=clone, **more).returncode == 0
    (site / "uploads").mkdir()
    (site / "uploads" / "karta.png").write_bytes(b"\x89PNG")
    for line in COMMANDS:
        if found := INSIDE.fullmatch(line):
            command = outside(shlex.split(found[2]), site, server)
            done = subprocess.run(command, cwd=clone, env=environment(site, **more), capture_output=True, text=True)
            assert done.returncode == 0, (line, done.stderr)
            if "--deploy" in line:
                assert "no issues" in done.stdout and "WARNING" not in done.stderr
    assert (site / "uploads" / "karta.png").read_bytes() == b"\x89PNG" and (site / "uploads-before").exists()
    assert (site / "kopia" / "public" / "index.html").exists()
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT username FROM auth_user").fetchall() == [("forst",)]
        assert connection.execute("SELECT count(*) FROM guides_release").fetchall() == [(1,)]


@pytest.mark.long
def test_first_command_of_the_readme_serves_the_site(tmp_path):
    """From a clone and Python alone; the packages are fetched."""
    (command,) = re.findall(r"^(python3 -m venv .+) && \.venv/bin/python manage\.py up$", README, re.MULTILINE)
    clone = copied(tmp_path / "clone", content=False)
    subprocess.run(["sh", "-ec", command], cwd=clone, check=True, capture_output=True, timeout=900)
    with served(tmp_path / "data", clone=clone, python=clone / ".venv" / "bin" / "python") as site:
        assert site.read("/om/webbplatsen/")[0] == 200


def test_readme_leads_to_the_one_page():
    """What is said twice is soon said in two ways: the table of variables stands here alone."""
    assert "`guides/running.md`" in README and not re.search(r"^\| `[A-Z_]+`", README, re.MULTILINE)


def test_table_names_every_variable():
    """None is forgotten, and none is made up; the two that Django's own `createsuperuser` reads are not ours."""
    told = {name for row in re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`([A-Z_]+)`", row)}
    assert told == settings_of_the_environment()


def test_compose_file_gives_the_site_what_it_reads():
    """Only variables that the site knows, on volumes that are declared, from folders that are there."""
    services = COMPOSE["services"]
    assert {"site", "database", "nginx"} <= set(services)
    for name in ("site", "upkeep"):
        assert set(services[name]["environment"]) <= settings_of_the_environment()
    for service in services.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (CLONE / source).is_file(), volume
        # A floating name would be another program tomorrow.
        assert "build" in service or re.search(r":\d+(\.\d+)?-", service["image"])
    run = services["upkeep"]["command"][-1]
    for command in re.findall(r"manage\.py (\w+)", run):
        assert (CLONE / f"guides/management/commands/{command}.py").exists()


def replaced(tmp_path, upstream: str) -> dict[str, str]:
    return {"server site:8000": f"server {upstream}", "/var/cache/nginx/avhoppare": str(tmp_path / "cache")}


def test_nginx_takes_its_configuration(tmp_path):
    """`nginx -t`, without a word."""
    assert complaints(configured(tmp_path, CLONE / ".ci" / "nginx.conf", **replaced(tmp_path, "127.0.0.1:9"))[0]) == ""


@pytest.fixture
def behind(tmp_path, small):
    """A site with nginx in front; both, to stop one of them."""
    with small.served(tmp_path / "data", "--workers", "1") as site:
        folder = tmp_path / "nginx"
        folder.mkdir()
        with serving(folder, CLONE / ".ci" / "nginx.conf", **replaced(folder, site.origin.removeprefix("http://"))) as port:
            yield site, port


def test_nginx_keeps_pages_apart_and_nothing_that_tells_of_a_reader(behind, tmp_path):
    """One copy for each form; none for a query that no page knows; search, plan and health are asked for each time."""
    site, port = behind
    plain, packed = ask(port, "/om/webbplatsen/"), ask(port, "/om/webbplatsen/", **{"Accept-Encoding": "gzip, br"})
    assert plain.content.startswith(b"<!DOCTYPE")
    assert packed.headers.get("Content-Encoding") in (None, "gzip", "br")
    assert "Content-Encoding" not in plain.headers
    assert ask(port, "/om/webbplatsen/?utm=x").content == plain.content
    for path in ("/sok/?q=hot-mot-nagon", "/handlingsplan/?b=2", "/halsa/", "/admin/login/"):
        assert ask(port, path).status == 200, path
    kept = [file.read_bytes() for file in (tmp_path / "nginx" / "cache").rglob("*") if file.is_file()]
    keys = {line for content in kept for line in re.findall(rb"^KEY: (.+)$", content, re.MULTILINE)}
    assert keys and not [key for key in keys if re.search(rb"sok|handlingsplan|halsa|admin|utm|\?", key)]
    assert not [content for content in kept if b"hot-mot-nagon" in content]


RELEASE = """
from guides.models import Page
from tests.factories import published
page = Page.objects.get(key="webbplatsen")
page.body = "Det gamla numret är borta."
page.save()
published(page)
"""


def aged(file: Path, seconds: int) -> None:
    """Let a page in nginx's cache have been good until so much earlier: the second number in its head says when."""
    with file.open("r+b") as kept:
        version, until = struct.unpack("=QQ", kept.read(16))
        assert version < 100 and abs(until - time.time()) < 600
        kept.seek(8)
        kept.write(struct.pack("=Q", until - seconds))


def kept_by_nginx(folder: Path) -> Path:
    """The file of the page."""
    files = [file for file in (folder / "nginx" / "cache").rglob("*") if file.is_file()]
    (found,) = [file for file in files if b"/om/webbplatsen/" in file.read_bytes()[:1000]]
    return found


def test_nginx_shows_nobody_what_was_before_a_release(behind, tmp_path):
    """Also the first who asks for a page after a long time: a hidden number must not come back once from the cache."""
    site, port = behind
    assert ask(port, "/om/webbplatsen/").status == 200
    in_shell(site.data_dir, RELEASE)
    eventually(lambda: "är borta".encode() in site.read("/om/webbplatsen/")[1], 30)
    aged(kept_by_nginx(tmp_path), 60)
    assert "är borta".encode() in ask(port, "/om/webbplatsen/").content


def test_nginx_shows_what_it_has_kept_while_the_site_is_away(behind, tmp_path):
    """Old words are better than none, but not for longer than the site has said: then the numbers alone."""
    site, port = behind
    before = ask(port, "/om/webbplatsen/").content
    os.kill(site.pid, signal.SIGTERM)
    eventually(lambda: not site.answers(), 30)
    aged(kept_by_nginx(tmp_path), 60)
    answer = ask(port, "/om/webbplatsen/")
    assert (answer.status, answer.content) == (200, before)
    aged(kept_by_nginx(tmp_path), 60 + ALONE)
    answer = ask(port, "/om/webbplatsen/")
    assert answer.status == 503 and b"tel:112" in answer.content


def test_nginx_says_the_numbers_when_the_site_is_away(tmp_path):
    """And the way out, kept by nobody."""
    with serving(tmp_path, CLONE / ".ci" / "nginx.conf", **replaced(tmp_path, "127.0.0.1:9")) as port:
        answer = ask(port, "/hoppa-av/")
        words = answer.content.decode()
        assert answer.status == 503 and answer.headers["Cache-Control"] == "no-store" and answer.headers["Retry-After"]
        assert 'href="tel:112"' in words and 'href="tel:11414"' in words and "Lämna sidan" in words
        assert answer.headers["Referrer-Policy"] == "no-referrer" and "default-src 'none'" in answer.headers["Content-Security-Policy"]
