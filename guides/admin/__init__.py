"""The staff door: the ordinary Django admin, which saves Versions and releases them."""

from django.contrib import admin

from guides.admin import files, history, inbox, knowledge, law, people, start, steps, upkeep

admin.site.site_header = "Avhoppare – redaktionen"
admin.site.site_title = "Redaktionen"
admin.site.index_title = "Läget"
admin.site.site_url = "/"

__all__ = ["files", "history", "inbox", "knowledge", "law", "people", "start", "steps", "upkeep"]
