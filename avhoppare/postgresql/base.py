"""Django's own PostgreSQL backend, on connections that lose patience.

A server that is frozen, or a network that swallows what is sent, leaves a query without an end: neither the
server's `statement_timeout` nor TCP's keepalives see it, and the thread that asked would never answer anybody again.
"""

from types import SimpleNamespace

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout


class Impatient(psycopg.Connection):
    """A connection on which an answer that takes longer than DATABASE_PATIENCE seconds is an OperationalError."""

    def wait(self, gen, *args, **kwargs):
        kwargs.setdefault("timeout", settings.DATABASE_PATIENCE or None)
        try:
            return super().wait(gen, *args, **kwargs)
        except _WaitTimeout as error:
            # What it would still answer is nobody's any more.
            self.pgconn.finish()
            raise psycopg.OperationalError("the database did not answer in time") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for how a connection is made."""

    Database = SimpleNamespace(**vars(psycopg) | {"connect": Impatient.connect})
