"""content/ <-> Documents <-> working copy, Versions and Releases.

Import and export are exact inverses. Import compares each file with the Version last
imported from it; every fault in every file is told at once, and nothing is half-written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from guides.edition.anchors import anchors_of
from guides.edition.faults import faults
from guides.edition.lint import warnings
from guides.models import CONTENT_MODELS, MODEL_OF, FileMark, Release, Rename, Version
from guides.publishing import audit, uploads
from guides.publishing.files import ContentError, FileProblem, Files, as_files, read_files
from guides.publishing.in_force import counter, current_key, read_material
from guides.publishing.mapping import write
from guides.publishing.release import move_counter
from guides.publishing.versions import keep_renderings, new_version, next_numbers
from guides.text.documents import Document, digest, file_stem, to_text
from guides.text.kinds import KINDS

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """How many documents an import changed or would change, by kind."""

    changed: dict[str, int]
    unchanged: int
    warnings: list[FileProblem]
    documents: list[Document]

    @property
    def total(self) -> int:
        return sum(self.changed.values())


# Export.


def export_files() -> dict[str, str]:
    """What is public now as canonical files."""
    return as_files(_public())


def _public() -> list[Document]:
    return [released.document for released in read_material(timezone.now(), counter()).released]


def export(root: Path) -> int:
    """Write content/; returns how many files changed. A file that nothing in force stands in is removed."""
    documents = _public()
    files, changed = as_files(documents), 0
    for name, text in files.items():
        path = root / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            changed += 1
    for name in _stray(root, files):
        (root / name).unlink()
        changed += 1
    _remember(documents)
    return changed + uploads.export(root, documents)


def _stray(root: Path, files: dict[str, str]) -> list[str]:
    """Files of ours that hold nothing public. Whatever export could not have written is none of its business."""
    found = []
    for kind in KINDS.values():
        pattern = f"{kind.folder}.csv" if kind.csv else f"{kind.folder}/**/*.md"
        found += [path.relative_to(root).as_posix() for path in root.glob(pattern) if path.is_file()]
    return sorted(name for name in found if name not in files)


def differences(root: Path) -> list[str]:
    """Files that export would write, change or remove, each with what is wrong."""
    files = export_files()
    found = []
    for name, text in sorted(files.items()):
        path = root / name
        if not path.exists():
            found.append(f"{name}: saknas")
        elif path.read_bytes() != text.encode():
            found.append(f"{name}: skiljer sig")
    return found + [f"{name}: finns inte bland det publicerade" for name in _stray(root, files)]


# Import.


def import_content(root: Path, by=None, dry_run: bool = False, say: Say = lambda _: None) -> Outcome:
    """Bring the files of `root` into the working copy, each change as a Version and a Release.

    Raises ContentError with every fault, and every conflict with what editors have done since,
    before anything is written.
    """
    say("Läser filerna …")
    files = read_files(root)
    compared = _compare(files)
    wanted, problems = compared.wanted, compared.problems + files.problems
    known = _Known(files)
    for document in wanted:
        path, line = files.paths[document.kind, document.key]
        csv_file = path.endswith(".csv")
        problems += [FileProblem(path, line if csv_file else f.line, f.message) for f in faults(document, known)]
        if known.current(document.kind, document.key) != document.key:
            new = known.current(document.kind, document.key)
            problems.append(FileProblem(path, document.line("key"), f"Nyckeln heter numera ”{new}”. Byt den i filen."))
    problems += [FileProblem(*files.paths[d.kind, d.key], text) for d, text in uploads.missing(root, files.documents)]
    told = {(p.path, p.line) for p in problems}
    for path, document in files.broken:
        also = [FileProblem(path, f.line, f.message) for f in faults(document, known)]
        problems += [problem for problem in also if (problem.path, problem.line) not in told]
    if problems:
        raise ContentError(problems)
    changed: dict[str, int] = {}
    for document in wanted:
        changed[document.kind] = changed.get(document.kind, 0) + 1
    if not dry_run:
        uploads.import_bytes(root, files.documents)
    if wanted and not dry_run:
        _write_all(wanted, files, by, say)
        audit.note("import", "content/", f"{len(wanted)} dokument", by)
    if not dry_run:
        _remember(wanted + compared.alike)
    notes = compared.notes + _notes(files, {(d.kind, d.key) for d in wanted})
    return Outcome(changed, compared.unchanged, files.warnings + notes, files.documents)


def _notes(files: Files, changed: set[tuple[str, str]]) -> list[FileProblem]:
    """What could be better in the files that changed; kinds in CSV have no prose to speak of."""
    explained = {d["abbreviation"] for d in files.documents if d.kind == "term"}
    explained |= {d["short_name"] for d in files.documents if d.kind in ("statute", "actor")}
    return [
        FileProblem(files.paths[d.kind, d.key][0], fault.line, fault.message)
        for d in files.documents
        if (d.kind, d.key) in changed and not KINDS[d.kind].csv
        for fault in warnings(d, frozenset(explained))
    ]


class _Known:
    """What will be public once the files are in: what is public now, and the files themselves."""

    def __init__(self, files: Files):
        self.renames = {(r.kind, r.old_key): r.new_key for r in Rename.objects.all()}
        documents = [*files.documents, *(document for _, document in files.broken)]
        self.documents = {(d.kind, self.current(d.kind, d.key)): d for d in documents}
        pairs = {*self.documents, *Release.objects.public(timezone.now()).values_list("kind", "key")}
        self.keys = {(kind, self.current(kind, key)) for kind, key in pairs}
        # A file that cannot be read at all stands for the document that its name says.
        self.unreadable = {p.path for p in files.problems}

    def current(self, kind: str, key: str) -> str:
        """The key that a document has now."""
        return current_key(self.renames, kind, key)[1]

    def has(self, kind: str, key: str) -> bool:
        if (kind, self.current(kind, key)) in self.keys:
            return True
        spec = KINDS[kind]
        return (f"{spec.folder}.csv" if spec.csv else f"{spec.folder}/{file_stem(key)}.md") in self.unreadable

    def has_anchor(self, kind: str, key: str, anchor: str) -> bool:
        document = self.documents.get((kind, self.current(kind, key)))
        # What is public and in no file of these is not read for it.
        return document is None or anchor in anchors_of(document)


@dataclass
class _Comparison:
    """Files against the tables. `alike` are those whose text is the newest in both, which was not known before."""

    wanted: list[Document] = field(default_factory=list)
    unchanged: int = 0
    alike: list[Document] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    notes: list[FileProblem] = field(default_factory=list)


def _compare(files: Files) -> _Comparison:
    texts: dict[tuple[str, str], list[str]] = {}
    for kind, key, name in Version.objects.working().order_by("number").values_list("kind", "key", "hash"):
        texts.setdefault((kind, key), []).append(name)
    common = {(mark.kind, mark.key): mark.hash for mark in FileMark.objects.all()}
    found = _Comparison()
    for document in files.documents:
        pair = document.kind, document.key
        name, versions, shared = digest(to_text(document)), texts.get(pair, []), common.get(pair)
        newest = versions[-1] if versions else None
        place = files.paths[pair]
        if name in (shared, *versions):
            found.unchanged += 1
        if name == newest != shared:
            found.alike.append(document)
        elif name in (newest, shared):
            continue
        elif name in versions:
            found.notes.append(FileProblem(*place, "Filen har en äldre text än redaktionen. Exportera först."))
        elif newest == shared:
            found.wanted.append(document)
        else:
            words = "Redaktionen har ändrat samma text sedan den lästes in. Exportera och slå ihop först."
            found.problems.append(FileProblem(*place, words))
    return found


def _remember(documents: list[Document]) -> None:
    """These texts are what file and table have in common: from them one sees later which of the two was changed."""
    FileMark.objects.bulk_create(
        (FileMark(kind=d.kind, key=d.key, hash=digest(to_text(d))) for d in documents),
        batch_size=200,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["hash"],
    )


@transaction.atomic
def _write_all(wanted: list[Document], files: Files, by, say: Say) -> None:
    order = {model.kind: number for number, model in enumerate(CONTENT_MODELS)}
    wanted = sorted(wanted, key=lambda d: order[d.kind])
    rows = {model.kind: {obj.key: obj for obj in model.objects.all()} for model in CONTENT_MODELS}
    later = []
    problems: list[FileProblem] = []
    known = _Known(files)

    def find(kind: str, key: str):
        key = known.current(kind, key)
        if key not in rows[kind]:
            # It stands later among the files; the row is filled when its turn comes.
            obj = MODEL_OF[kind](key=key, title=key)
            obj.save()
            rows[kind][key] = obj
            later.append(obj)
        return rows[kind][key]

    for number, document in enumerate(wanted, start=1):
        if number % 200 == 0:
            say(f"Skriver {number} av {len(wanted)} …")
        try:
            rows[document.kind][document.key] = write(document, rows[document.kind].get(document.key), find)
        except ValidationError as error:
            path, _ = files.paths[document.kind, document.key]
            for name, texts in error.message_dict.items():
                problems += [FileProblem(path, document.line(name), f"{name}: {text}") for text in texts]
    if problems:
        raise ContentError(problems)
    now = timezone.now()
    numbers = next_numbers([(d.kind, d.key) for d in wanted])
    versions = Version.objects.bulk_create(
        (new_version(d.kind, d.key, to_text(d), by, "import", numbers[d.kind, d.key]) for d in wanted),
        batch_size=200,
    )
    Release.objects.bulk_create(
        (
            Release(
                kind=version.kind,
                key=version.key,
                version=version,
                effective_from=now,
                released_by=by,
                released_at=now,
            )
            for version in versions
        ),
        batch_size=200,
    )
    move_counter()
    say("Gör om texterna till sidor …")
    statutes = {d.key: d for d in files.documents if d.kind == "statute"}
    keep_renderings(wanted, list(statutes.values()) or None)
