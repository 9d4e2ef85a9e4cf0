"""What a filled-in form would save, without saving it: the ordinary save inside a transaction that is rolled back.

Rows that are new, moved or deleted are in it, because Django's own formsets have saved them.
"""

from __future__ import annotations

from contextlib import contextmanager

from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.http import HttpResponse

from guides.publishing.drafts import rewind
from guides.publishing.mapping import to_document
from guides.text.documents import Document


class _Captured(Exception):
    def __init__(self, document: Document):
        self.document = document


class _Answered(Exception):
    def __init__(self, response: HttpResponse):
        self.response = response


def is_capturing(request) -> bool:
    """True while `capture` runs: nothing may then be released, sent or written outside the database."""
    return getattr(request, "capturing", False)


def caught(request, obj) -> None:
    """Called when everything is saved; ends the capture that runs, if one does."""
    if is_capturing(request):
        raise _Captured(to_document(obj))


def capture(model_admin, request, obj=None, base: Document | None = None) -> Document | HttpResponse:
    """The Document that the posted form of `obj` (None: a new one) stands for, or the answer that shows its faults.

    With `base` the working row is first put back to that text, the one that the form was
    shown with, so that what others have saved since is no part of the Document.
    """
    request.capturing = True
    posted = request.POST
    try:
        with _no_message_kept(request), transaction.atomic():
            if base is not None:
                rewind(obj, base)
                request.POST = _renumbered(model_admin, request, obj)
            response = model_admin.changeform_view(request, str(obj.pk) if obj else None)
            # Rendered here: the rows that it shows are gone after the rollback.
            if hasattr(response, "render"):
                response.render()
            raise _Answered(response)
    except _Captured as found:
        return found.document
    except _Answered as answer:
        return answer.response
    finally:
        request.capturing = False
        request.POST = posted


@contextmanager
def _no_message_kept(request):
    """What is said meanwhile ("… ändrades") is not true, and must not stand on the next page."""
    kept = getattr(request, "_messages", None)
    request._messages = default_storage(request)
    try:
        yield
    finally:
        request._messages = kept


def _renumbered(model_admin, request, obj):
    """The form with the rows' numbers after `rewind`: those it was shown with stand in the same order."""
    data = request.POST.copy()
    for formset, inline in model_admin.get_formsets_with_inlines(request, obj):
        prefix, key = formset.get_default_prefix(), inline.model._meta.pk.name
        rows = inline.get_queryset(request).filter(**{formset.fk.name: obj}).values_list("pk", flat=True)
        for number, pk in enumerate(rows):
            if f"{prefix}-{number}-{key}" in data:
                data[f"{prefix}-{number}-{key}"] = str(pk)
    return data
