"""The audit log, guarded by the database itself: no row of it is altered or deleted, whoever asks."""

from django.db import migrations, models

WORDS = "Händelseloggen ändras inte i efterhand."
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER guides_auditentry_no_{act} BEFORE {act} ON guides_auditentry BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION guides_auditentry_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
        "CREATE TRIGGER guides_auditentry_stands BEFORE UPDATE OR DELETE ON guides_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION guides_auditentry_stands()",
    ],
}


def guard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION guides_auditentry_stands() CASCADE", params=None)
    else:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER guides_auditentry_no_{act}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ('guides', '0004_login_attempts'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('who', models.CharField(blank=True, max_length=150, verbose_name='vem')),
                ('act', models.CharField(choices=[('login', 'loggade in'), ('failed', 'misslyckad inloggning'), ('logout', 'loggade ut'), ('account', 'konto'), ('role', 'roller och rättigheter'), ('factor', 'andra faktorn'), ('add', 'lade till'), ('change', 'ändrade'), ('delete', 'tog bort'), ('review', 'granskning'), ('release', 'publicering'), ('emergency', 'nödläge'), ('check', 'kontroll'), ('mask', 'maskering'), ('rename', 'bytte nyckel'), ('link', 'faktakollslänk'), ('export', 'tog ut uppgifter'), ('import', 'läste in uppgifter')], max_length=10, verbose_name='åtgärd')),
                ('what', models.CharField(blank=True, max_length=250, verbose_name='vad')),
                ('detail', models.CharField(blank=True, max_length=1000, verbose_name='uppgift')),
            ],
            options={
                'verbose_name': 'händelse',
                'verbose_name_plural': 'händelselogg',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['at'], name='guides_audi_at_3fd132_idx')],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
