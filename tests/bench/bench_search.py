"""Figures of the search, printed and never asserted: python -m tests.bench.bench_search [documents]

A data folder of its own with all of content/, made up to 3,000 documents with pages of the site's own
words; then the search alone, the page, the build, and how long two processes take to show a change.
"""

import gc
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

FRESH = "from guides.models import Term; from guides.publishing.versions import save_version; "
RELEASE = FRESH + (
    "from guides.publishing.release import release; "
    "t, _ = Term.objects.get_or_create(key='zebra', defaults=dict(title='Zebra', basis='proposal')); "
    "t.body = '{word} står här.'; t.save(); release([save_version(t, None)], None)"
)
WITHDRAW = "from guides.publishing.release import withdraw; withdraw('term', 'zebra', None, 'Slut.')"


def percentiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.99)]
    return f"p50 {at[0]:.2f} ms, p99 {at[1]:.2f} ms, max {ordered[-1] * 1000:.2f} ms"


def enlarged(edition, documents: int):
    """The edition with pages of about 120 of its own words, common words oftener, until it has so many documents."""
    from guides.edition.search_index import build_index
    from guides.text.markup import Rich

    index = build_index(edition)
    words = sorted(index.lexicon.words, key=lambda word: -index.counts.get(index.lexicon.stem(word), 0))
    weights = [1 / (place + 5) for place in range(len(words))]
    dice = random.Random(5)
    model = next(p for p in edition.all("page") if p.section == "about")
    pages = dict(edition.records["page"])
    for number in range(documents - len(index.entries)):
        text = dice.choices(words, weights, k=125)
        body = Rich((f"<p>{' '.join(text[5:])}</p>",))
        pages[f"fyllnad-{number}"] = replace(model, key=f"fyllnad-{number}", title=" ".join(text[:5]), lines=(), body=body)
    return replace(edition, records=MappingProxyType({**edition.records, "page": MappingProxyType(pages)}), pages={})


def timed(call, *arguments) -> float:
    """Seconds of this thread's own work: what else the machine does is left out."""
    began = time.thread_time()
    call(*arguments)
    return time.thread_time() - began


def inside(documents: int) -> None:
    """What can be measured in one process."""
    import csv

    from django.test import Client

    from guides.edition.search import search
    from guides.edition.search_index import build_index
    from guides.publishing.current import current

    rows = csv.DictReader((Path(__file__).parents[1] / "data" / "queries.csv").open(encoding="utf-8"))
    queries = [row["query"] for row in rows]
    edition = current.edition()
    first = timed(build_index, edition)
    print(f"index of the content, first time: {first:.2f} s; again: {timed(build_index, edition):.2f} s")
    large = enlarged(edition, documents)
    first = timed(build_index, large)
    print(f"index of {documents} documents, first time: {first:.2f} s; again: {timed(build_index, large):.2f} s")
    for name, shown in (("the content", edition), (f"{documents} documents", large)):
        index = build_index(shown)
        index.warm()
        # As in a worker, whose collector leaves the edition alone.
        gc.collect()
        gc.freeze()
        seconds = [timed(search, index, shown, query) for _ in range(10) for query in queries]
        print(f"search in {name} ({len(index.entries)}): {percentiles(seconds)}")
    current._edition, current._index = large, index
    client = Client()
    for query in queries:
        client.get(f"/sok/?q={quote(query)}")
    seconds = [timed(client.get, f"/sok/?q={quote(query)}") for _ in range(3) for query in queries]
    print(f"page with {documents} documents: {percentiles(seconds)}")
    print(f"suggestions: {timed(client.get, '/sok/forslag.json') * 1000:.1f} ms, then kept")


def outside(folder: Path) -> None:
    """How long until every process shows a change: 20 answers in a row from two workers."""
    from tests.serving import in_shell, manage, served

    assert manage(folder, "migrate", "-v0").returncode == 0
    assert manage(folder, "import_content").returncode == 0
    with served(folder, "--workers", "2") as site:
        for _ in range(20):
            site.read("/sok/?q=zebra")

        def until(word: str, there: bool) -> float:
            began, row = time.monotonic(), 0
            mark = b'/ordlista/#ord-zebra"'
            while row < 20:
                row = row + 1 if (mark in site.read(f"/sok/?q={word}")[1]) == there else 0
            return time.monotonic() - began

        for word in ("giraffen", "noshörningen", "flodhästen"):
            in_shell(folder, RELEASE.format(word=word))
            print(f"released word found everywhere after {until(quote(word), True):.2f} s (20 answers included)")
        in_shell(folder, WITHDRAW)
        print(f"withdrawn word gone everywhere after {until(quote('flodhästen'), False):.2f} s")


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=f"{folder}/in", DJANGO_SETTINGS_MODULE="avhoppare.settings", DEBUG="1")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        # As in production, the stylesheet and the templates are read once.
        settings.DEBUG = False
        call_command("migrate", verbosity=0)
        call_command("import_content", verbosity=0)
        inside(documents)
        # The served site is to have its own settings.
        for name in ("DATA_DIR", "DJANGO_SETTINGS_MODULE", "DEBUG"):
            del os.environ[name]
        outside(Path(folder) / "out")


if __name__ == "__main__":
    main()
