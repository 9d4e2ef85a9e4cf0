"""/api/: the edition as JSON, to read from any site."""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.urls import reverse

from guides.public.machine import COLLECTIONS, Machine
from guides.public.openapi import LICENCE, description


def _json(data: dict, status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def index(request):
    """Where everything is."""
    found = {name: settings.PUBLIC_URL + reverse("guides:api-list", args=[name]) for name in COLLECTIONS}
    openapi = settings.PUBLIC_URL + reverse("guides:api-description")
    return _json({"licence": LICENCE["url"], "description": openapi, "collections": found})


def openapi(request):
    """What may be asked, and what is answered."""
    return _json(description())


def collection(request, name):
    """All records of one kind."""
    kind, make = _known(name)
    machine = Machine(request.edition)
    records = request.edition.guides() if kind == "guide" else request.edition.all(kind)
    return _json({"licence": LICENCE["url"], "items": [make(machine, record) for record in records]})


def item(request, name, key):
    """One record, also under a key that it had before; a withdrawn one says why."""
    kind, make = _known(name)
    edition = request.edition
    record = edition.get(kind, key)
    if record:
        return _json(make(Machine(edition), record))
    gone = edition.gone.get((kind, edition.current_key(kind, key)))
    return _json({"error": gone.reason}, 410) if gone else _json({"error": "Finns inte här."}, 404)


def _known(name: str):
    if name not in COLLECTIONS:
        raise Http404
    return COLLECTIONS[name]
