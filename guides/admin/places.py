"""Editors of one municipality: their own contacts and their own municipality's addition, and nothing else.

Who lacks the right to edit everywhere is one of them; without a membership they see nothing at all.
"""

from __future__ import annotations

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError

from guides.models import Membership, Municipality
from guides.publishing.roles import EVERYWHERE


def is_local(user) -> bool:
    """True for who may change only what belongs to their own municipalities."""
    return not user.has_perm(EVERYWHERE)


def own_places(user) -> set[int]:
    """The municipalities that a user works for."""
    return set(Membership.objects.filter(user=user).values_list("municipality", flat=True))


class LocalEditing:
    """For a ModelAdmin whose rows belong to a municipality: `place` is the field that says which.

    `local_fields` are what an editor of one municipality may write; the rest of the form is to read.
    """

    place = "municipality_id"
    local_fields: tuple[str, ...] = ()

    def get_queryset(self, request):
        found = super().get_queryset(request)
        if is_local(request.user):
            found = found.filter(**{f"{self.place}__in": own_places(request.user)})
        return found

    def get_object(self, request, object_id, from_field=None):
        """A row of another municipality is found, so that its answer is 403 and not "not found"."""
        field = self.model._meta.get_field(from_field) if from_field else self.model._meta.pk
        try:
            return self.model._default_manager.get(**{field.name: field.to_python(unquote(str(object_id)))})
        except (self.model.DoesNotExist, ValidationError, ValueError):
            return None

    def _is_theirs(self, request, obj) -> bool:
        return obj is None or not is_local(request.user) or getattr(obj, self.place) in own_places(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._is_theirs(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_theirs(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_theirs(request, obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and (not is_local(request.user) or bool(own_places(request.user)))

    def get_readonly_fields(self, request, obj=None):
        found = super().get_readonly_fields(request, obj)
        if not is_local(request.user):
            return found
        writable = {*self.local_fields, *(() if obj else ("key", "municipality"))}
        every = [name for _, options in self.get_fieldsets(request, obj) for name in options["fields"]]
        return [name for name in every if name not in writable]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.related_model is Municipality and is_local(request.user):
            found.queryset = found.queryset.filter(pk__in=own_places(request.user))
            found.required = True
        return found
