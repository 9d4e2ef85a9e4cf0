"""The demonstration users: one per role with a password that works, and never on a real site."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from guides.models import Membership
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER, make_roles
from tests.factories import make_municipality


def test_one_user_per_role_with_a_printed_password(client, db, settings, capsys):
    """And codes that let in. Twice makes no more users, and the newest password counts."""
    settings.DEBUG = True
    municipality = make_municipality()
    for _ in range(2):
        call_command("demo_editors")
        lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 5 and all(len(line[5:15]) == 10 for line in lines)
    name, password, code = lines[-1][0], lines[-1][1], lines[-1][5]
    client.post("/admin/login/", {"username": name, "password": password, "code": code})
    assert client.get("/admin/").status_code == 200
    users = [authenticate(username=name, password=password) for name, password, *_ in lines]
    roles = {user.groups.get().name for user in users if user.is_staff}
    assert roles == {EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR}
    assert Membership.objects.get().municipality == municipality


def test_refused_unless_debugging(db, django_user_model):
    """A user with a name that everybody knows is a hole."""
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo_editors")
    assert not django_user_model.objects.exists()


def test_roles_are_what_the_house_says_after_every_migration(db):
    """What was added by hand is gone again, what was taken away is back."""
    group = Group.objects.get(name=LOCAL)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.set(Permission.objects.filter(codename="release_document"))
    make_roles()
    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert "release_document" not in before


def test_each_role_is_what_it_may(db):
    """No role has by accident what makes another one."""
    rights = ("review_document", "release_document", "release_in_emergency", "edit_everywhere", "change_user")
    held = {
        name: {right for right in rights if Group.objects.get(name=name).permissions.filter(codename=right).exists()}
        for name in (EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR)
    }
    assert held == {
        EDITOR: {"edit_everywhere"},
        REVIEWER: {"edit_everywhere", "review_document", "release_in_emergency"},
        PUBLISHER: {"edit_everywhere", "release_document", "release_in_emergency"},
        LOCAL: set(),
        ADMINISTRATOR: set(rights),
    }
