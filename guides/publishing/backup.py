"""The whole working copy, its history and its accounts as one file, and back into an empty place.

A zip archive with a table a file, one row a line (Django's own serializer), the uploaded files, and a
manifest that says what each holds and its SHA-256. It knows neither SQLite nor PostgreSQL: what was saved
from one can be restored into the other. It holds password hashes and the secrets of phones: keep it as the database.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from guides.models import Version
from guides.publishing import audit
from guides.publishing.errors import PublishingError

FORMAT = 1
MANIFEST = "manifest.json"
UPLOADS = "uploads"
# Logged-in browsers are not kept: everybody logs in again, with the phone they had. Nor is who failed to.
LEFT_OUT = {"sessions.session", "guides.loginattempts"}
ROWS_AT_ONCE = 500


def tables() -> list[type[models.Model]]:
    """Every model whose rows are kept; many-to-many tables go with the model that has the field."""
    return [model for model in apps.get_models() if model._meta.managed and model._meta.label_lower not in LEFT_OUT]


def migrations() -> list[list[str]]:
    """What shape the tables have: the migrations that have run, as [app, name]."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def backup(path: Path) -> dict[str, int]:
    """Write everything to `path`, as it was at one moment however much is being saved; rows by table.

    The file is whole or not there at all, and only its owner may read it. Raises OSError.
    """
    manifest = {"format": FORMAT, "at": timezone.now().isoformat(), "hashes": {}, "rows": {}}
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
                manifest["migrations"] = migrations()
                for model in tables():
                    name, rows = f"{model._meta.label_lower}.jsonl", 0
                    digest = hashlib.sha256()
                    with archive.open(name, "w", force_zip64=True) as member:
                        for line in lines(model):
                            digest.update(line)
                            member.write(line)
                            rows += 1
                    manifest["hashes"][name], manifest["rows"][model._meta.label_lower] = digest.hexdigest(), rows
                for upload in uploads():
                    name = f"{UPLOADS}/{upload.relative_to(settings.DATA_DIR / UPLOADS).as_posix()}"
                    archive.write(upload, name)
                    manifest["hashes"][name] = hashlib.sha256(upload.read_bytes()).hexdigest()
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return manifest["rows"]


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every table is read as of the same moment.

    It waits for nobody who writes, and holds nobody back: a reader of SQLite's write-ahead log sees the database as
    it was at the first query, and PostgreSQL does the same when it is asked.
    """
    # Connecting sets the mode anew.
    connection.ensure_connection()
    mode, connection.transaction_mode = getattr(connection, "transaction_mode", None), "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.transaction_mode = mode


class ExactEncoder(DjangoJSONEncoder):
    """Moments with their microseconds, which Django's own encoder cuts to milliseconds: the order of two may rest on them."""

    def default(self, o):
        """A moment in full; all else as Django writes it."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table, one JSON object a line, in the order of their keys."""
    related = [field.name for field in model._meta.many_to_many]
    for row in model._base_manager.order_by("pk").prefetch_related(*related).iterator(ROWS_AT_ONCE):
        yield serializers.serialize("jsonl", [row], ensure_ascii=False, cls=ExactEncoder).encode()


def uploads() -> list[Path]:
    """The files that editors have uploaded."""
    return sorted(found for found in (settings.DATA_DIR / UPLOADS).rglob("*") if found.is_file())


def restore(path: Path) -> dict[str, int]:
    """Put a backup into an empty database and folder; rows by table.

    Everything is checked before anything is written. Raises PublishingError with Swedish sentences when the file
    is damaged, was made by another version of the site, or when the place is not empty; OSError when there is none.
    """
    with zipfile_of(path) as archive:
        manifest = checked(archive)
        if Version.objects.exists() or any((settings.DATA_DIR / UPLOADS).glob("*")):
            raise PublishingError("Här finns redan innehåll. Läs tillbaka till en tom databas och en tom datamapp.")
        if manifest["migrations"] != migrations():
            raise PublishingError(
                "Säkerhetskopian är gjord med en annan version av webbplatsen. "
                "Läs tillbaka den med samma version, och uppgradera sedan."
            )
        with transaction.atomic(durable=True), audit.silent(), audit.erasable():
            # A migrated database has rows of its own, such as permissions, whose numbers may differ.
            for model in apps.get_models(include_auto_created=True):
                model._base_manager.all()._raw_delete(connection.alias)
            for model in tables():
                fill(model, io.TextIOWrapper(archive.open(f"{model._meta.label_lower}.jsonl"), encoding="utf-8"))
            _continue_numbering()
        for name in manifest["hashes"]:
            if name.startswith(f"{UPLOADS}/"):
                archive.extract(name, settings.DATA_DIR)
    return manifest["rows"]


def zipfile_of(path: Path) -> zipfile.ZipFile:
    """The archive at `path`, opened."""
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise PublishingError(f"{path.name} är ingen säkerhetskopia, eller är skadad.") from None


def checked(archive: zipfile.ZipFile) -> dict:
    """The manifest, when every member is there and is what it was."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise PublishingError(f"Säkerhetskopian har format {manifest['format']}, men här läses format {FORMAT}.")
        wrong = [name for name, digest in manifest["hashes"].items() if _digest(archive, name) != digest]
        unknown = {info.filename for info in archive.infolist()} - {*manifest["hashes"], MANIFEST}
        outside = [name for name in manifest["hashes"] if ".." in Path(name).parts or Path(name).is_absolute()]
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, OSError):
        raise PublishingError("Säkerhetskopian är skadad. Inget är inläst.") from None
    if wrong or unknown or outside:
        named = ", ".join(sorted({*wrong, *unknown, *outside}))
        raise PublishingError(f"Säkerhetskopian är skadad: {named} stämmer inte. Inget är inläst.")
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        return hashlib.file_digest(member, "sha256").hexdigest()


def fill(model: type[models.Model], text: io.TextIOBase) -> None:
    """Write rows as they were, past `save`: what may only be added is added as it once was."""
    for found in serializers.deserialize("jsonl", text):
        found.save(force_insert=True)


def _continue_numbering() -> None:
    """Rows that come later get numbers after those that were read back."""
    statements = connection.ops.sequence_reset_sql(no_style(), tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
