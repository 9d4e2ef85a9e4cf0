"""A kept page of ours against the same bytes from Wagtail with a cache, printed and never asserted: python -m tests.bench.bench_wagtail [rounds]

Wagtail comes into an environment of its own in a temporary folder. Its home page is our page's HTML, with wagtail-cache
as its documentation has it, in memory and compressed, under gunicorn's threads and under its plain worker. All have one process, and wrk asks them in turn. wrk is Debian's.
"""

import contextlib
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.bench.bench_serving import asked, page, running
from tests.serving import free_port, served

WANTED = ("wagtail==8.0.1", "gunicorn==27.0.1")
# It runs with Wagtail 8 and does not say so yet.
CACHE = ("--no-deps", "wagtail-cache==3.0.0")
SETTINGS = """
from .base import *

DEBUG, SECRET_KEY, ALLOWED_HOSTS = False, "bench", ["*"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHE_MIDDLEWARE_SECONDS = 86400
INSTALLED_APPS = [*INSTALLED_APPS, "wagtailcache"]
MIDDLEWARE = [
    "wagtailcache.cache.UpdateCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    *MIDDLEWARE,
    "wagtailcache.cache.FetchFromCacheMiddleware",
]
"""
WORKERS = {
    "Wagtail, cache, gthread": ("--worker-class", "gthread", "--threads", "2", "--keep-alive", "10"),
    "Wagtail, cache, sync": ("--worker-class", "sync"),
}


@contextlib.contextmanager
def wagtail(folder: Path, html: str):
    """Wagtail with `html` as its home page under each of WORKERS; gives addresses and process ids."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    for packages in (WANTED, CACHE):
        subprocess.run([programs / "pip", "install", "-qq", "--disable-pip-version-check", *packages], **quiet)
    site = folder / "kommun"
    site.mkdir()
    subprocess.run([programs / "wagtail", "start", "kommun", site], **quiet)
    (site / "kommun" / "settings" / "bench.py").write_text(SETTINGS)
    (site / "home" / "templates" / "home" / "home_page.html").write_text(f"{{% verbatim bench %}}{html}{{% endverbatim bench %}}")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATA", "PYTHON"))}
    env |= {"DJANGO_SETTINGS_MODULE": "kommun.settings.bench"}
    subprocess.run([programs / "python", "manage.py", "migrate", "-v0"], cwd=site, env=env, **quiet)
    with contextlib.ExitStack() as open_:
        found = {}
        for name, arguments in WORKERS.items():
            port = free_port()
            command = [programs / "gunicorn", "kommun.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", *arguments]
            pid = open_.enter_context(running(command, port, cwd=site, env=env, stderr=subprocess.DEVNULL, path="/"))
            found[name] = (f"127.0.0.1:{port}", pid, "/")
        yield found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (apt-get install wrk).")
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as open_:
        folder = Path(name)
        site = open_.enter_context(served(folder / "data", "--workers", "1", ACCESS_LOG=str(folder / "access.log")))
        address = site.origin.removeprefix("http://")
        _, body = page(address)
        servers = {"ours, kept page, log on": (address, site.pid, "/guider/")}
        servers |= open_.enter_context(wagtail(folder, gzip.decompress(body).decode()))
        runs: dict[str, list] = {server: [] for server in servers}
        for _ in range(rounds):
            for server, (where, pid, path) in servers.items():
                runs[server].append(asked(where, pid, path))
        table = {server: [statistics.median(column) for column in zip(*found, strict=True)] for server, found in runs.items()}
        ours = table["ours, kept page, log on"]
        print(f"\n{len(body)} bytes as gzip, wrk -t1 -c16, one process each")
        print(f"{'':30}{'req/s':>10}{'µs a request':>14}{'ours is … times':>17}{'in µs':>8}")
        for server, (rate, cost) in table.items():
            print(f"{server:30}{rate:10.0f}{cost:14.1f}{ours[0] / rate:17.1f}{cost / ours[1]:8.1f}")


if __name__ == "__main__":
    main()
