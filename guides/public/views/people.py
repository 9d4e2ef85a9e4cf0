"""Who does what, and whom to call."""

from itertools import groupby

from guides.edition.edition import swedish_order
from guides.public.finding import find
from guides.public.structured import area_of
from guides.public.views.showing import show, show_to_professionals
from guides.publishing.inbox import NUMBER_FAULTS


def matrix(request):
    edition = request.edition
    guide = edition.main_guide()
    actors, rows = edition.matrix(guide) if guide else ((), [])
    return show_to_professionals(request, "matrix", {"guide": guide, "actors": actors, "rows": rows})


def actor_detail(request, actor):
    edition = request.edition
    found = find(edition, "actor", actor)
    return show_to_professionals(request, "actor", {"actor": found, "uses": edition.responsibilities_of(found)})


def contact_list(request):
    edition = request.edition
    everywhere, numbers = edition.municipalities(), edition.municipal_numbers()
    context = {
        "emergency": edition.emergency_contacts(),
        "national": edition.national_contacts(),
        "letters": [(letter, [(m, numbers.get(m.key)) for m in group]) for letter, group in by_letter(everywhere)],
        "confirmed_count": edition.confirmed_municipalities(),
        "municipality_count": len(everywhere),
    }
    return show(request, "contact_list", context)


def municipality_detail(request, municipality):
    edition = request.edition
    found = find(edition, "municipality", municipality)
    context = {
        "municipality": found,
        "chain": edition.contacts_for(found),
        "municipal_contact": edition.municipal_contact(found),
    }
    return show(request, "municipality", context)


def county_detail(request, county):
    edition = request.edition
    found = find(edition, "county", county)
    context = {
        "county": found,
        "municipalities": tuple(m for m in edition.municipalities() if m.county.key == found.key),
        "contacts": edition.county_contacts(found),
    }
    return show(request, "county", context)


def contact_detail(request, contact):
    edition = request.edition
    found = find(edition, "contact", contact)
    context = {"contact": found, "uses": edition.steps_using("contact", found.key), "faults": NUMBER_FAULTS}
    return show(request, "contact", context | {"area": area_of(found, edition)[1]})


def by_letter(records) -> list[tuple[str, tuple]]:
    """Records under their first letter, å ä ö last. They come in and go out in Swedish order."""
    ordered = sorted(records, key=lambda record: swedish_order(record.title))
    return [(letter, tuple(group)) for letter, group in groupby(ordered, key=lambda r: r.title[0].upper())]
