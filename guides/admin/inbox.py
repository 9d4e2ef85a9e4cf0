"""Report: what visitors have told, to settle and delete."""

from django.contrib import admin

from guides.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """Read, look into, delete. A report hides nothing by itself: call the number and note the check on the contact."""

    list_display = ["subject", "contact", "fault", "text", "hour"]
    list_filter = ["subject", "fault"]
    search_fields = ["contact", "text"]
    ordering = ["-hour"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
