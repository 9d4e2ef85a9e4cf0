"""The access log: time, method, path without query, status, bytes and milliseconds; never who it was.

Lines are gathered and written twice a second by a thread, since a write for each would halve what the server can
answer. The file is opened anew for each batch, so whoever moves it away gets a new one.
"""

import atexit
import logging
import threading
import time
from collections import deque

log = logging.getLogger("guides.access")
SECONDS = 0.5
# What is kept while the disk refuses to take it.
MOST_LINES = 200_000


class AccessLog:
    """Writes to the file at `path`; writes nothing when there is no path."""

    def __init__(self, path: str):
        self.path = path
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._second, self._stamp = 0, ""
        self._writing = threading.Lock()

    def start(self) -> None:
        """Begin to write; what is left is written when the process ends."""
        if self.path:
            threading.Thread(target=self._write_on, name="access log", daemon=True).start()
            atexit.register(self.flush)

    def add(self, method: str, path: str, status: int, size: int, seconds: float) -> None:
        """One request that was answered."""
        now = int(time.time())
        if now != self._second:
            self._stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
            self._second = now
        self._lines.append(f"{self._stamp} {method} {path} {status} {size} {seconds * 1000:.1f}\n")

    def _write_on(self) -> None:
        while True:
            time.sleep(SECONDS)
            self.flush()

    def flush(self) -> None:
        """Write what there is; what the disk does not take stays for the next time."""
        with self._writing:
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            if not lines:
                return
            try:
                with open(self.path, "a", encoding="utf-8") as file:
                    file.write("".join(lines))
            except OSError:
                self._lines.extendleft(reversed(lines))
                log.exception("Loggen går inte att skriva.")
