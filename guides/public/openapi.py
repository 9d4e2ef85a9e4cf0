"""The description of /api/ (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from django.conf import settings

from guides.public.machine import COLLECTIONS

LICENCE = {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}
TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
DAY = {"type": ["string", "null"], "format": "date"}
KEYS = {"type": "array", "items": TEXT}


def _object(**properties) -> dict:
    """An object that has exactly these, each always."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: dict) -> dict:
    return {"type": "array", "items": of}


COMMON = {
    "key": TEXT, "title": TEXT, "url": TEXT, "published": DAY, "updated": DAY, "reviewed": DAY, "owner": TEXT, "version": NUMBER,
}  # fmt: skip
BASIS = {"basis": TEXT, "sources": _list(_object(title=TEXT, publisher=TEXT, year=TEXT, url=TEXT))}
STATEMENTS = _list(_object(text=TEXT, **BASIS))
TASK = _object(
    key=TEXT, text=TEXT, detail=TEXT, situations=KEYS, provisions=KEYS, actor={"type": ["string", "null"]}, **BASIS
)
RESPONSIBILITY = _object(actor=TEXT, role=TEXT, what=TEXT, **BASIS)
STEP = _object(
    **COMMON, number=NUMBER, aim=TEXT, time_frame=TEXT, tasks=_list(TASK), responsibilities=_list(RESPONSIBILITY),
    provisions=KEYS, contacts=KEYS,
)  # fmt: skip
SCHEMAS = {
    "guides": _object(**COMMON, summary=TEXT, steps=_list(STEP)),
    "provisions": _object(
        **COMMON, statute=TEXT, citation=TEXT, state=TEXT, repealed=FLAG, verified=FLAG, summary=TEXT, meaning=TEXT,
        now=KEYS, law_text=TEXT,
    ),
    "actors": _object(
        **COMMON, summary=TEXT, responsible_for=STATEMENTS, takes_part_in=STATEMENTS, not_asked_for=STATEMENTS, contacts=KEYS
    ),
    "grants": _object(
        **COMMON, funder=TEXT, state=TEXT, confirmed=FLAG, opens_on=DAY, closes_on=DAY, municipality_can_apply=FLAG,
        applicants=TEXT, purpose=TEXT, amount=TEXT, how_to_apply=TEXT, regulation=TEXT,
    ),
    "contacts": _object(
        **COMMON, organisation=TEXT, ask_for=TEXT, hours=TEXT, county=TEXT, municipality=TEXT, languages=TEXT, website=TEXT,
        number={"anyOf": [_object(value=TEXT, display=TEXT, note=TEXT), {"type": "null"}]},
    ),
}  # fmt: skip


def _answer(description: str, schema: dict) -> dict:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _operation(name: str, summary: str, found: dict, parameters: list[dict], missing: bool) -> dict:
    error = _object(error=TEXT)
    refused = {"description": "No such thing here", "content": {"text/html": {}, "application/json": {"schema": error}}}
    answers = {"200": found} | ({"404": refused, "410": _answer("Withdrawn, and why", error)} if missing else {})
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def description() -> dict:
    """The whole document, as `json.dumps` takes it."""
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"}}
    paths = {}
    for name, (kind, _) in COLLECTIONS.items():
        one = {"$ref": f"#/components/schemas/{kind}"}
        paths[f"/api/{name}/"] = _operation(
            f"list_{name}", f"Every {kind}", _answer("All that is public", _object(licence=TEXT, items=_list(one))), [], False
        )
        paths[f"/api/{name}/{{key}}/"] = _operation(f"get_{kind}", f"One {kind}", _answer("As it stands", one), [key], True)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Avhoppare",
            "version": "1",
            "description": "What is public, to read. Fetch contacts anew each time: a remembered number can hurt somebody.",
            "license": LICENCE,
        },
        "servers": [{"url": settings.PUBLIC_URL}],
        "paths": paths,
        "components": {"schemas": {kind: SCHEMAS[name] for name, (kind, _) in COLLECTIONS.items()}},
    }
