"""What a file really is, by its bytes and never by its name; what may not be served is refused in a sentence.

Pictures are the work of Pillow: decoded and written anew, so that nothing but their points is left (no place, no
camera, no second file at the end). The other formats are told by a few signatures of our own: a library that knows a
thousand formats would still have to be narrowed to these six, and says nothing of what a zip archive holds. They are
always saved by the browser, except for PDF, and served under their own type with sniffing off.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 10_000_000
# A picture is decoded in memory: 40 million points take 160 MB.
MOST_POINTS = 40_000_000
LONGEST_SIDE = 2400
PICTURES = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
# Ordinary documents unpack to ten or twenty times their size.
MOST_UNPACKED, MOST_MEMBERS, MOST_RATIO = 100_000_000, 2000, 200
_ACTIVE = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|img|\?xml|\?php)", re.IGNORECASE)
_MACROS = re.compile(r"(?:^|/)(?:vbaProject|vbaData|activeX)|^Basic/|^Scripts/", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNKNOWN = "Filen går inte att känna igen. Välj pdf, docx, xlsx, odt, csv, txt, png, jpg eller webp."


class RefusedFileError(ValueError):
    """A file that is not taken; the message is a Swedish sentence."""


@dataclass(frozen=True)
class Sniffed:
    """A file that may be served: its format (of FORMATS), and for a picture its size in points."""

    format: str
    width: int | None = None
    height: int | None = None


def harmless(data: bytes) -> bytes:
    """The bytes that may be kept of what somebody uploaded: pictures written anew, the rest as it is.

    Raises RefusedFileError.
    """
    if len(data) > LARGEST:
        raise RefusedFileError("Filen är större än 10 MB. Gör den mindre, eller dela den.")
    found = sniff(data)
    return _written_anew(data) if found.width else data


def sniff(data: bytes) -> Sniffed:
    """What the bytes are. Raises RefusedFileError for everything that is not one of our formats, whole and sound."""
    if not data:
        raise RefusedFileError("Filen är tom.")
    if data.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        image = _opened(data)
        return Sniffed(PICTURES[image.format], *image.size)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    return _text(data)


def _opened(data: bytes) -> Image.Image:
    """A picture whose head is read, its points not yet."""
    too_large = "Bilden har fler än 40 miljoner punkter. Gör den mindre."
    try:
        image = Image.open(io.BytesIO(data), formats=tuple(PICTURES))
    except Image.DecompressionBombError:
        raise RefusedFileError(too_large) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RefusedFileError("Bilden är skadad och går inte att läsa.") from None
    if image.width * image.height > MOST_POINTS:
        raise RefusedFileError(too_large)
    return image


def _written_anew(data: bytes) -> bytes:
    """The points of a picture, turned the right way up and no larger than a page can show, in a file of our own."""
    image = _opened(data)
    kind = image.format
    try:
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        clear = kind != "JPEG" and ("A" in image.getbands() or "transparency" in image.info)
        image = image.convert("RGBA" if clear else "RGB")
    except (OSError, ValueError, SyntaxError, zlib.error):
        raise RefusedFileError("Bilden är skadad och går inte att läsa.") from None
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return out.getvalue()


def _pdf(data: bytes) -> Sniffed:
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise RefusedFileError("Pdf-filen är inte hel. Spara den på nytt.")
    return Sniffed("pdf")


def _archive(data: bytes) -> Sniffed:
    """A document of Word, Excel or LibreOffice, told by what its archive holds. Nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(data)):
                raise RefusedFileError("Filen packar upp sig till orimligt mycket. Spara dokumentet på nytt.")
            names = {member.filename for member in members}
            if any(".." in name.split("/") or name.startswith("/") for name in names):
                raise RefusedFileError("Filen har delar som vill läggas utanför den. Spara dokumentet på nytt.")
            if any(map(_MACROS.search, names)):
                raise RefusedFileError("Dokumentet innehåller makron. Spara det utan makron.")
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    kind = member.read(100).decode("ascii", "replace")
                if kind == "application/vnd.oasis.opendocument.text" and "content.xml" in names:
                    return Sniffed("odt")
            if "[Content_Types].xml" in names:
                for place, format in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
                    if place in names:
                        return Sniffed(format)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, RefusedFileError):
            raise
        raise RefusedFileError("Filen är skadad och går inte att läsa.") from None
    raise RefusedFileError("Zip-arkiv tas inte emot. Ladda upp filerna var för sig.")


def _text(data: bytes) -> Sniffed:
    """Plain text in UTF-8. One that a browser could take for a page, or for a picture with script in it, is refused."""
    if _ACTIVE.search(data[:4096]):
        svg = b"<svg" in data[:4096].lower()
        raise RefusedFileError(
            "Svg-bilder kan innehålla skript och tas inte emot. Spara bilden som png."
            if svg
            else "Filen är en webbsida eller xml, inte ett dokument. Spara innehållet som pdf eller docx."
        )
    # What another program would take for something else, although it reads as text.
    if data.startswith((b"GIF8", b"MZ", b"{\\rtf")) or b"%PDF-" in data[:1024]:
        raise RefusedFileError(UNKNOWN)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedFileError(UNKNOWN) from None
    if _CONTROL.search(text):
        raise RefusedFileError(UNKNOWN)
    lines = [line for line in text.splitlines() if line.strip()][:20]
    for separator in ";,\t":
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return Sniffed("csv")
    return Sniffed("txt")
