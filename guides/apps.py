"""The one app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GuidesConfig(AppConfig):
    """Wires the rooms together: system checks, the roles, the audit log, and the Swedish name in the admin."""

    name = "guides"
    verbose_name = "Kunskapsbanken"

    def ready(self):
        from guides import checks  # noqa: F401 (registers them)
        from guides.publishing import audit
        from guides.publishing.roles import make_roles

        post_migrate.connect(make_roles, sender=self)
        audit.connect()
