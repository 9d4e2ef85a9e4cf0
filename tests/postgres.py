"""A PostgreSQL server of a test's own, to be stopped, frozen and filled."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.serving import eventually, free_port


def folder_of_programs() -> Path:
    """Where initdb and postgres lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else Path(shutil.which("initdb") or "/nowhere/initdb").parent


class Server:
    """One server on one port; `url` is what the site is given."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.programs = folder_of_programs()
        self.owner = "postgres" if os.getuid() == 0 else None
        self.url = f"postgres://avhoppare@127.0.0.1:{self.port}/postgres"
        if self.owner:
            owner = pwd.getpwnam(self.owner)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", "data", "-U", "avhoppare", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, *arguments]
        subprocess.run(command, cwd=self.folder, user=self.owner, group=self.owner, check=True, capture_output=True, timeout=120)

    def start(self) -> None:
        """Come back on the same port."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=20 -c superuser_reserved_connections=3"
        # Not through pg_ctl's pipe: the server would keep it open.
        with open(self.folder / "pg_ctl.log", "w") as log:
            command = [self.programs / "pg_ctl", "-D", "data", "-l", "server.log", "-w", "-t", "60", "-o", options, "start"]
            subprocess.run(command, cwd=self.folder, user=self.owner, group=self.owner, check=True, stdout=log, stderr=log)

    def stop(self) -> None:
        """As when its machine is switched off."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def _processes(self) -> list[int]:
        first = int((self.folder / "data/postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It still accepts connections, as its kernel does, and never answers."""
        stopped = self._processes()
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def connect(self, **more) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True, **more)

    @contextlib.contextmanager
    def out_of_connections(self) -> Iterator[None]:
        """Every one is taken by somebody else; those of the site are cut."""
        with contextlib.ExitStack() as stack:
            held = [stack.enter_context(contextlib.closing(self.connect()))]
            mine = {held[0].info.backend_pid}

            def all_mine() -> bool:
                # Whoever was cut may have been faster than we.
                cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> ALL(%s) AND backend_type = 'client backend'"
                others = held[0].execute(cut, [list(mine)]).fetchone()[0]
                with contextlib.suppress(psycopg.OperationalError):
                    while True:
                        held.append(stack.enter_context(contextlib.closing(self.connect())))
                        mine.add(held[-1].info.backend_pid)
                return not others

            eventually(all_mine, 30)
            yield

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """As a standby that nobody has promoted yet."""
        with contextlib.closing(self.connect()) as connection:
            connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
            connection.execute("SELECT pg_reload_conf()")
            eventually(lambda: self._reads_only(), 10)
            try:
                yield
            finally:
                connection.execute("SET default_transaction_read_only = off")
                connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
                connection.execute("SELECT pg_reload_conf()")

    def _reads_only(self) -> bool:
        with contextlib.closing(self.connect()) as connection:
            return connection.execute("SHOW default_transaction_read_only").fetchone()[0] == "on"


@contextlib.contextmanager
def own_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="avhoppare-pg-", dir="/tmp"))
    server = Server(folder)
    try:
        yield server
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
