"""/guider/….md and the like: the page, as Markdown."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse

from guides.public.finding import MovedError
from guides.public.twins import markdown, twin_of


def twin(request, page):
    path = f"/{page}/"
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if not twin_of(match, path):
        raise Http404
    try:
        shown = match.func(request, *match.args, **match.kwargs)
    except MovedError as moved:
        where = reverse(match.view_name, kwargs={**match.kwargs, **moved.parts})
        return HttpResponsePermanentRedirect(twin_of(match, where))
    response = HttpResponse(markdown(shown.content.decode(), path), content_type="text/markdown; charset=utf-8")
    # The page itself is what a search engine is to show.
    response.headers["X-Robots-Tag"] = "noindex"
    return response
