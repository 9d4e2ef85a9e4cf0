"""Guides and their steps, on the screen and on paper."""

from django.http import Http404, HttpResponse

from guides.edition.records import PROFESSIONAL
from guides.public import handbook as typesetting
from guides.public import paper
from guides.public.finding import absent, find
from guides.public.stylesheet import handbook_css
from guides.public.views.showing import rendered, show_to_professionals


def guide_list(request):
    edition = request.edition
    guides = [(guide, edition.steps(guide)) for guide in edition.guides()]
    return show_to_professionals(request, "guide_list", {"guides": guides})


def guide_detail(request, guide):
    return show_to_professionals(request, "guide", _whole(request, guide))


def guide_print(request, guide):
    return show_to_professionals(request, "guide_print", _whole(request, guide))


def handbook(request, guide):
    context = _whole(request, guide)
    if not context["handbook"]:
        raise Http404
    found = context["guide"]
    context |= {"css": handbook_css(), "code": paper.code_image(paper.on_paper(found, request.edition))}
    made = typesetting.handbook(found.key, rendered(request, "handbook", context, PROFESSIONAL))
    response = HttpResponse(made, content_type=typesetting.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.key}.pdf"'
    return response


def _whole(request, key):
    guide = find(request.edition, "guide", key)
    return {"guide": guide, "steps": request.edition.steps(guide), "handbook": not typesetting.missing()}


def step_detail(request, guide, step):
    edition = request.edition
    found = find(edition, "guide", guide)
    wanted = find(edition, "step", step)
    here = edition.step(found.key, wanted.key) or absent(edition, "step", step)
    context = {"here": here, "step": here.step, "guide": found, "steps": edition.steps(found)}
    return show_to_professionals(request, "step", context)
