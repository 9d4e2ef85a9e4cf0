"""One look at a page elsewhere: small, slow, honest about who asks, and never into a network of our own.

A host's name is looked up once, every address that it has is judged, and the connection goes to exactly
the address that was judged: a name that answers differently the second time (DNS rebinding) gains nothing.
The same holds for every redirect.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from django.conf import settings

from guides.edition.links import danger

LONGEST_BODY = 64 * 1024
TIMEOUT = 10.0
MOST_REDIRECTS = 5
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
CONTACT_PAGE = "/om/webbplatsen/"


class UnreachableError(Exception):
    """There is nobody at the address: the name does not exist, or the connection was refused."""


class ForbiddenError(Exception):
    """An address that we do not open: one of a private network."""


class UnsafeError(Exception):
    """The way leads to an address that must never be shown; the message says why, in Swedish."""


class UnclearError(Exception):
    """Something else hindered the look; the message says what, in Swedish."""


@dataclass(frozen=True)
class Found:
    """What stood at the end of the way. `moved_to` is where permanent redirects lead, `body` at most 64 kB."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    moved_to: str = ""


def user_agent() -> str:
    """Who asks, and where one can read why and say stop."""
    return f"avhoppare-lankkontroll/1.0 (+{settings.PUBLIC_URL}{CONTACT_PAGE})"


def fetch(address: str, tag: str = "", turn=lambda host, waits: None) -> Found:
    """Look at a page. `tag` is the ETag of the last look; `turn(host, waits)` is called before each request and may
    raise; it `waits` for its turn when the request follows a redirect.

    Raises UnreachableError, ForbiddenError, UnsafeError or UnclearError.
    """
    here, moved_to, permanent = address, "", True
    for hop in range(MOST_REDIRECTS + 1):
        if why := danger(here):
            raise UnsafeError(why)
        turn(urlsplit(here).hostname, hop > 0)
        found = _ask(here, "" if hop else tag, time.monotonic() + TIMEOUT)
        where = found.headers.get("Location")
        if found.status not in REDIRECTS or not where:
            return Found(found.status, found.headers, found.body, moved_to)
        here = urldefrag(urljoin(here, where)).url
        permanent = permanent and found.status in PERMANENT
        moved_to = here if permanent else moved_to
    raise UnclearError("Adressen leder runt, mer än fem gånger.")


def _ask(address: str, tag: str, deadline: float) -> Found:
    """One request, cut off at the deadline however slowly the other side writes."""
    parts = urlsplit(address)
    try:
        host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    except UnicodeError as error:
        raise UnreachableError("Webbplatsens namn kan inte finnas.") from error
    port = parts.port or (443 if parts.scheme == "https" else 80)
    pinned = _checked(host, port)
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnclearError("Sidan svarade inte inom tio sekunder.")
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _Pinned(host, port, pinned, secure, left)
    guard = threading.Timer(left, connection.cut)
    guard.daemon = True
    guard.start()
    try:
        # What is already encoded stays as it is.
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            f"?{quote(parts.query, safe='%/?:@!$&()*+,;=~-._')}" if parts.query else ""
        )
        headers = {"User-Agent": user_agent(), "Accept": "text/html,*/*;q=0.5", "Accept-Language": "sv"}
        connection.request("GET", path, headers=headers | ({"If-None-Match": tag} if tag else {}))
        answer = connection.getresponse()
        body = b""
        while len(body) < LONGEST_BODY and (piece := answer.read1(LONGEST_BODY - len(body))):
            body += piece
        if connection.late:
            raise UnclearError("Sidan svarade inte inom tio sekunder.")
        return Found(answer.status, answer.headers, body)
    except ConnectionRefusedError as error:
        raise UnreachableError("Ingen svarar på adressen.") from error
    except TimeoutError as error:
        raise UnclearError("Sidan svarade inte inom tio sekunder.") from error
    except ssl.SSLError as error:
        raise UnclearError("Sidans certifikat gick inte att godta.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = "Sidan svarade inte inom tio sekunder."
        raise UnclearError(late if connection.late else "Svaret gick inte att läsa.") from error
    finally:
        guard.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was judged, under the name that it was judged for."""

    def __init__(self, host: str, port: int, address: str, secure: ssl.SSLContext | None, timeout: float):
        super().__init__(host, port, timeout=timeout)
        # For the Host header, which leaves out the port that the scheme has anyway.
        self.default_port = 443 if secure else 80
        self._address, self._secure, self.late = address, secure, False

    def connect(self):
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            # The handshake apart, so that a slow one can be cut off too.
            wrapped = self._secure.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = wrapped
            wrapped.do_handshake()

    def cut(self):
        """Wake whoever waits for this connection."""
        self.late = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _checked(host: str, port: int) -> str:
    """An address of the host, when all that it has may be reached."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
            raise UnreachableError("Webbplatsens namn finns inte.") from error
        raise UnclearError("Webbplatsens namn gick inte att slå upp just nu.") from error
    found = [ipaddress.ip_address(row[4][0].partition("%")[0]) for row in rows]
    if not all(_may_reach(address) for address in found):
        raise ForbiddenError("Adressen leder in i ett slutet nät och öppnas inte.")
    return str(found[0])


def _may_reach(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """True for the open internet, and for the networks that the tests name."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if any(inner in ipaddress.ip_network(network) for network in settings.LINKS_MAY_REACH):
        return True
    nat64 = address.version == 6 and address in ipaddress.ip_network("64:ff9b::/96")
    return inner.is_global and not inner.is_multicast and not nat64
