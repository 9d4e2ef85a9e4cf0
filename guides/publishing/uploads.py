"""The bytes of uploaded files: one file under its SHA-256 in DATA_DIR/uploads, never altered, without an extension.

Nothing is served from that folder by its name; a release says which hash is public, and as what.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from guides.models import Upload, Version
from guides.publishing.versions import read
from guides.text.documents import Document
from guides.text.file_formats import HASH, cleaned_name, is_bytes
from guides.text.kinds import KINDS
from guides.text.sniffing import RefusedFileError, Sniffed, harmless, sniff

# What is looked at in a preview and never saved is swept away the next day.
UNSAVED_FOR = timedelta(days=1)


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.DATA_DIR) / "uploads"


def path_of(name: str) -> Path:
    """Where the bytes with a hash lie. Raises ValueError when it is none."""
    if not HASH.fullmatch(name):
        raise ValueError(name)
    return folder() / name


def take_in(data: bytes) -> str:
    """Keep what may be kept of an upload; returns its hash. Raises RefusedFileError, and OSError when there is no room."""
    return _keep(harmless(data))


def held(name: str) -> bytes | None:
    """The bytes with a hash; None when there are none."""
    return path_of(name).read_bytes() if HASH.fullmatch(name) and path_of(name).is_file() else None


def describe(row: Upload, name: str, typed_name: str) -> Sniffed:
    """Write what the kept bytes are into a row that is about to be saved. Raises RefusedFileError."""
    data = held(name)
    if data is None:
        raise RefusedFileError("Filen finns inte kvar. Välj den igen.")
    found = sniff(data)
    row.hash, row.format, row.size, row.width, row.height = name, found.format, len(data), found.width, found.height
    row.name = cleaned_name(typed_name, found.format)
    return found


def _keep(data: bytes) -> str:
    name = hashlib.sha256(data).hexdigest()
    folder().mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=folder(), prefix=".")
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Also when it is there already: its day is what `sweep` goes by.
        os.replace(made, path_of(name))
    except OSError:
        # Half a file on a full disk is in the way.
        os.unlink(made)
        raise
    return name


def sweep(now: datetime | None = None) -> int:
    """Delete bytes that no version and no row names and that are a day old; returns how many."""
    named = _named()
    before = ((now or timezone.now()) - UNSAVED_FOR).timestamp()
    files = [path for path in folder().glob("*") if path.is_file()]
    old = [path for path in files if path.name not in named and path.stat().st_mtime < before]
    for path in old:
        path.unlink()
    return len(old)


def drop(names: Iterable[str]) -> None:
    """Delete bytes at once, as far as nothing names them any more: what two people removed is gone."""
    for name in set(names) - _named():
        if HASH.fullmatch(name):
            path_of(name).unlink(missing_ok=True)


def _named() -> set[str]:
    rows = set(Upload.objects.values_list("hash", flat=True))
    return rows | {read(version)["hash"] for version in Version.objects.filter(kind="file") if not version.removed}


# content/ holds each public file beside the document that names its hash.


def export(root: Path, documents: Iterable[Document]) -> int:
    """Write the bytes of public files beside their documents, and remove those of others; returns how many changed."""
    wanted, changed = dict(_places(documents)), 0
    for name, digest in wanted.items():
        data, path = held(digest), root / name
        if data is not None and not (path.exists() and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            changed += 1
    for path in (root / KINDS["file"].folder).glob("*"):
        name = path.relative_to(root).as_posix()
        if is_bytes(name) and name not in wanted:
            path.unlink()
            changed += 1
    return changed


def missing(root: Path, documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    """The file documents whose bytes are neither here nor sound beside them, each with a sentence."""
    for document in documents:
        for name, digest in _places([document]):
            path = root / name
            if held(digest) is not None:
                continue
            if not path.is_file():
                yield document, f"Filen {name} saknas."
            elif (fault := _fault(path.read_bytes(), document)):
                yield document, f"{name}: {fault}"


def _fault(data: bytes, document: Document) -> str:
    if hashlib.sha256(data).hexdigest() != document["hash"]:
        return "Innehållet är inte det som kontrollsumman säger."
    try:
        return "" if sniff(data).format == document["format"] else "Innehållet är av ett annat format."
    except RefusedFileError as error:
        return str(error)


def import_bytes(root: Path, documents: Iterable[Document]) -> None:
    """Keep the bytes that lie beside the documents and are not here yet."""
    for name, digest in _places(documents):
        if held(digest) is None:
            _keep((root / name).read_bytes())


def _places(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """For each file document the path of its bytes under content/, and their hash."""
    for document in documents:
        if document.kind == "file" and HASH.fullmatch(document["hash"]):
            yield f"{KINDS['file'].folder}/{document.key}.{document['format']}", document["hash"]
