"""What gunicorn is told, besides address and number of workers: gunicorn -c avhoppare/gunicorn_settings.py"""

import os

wsgi_app = "avhoppare.asgi:application"
worker_class = "avhoppare.server.Worker"
logger_class = "avhoppare.logs.QuietLogger"
loglevel = "warning"
# The one in C, which gunicorn takes by itself where it is installed, loses requests that are sent ahead.
http_parser = "python"
# Seconds that a connection may be idle.
keepalive = 10
# Workers are forked from a process that has everything: they share its memory, and begin at once.
preload_app = True
# Spreads connections that are kept open over the workers.
reuse_port = True


def on_starting(arbiter):
    """gunicorn 27 hands its successor (USR2) an empty list of sockets with reuse_port, and cannot read that itself."""
    if os.environ.get("GUNICORN_FD") == "":
        os.environ["GUNICORN_FD"] = "-1"


def when_ready(arbiter):
    """Before the first worker: what all of them need."""
    from avhoppare.asgi import make_ready

    make_ready()
