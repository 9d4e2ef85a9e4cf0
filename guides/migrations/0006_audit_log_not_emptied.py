"""The audit log is not emptied either: PostgreSQL's TRUNCATE asks no trigger of a row. SQLite has no such act."""

from django.db import migrations

TRIGGER = "guides_auditentry_not_emptied"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE TRUNCATE ON guides_auditentry FOR EACH STATEMENT EXECUTE FUNCTION guides_auditentry_stands()"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TRIGGER} ON guides_auditentry")


class Migration(migrations.Migration):
    dependencies = [("guides", "0005_audit_log")]

    operations = [migrations.RunPython(guard, unguard)]
