"""The real thing in a process of its own: `manage.py` with its own data folder, and the site that `up` serves."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
_NOT_OURS = (".*", "__pycache__", "*.egg-info", "var", "build")
# The tests' own settings must not reach the site, which has to start from its defaults.
_OURS = ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "EDITION_POLL_SECONDS", "DATABASE_URL", "SECRET_KEY")


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of a site of its own that keeps its data in `data_dir`."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    return kept | {"DATA_DIR": str(data_dir)} | more


def copied(folder: Path, content: bool = True) -> Path:
    """The clone's files at another place; without its content there is one page, for tests to which words do not matter."""
    shutil.copytree(CLONE, folder, ignore=shutil.ignore_patterns(*_NOT_OURS, *([] if content else ["content"])))
    # Hidden, but the image is made with it.
    shutil.copytree(CLONE / ".ci", folder / ".ci")
    if not content:
        page = folder / "content" / "pages" / "webbplatsen.md"
        page.parent.mkdir(parents=True)
        page.write_text("---\nkey: webbplatsen\ntitle: Om webbplatsen\n---\n\nEn text.\n")
    return folder


def manage(
    data_dir: Path, *arguments: str, clone: Path = CLONE, patience: float = 300, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, which must come within so many seconds."""
    command = [sys.executable, str(clone / "manage.py"), *arguments]
    return subprocess.run(command, env=environment(data_dir, **more), capture_output=True, text=True, timeout=patience)


def in_shell(data_dir: Path, code: str, **more) -> None:
    """Do something with the site's database from another process."""
    done = manage(data_dir, "shell", "--no-imports", "-c", code, **more)
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(holds, seconds: float):
    """Ask again and again until `holds()` is true, and return that; fail after a deadline."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {getattr(holds, '__doc__', None) or holds}"
        time.sleep(0.05)
    return found


@dataclass(frozen=True)
class Site:
    """A site that is being served."""

    origin: str
    data_dir: Path
    log: Path
    pid: int = 0

    def read(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and bytes of a page, over a connection of its own."""
        try:
            with urllib.request.urlopen(urllib.request.Request(self.origin + path, headers=headers), timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            # The header: behind https the site sends plain requests away.
            return self.read("/halsa/", **{"X-Forwarded-Proto": "https"})[0] == 200
        return False


@contextlib.contextmanager
def served(
    data_dir: Path, *arguments: str, clone: Path = CLONE, python: str | Path = sys.executable, **more: str
) -> Iterator[Site]:
    """`manage.py up` on a free port until the block ends."""
    port = free_port()
    log = data_dir / "up.log"
    data_dir.mkdir(parents=True, exist_ok=True)
    command = [str(python), str(clone / "manage.py"), "up", "--bind", f"127.0.0.1:{port}", *arguments]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment(data_dir, **more), stdout=out, stderr=out)
    site = Site(f"http://127.0.0.1:{port}", data_dir, log, process.pid)

    def up() -> bool:
        assert process.poll() is None, log.read_text()
        return site.answers()

    try:
        eventually(up, 180)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Small:
    """A clone with a single page as its content, and what its first start made: each site of it starts as its second."""

    folder: Path

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    def prepare(self) -> None:
        """Start it once."""
        copied(self.clone, content=False)
        with served(self.folder / "data", "--workers", "1", clone=self.clone):
            pass

    def begun(self, data_dir: Path) -> dict[str, str]:
        """Put what that start made into an empty data folder; gives the environment that finds its static files."""
        data_dir.mkdir(parents=True, exist_ok=True)
        for pattern in ("avhoppare.sqlite3*", "collected", "edition.json"):
            for made in (self.folder / "data").glob(pattern) if not (data_dir / "secret_key").exists() else ():
                shutil.copy(made, data_dir)
        return {"STATIC_ROOT": str(self.folder / "data" / "static")}

    @contextlib.contextmanager
    def served(self, data_dir: Path, *arguments: str, **more: str) -> Iterator[Site]:
        """A site of it with a data folder of its own, until the block ends."""
        with served(data_dir, *arguments, clone=self.clone, **self.begun(data_dir) | more) as site:
            yield site
