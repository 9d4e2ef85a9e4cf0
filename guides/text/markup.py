"""Markdown becomes safe HTML with slots: the only user of Markdown and bleach.

A slot stands where something is known only when a page is shown: a contact's number, a
link to a step, a citation of law. `Rich` is the rendered text: pieces of safe HTML with
slots between them. Raw HTML in the source is shown as text, never passed on.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from xml.etree.ElementTree import Element, SubElement

import bleach
import markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from guides.text.choices import RIGHT_TO_LEFT
from guides.text.citations import Citation, Statutes, Target, find_citations
from guides.text.file_formats import PICTURE
from guides.text.rules import CALLOUTS
from guides.text.tables import apart, finish_tables
from guides.text.web_links import said_beside, secured

RENDERER = 5
# A wide table scrolls in a frame of its own, which the keyboard must reach (WCAG 2.1.1), by the name of its caption.
TABLE = '<div class="table-scroll" role="group" aria-label="Tabell" tabindex="0">'
NAMED_TABLE = '<div class="table-scroll" role="region" aria-labelledby="{}" tabindex="0">'
ALLOWED_TAGS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "a", "code", "blockquote", "br", "hr", "span"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div"}
)
ALLOWED_ATTRIBUTES = {
    "a": ["href", "rel"],
    "h2": ["id"],
    "h3": ["id"],
    "h4": ["id"],
    "th": ["scope", "class"],
    "td": ["class"],
    "caption": ["id"],
    "div": ["class", "role", "aria-label"],
    "ol": ["start"],
    "span": ["lang", "dir"],
}
ALLOWED_PROTOCOLS = frozenset({"http", "https", "mailto"})
# What a browser passes over in an address, and what Markdown leaves there; what then is a scheme (WHATWG URL, 4.4).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\r\n\x02\x03]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
LINK_SCHEMES = {
    "steg": "step",
    "guide": "guide",
    "ord": "term",
    "aktor": "actor",
    "sida": "page",
    "bidrag": "grant",
    "situation": "situation",
    "kontakt": "contact",
    "fraga": "question",
    "mall": "download",
    "lag": "statute",
    "fil": "file",
    "bild": "file",
}
_SLOT = re.compile(r"\{\{([a-zåäö]+):([^{}\n]{1,300})\}\}")
_MARK = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001\x00-\x08\x0b\x0c\x0e-\x1f]")
# [words]{lang=sv}: so that a screen reader says them in their own language (WCAG 3.1.2).
_FOREIGN = r"\[([^\[\]\n]+)\]\{lang=([a-z]{2,3})(?: dir=(ltr|rtl))?\}"
_BOX = re.compile(r"(?m)^(:::.*)$")
_TABLE = re.compile(r'<table>(?:\s*<caption id="([a-z0-9-]+)">)?')
# Also in angle brackets and with a title after it, as Markdown has it.
_LINK = re.compile(r"\]\(\s*<?([a-z]+):([^()\s#>]+)(?:#([^()\s>]*))?(?=[>)\s])")


@dataclass(frozen=True)
class Slot:
    """A place to fill when a page is shown.

    kind: ``contact`` (show its number), ``basis`` (key is the basis code, `detail` the source
    keys), ``citation`` (key is the statute, `detail` the anchor), ``link`` (key is
    ``kind:key``), ``picture`` (key is the file, `text` its words, perhaps none). `text` is what stands there if nothing better is known.
    """

    kind: str
    key: str
    text: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Rich:
    """Rendered text: strings of safe HTML and Slots, in order. Empty is false."""

    parts: tuple[str | Slot, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def slots(self) -> Iterator[Slot]:
        return (part for part in self.parts if isinstance(part, Slot))

    @property
    def plain(self) -> str:
        """The words alone, for descriptions and search."""
        text = "".join(p.text if isinstance(p, Slot) else p for p in self.parts)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())

    def to_json(self) -> str:
        """As text that `from_json` reads back."""
        packed = [p if isinstance(p, str) else [p.kind, p.key, p.text, p.detail] for p in self.parts]
        return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Rich:
        return cls(tuple(p if isinstance(p, str) else Slot(*p) for p in json.loads(text)))


@dataclass(frozen=True)
class Reference:
    """A reference in Markdown: the kind and key it points to, and the line (1-based) in that text."""

    kind: str
    key: str
    line: int
    anchor: str = ""


def fingerprint(names: Statutes) -> str:
    """Changes when rendering could give another result: our number, the libraries, the allow-list, the statute names."""
    parts = (
        str(RENDERER),
        version("Markdown"),
        version("bleach"),
        repr(sorted(ALLOWED_TAGS)) + repr(sorted(ALLOWED_ATTRIBUTES.items())),
        repr(names),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def references(text: str) -> list[Reference]:
    """Every reference in a Markdown text, in order. An unknown slot name or scheme comes as kind ``?``."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _SLOT.finditer(line):
            name, rest = match.groups()
            if name == "kontakt":
                found.append(Reference("contact", rest.strip(), number))
            elif name == "underlag":
                keys = rest.partition(":")[2]
                found += [Reference("source", k.strip(), number) for k in keys.split(",") if k.strip()]
            else:
                found.append(Reference("?", match.group(0), number))
        for match in _LINK.finditer(line):
            scheme, key, anchor = match.groups()
            if scheme in LINK_SCHEMES:
                found.append(Reference(LINK_SCHEMES[scheme], key, number, anchor or ""))
            elif scheme not in ALLOWED_PROTOCOLS:
                found.append(Reference("?", f"]({scheme}:{key})", number))
    return found


def render(
    text: str, names: Statutes, inline: bool = False, statute: str = "", chapter: str = "", level: int = 2
) -> Rich:
    """Markdown to Rich.

    `inline` gives one line without a paragraph around it; `statute` and `chapter`
    resolve bare citations on a statute's own pages; `level` is the heading level that ``##`` becomes (2-4).
    """
    text = _PRIVATE.sub("", text).strip()
    if not text:
        return Rich()
    slots: list[Slot] = []
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "def_list", _Avhoppare(slots, names, statute, chapter, level)],
        output_format="html",
    )
    source = re.sub(r"\s*\n\s*", " ", text) if inline else _BOX.sub(r"\n\1\n", apart(text))
    # Markdown leaves its own marks behind where it cuts one in half.
    dirty = re.sub("[\x02\x03]", "", converter.convert(source))
    clean = bleach.clean(
        dirty, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, protocols=ALLOWED_PROTOCOLS, strip=False
    )
    clean = _TABLE.sub(lambda m: (NAMED_TABLE.format(m[1]) if m[1] else TABLE) + m[0], clean)
    clean = clean.replace("</table>", "</table></div>")
    if inline:
        clean = re.sub(r"^<p>(.*)</p>$", r"\1", clean, flags=re.DOTALL)
    return Rich(tuple(_pieces(clean, slots)))


def _pieces(clean: str, slots: list[Slot]) -> Iterator[str | Slot]:
    for number, piece in enumerate(_MARK.split(clean)):
        if number % 2:
            yield slots[int(piece)]
        elif piece:
            yield piece


class _Avhoppare(Extension):
    """Our slots, headings and citations on top of Markdown; raw HTML is not Markdown here."""

    def __init__(self, slots: list[Slot], names: Statutes, statute: str, chapter: str, level: int):
        super().__init__()
        self.slots, self.names, self.level = slots, names, level
        self.statute, self.chapter = statute, chapter

    def extendMarkdown(self, md):
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")
        md.inlinePatterns.register(_SlotPattern(self.slots), "slot", 185)
        md.inlinePatterns.register(_PicturePattern(self.slots), "picture", 186)
        md.inlinePatterns.register(_ForeignPattern(_FOREIGN), "foreign", 184)
        md.parser.blockprocessors.register(_BoxProcessor(md.parser), "box", 95)
        md.treeprocessors.register(_Finish(md, self), "finish", 1)

    def keep(self, slot: Slot) -> str:
        self.slots.append(slot)
        return f"\ue000{len(self.slots) - 1}\ue001"


class _SlotPattern(InlineProcessor):
    def __init__(self, slots: list[Slot]):
        super().__init__(_SLOT.pattern)
        self.slots = slots

    def handleMatch(self, match, data):
        name, rest = match.group(1), match.group(2).strip()
        if "\x02" in rest:
            # Markdown has already taken a piece of it away, such as code: it is no reference.
            return None, None, None
        if name == "kontakt":
            slot = Slot("contact", rest)
        elif name == "underlag":
            code, _, sources = rest.partition(":")
            slot = Slot("basis", code.strip(), detail=",".join(k.strip() for k in sources.split(",") if k.strip()))
        else:
            return None, None, None
        self.slots.append(slot)
        return f"\ue000{len(self.slots) - 1}\ue001", match.start(0), match.end(0)


class _PicturePattern(InlineProcessor):
    """![words](bild:key). Other pictures than those of the site are no pictures."""

    def __init__(self, slots: list[Slot]):
        super().__init__(PICTURE.pattern)
        self.slots = slots

    def handleMatch(self, match, data):
        words, key = match.groups()
        if "\x02" in words or "\ue000" in words:
            return None, None, None
        self.slots.append(Slot("picture", key, words.strip()))
        return f"\ue000{len(self.slots) - 1}\ue001", match.start(0), match.end(0)


class _BoxProcessor(BlockProcessor):
    """From ::: viktigt to ::: is a note. `_BOX` has put both on blocks of their own."""

    def test(self, parent, block):
        return block.startswith(":::") and block[3:].strip() in CALLOUTS

    def run(self, parent, blocks):
        end = next((n for n, block in enumerate(blocks) if block.strip() == ":::"), None)
        if end is None:
            return False
        name = CALLOUTS[blocks[0][3:].strip()]
        box = SubElement(parent, "div", {"class": "notice", "role": "note", "aria-label": name})
        self.parser.parseBlocks(box, blocks[1:end])
        del blocks[: end + 1]
        return True


class _ForeignPattern(InlineProcessor):
    def handleMatch(self, match, data):
        words, language, direction = match.groups()
        direction = direction or ("rtl" if language in RIGHT_TO_LEFT else "ltr")
        span = Element("span", {"lang": language, "dir": direction})
        span.text = words
        return span, match.start(0), match.end(0)


class _Finish(Treeprocessor):
    """Walks the finished tree: heading levels and ids, our link schemes, citations in running text."""

    def __init__(self, md, extension: _Avhoppare):
        super().__init__(md)
        self.extension = extension
        self.ids: set[str] = set()

    def run(self, root: Element):
        # A slot has no place in an address.
        for node in root.iter():
            for name, value in node.items():
                node.set(name, _MARK.sub("", value))
        finish_tables(root, self.new_id)
        self.walk(root)

    def walk(self, node: Element) -> None:
        if re.fullmatch(r"h[1-6]", node.tag):
            self.heading(node)
        if node.text and node.tag not in ("code", "a"):
            node.text = self.cite(node.text)
        for child in list(node):
            if child.tag == "a":
                self.link(node, child)
            elif child.tag != "code":
                self.walk(child)
            if child.tail:
                child.tail = self.cite(child.tail)
        for child in [c for c in node if c.tag == "slot"]:
            _replace_by_text(node, child, child.text or "")

    def heading(self, node: Element) -> None:
        shifted = min(int(node.tag[1]) - 2 + self.extension.level, 5)
        node.tag = f"h{max(shifted, 2)}"
        unique = self.new_id("".join(node.itertext()))
        if node.tag in ("h2", "h3", "h4"):
            node.set("id", unique)

    def new_id(self, words: str) -> str:
        base = heading_id(words)
        unique, number = base, 2
        while unique in self.ids:
            unique, number = f"{base}-{number}", number + 1
        self.ids.add(unique)
        return unique

    def link(self, parent: Element, node: Element) -> None:
        href = node.get("href", "")
        scheme, _, rest = href.partition(":")
        text = _MARK.sub("", "".join(node.itertext()))
        if scheme in LINK_SCHEMES:
            key, _, anchor = rest.partition("#")
            if scheme == "lag":
                slot = Slot("citation", key, text, anchor)
            else:
                slot = Slot("link", f"{LINK_SCHEMES[scheme]}:{key}", text, anchor)
            tail, node_tail = self.extension.keep(slot), node.tail
            node.clear()
            node.tag, node.text, node.tail = "slot", tail, node_tail
        elif scheme in ALLOWED_PROTOCOLS:
            node.set("href", secured(href))
            node.tail = said_beside(href, text) + (node.tail or "")
        elif (seen := _SCHEME.match(_IGNORED.sub("", html.unescape(href)))) and seen[0].lower() not in ALLOWED_PROTOCOLS:
            # bleach takes "data:1" for a host and its port, and lets it pass; a browser does not.
            del node.attrib["href"]

    def cite(self, text: str) -> str:
        if "\ue000" in text and not re.search("[A-Za-zÅÄÖåäö§]", text):
            return text
        ours, pieces, end = self.extension, [], 0
        for found in find_citations(text, ours.names, ours.statute, ours.chapter):
            pieces += [text[end : found.start], self.extension.keep(citation_slot(found))]
            end = found.end
        return "".join(pieces) + text[end:]


def _replace_by_text(parent: Element, child: Element, text: str) -> None:
    index = list(parent).index(child)
    text += child.tail or ""
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(child)


def citation_slot(found: Citation) -> Slot:
    """A citation in running text as a slot; one without a statute of ours carries its public address in `key`."""
    target: Target = found.targets[0]
    return Slot("citation", target.statute or target.url, found.text, target.anchor)


def heading_id(text: str) -> str:
    """An id from a heading's words, the same on every save: å ä fold to a, ö to o."""
    folded = _MARK.sub("", text).lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "avsnitt"
