"""Statute, Provision and Source."""

from django.contrib import admin

from guides.admin.base import OWNERSHIP, ContentAdmin
from guides.models import Provision, Source, Statute


@admin.register(Statute)
class StatuteAdmin(ContentAdmin):
    list_display = ["title", "key", "short_name", "in_force_from", "repealed_on", "public_state"]
    list_filter = ["repealed_on"]
    search_fields = ["title", "key", "short_name", "aliases"]
    ordering = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "key", "short_name", "aliases"]}),
        ("Giltighet", {"fields": ["in_force_from", "repealed_on", "replaced_by", "note"]}),
        ("Lagtexten", {"fields": ["url", "text_read", "body"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["replaced_by"]


@admin.register(Provision)
class ProvisionAdmin(ContentAdmin):
    list_display = ["title", "statute", "chapter", "section", "verified", "state", "public_state"]
    list_filter = ["verified", "state", "statute"]
    search_fields = ["title", "key", "section", "statute__short_name", "statute__title"]
    list_select_related = ["statute"]
    ordering = ["statute", "pk"]
    fieldsets = [
        (None, {"fields": ["title", "key", "statute", "chapter", "section", "state"]}),
        ("Innehåll", {"fields": ["summary", "meaning", "verified"]}),
        ("Gammalt och nytt", {"fields": ["formerly", "now", "url"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["statute", "now"]


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ["title", "publisher", "year", "public_state"]
    list_filter = ["publisher"]
    search_fields = ["title", "key", "publisher", "url"]
    ordering = ["title"]
    fieldsets = [(None, {"fields": ["title", "key", "publisher", "url", "year", "note"]})]
