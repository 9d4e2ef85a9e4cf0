"""Fields in which one picks rows by searching: what comes back may be anything, and is then a fault of the field."""

from __future__ import annotations

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from guides.text.digits import whole_number


class _Picked:
    """Django asks the database for every value that was sent, also for those that can be no row's number, and breaks."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [v for v in value if whole_number(v) is not None], attr)


class One(_Picked, AutocompleteSelect):
    """Picks one row."""


class Several(_Picked, AutocompleteSelectMultiple):
    """Picks any number of rows."""


class Picking:
    """For a form or rows of the admin: `autocomplete_fields` that stand whatever is sent."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", One(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Several(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
