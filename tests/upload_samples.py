"""Real bytes of files, good and bad, made on the spot: nothing that must be carried about in the repository."""

import io
import struct
import zipfile
import zlib

from docx import Document as WordDocument
from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n165\n%%EOF\n"
)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PLACE = b"GPSLatitude 59 19 46"


def picture(kind="PNG", size=(40, 30), mode="RGB", **how) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def photo() -> bytes:
    """A JPEG that lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE.decode()
    return picture("JPEG", exif=exif)


def archive(members: dict[str, bytes], **how) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    WordDocument().save(out)
    return out.getvalue()


def odt() -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"})


def xlsx() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def bomb() -> bytes:
    """A Word document of some hundred kilobytes that unpacks to two hundred megabytes."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(200_000_000)}, compresslevel=1)


def odt_bomb() -> bytes:
    """The same for LibreOffice, with its kind said first."""
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": bytes(120_000_000)}, compresslevel=1)


def nested_bomb() -> bytes:
    """A Word document with an archive in it that holds an archive of two hundred megabytes."""
    inner = archive({"b.zip": archive({"c": bytes(200_000_000)}, compresslevel=1)})
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>" * 50, "word/embeddings/a.zip": inner})


def many_parts() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **{f"word/{n}": b"" for n in range(3000)}})


def talkative() -> bytes:
    """A small picture with a compressed text in it that is sixty megabytes long."""
    text = b"Comment\x00\x00" + zlib.compress(bytes(60_000_000), 9)
    piece = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    data = picture("PNG")
    return data[:33] + piece + data[33:]


def macros() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"})


def huge(side=30_000) -> bytes:
    """A picture of some bytes that would be hundreds of millions of points in memory."""
    head = bytearray(picture("PNG", (1, 1)))
    head[16:24] = struct.pack(">II", side, side)
    head[29:33] = struct.pack(">I", zlib.crc32(bytes(head[12:29])))
    return bytes(head)
