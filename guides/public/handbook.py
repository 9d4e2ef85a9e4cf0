"""A guide as a handbook to print and file: tagged PDF (PDF/UA-1, ISO 14289-1), set by WeasyPrint.

Setting takes seconds and memory, so it is done in a process of its own, when somebody first asks, and
kept as a file by what it says: that serves every process, and later editions until a word in it changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

log = logging.getLogger("guides.handbook")
CONTENT_TYPE = "application/pdf"
LIBRARIES = ("pango-1.0", "pangoft2-1.0")
# Nothing is fetched, from the net or from the disk: the page carries all that it needs.
COMMAND = ("weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "--pdf-tags", "--allowed-protocols", "data")
# A whole guide takes some ten seconds on a slow machine.
TIMEOUT = 120


@cache
def missing() -> tuple[str, ...]:
    """What handbooks need and this machine does not have: WeasyPrint, or the system libraries that it loads."""
    if find_spec("weasyprint") is None:
        return ("weasyprint",)
    return tuple(name for name in LIBRARIES if not find_library(name))


def handbook(key: str, html: str) -> bytes:
    """The PDF of a guide's finished page. One request makes it while the others wait for the file."""
    folder = Path(settings.DATA_DIR) / "handbooks" / key
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(html.encode()).hexdigest()}.pdf"
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path.read_bytes()
        made = _typeset(html)
        _keep(path, made)
        return made


def _typeset(html: str) -> bytes:
    command = [sys.executable, "-m", *COMMAND, "--base-url", f"{settings.PUBLIC_URL}/", "-", "-"]
    return subprocess.run(command, input=html.encode(), stdout=subprocess.PIPE, check=True, timeout=TIMEOUT).stdout


def _keep(path: Path, made: bytes) -> None:
    """The newest handbook of a guide as a file, whole or not at all; what it said before is forgotten.

    A full disk is no reason to give nothing: the answer is only not kept.
    """
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(made)
        os.replace(file.name, path)
        for other in path.parent.iterdir():
            if other != path:
                other.unlink()
    except OSError:
        log.exception("Handboken gick inte att spara i %s.", path.parent)
