"""Brings content/ into the working copy: what a county edits in files, and what a fresh site starts from."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guides.edition.lint import figures, together
from guides.publishing.content_files import import_content
from guides.publishing.files import ContentError
from guides.text.kinds import KINDS


class Command(BaseCommand):
    help = "Läser in content/. Alla fel visas på en gång, med fil och rad, och inget skrivs till hälften."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", default=settings.CONTENT_DIR, type=Path)
        parser.add_argument("--report", action="store_true", help="Visa också LIX för varje sida.")
        parser.add_argument("--dry-run", action="store_true", help="Visa vad som skulle ändras utan att skriva.")

    def handle(self, *args, path, dry_run, report, verbosity, **options):
        say = self.stdout.write if verbosity else lambda text: None
        try:
            outcome = import_content(path, dry_run=dry_run, say=say)
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} fel. Inget är ändrat.") from error
        for warning in outcome.warnings:
            self.stderr.write(f"Varning: {warning}")
        for kind, count in outcome.changed.items():
            say(f"  {KINDS[kind].label}: {count}")
        if verbosity:
            for warning in together(outcome.documents):
                self.stderr.write(f"Varning: {warning}")
            self.tell(figures(outcome.documents, pages=report), say)
        say(f"{outcome.total} ändringar, {outcome.unchanged} oförändrade." if outcome.total else "0 ändringar")

    def tell(self, tables, say) -> None:
        """The state of the knowledge as a table."""
        for title, counts in tables:
            say(f"{title}:")
            for name, count in counts.items():
                say(f"  {name:<40} {count:>6}")
