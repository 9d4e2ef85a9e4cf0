"""What makes a text worse without making it wrong: warnings for editors, and the state of the knowledge in figures.

Faults keep a document from being released (`faults.py`); these never do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guides.edition.faults import Fault
from guides.edition.field_terms import FIELD_TERMS
from guides.edition.material import names_in
from guides.text.citations import Citation, find_citations
from guides.text.documents import Document, file_path, file_stem
from guides.text.kinds import KINDS
from guides.text.readability import lix, sentences
from guides.text.rules import remarks

MOST_TASKS = 9
MOST_WORDS = 30
EASIEST, PERSON, PROFESSIONAL = 25, 35, 50
PERSON_PAGES = frozenset({"hoppa-av", "anhorig", "sakrare", "kontaktsida"})
EASY_LANGUAGE = "lattlast"
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
_BASIS = "{{underlag:"
# What a paragraph is not: a heading, a table, a list, a quotation, a form's line, a lead-in to what follows.
_NO_PARAGRAPH = re.compile(r"#|\||>|[-*+] |\d+\. |---|\*\*\*|☐|: ")
_COMMON = frozenset(["SFS", "EU", "FN", "OK", "TV", "PDF", "WCAG", "DIGG", "HTML", "SÄPO"])


def warnings(document: Document, abbreviations: frozenset[str] = frozenset()) -> list[Fault]:
    """What could be better in one document. `abbreviations` are those that the glossary and the statutes explain."""
    return sorted(_warnings(document, abbreviations), key=lambda fault: fault.line)


def _warnings(document: Document, abbreviations: frozenset[str]) -> Iterator[Fault]:
    for path, text in texts(document):
        for number, row in enumerate(text.split("\n"), start=_first_line(document, path, text)):
            for sentence in sentences(row):
                if len(sentence.split()) > MOST_WORDS:
                    words = f"Meningen har {len(sentence.split())} ord: ”{sentence[:50]}…”. Dela den."
                    yield Fault(path, number, words)
        for offset, message in remarks(text):
            yield Fault(path, _first_line(document, path, text) + offset, message)
    if document.kind == "step":
        always = [task for task in document["tasks"] if not task["situations"]]
        if len(always) > MOST_TASKS:
            yield Fault(
                "tasks",
                document.line("tasks"),
                f"Steget har {len(always)} uppgifter som alltid gäller. Högst 9 är lagom.",
            )
    if _BASIS in document.body:
        for offset, paragraph in unsupported(document):
            line = document.line("body") + offset
            yield Fault("body", line, f"Stycket saknar underlag: ”{paragraph[:50]}…”. Skriv vad det vilar på.")
    found, limit = readability(document), lix_limit(document)
    if found is not None and found > limit:
        yield Fault("", 1, f"LIX är {found}, högst {limit} är målet. Skriv kortare meningar och vanligare ord.")
    if abbreviations:
        whole = " ".join(text for _, text in texts(document))
        for word in sorted(set(_ABBREVIATION.findall(whole)) - abbreviations - _COMMON):
            yield Fault("", 1, f"Förkortningen {word} står inte i ordlistan.")


def _first_line(document: Document, path: str, text: str) -> int:
    """Where a text begins; a block scalar begins on the line after its field name."""
    return document.line(path) + (1 if "\n" in text and path != "body" else 0)


def unsupported(document: Document) -> Iterator[tuple[int, str]]:
    """Paragraphs of the body, with their line within it, that nothing says the basis of: no mark, none of the whole."""
    if document.fields.get("basis"):
        return
    at = 0
    for block in document.body.split("\n\n"):
        text = block.strip("\n")
        if text and not _NO_PARAGRAPH.match(text) and not text.endswith(":") and _BASIS not in text:
            yield at, text
        at += block.count("\n") + 2


@dataclass(frozen=True)
class Warned:
    """A warning that only the whole of the documents can give: the file under content/, its line, a Swedish sentence."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}, rad {self.line}: {self.message}"


def together(documents: Iterable[Document]) -> list[Warned]:
    """Warnings that need more than one document: repealed law without its successor, words the glossary lacks."""
    documents = list(documents)
    found = [*_repealed(documents), *_unexplained(documents)]
    return sorted(found, key=lambda warned: (warned.path, warned.line))


def _repealed(documents: list[Document]) -> Iterator[Warned]:
    names = names_in(documents)
    statutes = {d.key: d for d in documents if d.kind == "statute"}
    provisions = {d.key: d for d in documents if d.kind == "provision"}
    for document in documents:
        # The statute, its provisions and their mapping are where the old law is told of.
        if document.kind in ("statute", "provision"):
            continue
        for path, text in texts(document):
            for number, line in enumerate(text.split("\n")):
                cited = find_citations(line, names)
                for citation in cited:
                    if _lacks_successor(citation, cited, statutes, provisions):
                        message = f"Upphävt lagrum utan efterföljare: {citation.text}. Skriv det nya lagrummet intill."
                        yield Warned(file_path(document), _first_line(document, path, text) + number, message)


def _lacks_successor(citation: Citation, cited: list[Citation], statutes: dict, provisions: dict) -> bool:
    """True when the repealed place names no successor, neither by itself (the page then adds it) nor beside it."""
    target = citation.targets[0]
    statute = statutes.get(target.statute)
    provision = provisions.get(f"{file_stem(target.statute)}-{target.anchor.lower()}") if target.anchor else None
    gone = statute is not None and statute["repealed_on"]
    if not gone and not (provision and provision["state"] == "repealed"):
        return False
    named = provision["now"] if provision else not target.anchor and statute["replaced_by"]
    if named and gone:
        return False
    heirs = {statute["replaced_by"]} if gone else {provisions[k]["statute"] for k in named or () if k in provisions}
    return not any(other.targets[0].statute in heirs for other in cited if other is not citation)


def _unexplained(documents: list[Document]) -> Iterator[Warned]:
    explained = {
        word.casefold()
        for d in documents
        if d.kind == "term"
        for word in (d.title, d["abbreviation"], *d["synonyms"])
        if word
    }
    missing = [term for term in FIELD_TERMS if term.casefold() not in explained]
    if not missing:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, missing))})(?:en|et|n|t|er|ar|s)?\b", re.IGNORECASE)
    for document in documents:
        told = set()
        for path, text in texts(document):
            for number, line in enumerate(text.split("\n")):
                for word in pattern.findall(line):
                    if word.casefold() not in told:
                        told.add(word.casefold())
                        message = f"Ordet {word} står inte i ordlistan."
                        yield Warned(file_path(document), _first_line(document, path, text) + number, message)


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a document that somebody reads: (field path, Markdown)."""
    for spec in KINDS[document.kind].fields:
        if spec.type in ("inline", "prose") and document[spec.name]:
            yield spec.name, document[spec.name]
        elif spec.type == "rows":
            for number, row in enumerate(document[spec.name]):
                for column in spec.columns:
                    if column.type in ("inline", "prose") and row[column.name]:
                        yield f"{spec.name}.{number}.{column.name}", row[column.name]
    if document.body:
        yield "body", document.body


def readability(document: Document) -> int | None:
    """LIX of the whole document; None for another language, which it does not measure."""
    if document.fields.get("language", "sv") not in ("sv", EASY_LANGUAGE):
        return None
    return lix("\n".join(text for _, text in texts(document)))


def lix_limit(document: Document) -> int:
    """The highest LIX that is meant for the document's readers."""
    if document.kind == "page":
        if document["language"] == EASY_LANGUAGE:
            return EASIEST
        if document.key in PERSON_PAGES:
            return PERSON
    return PROFESSIONAL


def figures(documents: Iterable[Document], pages: bool = False) -> list[tuple[str, dict[str, int]]]:
    """The state of the knowledge: documents by kind, statements by basis, provisions verified, contacts by class, LIX.

    With `pages` the LIX of every document, else of those above what is meant for their readers.
    """
    documents = list(documents)
    kinds = Counter(KINDS[d.kind].label for d in documents)
    tasks, without_source = Counter(), Counter()
    for document in documents:
        for name, row in _rows(document):
            if name == "tasks":
                tasks[row["basis"] or "saknas"] += 1
            if row["basis"] in ("proposal", ""):
                without_source[KINDS[document.kind].label] += 1
    verified = Counter("ja" if d["verified"] else "nej" for d in documents if d.kind == "provision")
    classes = Counter(d["recheck_class"] for d in documents if d.kind == "contact")
    measured = {f"{d.kind}/{d.key}": (found, lix_limit(d)) for d in documents if (found := readability(d))}
    hard = {name: found for name, (found, limit) in measured.items() if found > limit}
    bare = Counter(KINDS[d.kind].label for d in documents for _ in unsupported(d))
    return [
        ("Dokument", dict(kinds)),
        ("Uppgifter efter underlag", dict(tasks)),
        ("Påståenden utan källa", dict(without_source)),
        ("Lagrum kontrollerade", dict(verified)),
        ("Kontakter efter klass", dict(sorted(classes.items()))),
        ("Stycken utan underlag", dict(bare)),
        ("LIX", {"sidor mätta": len(measured), "över målet": len(hard)}),
        *([("LIX per sida", {name: found for name, (found, _) in measured.items()})] if pages else []),
    ]


def _rows(document: Document):
    for spec in KINDS[document.kind].fields:
        if spec.type == "rows":
            for row in document[spec.name]:
                yield spec.name, row
