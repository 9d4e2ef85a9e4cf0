"""The working copy when several people write in it: who holds a row, and what is put into it.

A form carries the number of the version that it was shown with (`base`). Saving takes the
row first: PostgreSQL lets the second one wait there, SQLite where its transaction begins.
Whoever comes second therefore always sees the version of whoever came first.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Model

from guides.models import MODEL_OF, Version
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import write
from guides.publishing.versions import append, latest, names_of, save_version
from guides.text.documents import Document


def number_of(kind: str, key: str) -> int:
    """The number of a document's newest version, 0 when none is saved."""
    newest = latest(kind, key)
    return newest.number if newest else 0


def hold(obj: Model) -> None:
    """Let nobody else save this row until the transaction ends. Call it inside one."""
    # Unordered: PostgreSQL locks no row through the join that a provision's order by its statute needs.
    list(type(obj)._default_manager.select_for_update().filter(pk=obj.pk).order_by().values("pk"))


def refuse_newer(obj: Model, seen: int) -> None:
    """Raise PublishingError when a newer version than the one that was `seen` has been saved."""
    newest = latest(obj.kind, obj.key)
    if newest and newest.number != seen:
        who = newest.saved_by.get_username() if newest.saved_by else "inläsningen från content/"
        raise PublishingError(
            f"”{obj}” har fått version {newest.number} av {who} sedan sidan visades. "
            "Inget är gjort. Läs den nya versionen och tryck igen."
        )


def version_of(kind: str, key: str, number: int) -> Version | None:
    """The version with a number, under any key that the document has had."""
    found = Version.objects.filter(kind=kind, key__in=names_of(kind, key), number=number)
    return found.order_by("pk").last()


def find(kind: str, key: str) -> Model:
    """The row of the working copy that a reference points to; raises the model's DoesNotExist."""
    return MODEL_OF[kind].objects.get(key=key)


def rewind(obj: Model, document: Document) -> None:
    """Put `document` into the row `obj`, whose key stays, without a version: for a transaction that is rolled back."""
    write(replace(document, key=obj.key), obj, find)


@transaction.atomic
def put(document: Document, obj: Model, seen: int, by) -> Version:
    """Put `document` into the row and save its version; raises PublishingError when a newer one than `seen` has come."""
    hold(obj)
    refuse_newer(obj, seen)
    return save_version(write(replace(document, key=obj.key), obj, find), by)


@transaction.atomic
def put_aside(document: Document, obj: Model, by) -> Version:
    """Keep a text as a version of its own. The working row, and what is the newest version, stay as they are."""
    hold(obj)
    return append(replace(document, key=obj.key), by, "aside")
