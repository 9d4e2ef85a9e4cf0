"""The audit log: what writes it. Acts of publishing, accounts and roles note themselves, whoever calls for them.

An export or an import says so itself, with `note`. An entry holds no address and nothing that was typed as a password.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save
from django.utils import timezone

from guides.models import (
    AuditEntry,
    Check,
    Countersign,
    Emergency,
    Masking,
    Membership,
    Release,
    Rename,
    Review,
    ShareLink,
)

# The request that is being answered, which the staff door sets; nobody's on a command line.
asking: ContextVar = ContextVar("asking", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)
# Whoever guesses passwords must not fill the table: one entry for each name in so long a time.
FAILED_EVERY = timedelta(minutes=1)
UNKNOWN = "okänt namn"
# What of an account is worth an entry, and what it is called.
RIGHTS = ("is_active", "is_staff", "is_superuser")
FLAGS = {"is_active": "aktivt", "is_staff": "får logga in", "is_superuser": "alla rättigheter"}
FLAGS |= {"username": "namnet", "email": "e-posten", "password": "lösenordet"}
_ACTS = {ADDITION: "add", CHANGE: "change"}


def note(act: str, what: str = "", detail: str = "", by=None) -> None:
    """Write an entry: what was done by `by`, else by whoever is logged in where this happens; by nobody on a command line."""
    if _silent.get():
        return
    request = asking.get()
    user = by or getattr(request, "user", None)
    who = user.get_username() if user is not None else ""
    AuditEntry(at=timezone.now(), who=who, act=act, what=str(what)[:250], detail=str(detail)[:1000]).save()


@contextmanager
def silent():
    """Rows that are only moved from one place to another have been noted where they were written."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


@contextmanager
def erasable():
    """For reading back a backup into a place that has only just been made: the table's guards step aside and come back."""
    guards = stand_aside()
    yield
    stand_again(guards)


def stand_aside() -> list[str]:
    """Take away the table's guards that stand; gives the statements that put them back."""
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            standing = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
            cursor.execute(standing, [table])
            found = [name for (name,) in cursor.fetchall()]
            for name in found:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
            return [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for name in found]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}")
        return [sql for _, sql in found]


def stand_again(guards: list[str]) -> None:
    """Put the guards back that `stand_aside` took away."""
    with connection.cursor() as cursor:
        for guard in guards:
            cursor.execute(guard)


# Logging in and out.


def _logged_in(sender, user, **more):
    note("login", by=user)


def _logged_out(sender, user, **more):
    if user is not None:
        note("logout", by=user)


def _failed(sender, credentials, **more):
    """Of a name that nobody has only that it was tried: people type passwords there."""
    users = get_user_model()
    typed = str(credentials.get(users.USERNAME_FIELD) or "")[:150]
    known = "\x00" not in typed and users.objects.filter(**{users.USERNAME_FIELD: typed}).exists()
    name = typed if known else UNKNOWN
    if not AuditEntry.objects.filter(act="failed", what=name, at__gt=timezone.now() - FAILED_EVERY).exists():
        note("failed", name)


# Accounts and what they may do.


def _remember(sender, instance, **more):
    instance._noted = {name: instance.__dict__.get(name) for name in FLAGS}


def _account(sender, instance, created, raw=False, update_fields=None, **more):
    before, now = instance._noted, {name: instance.__dict__.get(name) for name in FLAGS}
    instance._noted = now
    # A hash that is renewed at a login is the same password.
    if raw or update_fields == frozenset({"password"}):
        return
    changed = [name for name in FLAGS if before[name] is not None and before[name] != now[name]]
    told = [f"{FLAGS[name]}: {'ja' if now[name] else 'nej'}" for name in RIGHTS if name in changed or created and now[name]]
    told += [f"{FLAGS[name]} ändrat" for name in FLAGS if name in changed and name not in RIGHTS and not created]
    if created or told:
        note("account", instance, ", ".join(["nytt konto"] * created + told))


def _account_gone(sender, instance, **more):
    note("account", instance, "kontot borttaget")


def _roles(sender, instance, action, pk_set, model, reverse, **more):
    """Groups and rights given to a person, or taken away."""
    words = {"post_add": "fick", "post_remove": "förlorade"}.get(action)
    if words and pk_set:
        named = ", ".join(sorted(map(str, model._default_manager.filter(pk__in=pk_set))))
        note("role", named if reverse else instance, f"{words} {instance if reverse else named}")
    elif action == "pre_clear":
        note("role", instance, "förlorade alla")


def _membership(sender, instance, created=None, raw=False, **more):
    if not raw:
        words = "förlorade" if created is None else "fick"
        note("role", instance.user, f"{words} kommun {instance.municipality}")


# What is done to the content.


def _in_the_admin(sender, instance, created, raw=False, **more):
    if created and not raw:
        what = f"{instance.content_type.name if instance.content_type else ''}: {instance.object_repr}"
        note(_ACTS.get(instance.action_flag, "delete"), what, instance.get_change_message(), instance.user)


def _row(act: str, words):
    """A receiver that notes each new row of a table that only grows, in the words that `words(row)` gives."""

    def receiver(sender, instance, created, raw=False, **more):
        if created and not raw:
            by = next((getattr(instance, n) for n in ("by", "released_by", "made_by") if getattr(instance, n, None)), None)
            note(act, *words(instance), by)

    return receiver


def _of_release(row: Release) -> tuple[str, str]:
    if row.cancels_id:
        return f"{row.kind} {row.key}", f"tog tillbaka en kommande publicering: {row.reason}"
    if row.version_id is None:
        return f"{row.kind} {row.key}", f"drog tillbaka: {row.reason}"
    return f"{row.kind} {row.key}", f"version {row.version.number} från {timezone.localtime(row.effective_from):%Y-%m-%d %H:%M}"


ROWS = {
    Release: ("release", _of_release),
    Review: ("review", lambda row: (f"{row.kind} {row.key}", f"{row.get_act_display()}, version {row.version.number}")),
    Emergency: ("emergency", lambda row: (f"{row.kind} {row.key}", row.reason)),
    Countersign: ("emergency", lambda row: (f"{row.kind} {row.key}", "kontrasignerade")),
    Check: ("check", lambda row: (f"{row.kind} {row.key}", f"{row.get_outcome_display()} {row.reason}".strip())),
    # Not why: what is to be hidden may stand there.
    Masking: ("mask", lambda row: (f"{row.kind} {row.key}", f"version {row.version.number}: {row.get_act_display()}")),
    Rename: ("rename", lambda row: (f"{row.kind} {row.old_key}", f"till {row.new_key}")),
    ShareLink: ("link", lambda row: (f"{row.version.kind} {row.version.key}", f"ny länk till version {row.version.number}")),
}


def connect() -> None:
    """Begin to listen. Called once, when the apps are ready."""
    users = get_user_model()
    for signal, receiver, sender in (
        (user_logged_in, _logged_in, None),
        (user_logged_out, _logged_out, None),
        (user_login_failed, _failed, None),
        (post_init, _remember, users),
        (post_save, _account, users),
        (post_delete, _account_gone, users),
        (m2m_changed, _roles, users.groups.through),
        (m2m_changed, _roles, users.user_permissions.through),
        (post_save, _membership, Membership),
        (post_delete, _membership, Membership),
        (post_save, _in_the_admin, LogEntry),
        *((post_save, _row(act, words), model) for model, (act, words) in ROWS.items()),
    ):
        signal.connect(receiver, sender=sender, weak=False)
