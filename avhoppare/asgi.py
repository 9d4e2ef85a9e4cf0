"""The ASGI door: pages that the edition has rendered are answered here, all else by Django in threads.

What is answered here has passed no view and no middleware, so it must depend on the path alone: a page gets into
the edition's cache only by the public door, which says what may be kept (guides/public/middleware.py).
"""

import asyncio
import gc
import logging
import os
import sys
from functools import lru_cache
from time import monotonic, time

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avhoppare.settings")
_django = get_wsgi_application()

# They need Django's apps.
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.http.request import split_domain_port, validate_host  # noqa: E402
from django.urls import reverse  # noqa: E402

from avhoppare.access_log import AccessLog  # noqa: E402
from avhoppare.plain import plain_request  # noqa: E402
from avhoppare.threads import BusyError, GoneError, Threads, TooLargeError  # noqa: E402
from avhoppare.warming import Warming  # noqa: E402
from guides.public.kept import Page  # noqa: E402
from guides.public.middleware import PER_QUERY, secured  # noqa: E402
from guides.public.views import errors  # noqa: E402
from guides.publishing.current import current  # noqa: E402

log = logging.getLogger("guides.door")
# A thread that renders gives the loop, which answers the others, its turn after so many seconds.
sys.setswitchinterval(0.001)
# Visitors send a few sentences; editors send files.
MOST_SENT, MOST_UPLOADED = 100_000, 30_000_000
BY_LINK = "/faktakoll/"
STAFF = ("/admin", BY_LINK)
_public = Threads(_django, "public", 4, MOST_SENT)
# A handbook is set in ten seconds, a day gone by is read from the database: nobody else waits for them.
_slow = Threads(_django, "slow", 4, MOST_SENT)
_staff = Threads(_django, "staff", 4, MOST_UPLOADED)
_log = AccessLog(settings.ACCESS_LOG)
_warming = Warming(_django, current)


async def application(scope, receive, send):
    """ASGI: HTTP and the worker's beginning and end."""
    if scope["type"] != "http":
        await _lifespan(scope, receive, send)
        return
    began = monotonic()
    if not scope["path"].startswith("/"):
        scope = _in_origin_form(scope)
    kept, (host, accepted, known) = _kept(scope), _read(scope["headers"])
    if not _is_ours(host):
        status, size = await _say(scope, send, errors.unreadable())
    elif kept is None:
        status, size = await _ask_django(scope, receive, send)
    else:
        page, left = kept
        answer = page.answer(accepted, known, left)
        status, size = answer.status, 0 if scope["method"] == "HEAD" else len(answer.body)
        await send({"type": "http.response.start", "status": status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body if size else b""})
    if _log.path:
        # An address that is none of ours holds whatever somebody typed; that of a fact check opens it.
        path = scope["raw_path"].decode("latin-1") if status < 400 and not scope["path"].startswith(BY_LINK) else "-"
        _log.add(scope["method"], path, status, size, monotonic() - began)


def at_once(data: bytes) -> tuple[bytes, bytes] | None:
    """Head and body of the answer to the bytes of one request, when it is plain and the edition has kept its page.

    For the server (avhoppare/server.py), before it makes a task. The head lacks the server's own lines and the empty one.
    """
    began = monotonic()
    scope = plain_request(data)
    kept = _kept(scope) if scope else None
    if kept is None:
        return None
    (page, left), (host, accepted, known) = kept, _read(scope["headers"])
    if not _is_ours(host):
        return None
    answer = page.answer(accepted, known, left)
    if _log.path:
        _log.add("GET", scope["path"], answer.status, len(answer.body), monotonic() - began)
    return answer.head, answer.body


application.at_once = at_once


def _in_origin_form(scope) -> dict:
    """The target as a path, when it is a whole address (RFC 9112, 3.2.2)."""
    path, raw = (f"/{p.partition('://')[2].partition('/')[2]}" for p in (scope["path"], scope["raw_path"].decode("latin-1")))
    return {**scope, "path": path, "raw_path": raw.encode("latin-1")}


def _kept(scope) -> tuple[Page, float] | None:
    """The page that the edition holds for this address, if nothing but the path decides what it says; and for how many seconds."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    edition = current.held
    query, path = scope["query_string"], scope["path"]
    if query and (path in PER_QUERY or b"datum" in query or b"%" in query):
        return None
    left = edition.expires - time() if edition else 0
    if left <= 0:
        return None
    if settings.SECURE_SSL_REDIRECT and not _is_https(scope["headers"]):
        return None
    page = edition.pages.get(path)
    return (page, left) if page else None


def _read(headers) -> tuple[bytes, bytes, bytes]:
    """Host, Accept-Encoding and If-None-Match."""
    host = accepted = known = b""
    for name, value in headers:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            known = known + b"," + value if known else value
    return host, accepted, known


def _is_https(headers) -> bool:
    """As SECURE_PROXY_SSL_HEADER: what the proxy in front says."""
    return any(name == b"x-forwarded-proto" and value.split(b",")[0].strip() == b"https" for name, value in headers)


@lru_cache(maxsize=256)
def _is_ours(host: bytes) -> bool:
    """As Django's ALLOWED_HOSTS."""
    domain, _ = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _pool(scope) -> Threads:
    path = scope["path"]
    if path.startswith(STAFF):
        return _staff
    if scope["method"] == "POST" or path.endswith(".pdf") or b"datum" in scope["query_string"]:
        return _slow
    return _public


async def _ask_django(scope, receive, send) -> tuple[int, int]:
    """Status and bytes of what Django answered, or of what is said in its place."""
    try:
        return await _pool(scope).answer(scope, receive, send)
    except TooLargeError:
        return await _say(scope, send, errors.too_large())
    except BusyError:
        return await _say(scope, send, errors.busy())
    except GoneError:
        return 499, 0
    except Exception as error:
        # Without its words, which can repeat what was sent.
        log.error("Django svarade inte: %s.", type(error).__name__)
        return await _say(scope, send, errors.broken())


async def _say(scope, send, response: HttpResponse) -> tuple[int, int]:
    secured(response)
    response.headers["Content-Length"] = str(len(response.content))
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.items()]
    body = b"" if scope["method"] == "HEAD" else response.content
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return response.status_code, len(body)


def make_ready() -> None:
    """Have the edition and all addresses at hand in the process that workers are forked from. Starts no thread."""
    try:
        current.refresh()
    except Exception:
        # A worker may have more luck.
        log.exception("Ingen utgåva att visa.")
    finally:
        connections.close_all()
    reverse("guides:home")
    # A dead connection is few objects and many bytes: under siege they must not wait for twenty thousand.
    gc.set_threshold(700, 10, 10)
    # The collector would write in every object, and so give each worker a copy of its own.
    gc.freeze()


def _begin() -> None:
    try:
        current.edition()
    finally:
        connections.close_all()


async def _lifespan(scope, receive, send) -> None:
    """The edition is there before the first visitor; at the end no line of the log is lost."""
    if scope["type"] != "lifespan":
        await send({"type": "websocket.close"})
        return
    await receive()
    _log.start()
    try:
        await asyncio.to_thread(_begin)
    except Exception:
        # Every page says so, with the numbers to call, until the database or the file is back.
        log.exception("Ingen utgåva att visa.")
    _warming.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for pool in (_public, _slow, _staff):
        pool.close()
    _log.flush()
    await send({"type": "lifespan.shutdown.complete"})
