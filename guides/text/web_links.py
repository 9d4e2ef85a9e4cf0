"""What a link to the web or a mail address says of where it leads."""

from __future__ import annotations

import re

# Sites that answer over https and are linked to in old texts by http. Their subdomains too.
ANSWER_HTTPS = frozenset(
    ["bra.se", "bris.se", "brottsoffermyndigheten.se", "forsakringskassan.se", "jamstalldhetsmyndigheten.se"]
    + ["kriminalvarden.se", "kronofogden.se", "kunskapsguiden.se", "lansstyrelsen.se", "lagen.nu", "polisen.se"]
    + ["regeringen.se", "riksdagen.se", "skatteverket.se", "skolverket.se", "socialstyrelsen.se", "stat-inst.se"]
    + ["svenskforfattningssamling.se", "eur-lex.europa.eu"]
)
_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#]+).*$", re.DOTALL)


def host(address: str) -> str:
    """Whose page it is: polisen.se."""
    return _HOST.sub(r"\1", address)


def secured(address: str) -> str:
    """The address over https where the site is known to answer there."""
    parts = host(address).casefold().split(".")
    known = any(".".join(parts[start:]) in ANSWER_HTTPS for start in range(len(parts)))
    return re.sub(r"^http://", "https://", address) if known else address


def said_beside(address: str, text: str) -> str:
    """What a reader is to see after the words of a link: its site, or the mail address; empty when the words say it."""
    target = address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else host(address)
    return "" if target in text or "\x02" in text else f" ({target})"
