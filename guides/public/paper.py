"""What stands on paper to lead back to the page: an address that can be typed, and its code."""

from __future__ import annotations

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from guides.addresses import address
from guides.edition.edition import Edition
from guides.edition.records import Record


def on_paper(record: Record, edition: Edition) -> str:
    """A record's whole address on paper: the short one where it has a number, else its ordinary one."""
    number = getattr(record, "paper_number", None)
    return settings.PUBLIC_URL + (reverse("guides:short", args=[number]) if number else address(record, edition))


def written(whole: str) -> str:
    """An address as one writes it: without https:// before it."""
    return whole.partition("://")[2]


def code(whole: str) -> SafeString:
    """The QR code of an address (ISO/IEC 18004) as SVG without measures or colours of its own."""
    drawn = segno.make(whole, error="m", micro=False)
    return mark_safe(drawn.svg_inline(omitsize=True, border=4, dark="#000", light="#fff"))


def code_image(whole: str) -> str:
    """The same code as the address of an image, which carries it with it."""
    return segno.make(whole, error="m", micro=False).svg_data_uri(border=4, dark="#000")
