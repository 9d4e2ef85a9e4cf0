"""Two doors: the staff's under /admin/ and /faktakoll/, the public's for everything else."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # Before the admin's own, which answers everything that is left.
    path("admin/vid/", include("guides.admin.moments")),
    path("admin/schemalagt/", include("guides.admin.schedule")),
    path("admin/ringrunda/", include("guides.admin.ring_round")),
    path("admin/kontakter/", include("guides.admin.contact_sheet")),
    path("admin/", include("guides.admin.urls")),
    path("admin/", admin.site.urls),
    path("faktakoll/", include("guides.admin.fact_check_door")),
    path("", include("guides.public.urls")),
]
handler404 = "guides.public.views.errors.not_found"
handler500 = "guides.public.views.errors.broken"
