"""Save appends a Version; nothing ever updates or deletes one."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from guides.edition.material import Renderer, names_in, passages
from guides.models import MODEL_OF, Masking, Release, Rename, Rendering, Version
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import to_document, write
from guides.text.documents import SCHEMA, Document, digest, from_text, to_text
from guides.text.markup import Rich


def read(version: Version) -> Document:
    """The Document that a version holds. Older schemas pass through their upgraders here."""
    return from_text(version.kind, version.text)


def latest(kind: str, key: str) -> Version | None:
    """The newest version of a document's working copy, under this key or the one before it."""
    for name in names_of(kind, key):
        found = Version.objects.working().filter(kind=kind, key=name).order_by("-number").first()
        if found:
            return found
    return None


def public_version(kind: str, key: str) -> Version | None:
    """The version of a document that the public reads now."""
    rows = Release.objects.public(timezone.now()).filter(kind=kind, key__in=names_of(kind, key))
    row = rows.order_by("effective_from", "pk").last()
    return row.version if row else None


def names_of(kind: str, key: str) -> list[str]:
    """A document's keys, this one first, then those that it had before."""
    names = [key]
    while earlier := Rename.objects.filter(kind=kind, new_key=names[-1]).exclude(old_key__in=names).last():
        names.append(earlier.old_key)
    return names


def wording(version: Version) -> str:
    """What a version says, without the key that it says it under: canonical text begins with a line for that."""
    return version.text.split("\n", 2)[-1]


def same_wording(version: Version) -> list[Version]:
    """Every version of its document that says just the same, this one too: changed back, put aside, or under another key."""
    keys, said = names_of(version.kind, key_now(version)), wording(version)
    own = Version.objects.filter(kind=version.kind, key__in=keys).order_by("pk")
    return [row for row in own if row.hash == version.hash or wording(row) == said]


def key_now(version: Version) -> str:
    """The key that a version's document has now."""
    key, seen = version.key, set()
    while (rename := Rename.objects.filter(kind=version.kind, old_key=key).first()) and key not in seen:
        seen.add(key)
        key = rename.new_key
    return key


@transaction.atomic
def save_version(obj, by: AbstractBaseUser | None) -> Version:
    """The version of a saved row: a new one when the document changed, else the newest there is."""
    document = to_document(obj)
    text = to_text(document)
    last = latest(obj.kind, obj.key)
    if last and last.key == obj.key and last.hash == digest(text):
        return last
    return append(document, by, "editor")


def append(document: Document, by: AbstractBaseUser | None, origin: str) -> Version:
    """A new version with the next number. `origin` *aside* keeps a text that the working copy never held."""
    names = names_of(document.kind, document.key)
    highest = Version.objects.filter(kind=document.kind, key__in=names).aggregate(found=Max("number"))["found"] or 0
    version = new_version(document.kind, document.key, to_text(document), by, origin, highest + 1)
    version.save()
    keep_renderings([document])
    return version


@transaction.atomic
def restore(version: Version, obj, by: AbstractBaseUser | None) -> Version:
    """Write an older version back into its row and append it as the newest; nothing public moves.

    The row keeps its key and its number on paper. Raises PublishingError when something that the
    version refers to is no longer there, when the row would not hold, or when the version is masked.
    """
    if version.pk in Masking.hidden():
        raise PublishingError(f"Version {version.number} är dold eller borttagen och kan inte återställas.")
    document = read(version)
    fields = dict(document.fields)
    if "paper_number" in fields:
        fields["paper_number"] = obj.paper_number
    try:
        write(replace(document, key=obj.key, fields=fields), obj, _row)
    except ValidationError as error:
        raise PublishingError(*error.messages) from error
    return save_version(obj, by)


def _row(kind: str, key: str):
    """The row that a reference means, under the key that it has now."""
    seen = set()
    while (rename := Rename.objects.filter(kind=kind, old_key=key).first()) and key not in seen:
        seen.add(key)
        key = rename.new_key
    found = MODEL_OF[kind].objects.filter(key=key).first()
    if found is None:
        name = MODEL_OF[kind]._meta.verbose_name
        raise PublishingError(f"Versionen hänvisar till {name} ”{key}”, som inte finns längre. Lägg till den först.")
    return found


def new_version(kind: str, key: str, text: str, by, origin: str, number: int) -> Version:
    """An unsaved Version of canonical text."""
    return Version(
        kind=kind,
        key=key,
        number=number,
        schema=SCHEMA,
        text=text,
        hash=digest(text),
        origin=origin,
        saved_by=by,
        saved_at=timezone.now(),
    )


def next_numbers(pairs) -> dict[tuple[str, str], int]:
    """The number that the next version of each (kind, key) gets."""
    rows = Version.objects.values("kind", "key").annotate(last=Max("number"))
    found = {(row["kind"], row["key"]): row["last"] + 1 for row in rows}
    return {pair: found.get(pair, 1) for pair in pairs}


def statute_documents() -> list[Document]:
    """The newest version of every statute: their names are what citations are recognised by."""
    newest = {}
    for version in Version.objects.working().filter(kind="statute").order_by("number"):
        newest[version.key] = version
    return [read(version) for version in newest.values()]


def keep_renderings(documents: list[Document], statutes: list[Document] | None = None) -> int:
    """Render the texts of `documents` and keep them; returns how many were new."""
    renderer = Renderer(names_in(statute_documents() if statutes is None else statutes))
    names = [p.hash(renderer.mark) for d in documents for p in passages(d)]
    known = set()
    for start in range(0, len(names), 500):
        found = Rendering.objects.filter(hash__in=names[start : start + 500])
        known.update(found.values_list("hash", flat=True))
    renderer.known = lambda name: Rich() if name in known else None
    for document in documents:
        for item in passages(document):
            renderer(item)
    store(renderer.fresh)
    return len(renderer.fresh)


def store(fresh: dict[str, Rich]) -> None:
    """Keep rendered texts in the table, by hash."""
    rows = [Rendering(hash=name, rich=rich.to_json()) for name, rich in fresh.items()]
    Rendering.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
