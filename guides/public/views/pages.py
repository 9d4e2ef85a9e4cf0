"""The first page, the first hour, and the texts beside the guides."""

from guides.edition.records import RELATIVE, SELF
from guides.public.finding import absent, find
from guides.public.views.people import by_letter
from guides.public.views.showing import show, show_to_professionals


def home(request):
    edition = request.edition
    guide = edition.main_guide()
    context = {
        "guide": guide,
        "steps": edition.steps(guide) if guide else (),
        "guides": edition.guides(),
        "first_hour": edition.page("forsta-timmen"),
        "languages": edition.translations("page", "hoppa-av"),
        "news": edition.news()[:3],
        "municipality_count": len(edition.municipalities()),
        "confirmed_count": edition.confirmed_municipalities(),
    }
    return show(request, "home", context)


def first_hour(request):
    edition = request.edition
    guide = edition.main_guide()
    context = {
        "page": find(edition, "page", "forsta-timmen"),
        "guide": guide,
        "steps": edition.steps(guide) if guide else (),
    }
    return show_to_professionals(request, "first_hour", context)


def leave(request):
    return _person(request, "hoppa-av")


def relative(request):
    return _person(request, "anhorig")


def _person(request, key):
    edition = request.edition
    page = find(edition, "page", key)
    return _show_person(request, key, page, (page, *edition.translations("page", key)))


def safer(request):
    return show(request, "safer", {"page": find(request.edition, "page", "sakrare")})


def discreet(request):
    return show(request, "discreet", {"page": find(request.edition, "page", "kontaktsida")})


def leave_translated(request, language):
    return _translated(request, "hoppa-av", language)


def relative_translated(request, language):
    return _translated(request, "anhorig", language)


def _translated(request, key, language):
    edition = request.edition
    page = edition.translation("page", key, language) or absent(edition, "page", f"{key}-{language}")
    languages = (edition.page(key), *edition.translations("page", key))
    return _show_person(request, key, page, [p for p in languages if p])


def _show_person(request, key, page, languages):
    quiet = request.edition.quiet_contacts(RELATIVE if key == "anhorig" else SELF)
    return show(request, "person", {"page": page, "languages": languages, "quiet": quiet})


def example_list(request):
    return show(request, "example_list", {"examples": request.edition.pages_in("example")})


def example(request, page):
    return _in_section(request, page, "example", "Fler exempel")


def about(request, page):
    return _in_section(request, page, "about", "Mer om webbplatsen")


def _in_section(request, key, section, more):
    edition = request.edition
    page = find(edition, "page", key)
    if page.section != section:
        absent(edition, "page", key)
    siblings = [other for other in edition.pages_in(section) if other.key != key]
    return show(request, "page", {"page": page, "siblings": siblings, "more": more})


def glossary(request):
    return show(request, "glossary", {"letters": by_letter(request.edition.terms())})
