"""Django's own SQLite backend, which notices when its file is gone.

A connection to a deleted file goes on taking what is written, and all of it is lost with the process; a new one
begins an empty database. A site that is being served does neither: it says that the database is away.
"""

import os

from django.conf import settings
from django.db import OperationalError
from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; while the site is served (DATABASE_PATIENCE is set), the file must be the one that was opened."""

    _opened = None

    def _file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def get_new_connection(self, conn_params):
        if settings.DATABASE_PATIENCE and self._file() is None:
            raise OperationalError("the database file is gone")
        connection = super().get_new_connection(conn_params)
        self._opened = self._file()
        return connection

    def is_usable(self):
        if settings.DATABASE_PATIENCE and self._opened != self._file():
            return False
        return super().is_usable()
