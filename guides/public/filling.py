"""Fills the slots of a rendered text: what is known only when a page is shown to somebody."""

from __future__ import annotations

import html
import re

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from guides.addresses import address
from guides.edition import records as r
from guides.edition.edition import Edition
from guides.edition.files import File
from guides.text.choices import BASES
from guides.text.citations import DEFAULT_NAMES, Target, public_url
from guides.text.markup import Rich, Slot

POLICE = "polisen-11414"
# A number and its § or kap. stay on one line.
_HEADING = re.compile(r'<(?P<end>/?)h(?P<level>[2-5])(?: id="(?P<id>[^"]*)")?>')
_UNBROKEN = re.compile(r"(?<=[0-9a-z]) (?=§|kap\.)")


def fill(rich: Rich, edition: Edition, audience: str) -> SafeString:
    """A Rich as safe HTML for one audience."""
    pieces = [piece if isinstance(piece, str) else _slot(piece, edition, audience) for piece in rich.parts]
    return mark_safe("".join(pieces))


def nested(filled: str, part: str, levels: int) -> SafeString:
    """Filled HTML as a part of a page with many: headings `levels` deeper, each id led by `part`, so that it is alone."""

    def deeper(heading: re.Match) -> str:
        named = f' id="{part}-{heading["id"]}"' if heading["id"] else ""
        return f"<{heading['end']}h{min(int(heading['level']) + levels, 6)}{named}>"

    return mark_safe(_HEADING.sub(deeper, filled))


def words(rich: Rich, edition: Edition, audience: str) -> str:
    """What `fill` says, without its links: for a text that is itself a link."""
    return " ".join(html.unescape(strip_tags(fill(rich, edition, audience))).split())


def _slot(slot: Slot, edition: Edition, audience: str) -> str:
    match slot.kind:
        case "contact":
            return _contact(edition.contact(slot.key), edition, audience)
        case "citation":
            return citation(slot, edition)
        case "basis":
            return _basis(slot, edition)
        case "picture":
            return _picture(slot, edition)
    kind, _, key = slot.key.partition(":")
    record = edition.get(kind, key)
    where = address(record, edition) if record else ""
    if isinstance(record, File):
        return format_html('<a href="{}">{} {}</a>', where, slot.text, record.said)
    anchor = f"#{slot.detail}" if slot.detail and "#" not in where else ""
    return format_html('<a href="{}{}">{}</a>', where, anchor, slot.text) if where else conditional_escape(slot.text)


def _picture(slot: Slot, edition: Edition) -> str:
    """A picture with the words that the text gives it, else its own; those words alone where it is not public."""
    found = edition.get("file", slot.key)
    if not isinstance(found, File) or not found.picture:
        return conditional_escape(slot.text)
    alt = slot.text or ("" if found.decorative else found.alt)
    return format_html(
        '<img class="picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        *(address(found), alt, found.width, found.height),
    )


def _contact(contact: r.Contact | None, edition: Edition, audience: str) -> str:
    contact = contact and edition.to_call(contact)
    number = contact and contact.number(audience)
    police = edition.contact(POLICE)
    fallback = police and edition.to_call(police).number(r.PUBLIC)
    if number and number.untested and fallback:
        return format_html(
            '{} <span class="phone__note">({} Annars {}.)</span>', telephone(number), number.note, telephone(fallback)
        )
    if number:
        return telephone(number)
    if contact and contact.numbers and audience not in contact.audiences:
        # There is a number, for others than those who read this page.
        return format_html('<a href="{}" lang="sv">{}</a>', address(contact), contact.title)
    name = contact.title if contact else "Tjänsten"
    # These words are Swedish on a page in another language too.
    if fallback:
        return format_html('<span lang="sv">{} (inget kontrollerat nummer, ring {})</span>', name, telephone(fallback))
    return format_html('<span lang="sv">{} (inget kontrollerat nummer)</span>', name)


def telephone(number: r.Number) -> SafeString:
    """A number as a link that a telephone can call."""
    link = format_html(
        '<a class="phone" href="{}" aria-label="{}" dir="ltr">{}</a>', number.href, number.spoken, number.display
    )
    return format_html("{} {}", number.lead, link) if number.lead else link


def citation(slot: Slot, edition: Edition) -> str:
    """A citation as a link to our provision, else to the public text, with the state of a repealed statute."""
    statute = edition.statute(slot.key) if slot.key else None
    provision = edition.provision_at(slot.key, slot.detail) if statute else None
    if provision:
        where = address(provision)
    elif statute and not slot.detail:
        where = address(statute)
    else:
        where = _public_address(slot, statute)
    words = _UNBROKEN.sub("\u00a0", slot.text)
    text = format_html('<a class="law" href="{}">{}</a>', where, words) if where else conditional_escape(words)
    return format_html("{}{}", text, repealed(statute, provision))


def _public_address(slot: Slot, statute: r.Statute | None) -> str:
    """The text of the law elsewhere. An amending act has no page of its own there, so it is not linked."""
    if slot.key.startswith("https://"):
        return slot.key
    if statute:
        return f"{statute.url}#{slot.detail}" if slot.detail else statute.url
    known = slot.detail or slot.key in DEFAULT_NAMES.keys
    return public_url(Target(statute=slot.key)) if slot.key and known else ""


def repealed(statute: r.Statute | None, provision: r.Provision | None = None) -> str:
    """The words that a repealed statute's citation carries, else nothing."""
    if statute is None or not statute.repealed:
        return ""
    if provision and provision.now:
        successors = " och ".join(p.citation for p in provision.now)
    else:
        successors = statute.replaced_by.title if statute.replaced_by else ""
    words = f"upphävd, ersatt av {successors}" if successors else "upphävd"
    return format_html(' <span class="law__repealed">({})</span>', words)


def _basis(slot: Slot, edition: Edition) -> str:
    if slot.key not in BASES:
        return ""
    links = []
    for key in filter(None, slot.detail.split(",")):
        source = edition.get("source", key)
        if source:
            links.append(format_html('<a href="{}" rel="noreferrer">{}</a>', source.url, source_label(source)))
    label = format_html('<span class="basis__mark">{}</span>', BASES[slot.key])
    joined = mark_safe(", ".join(links))
    return format_html('<span class="basis basis--{}">{}{}{}</span>', slot.key, label, " " if links else "", joined)


def source_label(source: r.Source) -> str:
    """A source in a few words: title, publisher, year."""
    return ", ".join(part for part in (source.title, source.publisher, source.year) if part)
