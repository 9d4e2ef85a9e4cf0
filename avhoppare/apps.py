"""Django's admin with our own site."""

from django.contrib.admin.apps import AdminConfig


class StaffDoorConfig(AdminConfig):
    default_site = "avhoppare.staff.StaffSite"
