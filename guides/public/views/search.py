"""The search page and the titles that are offered while somebody types. Nothing that is typed is kept or logged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import JsonResponse
from django.urls import reverse

from guides.addresses import address, is_discreet
from guides.edition import records as r
from guides.edition.search import Found, search, suggestible
from guides.edition.searchable import shown_text, shown_title
from guides.edition.snippet import extract
from guides.public.views.showing import show
from guides.publishing.current import current
from guides.text.digits import whole_number

PER_PAGE = 10
KIND_NAMES = {
    "step": "Steg",
    "guide": "Guide",
    "situation": "Situation",
    "question": "Fråga och svar",
    "statute": "Lag",
    "provision": "Lagrum",
    "actor": "Aktör",
    "contact": "Kontakt",
    "municipality": "Kommun",
    "county": "Län",
    "grant": "Stöd att söka",
    "download": "Mall",
    "term": "Ord",
    "page": "Sida",
    "news": "Nytt",
}
# What `typ` may be: its name, and the kinds in it.
GROUPS = {
    "steg": ("Steg och guider", ("step", "guide", "situation")),
    "fraga": ("Frågor och svar", ("question",)),
    "lag": ("Lag", ("statute", "provision")),
    "aktor": ("Aktörer", ("actor",)),
    "kontakt": ("Kontakt", ("contact", "municipality", "county")),
    "bidrag": ("Stöd att söka", ("grant",)),
    "mall": ("Mallar", ("download",)),
    "ord": ("Ord", ("term",)),
    "sida": ("Sidor", ("page", "news")),
}
# Texts that somebody acts on: a reader wants to know whether an expert has read them.
DATED = frozenset({"step", "guide", "question", "page", "actor", "download"})


@dataclass(frozen=True)
class Hit:
    """A record in the list. `extract` is pieces of plain text, each with whether it is marked."""

    record: r.Record
    title: str
    address: str
    kind: str
    note: str
    dated: bool
    extract: tuple[tuple[str, bool], ...]


def search_page(request):
    """GET `q`, and as plain links `typ` (one of GROUPS) and `sida` (ten hits each). Never redirects."""
    edition = request.edition
    found = search(current.index(), edition, request.GET.get("q", ""))
    group = request.GET.get("typ", "") if request.GET.get("typ") in GROUPS else ""
    kinds = GROUPS[group][1] if group else tuple(KIND_NAMES)
    chosen = [record for record in found.hits if record.kind in kinds]
    last = max(1, -(-len(chosen) // PER_PAGE))
    page = _page_number(request.GET.get("sida", ""), last)
    first = (page - 1) * PER_PAGE
    context = {
        "found": found,
        "hits": [_hit(record, found, edition) for record in chosen[first : first + PER_PAGE]],
        "numbers": not found.unknown_number,
        "answer_text": _answer_text(found, edition),
        "first": first + 1,
        "count": len(chosen),
        "group": group,
        "groups": _groups(found, group),
        "page_number": page,
        "last_page": last,
        "previous": _link(found.text, group, page - 1) if page > 1 else "",
        "next": _link(found.text, group, page + 1) if page < last else "",
    }
    response = show(request, "search", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def suggestions(request):
    """[title, address, kind] of everything that is offered while somebody types; the browser picks among them."""
    edition = request.edition
    rows = [[shown_title(x), address(x, edition), KIND_NAMES[x.kind]] for x in suggestible(edition) if not is_discreet(x)]
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _hit(record: r.Record, found: Found, edition) -> Hit:
    return Hit(
        record=record,
        title=shown_title(record),
        address=address(record, edition),
        kind=KIND_NAMES[record.kind],
        note=_note(record),
        dated=record.kind in DATED,
        extract=extract(shown_text(record, edition), found.is_searched),
    )


def _note(record: r.Record) -> str:
    """What a reader must know before following the link."""
    if isinstance(record, r.Provision):
        if record.statute.repealed:
            now = " och ".join(p.citation for p in record.now)
            return f"upphävd, nu {now}" if now else "upphävd"
        return "" if record.state == "in_force" else record.state_label
    if isinstance(record, r.Statute) and record.repealed:
        return "upphävd"
    return record.state_label if isinstance(record, r.Grant) else ""


def _answer_text(found: Found, edition) -> tuple[tuple[str, bool], ...]:
    """A single answer's own words, unmarked: a provision's summary, a term's meaning."""
    records = [record for answer in found.answers for record in answer.records]
    if len(records) != 1 or found.answers[0].kind not in ("provision", "term"):
        return ()
    return extract(shown_text(records[0], edition), lambda word: False, 240)


def _groups(found: Found, group: str) -> list[tuple[str, int, str, bool]]:
    """(name, hits, link, chosen) of the groups that have hits; empty when there is nothing to choose between."""
    by_kind = Counter(record.kind for record in found.hits)
    rows = []
    for code, (name, kinds) in GROUPS.items():
        count = sum(by_kind[kind] for kind in kinds)
        if count:
            rows.append((name, count, _link(found.text, code), code == group))
    if len(rows) < 2:
        return []
    return [("Alla", len(found.hits), _link(found.text), not group), *rows]


def _link(text: str, group: str = "", page: int = 1) -> str:
    parts = {"q": text} | ({"typ": group} if group else {}) | ({"sida": page} if page > 1 else {})
    return f"{reverse('guides:search')}?{urlencode(parts)}"


def _page_number(typed: str, last: int) -> int:
    """The page asked for, within those that there are."""
    return min(max(1, whole_number(typed) or 1), last)
