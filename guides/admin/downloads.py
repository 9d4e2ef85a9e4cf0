"""A table that somebody takes out of the staff door."""

from django.http import HttpResponse
from django.utils import timezone

from guides.admin.fresh import demand_fresh
from guides.publishing.audit import note


def download(request, name: str, what: str, rows: int, table: bytes) -> HttpResponse:
    """The CSV file `name` with today's day; what it holds, and how much, is written down. Raises StaleError without a fresh code."""
    demand_fresh(request)
    note("export", what, f"{rows} rader")
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    return response
