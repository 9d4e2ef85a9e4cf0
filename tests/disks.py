"""A disk that is really full: a few MB of memory, mounted where this machine lets us."""

import contextlib
import subprocess

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A folder that holds a few MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True)
    if done.returncode != 0:
        pytest.skip("this machine mounts no small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@contextlib.contextmanager
def full(folder):
    """Not a byte more fits until the block ends."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    yield
    filler.unlink()
