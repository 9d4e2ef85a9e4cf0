"""What keeps a document from being released: one pure function, the same at save, release and import.

Warnings at save, refusal at release and at import.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from guides.edition.anchors import anchors_of
from guides.text import phone
from guides.text.case import CONDITIONS, UNKNOWN
from guides.text.choices import BASES, RULE_EFFECTS
from guides.text.documents import KEY, Document, file_stem
from guides.text.fields import Field
from guides.text.file_formats import FILE_NAME, FORMATS, HASH, PICTURE, alt_fault
from guides.text.kinds import KINDS
from guides.text.markup import references
from guides.text.rules import errors

# What a rule must name for its effect to mean something; | is or.
RULE_NEEDS = {
    "situation": ("when", "situations"),
    "add": ("text", "steps"),
    "replace": ("tasks", "instead"),
    "hide": ("tasks|steps",),
    "note": ("tasks|steps",),
    "show_first": ("tasks|steps",),
}
BANNER_TITLE, BANNER_TEXT = 80, 200
IMPORTANT_FOR = timedelta(days=7)
NEEDS_SOURCE = ("authority", "research", "experience")
_LINK_TEXT = re.compile(r"\[(här|klicka här|läs mer|läs mer här|mer|hit|länk|https?://[^\]]*)\]\(", re.IGNORECASE)
_CITES = re.compile(r"§|\b[Aa]rtikel |\((?:\d{4}):\d+\)")
_REFERENCE = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^()\s]*\)")
_WITHIN = re.compile(r"\]\(#([^()\s]*)\)")
_PATH = re.compile(r"\]\(\s*(?:<|(?!<))((?![a-z][a-z0-9+.-]*:)[^#()\s>][^()\s>]*)", re.IGNORECASE)
# Pages that are no document's and never move. All else is linked by its key, which holds when an address does not.
FIXED = frozenset(
    ["/", "/forsta-timmen/", "/guider/", "/handlingsplan/", "/ansvar/", "/lag/", "/lag/gamla-och-nya-sol/"]
    + ["/finansiering/", "/kontakt/", "/fragor/", "/exempel/", "/ordlista/", "/nytt/", "/mallar/", "/affisch/", "/sok/"]
)
_MARK = re.compile(r"\{\{underlag:([^{}:\n]*)(?::([^{}\n]*))?\}\}")
NO_SOURCE = "Underlaget behöver minst en källa. Välj annars Vårt förslag."
# Fields that hold a number, an address or a code by nature, or that no reader sees.
NO_WORDS = frozenset(
    ["number", "display", "code", "key", "chapter", "section", "url", "regulation_url", "link", "year", "source_year"]
    + ["name", "hash", "web_version", "text_read", "language", "translation_of", "translated_from", "editor_note"]
)
# Never corrected and never hidden: a title, which can hold no reference, may name its service or its fault by them.
LASTING = frozenset({"112", "11414", "1177"})
NAMED_BY_NUMBER = frozenset({"contact", "banner"})
# How a number is typed when it is meant to pass, or comes from elsewhere: +46 40, 040.12, 114-14, 11*4*14.
_COUNTRY = re.compile(r"(?<![\w+])(?:\+|00)46[ -]*(?:\(0\))?[ -]*0?(?=[1-9])")
_DOTTED = re.compile(r"(?<![\w.,:/-])\(?0\d{1,3}\)?(?:\.\d{2,8})+(?![\w.])")
_SHORT_PARTED = re.compile(r"(?<![\w.,:/-])(11[34][-–.](?=1[34]\b)|116[-.](?=\d{3}\b)|90[-.](?=(?:101|390)\b))")
_EMPHASIS = re.compile(
    r"(?<=\d)[*_`\\]+(?=[\d -])|(?<=[\d -])[*_`\\]+(?=\d)|(?<!\w)[*_`\\]+(?=\d)|(?<=\d)[*_`\\]+(?!\w)"
)


class Known(Protocol):
    """Anything that can say whether a document is public and has an anchor: an Edition, or the files at import."""

    def has(self, kind: str, key: str) -> bool: ...

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool: ...


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: a field path such as ``tasks.2.text``, a line of the canonical text, a Swedish sentence."""

    path: str
    line: int
    message: str


def faults(document: Document, known: Known) -> list[Fault]:
    """Everything that keeps `document` from being released, in the order of its lines."""
    found = list(_Judge(document, known).all())
    return sorted(found, key=lambda fault: fault.line)


def typed_numbers(text: str) -> list[str]:
    """Telephone numbers in one line of text, however they are typed: with entities, odd hyphens, dots or marks."""
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    plain = "".join(
        " " if unicodedata.category(c) == "Zs" else "-" if c in "\u2010\u2011\u2012\u2212" else c for c in plain
    )
    plain = _COUNTRY.sub("0", _EMPHASIS.sub("", plain))
    plain = _DOTTED.sub(lambda match: match.group().replace(".", "-", 1).replace(".", " "), plain)
    return [digits for _, _, digits in phone.find_numbers(_SHORT_PARTED.sub(lambda m: m.group()[:-1] + " ", plain))]


class _Judge:
    def __init__(self, document: Document, known: Known):
        self.document = document
        self.known = known
        self.spec = KINDS[document.kind]

    def fault(self, path: str, message: str, offset: int = 0) -> Fault:
        return Fault(path, self.document.line(path) + offset, message)

    def all(self) -> Iterator[Fault]:
        yield from self.fields(self.spec.fields, self.document.fields, "")
        yield from self.text("body", self.document.body, 0)
        yield from getattr(self, self.document.kind, lambda: ())()

    def fields(self, specs: tuple[Field, ...], values: Mapping[str, object], prefix: str) -> Iterator[Fault]:
        for spec in specs:
            path, value = f"{prefix}{spec.name}", values[spec.name]
            if spec.required and value in (None, "", ()):
                yield self.fault(path, f"Fältet ”{spec.name}” saknas.")
            elif spec.type == "ref" and value:
                yield from self.refer(path, spec.to, value)
            elif spec.type in ("refs", "sequence"):
                for number, key in enumerate(value):
                    yield from self.refer(f"{path}.{number}", spec.to, key)
            elif spec.type in ("inline", "prose"):
                # A block scalar begins on the line after its field name.
                yield from self.text(path, value, 1 if "\n" in value else 0)
            elif spec.type == "text" and spec.name not in NO_WORDS:
                yield from self.numbers(path, value, 0)
            elif spec.type == "words":
                for number, word in enumerate(value):
                    yield from self.numbers(f"{path}.{number}", word, 0)
            elif spec.type == "rows":
                for number, row in enumerate(value):
                    yield from self.fields(spec.columns, row, f"{path}.{number}.")
                    yield from self.basis(row, f"{path}.{number}")
        if not prefix and any(spec.name == "basis" for spec in specs):
            yield from self.basis(values, "", optional=True)

    def refer(self, path: str, kind: str, key: str) -> Iterator[Fault]:
        if (kind, key) != (self.document.kind, self.document.key) and not self.known.has(kind, key):
            yield self.fault(path, f"Det finns ingen publicerad {KINDS[kind].label} med nyckeln ”{key}”.")

    def basis(self, row: Mapping[str, object], path: str, optional: bool = False) -> Iterator[Fault]:
        if "basis" not in row:
            return
        code, where = row["basis"], f"{path}.basis".strip(".")
        if not code and not optional:
            yield self.fault(where, "Påståendet saknar underlag. Välj vad det vilar på, eller Vårt förslag.")
        elif code in NEEDS_SOURCE and not row["sources"]:
            yield self.fault(where, NO_SOURCE)
        elif code == "law" and not self.has_law(row):
            yield self.fault(where, "Underlaget Lag behöver ett lagrum, en källa eller en lagrumshänvisning i texten.")

    def has_law(self, row: Mapping[str, object]) -> bool:
        words = " ".join(str(row.get(name, "")) for name in ("text", "lead", "detail", "what", "reason"))
        if self.document.kind == "term":
            words += self.document.body
        return bool(row["sources"] or row.get("provisions") or _CITES.search(words))

    def text(self, path: str, text: str, offset: int) -> Iterator[Fault]:
        if not text:
            return
        for reference in references(text):
            at = offset + reference.line - 1
            if reference.kind == "?":
                yield self.fault(path, f"”{reference.key}” känns inte igen som en hänvisning.", at)
            elif not self.known.has(reference.kind, reference.key):
                label = KINDS[reference.kind].label
                yield self.fault(path, f"Texten hänvisar till {label} ”{reference.key}”, som inte är publicerad.", at)
            elif reference.kind == "statute" and reference.anchor:
                key = f"{file_stem(reference.key)}-{reference.anchor.lower()}"
                if not self.known.has("provision", key):
                    yield self.fault(path, f"Lagrummet {reference.anchor} i {reference.key} är inte publicerat.", at)
            elif reference.anchor and not self.has_anchor(reference.kind, reference.key, reference.anchor):
                said = f"{KINDS[reference.kind].label} ”{reference.key}”, som inte har rubriken ”{reference.anchor}”."
                yield self.fault(path, f"Texten hänvisar till {said}", at)
        for number, message in errors(text):
            yield self.fault(path, message, offset + number)
        for number, line in enumerate(text.split("\n")):
            yield from self.numbers(path, _REFERENCE.sub("", line), offset + number)
            yield from self.marks(path, line, offset + number)
            for alt, _ in PICTURE.findall(line):
                if wrong := alt_fault(alt):
                    yield self.fault(path, wrong, offset + number)
            if _LINK_TEXT.search(line):
                yield self.fault(path, "Länktexten ska säga vart länken går.", offset + number)
            for anchor in _WITHIN.findall(line):
                if not self.has_anchor(self.document.kind, self.document.key, anchor):
                    yield self.fault(path, f"Texten har ingen rubrik ”{anchor}” att leda till.", offset + number)
            for address in _PATH.findall(line):
                if address not in FIXED:
                    said = f"Länken {address} slutar fungera när sidan flyttar. Skriv den med nyckel: [ord](steg:nyckel)."
                    yield self.fault(path, said, offset + number)
            if re.match(r"# ", line):
                yield self.fault(path, "Rubriker i texten börjar med ##.", offset + number)

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool:
        # While one writes, the document is one text alone; the rest of it is what is public.
        own = (kind, key) == (self.document.kind, self.document.key) and anchor in anchors_of(self.document)
        return own or self.known.has_anchor(kind, key, anchor)

    def numbers(self, path: str, text: str, at: int) -> Iterator[Fault]:
        """A telephone number lives in its contact alone, where it can be corrected and hidden."""
        named = path == "title" and self.document.kind in NAMED_BY_NUMBER
        own = self.document.fields.get("number") if self.document.kind == "contact" else None
        for digits in typed_numbers(text):
            number = phone.normalise(digits)
            if number != own and not (named and number in LASTING):
                yield self.fault(
                    path, f"Skriv inte telefonnummer i text ({digits}). Använd {{{{kontakt:nyckel}}}}.", at
                )

    def marks(self, path: str, line: str, at: int) -> Iterator[Fault]:
        """A mark in the text is held to what a statement's basis is held to."""
        for code, sources in _MARK.findall(line):
            if code.strip() not in BASES:
                yield self.fault(path, f"Underlaget ”{code}” finns inte. Välj bland {', '.join(BASES)}.", at)
            elif code.strip() in NEEDS_SOURCE and not sources.strip(" ,"):
                yield self.fault(path, NO_SOURCE, at)

    # Rules of one kind.

    def step(self) -> Iterator[Fault]:
        seen = set()
        for number, task in enumerate(self.document["tasks"]):
            if task["key"] in seen:
                yield self.fault(f"tasks.{number}.key", f"Två uppgifter har nyckeln ”{task['key']}”.")
            seen.add(task["key"])

    def rule(self) -> Iterator[Fault]:
        effect, when = self.document["effect"], self.document["when"]
        for number, condition in enumerate(when):
            if condition not in CONDITIONS:
                yield self.fault(f"when.{number}", f"Svaret ”{condition}” finns inte. Skriv till exempel age=15_17.")
            elif effect == "hide" and condition.endswith(f"={UNKNOWN}"):
                yield self.fault(f"when.{number}", "Bara ett uttryckligt svar får dölja en uppgift, aldrig Vet inte.")
        for name in ("tasks", "instead"):
            for number, text in enumerate(self.document[name]):
                step, _, task = text.partition("/")
                if not KEY.match(step) or not KEY.match(task):
                    yield self.fault(f"{name}.{number}", f"”{text}” ska skrivas steg/uppgift med deras nycklar.")
                else:
                    yield from self.refer(f"{name}.{number}", "step", step)
        for name in RULE_NEEDS.get(effect, ()):
            if not any(self.document[one] for one in name.split("|")):
                words = " eller ".join(f"”{one}”" for one in name.split("|"))
                yield self.fault("effect", f"En regel som ska {RULE_EFFECTS[effect]} behöver {words}.")

    def contact(self) -> Iterator[Fault]:
        number, display = self.document["number"], self.document["display"]
        if not number:
            return
        try:
            if phone.normalise(number) != number:
                yield self.fault("number", f"Numret ska skrivas {phone.normalise(number)}.")
            if display and phone.normalise(display) != number:
                yield self.fault("display", f"”{display}” är inte samma nummer som {number}.")
        except phone.PhoneError as error:
            yield self.fault("number", str(error))

    def provision(self) -> Iterator[Fault]:
        statute = file_stem(self.document["statute"])
        if statute and not (self.document.key + "-").startswith(f"{statute}-"):
            yield self.fault("key", f"Nyckeln ska börja med ”{statute}-”, författningens nummer.")

    def banner(self) -> Iterator[Fault]:
        document = self.document
        starts, ends = document["shown_from"], document["shown_to"]
        if len(document.title) > BANNER_TITLE:
            yield self.fault("title", f"Rubriken har {len(document.title)} tecken, högst {BANNER_TITLE} får plats.")
        if len(document["text"]) > BANNER_TEXT:
            yield self.fault("text", f"Texten har {len(document['text'])} tecken, högst {BANNER_TEXT} får plats.")
        if starts and ends and ends <= starts:
            yield self.fault("shown_to", "Sluttiden måste ligga efter starttiden.")
        elif starts and ends and document["level"] == "important" and ends - starts > IMPORTANT_FOR:
            yield self.fault("shown_to", "En viktig banderoll visas högst sju dagar. Förläng den när de har gått.")
        if bool(document["link"]) != bool(document["link_text"]):
            yield self.fault("link_text", "Länken behöver både adress och text.")
        if document["link"] and not re.match(r"/(?!/)|https://", document["link"]):
            yield self.fault("link", "Länken ska börja med / eller https://.")

    def file(self) -> Iterator[Fault]:
        document = self.document
        name, alt = document["name"], document["alt"]
        if document["hash"] and not HASH.fullmatch(document["hash"]):
            yield self.fault("hash", "Kontrollsumman ska vara SHA-256 med 64 tecken.")
        if name and not (FILE_NAME.fullmatch(name) and name.endswith(f".{document['format']}")):
            yield self.fault("name", "Filnamnet får bara ha a–z, 0–9 och bindestreck, och formatet efter en punkt.")
        if document["format"] in FORMATS and FORMATS[document["format"]].picture:
            if bool(alt) == document["decorative"]:
                yield self.fault("alt", "Skriv vad bilden visar, eller märk den som dekorativ.")
            elif wrong := alt_fault(alt):
                yield self.fault("alt", wrong)
            if not document["width"] or not document["height"]:
                yield self.fault("width", "Bildens bredd och höjd saknas.")
        if document["format"] == "pdf" and not document["access"]:
            yield self.fault("access", "Säg hur tillgänglig pdf-filen är.")
        elif document["access"] == "web" and not document["web_version"]:
            yield self.fault("web_version", "Skriv var samma innehåll finns som webbsida.")
