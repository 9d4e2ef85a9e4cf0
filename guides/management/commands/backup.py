"""Everything as one file, while the site runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guides.publishing.backup import backup


class Command(BaseCommand):
    help = "Sparar allt i en fil: innehåll, historik, konton och uppladdade filer. Webbplatsen kan vara igång."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Till exempel avhoppare-2027-01-01.zip")

    def handle(self, *args, file, **options):
        if file.exists():
            raise CommandError(f"{file} finns redan. Välj ett annat namn.")
        try:
            rows = backup(file)
        except OSError as error:
            raise CommandError(f"Det går inte att skriva {file}: {error.strerror}.") from error
        self.stdout.write(f"{sum(rows.values())} rader ur {len(rows)} tabeller sparade i {file}.")
        self.stdout.write("Filen innehåller lösenordens kontrollsummor. Förvara den som databasen.")
