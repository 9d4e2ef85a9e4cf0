"""A PostgreSQL server of a test's own, to be stopped, frozen, filled and cut off."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path

import psycopg

from tests.serving import eventually, free_port


def folder_of_programs() -> Path:
    """Where initdb and postgres lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else Path(shutil.which("initdb") or "/nowhere/initdb").parent


class Cable:
    """A network of the server's own (`ip netns`), joined to this machine by one link. Only root may lay one."""

    def __init__(self):
        self.name = f"pg{os.getpid()}"
        # A net of four addresses for each, out of those that are for measuring (RFC 2544).
        net = IPv4Network("198.18.0.0/15").network_address + 4 * (os.getpid() % 2**14)
        self.here, self.there = net + 1, net + 2
        _ip("netns", "add", self.name)
        try:
            _ip("link", "add", f"{self.name}a", "type", "veth", "peer", "name", f"{self.name}b", "netns", self.name)
            _ip("addr", "add", f"{self.here}/30", "dev", f"{self.name}a")
            _ip("link", "set", f"{self.name}a", "up")
            self._there("addr", "add", f"{self.there}/30", "dev", f"{self.name}b")
            self._there("link", "set", "lo", "up")
            self.plug()
        except subprocess.CalledProcessError:
            self.remove()
            raise

    def _there(self, *arguments: str) -> None:
        _ip("-n", self.name, *arguments)

    def plug(self) -> None:
        """Put it in again."""
        self._there("link", "set", f"{self.name}b", "up")

    def pull(self) -> None:
        """Nothing comes through and nothing is said: neither side hears that the other is gone."""
        self._there("link", "set", f"{self.name}b", "down")

    def remove(self) -> None:
        """The link goes with its network."""
        _ip("netns", "del", self.name)


def _ip(*arguments: str) -> None:
    subprocess.run([shutil.which("ip") or "/usr/sbin/ip", *arguments], check=True, capture_output=True, timeout=30)


def laid() -> Cable | None:
    """A cable, where this machine lets us lay one."""
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        return Cable()
    return None


class Server:
    """One server on one port, at the other end of a cable if there is one; `url` is what the site is given."""

    def __init__(self, folder: Path, cable: Cable | None = None):
        self.folder, self.port, self.cable = folder, free_port(), cable
        self.programs = folder_of_programs()
        self.owner = "postgres" if os.getuid() == 0 else None
        self.host = str(cable.there) if cable else "127.0.0.1"
        self.url = f"postgres://avhoppare@{self.host}:{self.port}/postgres"
        if self.owner:
            owner = pwd.getpwnam(self.owner)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", "data", "-U", "avhoppare", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        if cable:
            with open(folder / "data/pg_hba.conf", "a") as rules:
                rules.write(f"host all all {cable.here}/32 trust\n")
        self.start()

    def _run(self, program: str, *arguments: str, **more) -> None:
        command = [self.programs / program, *arguments]
        if self.cable:
            # Only root can step in there.
            inside = ["setpriv", f"--reuid={self.owner}", f"--regid={self.owner}", "--clear-groups"]
            command = [shutil.which("ip") or "/usr/sbin/ip", "netns", "exec", self.cable.name, *inside, *command]
        else:
            more |= {"user": self.owner, "group": self.owner}
        outcome = more if "stdout" in more else more | {"capture_output": True}
        subprocess.run(command, cwd=self.folder, check=True, timeout=120, **outcome)

    def start(self) -> None:
        """Come back on the same port."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={self.host} -c fsync=off -c max_connections=20 -c superuser_reserved_connections=3"
        # Not through pg_ctl's pipe: the server would keep it open.
        with open(self.folder / "pg_ctl.log", "w") as log:
            self._run("pg_ctl", "-D", "data", "-l", "server.log", "-w", "-t", "60", "-o", options, "start", stdout=log, stderr=log)

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

    @contextlib.contextmanager
    def cut_off(self) -> Iterator[None]:
        """The network between swallows everything, without a word to either side."""
        self.cable.pull()
        try:
            yield
        finally:
            self.cable.plug()

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
    """Until the block ends; at the other end of a cable, where this machine lets us lay one."""
    folder, cable, server = Path(tempfile.mkdtemp(prefix="avhoppare-pg-", dir="/tmp")), laid(), None
    try:
        server = Server(folder, cable)
        yield server
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            if server:
                server.stop()
        if cable:
            cable.remove()
        shutil.rmtree(folder, ignore_errors=True)
