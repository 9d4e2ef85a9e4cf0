"""The whole public edition as files: for hosting without Python, for the day when everything burns, for the archive.

Each address is answered by its own view, with an edition that holds only numbers that last, and by templates that
say in a sentence where a form would need a server. What moved and what was withdrawn stands in a file for nginx.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import brotli
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.formats import date_format

from guides.addresses import address, addresses
from guides.edition.edition import Edition
from guides.public.handbook import missing
from guides.public.machine import COLLECTIONS
from guides.public.twins import twin_of
from guides.public.views.files import POLICY

ENGINE = "static_site"
# A file of a few bytes gains nothing.
WORTH_PACKING = 200
PACKED = (".html", ".json", ".xml", ".ics", ".txt", ".md", ".js", ".css", ".svg")
# What a web server of another kind has its own way to say, and what differs with each answer.
OWN_HEADERS = frozenset(
    {"Content-Type", "Content-Length", "Content-Disposition", "Cache-Control", "ETag", "Vary", "Access-Control-Allow-Origin"}
)
NOT_FOUND = "/404/"


def static_paths(edition: Edition) -> list[str]:
    """Every address that can be answered by a file."""
    found = [*addresses(edition), *map(reverse, ("guides:search", "guides:grant-calendar"))]
    found += [reverse("guides:guide-print", args=[guide.key]) for guide in edition.all("guide")]
    if not missing():
        found += [reverse("guides:handbook", args=[guide.key]) for guide in edition.guides()]
    found += [reverse("guides:download-file", args=[download.key]) for download in edition.all("download")]
    found += [reverse("guides:municipality-poster", args=[place.key]) for place in edition.municipalities()]
    found += map(reverse, ("guides:api", "guides:api-description", "guides:sitemap", "guides:robots"))
    found += [reverse("guides:news-feed"), *(reverse("guides:guide-feed", args=[guide.key]) for guide in edition.guides())]
    found += [twin for twin in (twin_of(resolve(path), path) for path in addresses(edition)) if twin]
    found += [address(file) for file in edition.all("file")]
    if settings.SECURITY_CONTACT:
        found.append(reverse("guides:security"))
    for name, (kind, _) in COLLECTIONS.items():
        records = edition.guides() if kind == "guide" else edition.all(kind)
        found.append(reverse("guides:api-list", args=[name]))
        found += [reverse("guides:api-item", args=[name, record.key]) for record in records]
    return found


def old_paths(edition: Edition) -> Iterator[str]:
    """Addresses that somebody may have kept: short ones on paper, old keys, what was withdrawn."""
    yield reverse("guides:favicon")
    gone = edition.gone.values()
    for record in (*edition.all("guide"), *edition.all("step"), *gone):
        if getattr(record, "paper_number", None):
            yield reverse("guides:short", args=[record.paper_number])
    kinds = {kind: name for name, (kind, _) in COLLECTIONS.items()}
    for kind, key in dict.fromkeys([*edition.renames, *edition.gone]):
        tried = [(f"{kind}-detail", key), ("about-page", key), ("example-detail", key)]
        if kind == "step":
            tried = [("step-detail", guide.key, key) for guide in edition.all("guide")]
        if kind in kinds:
            tried.append(("api-item", kinds[kind], key))
        for name, *arguments in tried:
            try:
                yield reverse(f"guides:{name}", args=arguments)
            except NoReverseMatch:
                continue


class StaticSite:
    """An edition written as files under `folder`: `public/`, and `nginx.conf` with `moved.conf` beside it.

    `place` is where the folder will lie in the end, if elsewhere.
    """

    def __init__(self, edition: Edition, folder: Path, place: Path | None = None):
        self.edition, self.folder, self.place = edition, folder, place or folder
        self.note = (
            f"Kopia av webbplatsen från den {date_format(edition.today, 'j F Y')}. "
            "Här står bara 112, 114 14 och nummer som någon har ringt och kontrollerat."
        )
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def write(self, paths: Iterable[str] | None = None) -> int:
        """Write all files, or those of `paths` alone, and return how many pages there are. Raises OSError."""
        moved, gone, count = {}, {}, 0
        for path in static_paths(self.edition) if paths is None else paths:
            self._keep(path, _bytes(self.ask(path)))
            count += 1
        for path in old_paths(self.edition):
            response = self.ask(path)
            if response.status_code in (301, 302):
                moved[path] = response.headers["Location"]
            elif response.status_code in (200, 410):
                file = self._keep(path, response.content)
                if response.status_code == 410:
                    gone[path] = f"/{file.relative_to(self.folder / 'public')}"
        missed = self.ask(NOT_FOUND)
        self._file("404.html").write_bytes(missed.content)
        shutil.copytree(settings.STATIC_ROOT, self._file("static"), ignore=_staff_only, dirs_exist_ok=True)
        with ThreadPoolExecutor() as pool:
            list(pool.map(pack, sorted(self.folder.joinpath("public").rglob("*"))))
        self._configure(moved, gone, missed.headers)
        return count

    def ask(self, path: str):
        """The answer of the site's own view, as a visitor of the copy is to have it."""
        site = urlsplit(settings.PUBLIC_URL)
        environ = {"PATH_INFO": path, "HTTP_HOST": site.netloc, "HTTP_X_FORWARDED_PROTO": site.scheme}
        setup_testing_defaults(environ)
        request = WSGIRequest(environ)
        request.edition, request.engine, request.preview = self.edition, ENGINE, self.note
        return self.handler.get_response(request)

    def _keep(self, path: str, content: bytes) -> Path:
        """The file of an address: `index.html` in a folder of its name, as every web server expects."""
        page = "index.json" if path.startswith(reverse("guides:api")) else "index.html"
        file = self._file(path.lstrip("/") + (page if path.endswith("/") else ""))
        file.write_bytes(content)
        return file

    def _file(self, name: str) -> Path:
        file = self.folder / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def _configure(self, moved: dict[str, str], gone: dict[str, str], headers) -> None:
        maps = (("moved", moved), ("gone", gone))
        lines = [_map(name, pairs) for name, pairs in maps]
        (self.folder / "moved.conf").write_text("".join(lines), encoding="utf-8")
        context = {
            "folder": self.place,
            "policy_of_files": POLICY,
            "host": urlsplit(settings.PUBLIC_URL).hostname,
            "headers": [(name, value) for name, value in headers.items() if name not in OWN_HEADERS],
        }
        text = render_to_string("static_site/nginx.conf", context)
        (self.folder / "nginx.conf").write_text(text, encoding="utf-8")


def _bytes(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _map(name: str, pairs: dict[str, str]) -> str:
    rows = "".join(f'    "{path}" "{target}";\n' for path, target in sorted(pairs.items()))
    return f'map $uri ${name} {{\n    default "";\n{rows}}}\n'


def _staff_only(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "admin"] if Path(folder) == Path(settings.STATIC_ROOT) else []


def pack(file: Path) -> None:
    """A file's compressed forms beside it, as nginx's `gzip_static` and `brotli_static` look for them."""
    if file.suffix not in PACKED or file.stat().st_size < WORTH_PACKING:
        return
    content = file.read_bytes()
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(content))
