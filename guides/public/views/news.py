"""What is new: a page, a feed of everything, and one of each guide."""

from django.http import HttpResponse

from guides.addresses import address, reverse
from guides.public.feeds import KEPT, atom, entries, entries_of
from guides.public.finding import find
from guides.public.views.showing import SITE_NAME, show

ATOM = "application/atom+xml; charset=utf-8"


def news_list(request):
    found = entries(request.edition)
    return show(request, "news_list", {"entries": found, "more": len(found) == KEPT})


def feed(request):
    found, page = entries(request.edition), reverse("guides:news-list")
    text = atom(found, f"Nytt – {SITE_NAME}", page, reverse("guides:news-feed"), "")
    return HttpResponse(text, content_type=ATOM)


def guide_feed(request, guide):
    edition = request.edition
    found = find(edition, "guide", guide)
    title, path = f"Nytt i {found.title} – {SITE_NAME}", reverse("guides:guide-feed", found.key)
    name = edition.first_key("guide", found.key)
    return HttpResponse(atom(entries_of(found, edition), title, address(found), path, name), content_type=ATOM)
