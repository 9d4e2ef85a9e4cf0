"""SQLite's REPLACE deletes a row without asking the guard of deletions: the audit log takes no number twice."""

from django.db import migrations

TRIGGER = "guides_auditentry_not_replaced"
WORDS = "Händelseloggen ändras inte i efterhand."


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON guides_auditentry "
            f"WHEN EXISTS (SELECT 1 FROM guides_auditentry WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
            params=None,
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TRIGGER}", params=None)


class Migration(migrations.Migration):
    dependencies = [("guides", "0006_audit_log_not_emptied")]
    operations = [migrations.RunPython(guard, unguard)]
