"""Writes what is in force to content/: byte for byte what was imported, and the changes since."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guides.publishing.content_files import differences, export


class Command(BaseCommand):
    help = "Skriver det publicerade till content/. --check säger bara om filerna är i takt."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", default=settings.CONTENT_DIR, type=Path)
        parser.add_argument("--check", action="store_true", help="Skriv inget; fel om någon fil skiljer sig.")

    def handle(self, *args, path, check, **options):
        if not check:
            self.stdout.write(f"{export(path)} filer ändrade.")
            return
        found = differences(path)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} filer är inte i takt med det publicerade.")
        self.stdout.write("Filerna är i takt med det publicerade.")
