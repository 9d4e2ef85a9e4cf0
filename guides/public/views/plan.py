"""The plan of a case. Its answers live in the address alone: nothing here is stored, counted or logged."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from guides.edition import plan as planning
from guides.edition.answers import Answers, read_answers, read_municipality
from guides.edition.plan_records import Plan
from guides.edition.records import PROFESSIONAL
from guides.public import office, paper
from guides.public.views.showing import show_to_professionals
from guides.text.case import MUNICIPALITY_CODE, QUESTIONS

TITLE = "Checklista för ärendet"


def plan(request):
    """The questions alone; with a query the plan too, whatever part of them is answered."""
    answers, made, problem = _read(request)
    asked = bool(request.META.get("QUERY_STRING"))
    context = {
        "title": TITLE,
        "plan": made if asked else None,
        "answers": answers,
        "asked": [(q, answers.get(q.name), answers.problems.get(q.name, "")) for q in QUESTIONS],
        "municipality": made.municipality,
        "municipality_problem": problem,
        "problems": len(answers.problems) + bool(problem),
        "municipality_code": MUNICIPALITY_CODE,
        "query": _query(made),
        "short_address": _short_address(request, made),
    }
    return show_to_professionals(request, "plan", context)


def plan_document(request):
    """The same plan as a Word document, without the answers."""
    made = _read(request)[1]
    context = {"plan": made, "municipality": made.municipality, "edition": request.edition, "audience": PROFESSIONAL}
    html = render_to_string("public/plan_document.html", context)
    version = made.guide.dates.version if made.guide else 0
    foot = f"Guiden version {version}, {_short_address(request, made)}, utskriven {timezone.localdate(made.at).isoformat()}"
    response = HttpResponse(office.document(TITLE, html, foot), content_type=office.CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="checklista.docx"'
    return response


def _read(request) -> tuple[Answers, Plan, str]:
    """The answers of an address, their plan, and what is wrong with its municipality."""
    codes = dict(request.GET.lists())
    answers = read_answers(codes)
    municipality, problem = read_municipality(codes, request.edition)
    return answers, planning.plan(request.edition, answers, municipality, timezone.now()), problem


def _query(made: Plan) -> str:
    """The address's query again, with nothing in it but codes that mean something."""
    codes = made.answers.codes()
    if made.municipality:
        codes[MUNICIPALITY_CODE] = made.municipality.code
    return urlencode(codes or {QUESTIONS[0].code: "0"})


def _short_address(request, made: Plan) -> str:
    """Where the guide stands, as one writes it on paper."""
    if made.guide:
        return paper.written(paper.on_paper(made.guide, request.edition))
    return paper.written(settings.PUBLIC_URL + reverse("guides:guide-list"))
