"""A real nginx on a free port, with a server block of ours."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.serving import eventually, free_port

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """
{user}
include /etc/nginx/modules-enabled/*.conf;
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {server};
}}
"""


def configured(folder: Path, server: Path, **replaced: str) -> tuple[Path, int]:
    """A main file for a server block, which is made to listen on a free port; other texts in it can be replaced too."""
    port = free_port()
    text = re.sub(r"listen [^;]+;", f"listen 127.0.0.1:{port};", server.read_text())
    for old, new in replaced.items():
        text = text.replace(old, new)
    own = folder / "server.conf"
    own.write_text(text)
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, server=own, user="user root;" if os.getuid() == 0 else ""))
    return main, port


def complaints(main: Path) -> str:
    """What `nginx -t` says against a configuration; empty when nothing."""
    done = subprocess.run([NGINX, "-t", "-q", "-c", str(main)], capture_output=True, text=True, timeout=60)
    return done.stderr


@contextlib.contextmanager
def serving(folder: Path, server: Path, **replaced: str) -> Iterator[int]:
    """The port on which nginx answers until the block ends."""
    main, port = configured(folder, server, **replaced)
    process = subprocess.Popen([NGINX, "-c", str(main)], stderr=subprocess.DEVNULL)

    def answers() -> bool:
        assert process.poll() is None, complaints(main)
        with contextlib.suppress(OSError):
            return bool(ask(port, "/").status)
        return False

    try:
        eventually(answers, 30)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """An answer, read to its end: `answer.content` holds its bytes as they were sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.content = answer.read()
        return answer
