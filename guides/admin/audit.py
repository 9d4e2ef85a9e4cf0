"""The audit log: to read, to filter, to take out as CSV. For administrators; nobody adds, changes or deletes an entry."""

import csv

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from guides.admin.history import ReadOnlyAdmin
from guides.models import AuditEntry
from guides.publishing.audit import note
from guides.publishing.contact_sheet import unrun


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
        rows = self.get_changelist_instance(request).queryset.order_by("pk")
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="handelselogg-{timezone.localdate()}.csv"'
        response.write("\ufeff")
        writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
        writer.writerow([AuditEntry._meta.get_field(name).verbose_name for name in self.list_display])
        for row in rows.iterator():
            cells = [timezone.localtime(row.at).isoformat(" ", "seconds"), row.who, row.get_act_display(), row.what, row.detail]
            writer.writerow(map(unrun, cells))
        note("export", "händelseloggen", f"{len(rows)} rader")
        return response
