"""The staff door: the ordinary Django admin, which saves Versions and releases them."""

from django.contrib import admin

from guides.admin import accounts, audit, files, history, inbox, knowledge, law, people, start, steps, upkeep
from guides.admin.second_factor import LoginForm

admin.site.site_header = "Avhoppare – redaktionen"
admin.site.site_title = "Redaktionen"
admin.site.index_title = "Läget"
admin.site.site_url = "/"
admin.site.login_form = LoginForm

__all__ = ["accounts", "audit", "files", "history", "inbox", "knowledge", "law", "people", "start", "steps", "upkeep"]
