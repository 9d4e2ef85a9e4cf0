"""Two doors: the staff's under /admin/ and /faktakoll/, the public's for everything else."""

from django.contrib import admin
from django.urls import include, path
from django.views.defaults import bad_request, permission_denied

from guides.admin import door
from guides.public.views import errors

urlpatterns = [
    # Before the admin's own, which answers everything that is left.
    path("admin/vid/", include("guides.admin.moments")),
    path("admin/schemalagt/", include("guides.admin.schedule")),
    path("admin/ringrunda/", include("guides.admin.ring_round")),
    path("admin/kontakter/", include("guides.admin.contact_sheet")),
    path("admin/", include("guides.admin.enrolment")),
    path("admin/", include("guides.admin.urls")),
    path("admin/", admin.site.urls),
    path("faktakoll/", include("guides.admin.fact_check_door")),
    path("", include("guides.public.urls")),
]


def _answer(status: int, public):
    """An error page in the look of the door at which it happened; the public's where there is one."""

    def handler(request, exception=None):
        if request.path.startswith(door.STAFF):
            return door.failed(request, status)
        return public(request, exception)

    return handler


handler400 = _answer(400, bad_request)
handler403 = _answer(403, permission_denied)
handler404 = _answer(404, errors.not_found)
handler500 = _answer(500, lambda request, exception: errors.broken(request))
