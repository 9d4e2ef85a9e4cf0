"""What is to be reviewed, by the function that owns it and with the reason, on a page and as a table."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone

from guides.admin.downloads import download
from guides.admin.users import users_of_pairs
from guides.publishing.current import current
from guides.publishing.due import Due, due
from guides.publishing.roles import EVERYWHERE
from guides.text.kinds import KINDS
from guides.text.sheets import sheet

SOON = timedelta(days=30)
HEADS = ("ägare", "slag", "titel", "nyckel", "ska granskas", "dagar sent", "senast granskad", "skäl")


def _items(request) -> list[Due]:
    if not request.user.has_perm(EVERYWHERE):
        raise PermissionDenied
    return due(current.edition(), timezone.now())


def due_list(request):
    """By owner: what is to be reviewed now, the longest overdue first, and how much comes within 30 days."""
    today = timezone.localdate()
    items = [item for item in _items(request) if item.day <= today + SOON]
    now = [item for item in items if item.day <= today]
    forms = users_of_pairs({(item.record.kind, item.record.key) for item in now})
    owners = sorted({item.owner for item in items}, key=str.casefold)
    groups = [
        (
            owner,
            [(i, forms.get((i.record.kind, i.record.key)), (today - i.day).days) for i in now if i.owner == owner],
            sum(i.owner == owner and i.day > today for i in items),
        )
        for owner in owners
    ]
    context = {"title": "Ska granskas", "groups": groups}
    return render(request, "admin/due_list.html", admin.site.each_context(request) | context)


def file(request):
    """Everything that has a day of review, as a table for a spreadsheet."""
    today, rows = timezone.localdate(), []
    for item in _items(request):
        record = item.record
        late = max(0, (today - item.day).days)
        texts = (item.owner, KINDS[record.kind].label, record.title, record.key)
        rows.append((*texts, item.day, late, record.dates.reviewed, item.why))
    return download(request, "ska-granskas", "vad som ska granskas", len(rows), sheet(HEADS, rows))
