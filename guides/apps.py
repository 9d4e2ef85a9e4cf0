"""The one app."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Wires the rooms together: system checks, and the Swedish name in the admin."""

    name = "guides"
    verbose_name = "Kunskapsbanken"

    def ready(self):
        from guides import checks  # noqa: F401 (registers them)
