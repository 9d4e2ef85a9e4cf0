"""Documents become records and records an Edition. References are resolved here, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import MappingProxyType

from guides.edition.edition import Edition
from guides.edition.material import Material, Renderer
from guides.edition.noting import notes_of
from guides.edition.resolving import STOCKHOLM, Resolver
from guides.edition.shapes import SHAPES
from guides.text.markup import Rich


def build(material: Material, known: Callable[[str], Rich | None] = lambda _: None) -> tuple[Edition, Renderer]:
    """The edition of `material.at`, and the renderer, whose `fresh` holds what had to be rendered now.

    `known` looks up text that is already rendered, by hash.
    """
    resolver = Resolver(material, known)
    for kind, shape in SHAPES.items():
        for key in sorted(resolver.by_kind[kind]):
            record = shape(resolver, resolver.at(kind, key), resolver.common(kind, key))
            if record is not None:
                resolver.records[kind][key] = record
    _link_successors(resolver)
    records = resolver.records
    anchors = {(p.statute.key, p.anchor): p for p in records["provision"].values()}
    users = {
        target: tuple(records[kind][key] for kind, key in found if key in records[kind])
        for target, found in _users(resolver, anchors).items()
    }
    tomorrow = datetime.combine(resolver.today + timedelta(days=1), datetime.min.time(), STOCKHOLM)
    edition = Edition(
        number=material.number,
        at=material.at,
        today=resolver.today,
        valid_until=min([*resolver.ends, tomorrow]),
        records=MappingProxyType({kind: MappingProxyType(found) for kind, found in records.items()}),
        gone=MappingProxyType({(gone.kind, gone.key): gone for gone in material.gone}),
        renames=material.renames,
        users=MappingProxyType(users),
        anchors=MappingProxyType(anchors),
        notes=notes_of(material.notes, lambda kind, key: records[kind].get(resolver.current(kind, key))),
        faults=tuple(_faults(resolver)),
        since=max(resolver.begun, default=None),
        until=min(resolver.ends, default=None),
    )
    return edition, resolver.renderer


def _faults(resolver: Resolver) -> Iterator[tuple[str, str, str, str]]:
    """References without target, in fields and in text: (kind, key) of who refers, (kind, key) of what is not there."""
    for (kind, key), found in resolver.users.items():
        if kind != "citation" and key not in resolver.records[kind]:
            yield from ((*user, kind, key) for user in found)


def _link_successors(resolver: Resolver) -> None:
    """Statute to statute and provision to provision, once all of them exist."""
    for key, statute in resolver.records["statute"].items():
        successor = resolver.at("statute", key)["replaced_by"]
        if successor:
            object.__setattr__(statute, "replaced_by", resolver.one("statute", successor))
    for key, provision in resolver.records["provision"].items():
        now = resolver.at("provision", key)["now"]
        if now:
            object.__setattr__(provision, "now", resolver.many("provision", now))


def _users(resolver: Resolver, anchors) -> dict:
    """Who uses what, with the citations in running text counted as uses of provision and statute."""
    users = {k: dict(v) for k, v in resolver.users.items() if k[0] != "citation"}
    for (kind, target), found in resolver.users.items():
        if kind != "citation":
            continue
        statute, _, anchor = target.partition("#")
        users.setdefault(("statute", statute), {}).update(found)
        provision = anchors.get((statute, anchor))
        if provision:
            users.setdefault(("provision", provision.key), {}).update(found)
    for key, provision in resolver.records["provision"].items():
        through = users.get(("provision", key), {})
        users.setdefault(("statute", provision.statute.key), {}).update(through)
    return users
