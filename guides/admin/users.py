"""Who uses this? Every document that shows a thing: in its fields, in its rows, and inside its Markdown.

Both what is public and what is only saved are looked through, because either is a reason not to delete.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from guides.models import MODEL_OF
from guides.publishing.current import current
from guides.text.kinds import KINDS

SHOWS_USERS = frozenset({"contact", "provision", "statute", "actor", "term", "source", "situation", "file"})
ONLY_PUBLIC = "bara på webbplatsen; borttaget i utkastet"
ONLY_DRAFT = "bara i utkastet"


@dataclass(frozen=True)
class User:
    """A document that uses a thing: what it is, where its form lies, and `where` when only one of its texts does."""

    label: str
    title: str
    address: str
    where: str = ""


def users_of(obj) -> list[User]:
    """The documents that show `obj`, in the order of kind and title."""
    public, drafts = (
        {(record.kind, record.key): record.title for record in edition.users_of(obj.kind, obj.key)}
        for edition in (current.edition(), current.drafts())
    )
    found = public | drafts
    found.pop((obj.kind, obj.key), None)
    forms = _forms(found)
    rows = []
    for pair, title in found.items():
        where = "" if pair in public and pair in drafts else ONLY_PUBLIC if pair in public else ONLY_DRAFT
        if pair in forms:
            rows.append(User(KINDS[pair[0]].label, title, forms[pair], where))
    return sorted(rows, key=lambda user: (user.label, user.title))


def _forms(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The address of each document's form."""
    found = {}
    for kind in {kind for kind, _ in pairs}:
        model = MODEL_OF[kind]
        keys = [key for of, key in pairs if of == kind]
        for key, pk in model.objects.filter(key__in=keys).values_list("key", "pk"):
            found[kind, key] = reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk])
    return found


def users_of_pairs(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], User]:
    """What each document is called and where its form lies; documents without a row are left out."""
    found = {}
    for kind in {kind for kind, _ in pairs}:
        model = MODEL_OF[kind]
        keys = [key for of, key in pairs if of == kind]
        for key, pk, title in model.objects.filter(key__in=keys).order_by().values_list("key", "pk", "title"):
            address = reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk])
            found[kind, key] = User(KINDS[kind].label, title, address)
    return found
