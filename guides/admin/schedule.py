"""What is scheduled, in the order in which it will happen, and taking it back."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone

from guides.admin.fresh import demand_fresh
from guides.admin.kept import keeps_typed
from guides.admin.past import title_of
from guides.models import MODEL_OF, Release
from guides.publishing.errors import PublishingError
from guides.publishing.release import RELEASE, cancel
from guides.text.digits import whole_number


def schedule(request):
    """The list. By POST from who may release: `release` and `reason` cancel one."""
    if not request.user.has_perm("guides.view_release"):
        raise PermissionDenied
    faults, failed, typed = [], None, request.POST.get("reason", "")
    if request.method == "POST":
        if not request.user.has_perm(RELEASE):
            raise PermissionDenied
        planned = get_object_or_404(Release, pk=whole_number(request.POST.get("release", "")))
        try:
            if not typed.strip():
                raise PublishingError("Skriv varför schemaläggningen avbryts.")
            demand_fresh(request)
            cancel(planned, request.user, typed)
            messages.success(request, "Schemaläggningen är avbruten. Det som gäller nu fortsätter att gälla.")
            return HttpResponseRedirect(reverse("schedule"))
        except PublishingError as error:
            faults, failed = error.messages, planned.pk
    now = timezone.now()
    ahead = Release.objects.ahead(now).select_related("version", "released_by").order_by("effective_from", "pk")
    ending = Release.objects.public(now).filter(effective_to__gt=now).order_by("effective_to")
    context = {
        "title": "Schemalagt",
        "rows": [(row, title_of(row.kind, row.key), _form(row)) for row in ahead],
        "ending": [(row, title_of(row.kind, row.key), _form(row)) for row in ending],
        "faults": faults,
        "failed": failed,
        "typed": typed,
        "may_release": request.user.has_perm(RELEASE),
    }
    return render(request, "admin/schedule.html", admin.site.each_context(request) | context)


def _form(release: Release) -> str:
    """The change form of what a release is about; empty when its key was changed since."""
    model = MODEL_OF[release.kind]
    pk = model.objects.filter(key=release.key).values_list("pk", flat=True).first()
    return reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk]) if pk else ""


urlpatterns = [path("", keeps_typed(admin.site.admin_view(schedule)), name="schedule")]
