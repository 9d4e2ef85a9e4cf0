"""Building, rendering, memory, start, import and the admin, printed and never asserted: python -m tests.bench.bench_site [documents …]

Seconds of the processor, not of the clock, except where it says so: what else the machine does is left out.
Sizes beyond the content are reached with pages of the site's own words; 300, 3,000 and 30,000 when none is given.
"""

import gc
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from tests.bench.bench_search import RELEASE
from tests.bench.bench_serving import own_and_children, seconds_of
from tests.serving import CLONE, environment, in_shell, manage, served

SIZES = (300, 3_000, 30_000)


def row(name: str, value: str) -> None:
    print(f"{name:62}{value:>24}", flush=True)


def worked(call) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def memory(pids: list[int]) -> str:
    """Of each process what it holds, what it shares being divided among those that share it (PSS)."""
    told = (re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M) for pid in pids)
    return ", ".join(f"{int(own.group(1)) / 1024:.0f}" for own in told) + " MB"


def rested(pids: list[int], seconds: float = 90) -> None:
    """Wait until processes have done what they do by themselves."""
    used, deadline = -1.0, time.monotonic() + seconds
    while (now := sum(map(seconds_of, pids))) - used > 0.1 and time.monotonic() < deadline:
        used = now
        time.sleep(2)


def inside(sizes: list[int]) -> None:
    """In this process, on the database that DATA_DIR has: the content's edition and pages, then larger ones."""
    from django.test import Client
    from django.urls import resolve

    from guides.addresses import addresses
    from guides.edition.build import build
    from guides.edition.search_index import build_index
    from guides.publishing import current as module
    from guides.publishing.current import current
    from guides.publishing.in_force import read_material, shelf

    edition = current.refresh()
    material = current._material
    known = shelf.texts.get
    read = worked(lambda: read_material(material.at, material.number))
    built = worked(lambda: build(material, known))
    row(f"edition of the content ({len(material.released)} documents), read + built", f"{read:.2f} + {built:.2f} s")
    row("its search index, after the pages", f"{worked(lambda: build_index(edition)):.2f} s")
    client = Client(SERVER_NAME="127.0.0.1")
    for path in addresses(edition)[::10]:
        client.get(path)
    module.settings.EDITION_POLL_SECONDS, current._pid = 3600, os.getpid()
    edition.pages.clear()
    paths = addresses(edition)
    found = {path: worked(lambda path=path: client.get(path)) * 1000 for path in paths}
    times, types = sorted(found.values()), defaultdict(list)
    for path, taken in found.items():
        types[resolve(path).view_name].append(taken)
    told = f"{statistics.median(times):.1f}, {times[int(len(times) * 0.9)]:.1f}, {times[-1]:.0f} ms"
    row(f"cold page, all {len(paths)}: median, p90, worst", told)
    row(f"  median of the {len(types)} types of page", f"{statistics.median(map(statistics.median, types.values())):.1f} ms")
    row("  all of them anew, as after a release", f"{sum(times) / 1000:.1f} s")
    row("  the kept pages, packed", f"{sum(page.size for page in edition.pages.values()) / 1e6:.1f} MB")
    for size in sizes:
        enlarged = larger(material, size)
        waits, stop = [0.0], threading.Event()

        def beat(waits=waits, stop=stop):
            # What the loop that answers the others would wait for its turn.
            while not stop.is_set():
                began = time.monotonic()
                time.sleep(0.005)
                waits.append((time.monotonic() - began - 0.005) * 1000)

        sys.setswitchinterval(0.001)
        thread = threading.Thread(target=beat)
        thread.start()
        gc.disable()
        seconds = worked(lambda enlarged=enlarged: build(enlarged, known))
        gc.enable()
        stop.set()
        thread.join()
        told = f"{seconds:.2f} s; {sorted(waits)[int(len(waits) * 0.99)]:.0f}, {max(waits):.0f} ms"
        row(f"edition of {size} documents; another thread waits: p99, worst", told)


def larger(material, size: int):
    """The material with so many documents: fewer of its own, or copies of its about-pages."""
    from dataclasses import replace

    models = [x for x in material.released if x.document.kind == "page" and x.document.fields.get("section") == "about"]
    models = models or [x for x in material.released if x.document.kind == "page"]
    kept = list(material.released[:size])
    for number in range(size - len(kept)):
        model = models[number % len(models)]
        kept.append(replace(model, document=replace(model.document, key=f"fyllnad-{number}")))
    return replace(material, released=tuple(kept))


def admin(folder: Path) -> None:
    """List and save where a kind has 30,000 documents."""
    code = """
import time
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment
from guides.models import Page, Term
from guides.publishing.versions import save_version
from tests.forms import change, save
from tests import second_factor
setup_test_environment()
Term.objects.bulk_create(
    (Term(key=f"fyllnad-{n}", title=f"Fyllnad {n}", basis="proposal", body="En text.") for n in range(30_000)), batch_size=1000
)
row = Term.objects.get(key="fyllnad-7")
save_version(row, None)
client = Client()
client.force_login(get_user_model().objects.create_superuser("bench", password="bench"))
def worked(call):
    call()
    times = []
    for _ in range(5):
        began = time.process_time(); answer = call(); times.append(time.process_time() - began)
        assert answer.status_code in (200, 302), answer.status_code
    return sorted(times)[2] * 1000
number = iter(range(1000))
print(worked(lambda: client.get("/admin/guides/term/")), worked(lambda: client.get("/admin/guides/term/?q=fyllnad")),
      worked(lambda: save(client, change(row), body=f"En annan text {next(number)}.")))
"""
    done = manage(folder, "shell", "--no-imports", "-c", code, PYTHONPATH=str(CLONE))
    if done.returncode:
        print(done.stderr[-1500:])
        return
    listed, found, saved = map(float, done.stdout.split())
    row("admin with 30,000 terms: list, search, save with its form", f"{listed:.0f}, {found:.0f}, {saved:.0f} ms")


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        manage(folder, "migrate")
        began = os.times()
        done = manage(folder, "import_content")
        ended = os.times()
        assert done.returncode == 0, done.stderr
        row("import of the content into an empty database", f"{ended.children_user - began.children_user:.1f} s")
        with served(folder):
            pass
        began = time.monotonic()
        with served(folder) as site:
            row("up, when all is there: to the first answer, by the clock", f"{time.monotonic() - began:.1f} s")
            row("  of the processor, all processes together", f"{seconds_of(site.pid):.1f} s")
            pids = own_and_children(site.pid)
            site.read("/sok/?q=hotbild")
            rested(pids)
            row("memory with all pages and the search: parent, two workers", memory(pids))
            for word in ("giraffen", "noshörningen", "flodhästen"):
                in_shell(folder, RELEASE.format(word=word))
                rested(pids)
            row("  after three releases", memory(pids))
        env = environment(folder, DJANGO_SETTINGS_MODULE="avhoppare.settings", PYTHONPATH=str(CLONE))
        code = f"import django; django.setup(); from tests.bench.bench_site import inside; inside({sizes})"
        subprocess.run([sys.executable, "-c", code], env=env, cwd=CLONE, check=True)
        admin(folder)


if __name__ == "__main__":
    main()
