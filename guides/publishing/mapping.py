"""Model <-> Document, for every kind by the same rules.

A model's fields carry the names of its kind's fields, so this is one mapping, not
fourteen: `ref` is a foreign key, `refs` a many-to-many, `rows` a related set of
Statements, `sequence` an ordered through table, `words` a text with one word a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model

from guides.models import MODEL_OF, GuideStep
from guides.text.documents import Document, make, readable
from guides.text.fields import Field

Find = Callable[[str, str], Model]


def to_document(obj: Model) -> Document:
    """A saved row of the working copy, with its inlines, as a Document."""
    fields = {spec.name: _read(obj, spec) for spec in obj.spec.fields}
    return make(obj.kind, obj.key, fields, readable(getattr(obj, "body", "")))


def _read(obj: Model, spec: Field):
    if spec.type == "rows":
        rows = getattr(obj, spec.name).all()
        return tuple({column.name: _read(row, column) for column in spec.columns} for row in rows)
    if spec.type == "sequence":
        places = GuideStep.objects.filter(guide=obj).select_related("step")
        return tuple(place.step.key for place in places)
    if spec.type == "refs":
        return tuple(sorted(getattr(obj, spec.name).values_list("key", flat=True)))
    value = getattr(obj, spec.name)
    if spec.type == "ref":
        return value.key if value else ""
    if spec.type == "words":
        return tuple(dict.fromkeys(line.strip() for line in readable(value).splitlines() if line.strip()))
    if isinstance(value, str):
        value = readable(value)
        return value.strip("\n") if spec.type == "prose" else value.replace("\n", " ").strip()
    return value


def write(document: Document, obj: Model | None, find: Find) -> Model:
    """Put a Document into the working copy, into `obj` or a new row, and return it.

    `find(kind, key)` gives the row that a reference points to. Raises ValidationError when the
    row does not hold (django's full_clean), and whatever `find` raises.
    """
    obj = obj or MODEL_OF[document.kind]()
    obj.key = document.key
    if hasattr(obj, "body"):
        obj.body = document.body
    _write_columns(obj, document.fields, obj.spec.fields, find)
    obj.full_clean(validate_unique=False, validate_constraints=False)
    obj.save()
    _write_relations(obj, document.fields, obj.spec.fields, find)
    for spec in obj.spec.fields:
        if spec.type == "rows":
            _write_rows(obj, spec, document[spec.name], find)
        elif spec.type == "sequence":
            GuideStep.objects.filter(guide=obj).delete()
            GuideStep.objects.bulk_create(
                GuideStep(guide=obj, step=find(spec.to, key), position=number)
                for number, key in enumerate(document[spec.name], start=1)
            )
    return obj


def _write_columns(obj: Model, values: Mapping[str, object], specs: tuple[Field, ...], find: Find) -> None:
    for spec in specs:
        value = values[spec.name]
        if spec.type in ("refs", "rows", "sequence"):
            continue
        if spec.type == "ref":
            value = find(spec.to, value) if value else None
        elif spec.type == "words":
            value = "\n".join(value)
        setattr(obj, spec.name, value)


def _write_relations(obj: Model, values: Mapping[str, object], specs: tuple[Field, ...], find: Find) -> None:
    for spec in specs:
        if spec.type == "refs":
            keys = values[spec.name]
            if keys or not obj._state.adding:
                getattr(obj, spec.name).set([find(spec.to, key) for key in keys])


def _write_rows(obj: Model, spec: Field, rows, find: Find) -> None:
    manager = getattr(obj, spec.name)
    manager.all().delete()
    for number, values in enumerate(rows, start=1):
        row = manager.model(**{manager.field.name: obj, "position": number})
        _write_columns(row, values, spec.columns, find)
        try:
            row.full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            raise ValidationError(
                {f"{spec.name}.{number - 1}.{name}": texts for name, texts in error.message_dict.items()}
            ) from error
        row.save()
        _write_relations(row, values, spec.columns, find)
