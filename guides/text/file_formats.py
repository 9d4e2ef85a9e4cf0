"""The formats that an uploaded file may have, how it is named and told of, and what its picture's words may be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from guides.text.fields import Field, Kind


@dataclass(frozen=True)
class Format:
    """A format: the media type that it is served with, and whether a browser may show it instead of saving it."""

    media_type: str
    picture: bool = False
    shown: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("application/pdf", shown=True),
    "docx": Format(f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet"),
    "odt": Format("application/vnd.oasis.opendocument.text"),
    "csv": Format("text/csv; charset=utf-8"),
    "txt": Format("text/plain; charset=utf-8"),
    "png": Format("image/png", picture=True, shown=True),
    "jpg": Format("image/jpeg", picture=True, shown=True),
    "webp": Format("image/webp", picture=True, shown=True),
}
# What a PDF is to somebody who cannot see it: documents fall under the law on accessible public services.
ACCESS = {
    "checked": "tillgänglig, kontrollerad",
    "partly": "delvis tillgänglig",
    "web": "inte tillgänglig, men samma innehåll finns som webbsida",
}
HASH = re.compile(r"[0-9a-f]{64}")
FILE_NAME = re.compile(rf"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:{'|'.join(FORMATS)})")
LONGEST_NAME = 60
# ![words](bild:key): the words may be empty, then the file's own stand there.
PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\(bild:([a-z0-9]+(?:-[a-z0-9]+)*)\)")
_FILE_WORD = re.compile(r"_|\.(?:png|jpe?g|webp|gif|svg|heic|tiff?|bmp|pdf)\b", re.IGNORECASE)
_SAYS_PICTURE = re.compile(r"\s*(?:en |ett )?(?:bild|foto|fotografi|illustration)(?:en|et|er)?\s+(?:på|av|som)\b", re.IGNORECASE)

KIND = Kind(
    "file",
    "files",
    "fil",
    (
        Field("title", "text", required=True),
        Field("owner", "text", default="Redaktionen"),
        Field("review_every", "integer", default=365),
        Field("keywords", "words"),
        Field("name", "text", required=True),
        Field("format", "choice", choices={name: name for name in FORMATS}, required=True),
        Field("size", "integer", required=True),
        Field("width", "integer"),
        Field("height", "integer"),
        Field("hash", "text", required=True),
        Field("alt", "text"),
        Field("decorative", "boolean"),
        Field("access", "choice", choices=ACCESS),
        Field("web_version", "text"),
    ),
    has_body=False,
)


def cleaned_name(typed: str, extension: str) -> str:
    """A file name of a-z, 0-9 and hyphen from whatever a computer called it; ``fil`` where nothing is left."""
    stem = re.split(r"[/\\]", typed)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    folded = unicodedata.normalize("NFKD", stem.casefold().replace("ß", "ss").replace("æ", "ae").replace("ø", "o"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{words or 'fil'}.{extension}"


def is_bytes(path: str) -> bool:
    """Whether a path under content/ is that of a file's bytes, which lie beside its document."""
    folder, _, name = path.partition("/")
    return folder == KIND.folder and name.rpartition(".")[2] in FORMATS


def size_in_words(size: int) -> str:
    """Bytes as a reader knows them, unbroken: 989 kB, 1,2 MB."""
    if size < 1000:
        return f"{size}\u00a0byte"
    if size < 999_500:
        return f"{round(size / 1000)}\u00a0kB"
    return f"{size / 1_000_000:.1f}\u00a0MB".replace(".", ",")


def alt_fault(alt: str) -> str:
    """What is wrong with the words of a picture; empty when nothing is."""
    if _FILE_WORD.search(alt):
        return "Bildens text ser ut som ett filnamn. Skriv vad bilden visar."
    if _SAYS_PICTURE.match(alt):
        return "Skriv inte ”Bild på”. Skriv genast vad bilden visar."
    return ""
