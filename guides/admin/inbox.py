"""Report: what visitors have told, to settle and delete."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.filters import Askable
from guides.models import Contact, Report


def told(report: Report) -> str:
    """A report in one line, with the name of the contact that it is about."""
    if report.subject != Report.Subject.NUMBER:
        return str(report)
    return f"{_contact(report) or report.contact}: {report.get_fault_display()}"


def _contact(report: Report) -> Contact | None:
    return Contact.objects.filter(key=report.contact).first() if report.contact else None


@admin.register(Report)
class ReportAdmin(Askable, admin.ModelAdmin):
    """Read, look into, delete. A report hides nothing by itself: call the number and note the check on the contact."""

    list_display = ["line", "subject", "day"]
    list_filter = ["subject", "fault"]
    search_fields = ["contact", "text"]
    ordering = ["-hour"]
    fields = ["subject", "about", "fault", "text", "day"]
    readonly_fields = ["about", "day"]

    @admin.display(description="rapport")
    def line(self, report) -> str:
        return told(report)

    @admin.display(description="kontakt")
    def about(self, report) -> str:
        """Leads to where the number is called, hidden or changed."""
        contact = _contact(report)
        if contact is None:
            return report.contact or "–"
        return format_html('<a href="{}">{}</a>', reverse("admin:guides_contact_change", args=[contact.pk]), contact)

    @admin.display(description="när", ordering="hour")
    def day(self, report):
        return report.hour

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
