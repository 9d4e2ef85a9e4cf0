"""content/ <-> Documents: how the files are read and written, whatever the tables hold.

Every fault in every file is told at once; what is written is canonical, byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guides.text.documents import (
    Document,
    DocumentError,
    Problem,
    file_path,
    from_text,
    make,
    readable,
    scalar_text,
    to_text,
    valid_key,
)
from guides.text.fields import Kind
from guides.text.file_formats import is_bytes
from guides.text.kinds import BY_FOLDER, KINDS


@dataclass(frozen=True)
class FileProblem:
    """A fault in a file: its path under content/, the line, a Swedish sentence."""

    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}, rad {self.line}: {self.message}"


class ContentError(Exception):
    """Files that cannot be imported; `problems` has every fault of every file."""

    def __init__(self, problems: list[FileProblem]):
        self.problems = sorted(problems, key=lambda p: (p.path, p.line))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Files:
    """What was read: documents with the path and line each stands at, and notes on what is not canonical.

    `broken` are the documents of files with `problems`, as far as they could be read.
    """

    documents: list[Document] = field(default_factory=list)
    paths: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    warnings: list[FileProblem] = field(default_factory=list)
    broken: list[tuple[str, Document]] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


def read_files(root: Path) -> Files:
    """Every document under `root`, and what is wrong with the files. Raises ContentError when there is no folder."""
    if not root.is_dir():
        raise ContentError([FileProblem(str(root), 1, "Mappen finns inte.")])
    found = Files()
    for path in sorted(root.rglob("*")):
        if path.is_dir() or path.name.startswith("."):
            continue
        name = path.relative_to(root).as_posix()
        # The bytes of an uploaded file, beside the document that names them.
        if is_bytes(name):
            continue
        try:
            text = path.read_bytes().decode("utf-8")
            for line, document in _parse(name, text):
                pair = document.kind, document.key
                if pair in found.paths:
                    raise DocumentError(
                        [Problem(line, f"Nyckeln ”{document.key}” finns redan i {found.paths[pair][0]}.")]
                    )
                found.documents.append(document)
                found.paths[pair] = name, line
            _warn_if_not_canonical(found, name, text)
        except UnicodeDecodeError:
            found.problems.append(FileProblem(name, 1, "Filen är inte UTF-8-text. Spara den som UTF-8."))
        except DocumentError as error:
            found.problems += [FileProblem(name, p.line, p.message) for p in error.problems]
            if error.document:
                found.broken.append((name, error.document))
    return found


def _parse(name: str, text: str) -> Iterator[tuple[int, Document]]:
    folder = name.split("/")[0]
    if name.endswith(".csv") and "/" not in name:
        kind = BY_FOLDER.get(name.removesuffix(".csv"))
        if kind and kind.csv:
            yield from _from_csv(kind, text)
            return
    kind = BY_FOLDER.get(folder)
    if "/" not in name or kind is None or kind.csv or not name.endswith(".md"):
        folders = ", ".join(k for k, v in BY_FOLDER.items() if not v.csv)
        raise DocumentError([Problem(1, f"Filen hör inte hit. Innehåll ligger som .md i {folders}.")])
    yield 1, from_text(kind.name, text)


def _from_csv(kind: Kind, text: str) -> Iterator[tuple[int, Document]]:
    known = ["key", *(f.name for f in kind.fields)]
    plain = readable(text.removeprefix("\ufeff"))
    reader = csv.reader(io.StringIO(plain, newline=""))
    header = next(reader, [])
    if "key" not in header:
        raise DocumentError([Problem(1, f"Första raden ska vara {','.join(known)} med komma emellan.")])
    problems = [Problem(1, f"Kolumnen ”{name}” finns inte.") for name in header if name not in known]
    rows, line = [], reader.line_num + 1
    for row in reader:
        values = dict(zip(header, row, strict=False))
        key = values.pop("key", "")
        if len(row) != len(header):
            problems.append(Problem(line, f"Raden har {len(row)} värden, rubriken har {len(header)}."))
        elif not valid_key(kind.name, key):
            problems.append(Problem(line, f"Nyckeln ”{key}” får bara ha a–z, 0–9 och bindestreck."))
        else:
            lines = {name: line for name in known}
            rows.append((line, make(kind.name, key, values, lines=lines)))
        line = reader.line_num + 1
    if problems:
        raise DocumentError(problems)
    yield from rows


def _to_csv(kind: Kind, documents: list[Document]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["key", *(f.name for f in kind.fields)])
    for document in sorted(documents, key=lambda d: (str(d["code"]), d.key)):
        writer.writerow([document.key, *(scalar_text(document[f.name]) for f in kind.fields)])
    return out.getvalue()


def as_files(documents: list[Document]) -> dict[str, str]:
    """The canonical files of documents: path under content/ -> text."""
    files = {file_path(d): to_text(d) for d in documents if not KINDS[d.kind].csv}
    for kind in KINDS.values():
        rows = [d for d in documents if d.kind == kind.name]
        if kind.csv and rows:
            files[f"{kind.folder}.csv"] = _to_csv(kind, rows)
    return files


def _warn_if_not_canonical(found: Files, name: str, text: str) -> None:
    own = [d for d in found.documents if found.paths[d.kind, d.key][0] == name]
    if as_files(own).get(name) != text:
        found.warnings.append(FileProblem(name, 1, "Filen är läsbar men inte skriven som exporten skriver den."))
