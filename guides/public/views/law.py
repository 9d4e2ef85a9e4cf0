"""Statutes and their provisions."""

import re

from guides.public.finding import find
from guides.public.views.showing import show_to_professionals

SOCIAL_SERVICES_ACT, OLD_ACT = "2025:400", "2001:453"
_OF_THE_OLD_ACT = f" i socialtjänstlagen ({OLD_ACT})"
_OLD_NUMBER = re.compile(r"(\d+)(?: ([a-z]))? kap\.(?: (\d+)(?: ([a-z])\b)?)?")


def statute_list(request):
    edition = request.edition
    rows = [(statute, len(edition.provisions_of(statute))) for statute in edition.all("statute")]
    context = {
        "statutes": [row for row in rows if not row[0].repealed],
        "repealed": [row for row in rows if row[0].repealed],
    }
    return show_to_professionals(request, "statute_list", context)


def statute_detail(request, statute):
    edition = request.edition
    found = find(edition, "statute", statute)
    context = {
        "statute": found,
        "rows": [(p, edition.steps_using("provision", p.key)) for p in edition.provisions_of(found)],
        "uses": edition.steps_using("statute", found.key),
    }
    return show_to_professionals(request, "statute", context)


def old_and_new(request):
    """The key from the old Social Services Act to the one in force, by the old number."""
    edition = request.edition
    statute = find(edition, "statute", SOCIAL_SERVICES_ACT)
    # The column's head says which act it is.
    rows = [(p.formerly.plain.replace(_OF_THE_OLD_ACT, ""), p) for p in edition.provisions_of(statute) if p.formerly]
    rows.sort(key=lambda row: _old_place(row[0]))
    context = {
        "rows": rows,
        "statute": statute,
        "old": edition.statute(OLD_ACT),
    }
    return show_to_professionals(request, "old_and_new", context)


def _old_place(formerly: str) -> tuple[int, str, int, str]:
    """Where "2 a kap. 11 §" stands in the old act: 2 kap. before 2 a kap., and a whole chapter before its sections."""
    number = _OLD_NUMBER.search(formerly)
    chapter, letter, section, added = number.groups("") if number else ("", "", "", "")
    return int(chapter or 0), letter, int(section or 0), added
