"""Mailboxes of owners, and the one click that says that a text still holds."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpResponseNotAllowed

from guides.admin.row_saving import RowSaving
from guides.admin.verbs import back_to_form, row_to_change
from guides.models import Mailbox
from guides.publishing.errors import PublishingError
from guides.publishing.release import check


@admin.register(Mailbox)
class MailboxAdmin(RowSaving, admin.ModelAdmin):
    """Which address a function has. Never a person's own."""

    list_display = ["function", "address", "late_address"]
    search_fields = ["function", "address"]
    ordering = ["function"]


def reviewed(request, pk, model_admin):
    """Note that the text was read and holds. Only by POST; it makes no version and moves no date but *granskad*."""
    obj = row_to_change(request, model_admin, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        check(obj.kind, obj.key, "reviewed", request.user, reason="Granskad utan ändring")
        messages.success(request, "Granskad i dag, utan ändring.")
    except PublishingError as error:
        for text in error.messages:
            messages.error(request, text)
    return back_to_form(model_admin, obj)


VIEWS = {"granskad": reviewed}
