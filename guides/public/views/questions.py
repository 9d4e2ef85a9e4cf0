"""Questions from real situations."""

from itertools import groupby

from guides.public.finding import find
from guides.public.views.showing import show


def question_list(request):
    questions = request.edition.questions()
    groups = [(name, tuple(found)) for name, found in groupby(questions, key=lambda q: q.group)]
    return show(request, "question_list", {"groups": groups})


def question_detail(request, question):
    edition = request.edition
    found = find(edition, "question", question)
    others = tuple(q for q in edition.questions() if q.group == found.group and q.key != found.key)
    return show(request, "question", {"question": found, "others": others})
