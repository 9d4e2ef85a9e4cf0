"""Version, Release, Check and Rename: to read, never to alter."""

from django.contrib import admin

from guides.admin.filters import Askable
from guides.models import Check, Release, Rename, Version


class ReadOnlyAdmin(Askable, admin.ModelAdmin):
    """Rows that publishing writes; nobody adds, changes or deletes one by hand."""

    list_filter = ["kind"]
    search_fields = ["key"]
    list_per_page = 50
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "number", "origin", "saved_by", "saved_at"]
    list_filter = ["kind", "origin"]
    ordering = ["-saved_at", "-pk"]


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "effective_from", "effective_to", "note", "reason", "released_by"]
    ordering = ["-released_at", "-pk"]


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "outcome", "on", "by", "at"]
    list_filter = ["outcome", "kind"]
    ordering = ["-at"]


@admin.register(Rename)
class RenameAdmin(ReadOnlyAdmin):
    list_display = ["kind", "old_key", "new_key", "at"]
    search_fields = ["old_key", "new_key"]
    ordering = ["-at"]
