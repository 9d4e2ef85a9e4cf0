"""The main job in one command: a working site from nothing, and the same site again tomorrow."""

import hashlib
import os
import socket
import sys
import sysconfig
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from gunicorn.app.wsgiapp import run

from guides.models import Version
from guides.publishing import edition_file
from guides.publishing.content_files import import_content
from guides.publishing.current import current
from guides.publishing.files import ContentError
from guides.publishing.masking import bury_again
from guides.publishing.versions import store


class Command(BaseCommand):
    help = "Startar webbplatsen: databas, innehåll, statiska filer och server."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", help="Adress och port, till exempel 0.0.0.0:8000.")
        parser.add_argument("--workers", type=int, default=2, help="Antal processer.")

    def handle(self, *args, bind, workers, **options):
        self.started = time.monotonic()
        address, port = _address(bind)
        _refuse_taken_port(address, port)
        self.prepare()
        self.say(f"Webbplatsen finns på http://{address}:{port}/")
        self.stdout.flush()
        connection.close()
        _serve(f"{address}:{port}", workers)

    def say(self, text: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self.started:5.1f} s] {text}")
        self.stdout.flush()

    def prepare(self) -> None:
        """Database, content and static files; without a database the edition file must do."""
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            if not edition_file.path().exists():
                raise CommandError(f"Databasen svarar inte och ingen utgåva är sparad: {error}") from error
            self.say("Databasen svarar inte. Den senast sparade utgåvan visas så länge.")
            self.collect()
            return
        self.say("Databasen görs i ordning …")
        call_command("migrate", verbosity=0, interactive=False)
        if Version.objects.exists():
            bury_again()
        else:
            self.fill()
        self.collect()
        self.build()
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.say("Första redaktören: python manage.py createsuperuser, sedan /admin/, där telefonen kopplas")

    def fill(self) -> None:
        self.say(f"Innehållet läses in från {Path(settings.CONTENT_DIR).name}/ …")
        try:
            outcome = import_content(Path(settings.CONTENT_DIR), say=self.say)
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Innehållet har {len(error.problems)} fel. Inget är inläst.") from error
        self.say(f"{outcome.total} dokument inlästa.")

    def build(self) -> None:
        self.say("Utgåvan byggs …")
        current.refresh()
        if current.fresh:
            store(current.fresh)
            self.say(f"{len(current.fresh)} texter renderade om.")

    def collect(self) -> None:
        stamp, mark = Path(settings.DATA_DIR) / "collected", _static_mark()
        if stamp.exists() and stamp.read_text() == mark and (settings.STATIC_ROOT / "staticfiles.json").exists():
            return
        self.say("Statiska filer samlas …")
        try:
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(mark)
        except OSError as error:
            raise CommandError(f"Det går inte att skriva i {settings.STATIC_ROOT}: {error.strerror}.") from error


def _static_mark() -> str:
    """A hash of all static files' names, sizes and times: pressing them again takes seconds of every start."""
    found = [str(settings.STATIC_ROOT)]
    for finder in get_finders():
        for name, storage in finder.list([]):
            told = Path(storage.path(name)).stat()
            found.append(f"{storage.path(name)} {told.st_size} {told.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"--bind ska vara adress:port, till exempel 127.0.0.1:8000, inte ”{bind}”.")
    return host or "127.0.0.1", int(port)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Porten {port} på {host} går inte att använda ({error.strerror}). Välj en annan: --bind {host}:{port + 1}"
            ) from error


def _serve(bind: str, workers: int) -> None:
    """Become gunicorn in this very process: what is loaded stays loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avhoppare.settings")
    # A frozen database must not take the threads that answer with it.
    os.environ.setdefault("DATABASE_PATIENCE", "10")
    settings.DATABASE_PATIENCE = float(os.environ["DATABASE_PATIENCE"])
    # As it would be called: by its script, which is how it starts its successor (USR2).
    sys.argv = [
        str(Path(sysconfig.get_path("scripts")) / "gunicorn"),
        "--config", str(settings.BASE_DIR / "avhoppare" / "gunicorn_settings.py"), "--pythonpath", str(settings.BASE_DIR),
        "--bind", bind, "--workers", str(workers), "--worker-tmp-dir", str(settings.DATA_DIR),
    ]  # fmt: skip
    run()
