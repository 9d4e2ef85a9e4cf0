"""The audit log: to read, to filter, to take out as CSV. For administrators; nobody adds, changes or deletes an entry."""

from datetime import datetime

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path
from django.utils import timezone

from guides.admin.downloads import download
from guides.admin.history import ReadOnlyAdmin
from guides.models import AuditEntry
from guides.text.sheets import sheet


@admin.register(AuditEntry)
class AuditAdmin(ReadOnlyAdmin):
    """Django's own log goes with the account that it speaks of; this one stays."""

    list_display = ["at", "who", "act", "what", "detail"]
    list_filter = ["act", "at"]
    search_fields = ["who", "what", "detail"]
    ordering = ["-pk"]
    change_list_template = "admin/audit_list.html"

    def get_urls(self):
        return [path("csv/", self.admin_site.admin_view(self.as_file), name="audit-file"), *super().get_urls()]

    def as_file(self, request):
        """What the list shows with the same filter and search, all of it, oldest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset.order_by("pk")
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation from error
        heads = [AuditEntry._meta.get_field(name).verbose_name for name in self.list_display]
        table = sheet(heads, ([_moment(row.at), row.who, row.get_act_display(), row.what, row.detail] for row in rows))
        return download(request, "handelselogg", "händelseloggen", len(rows), table)


def _moment(at: datetime) -> datetime:
    """As a spreadsheet knows it: in Stockholm, to the second."""
    return timezone.localtime(at).replace(microsecond=0, tzinfo=None)
