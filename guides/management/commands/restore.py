"""A backup into an empty place."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from guides.publishing.backup import restore
from guides.publishing.errors import PublishingError
from guides.publishing.masking import bury_again


class Command(BaseCommand):
    help = "Läser tillbaka en säkerhetskopia till en tom databas och en tom datamapp."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        call_command("migrate", verbosity=0, interactive=False)
        try:
            rows = restore(file)
            buried = bury_again()
        except PublishingError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"Det går inte att läsa {file}: {error.strerror}.") from error
        self.stdout.write(f"{sum(rows.values())} rader i {len(rows)} tabeller inlästa.")
        if buried:
            self.stdout.write(f"{buried} texter som hade tagits bort är borttagna på nytt.")
