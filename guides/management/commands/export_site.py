"""The whole public site as files, for a web server without Python and for the archive."""

import shutil
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from guides.public.static_site import StaticSite
from guides.publishing.current import current


class Command(BaseCommand):
    help = "Skriver hela den publika webbplatsen som filer, med ett exempel för nginx. Behöver ingen databas."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="En mapp som inte finns, eller en tidigare kopia som ersätts.")

    def handle(self, *args, path, **options):
        path = path.resolve()
        if path.exists() and not (path / "nginx.conf").exists() and (not path.is_dir() or any(path.iterdir())):
            raise CommandError(f"{path} finns redan och är ingen tidigare kopia. Välj ett annat namn.")
        unfinished, old = path.with_name(f"{path.name}.ny"), path.with_name(f"{path.name}.gammal")
        try:
            # What an earlier attempt left behind.
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
            call_command("collectstatic", verbosity=0, interactive=False)
            count = StaticSite(current.lasting(), unfinished, path).write()
            if path.exists():
                path.rename(old)
            unfinished.rename(path)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            raise CommandError(f"Det går inte att skriva {path}: {error.strerror}.") from error
        self.stdout.write(f"{count} sidor i {path / 'public'}. Exempel för nginx: {path / 'nginx.conf'}.")
