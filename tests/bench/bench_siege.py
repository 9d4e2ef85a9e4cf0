"""What visitors notice of a siege, printed and never asserted: python -m tests.bench.bench_siege [seconds] [connections]

Asks for a kept page, and for a search, while hostile connections do each thing by itself and then all of them
together. As root the site and this visitor go before all else on the machine; the hostile take what is left,
as if they came from elsewhere. The target is a 99th percentile under 50 ms for the page, in all ways together.
"""

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_serving import seconds_of
from tests.besiegers import PAGE, WAYS, besieged
from tests.serving import copied, served

PATHS = (PAGE, "/sok/?q=text")


def row(name: str, *values: str) -> None:
    print(f"{name:<16}" + "".join(f"{value:>24}" for value in values), flush=True)


def told(taken: list[float]) -> str:
    """Median, 99th percentile and worst, of seconds in milliseconds."""
    ordered = sorted(taken)
    return " / ".join(f"{x * 1000:.1f}" for x in (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1]))


def main(seconds: float = 10, connections: int = 200) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(folder / "data", clone=copied(folder / "clone", content=False)) as site:
            row("attack", "page: p50 / p99 / max", "search", "server's processors", "wrong")
            for ways in [*((way,) for way in WAYS), ()]:
                with besieged(site, connections, *ways):
                    time.sleep(2)
                    used, began, wrong = seconds_of(site.pid), time.monotonic(), 0
                    taken: dict[str, list[float]] = {path: [] for path in PATHS}
                    while time.monotonic() - began < seconds:
                        for path, found in taken.items():
                            asked = time.monotonic()
                            wrong += site.read(path)[0] != 200
                            found.append(time.monotonic() - asked)
                            time.sleep(0.01)
                    share = (seconds_of(site.pid) - used) / (time.monotonic() - began)
                row(ways[0] if ways else "all together", *map(told, taken.values()), f"{share:.0%}", str(wrong))


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3]))
