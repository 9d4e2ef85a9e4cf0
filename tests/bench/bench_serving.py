"""A kept page against constant bytes and nginx, printed and never asserted: python -m tests.bench.bench_serving [rounds]

Each server has one process; wrk asks them in turn, round after round, for the same page with the same headers, and
the table gives the medians. On a busy machine the ratios hold better than the figures, and the processor's time for
a request better still. wrk and nginx are Debian's.
"""

import contextlib
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.nginx import serving
from tests.serving import CLONE, environment, eventually, free_port, served

PATH = "/guider/"
ACCEPT = "gzip"
SECONDS = 3
TICK = os.sysconf("SC_CLK_TCK")
# What the worker, the proxy and the loop add by themselves.
THEIRS = ("server", "date", "connection")
BARE = """
HEADERS, BODY = {headers!r}, {body!r}

async def application(scope, receive, send):
    if scope["type"] != "http":
        await receive()
        await send({{"type": "lifespan.startup.complete"}})
        await receive()
        await send({{"type": "lifespan.shutdown.complete"}})
        return
    await send({{"type": "http.response.start", "status": 200, "headers": HEADERS}})
    await send({{"type": "http.response.body", "body": BODY}})
"""
NGINX = """
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 512; }}
http {{
    access_log off; etag off; keepalive_requests 1000000000; types {{}}
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{static};
        location / {{ root {folder}/root; index index.html; gzip_static on; {headers} }}
    }}
}}
"""


def page(address: str, path: str = PATH) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and bytes of the page as gzip."""
    connection = http.client.HTTPConnection(address, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Accept-Encoding": ACCEPT})
        answer = connection.getresponse()
        return [pair for pair in answer.getheaders() if pair[0].lower() not in THEIRS], answer.read()


def own_and_children(pid: int) -> list[int]:
    found = [pid]
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += own_and_children(int(child))
    return found


def seconds_of(pid: int) -> float:
    """Processor time that a process and its children have used."""
    used = 0
    for each in own_and_children(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICK


def megabytes(pid: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def asked(address: str, pid: int, path: str = PATH) -> tuple[float, float]:
    """Requests a second, and microseconds of the server's processor for each."""
    before = seconds_of(pid)
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-H", f"Accept-Encoding: {ACCEPT}", f"http://{address}{path}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told and "Socket errors" not in told, told
    requests = int(re.search(r"(\d+) requests in", told).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1)), (seconds_of(pid) - before) / requests * 1e6


@contextlib.contextmanager
def running(command: list, port: int, path: str = PATH, **more):
    """A server until the block ends; gives its process id."""
    process = subprocess.Popen(command, **more)

    def answers() -> bool:
        with contextlib.suppress(OSError):
            return bool(page(f"127.0.0.1:{port}", path)[1])
        return False

    try:
        eventually(answers, 30)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def bare(folder: Path, headers, body: bytes):
    """Constant bytes under the same worker."""
    port = free_port()
    wire = [(name.lower().encode(), value.encode()) for name, value in headers]
    (folder / "bare.py").write_text(BARE.format(headers=wire, body=body))
    command = [
        sys.executable, "-m", "gunicorn", "bare:application", "--chdir", str(folder), "--bind", f"127.0.0.1:{port}",
        "--workers", "1", "--worker-class", "avhoppare.server.Worker", "--keep-alive", "10", "--log-level", "warning",
    ]  # fmt: skip
    with running(command, port, cwd=CLONE, env=environment(folder, PYTHONPATH=str(CLONE))) as pid:
        yield f"127.0.0.1:{port}", pid


@contextlib.contextmanager
def nginx(folder: Path, site: str, headers, body: bytes):
    """The page as a file with the same headers, and the microcache of compose.yaml before the site."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        print("nginx is not installed: its rows are left out (apt-get install nginx)")
        yield {}
        return
    static = free_port()
    root = folder / "root" / PATH.strip("/")
    root.mkdir(parents=True)
    (root / "index.html.gz").write_bytes(body)
    (root / "index.html").write_bytes(b"-")
    shown = [pair for pair in headers if pair[0].lower() not in ("content-length", "content-encoding", "content-type", "vary")]
    added = " ".join(f'add_header {name} "{value.replace(chr(34), chr(92) + chr(34))}";' for name, value in shown)
    added += ' default_type "text/html; charset=utf-8"; add_header Vary Accept-Encoding;'
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, static=static, headers=added))
    folder.chmod(0o755)
    front = folder / "front"
    front.mkdir()
    ours = {"server site:8000": f"server {site}", "/var/cache/nginx/avhoppare": str(front / "cache")}
    with running([program, "-c", str(config)], static) as pid, serving(front, CLONE / ".ci" / "nginx.conf", **ours) as micro:
        fronts = int((front / "nginx.pid").read_text())
        yield {"nginx, file with gzip_static": (f"127.0.0.1:{static}", pid), "nginx, microcache": (f"127.0.0.1:{micro}", fronts)}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (apt-get install wrk).")
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as open_:
        folder = Path(name)
        log = {"ACCESS_LOG": str(folder / "access.log")}
        site = open_.enter_context(served(folder / "data", "--workers", "1", **log))
        address = site.origin.removeprefix("http://")
        headers, body = page(address)
        servers = {
            "constant bytes": open_.enter_context(bare(folder, headers, body)),
            "ours, kept page, log on": (address, site.pid),
            **open_.enter_context(nginx(folder, address, headers, body)),
        }
        print("waiting until all pages are warm")
        used, deadline = -1.0, time.monotonic() + 90
        while seconds_of(site.pid) - used > 0.05 and time.monotonic() < deadline:
            used = seconds_of(site.pid)
            time.sleep(1)
        runs: dict[str, list] = {server: [] for server in servers}
        for _ in range(rounds):
            for server, (where, pid) in servers.items():
                runs[server].append(asked(where, pid))
        table = {server: [statistics.median(column) for column in zip(*found, strict=True)] for server, found in runs.items()}
        constant = table["constant bytes"]
        file = table.get("nginx, file with gzip_static")
        print(f"\n{PATH}, {len(body)} bytes as gzip, {len(headers)} headers, wrk -t1 -c16, one process each")
        print(f"{'':30}{'req/s':>10}{'µs a request':>14}{'of constant':>13}{'of nginx file':>15}{'µs: of constant':>17}")
        for server, (rate, cost) in table.items():
            of_file = f"{rate / file[0]:15.2f}" if file else f"{'-':>15}"
            print(f"{server:30}{rate:10.0f}{cost:14.1f}{rate / constant[0]:13.2f}{of_file}{constant[1] / cost:17.2f}")
        print(f"memory of the worker: {max(map(megabytes, own_and_children(site.pid))):.0f} MB")


if __name__ == "__main__":
    main()
