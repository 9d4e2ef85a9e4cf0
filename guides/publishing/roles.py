"""The roles of the house as groups, made after every migration: a new kind of content is in them by itself.

A person may have several. What a role may do stands here and in the README; nothing else gives rights.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import CASCADE, Q

from guides.models import CONTENT_MODELS

EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR = (
    "redaktör",
    "granskare",
    "publicerare",
    "kommunredaktör",
    "administratör",
)
# Without this right a person sees and changes only what belongs to the municipalities of their memberships.
EVERYWHERE = "guides.edit_everywhere"

_ACTS = ("view", "add", "change", "delete")
# The rows of a document, such as the tasks of a step, go with its form.
_ROWS = {r.related_model for m in CONTENT_MODELS for r in m._meta.related_objects if r.on_delete is CASCADE}
_CONTENT = {f"{act}_{model._meta.model_name}" for model in {*CONTENT_MODELS, *_ROWS} for act in _ACTS}
_HISTORY = {"view_version", "view_release", "view_check", "view_rename"}
_EDITOR = _CONTENT | _HISTORY | {"edit_everywhere", "view_mailbox", "view_report", "delete_report"}
_EDITOR |= {f"{act}_{name}" for name in ("linkcheck", "openquestion") for act in ("view", "add", "change")}

# Role -> code names of permissions on this app.
ROLES = {
    EDITOR: _EDITOR,
    REVIEWER: _EDITOR | {"review_document", "release_in_emergency"},
    PUBLISHER: _EDITOR | {"release_document", "release_in_emergency"},
    LOCAL: {"view_contact", "add_contact", "change_contact", "view_municipality", "change_municipality"},
}


def make_roles(using: str = "default", **signal) -> None:
    """Give each role its permissions, no more and no fewer. Connected to `post_migrate`; may run twice."""
    own = Permission.objects.using(using).filter(content_type__app_label="guides")
    for name, code_names in ROLES.items():
        _set(using, name, own.filter(codename__in=code_names))
    _set(using, ADMINISTRATOR, _all(using))


def _all(using: str):
    people = Q(content_type__app_label="auth", content_type__model__in=("user", "group"))
    return Permission.objects.using(using).filter(Q(content_type__app_label="guides") | people)


def _set(using: str, name: str, permissions) -> None:
    group, _ = Group.objects.using(using).get_or_create(name=name)
    group.permissions.set(permissions)
