"""What a file is by its bytes: what is taken, what it becomes, and what is refused with which sentence."""

import io
import re

import pytest
from PIL import Image

from guides.text.file_formats import alt_fault, cleaned_name, size_in_words
from guides.text.sniffing import LARGEST, RefusedFileError, Sniffed, harmless, sniff
from tests import upload_samples as samples


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (samples.PDF, Sniffed("pdf")),
        (samples.docx(), Sniffed("docx")),
        (samples.xlsx(), Sniffed("xlsx")),
        (samples.odt(), Sniffed("odt")),
        ("Kommun;Nummer\nÅre;1\nÖckerö;2\n".encode(), Sniffed("csv")),
        ("Bara en text.\nMed å, ä och ö.\n".encode("utf-8-sig"), Sniffed("txt")),
        (samples.picture("PNG"), Sniffed("png", 40, 30)),
        (samples.picture("JPEG"), Sniffed("jpg", 40, 30)),
        (samples.picture("WEBP"), Sniffed("webp", 40, 30)),
    ],
    ids=lambda value: value.format if isinstance(value, Sniffed) else "",
)
def test_format_is_told_by_the_bytes(data, found):
    """The name has no say, so it is not even asked for."""
    assert sniff(data) == found


REFUSED = {
    "nothing": (b"", "tom"),
    "SVG with script": (samples.SVG, "Svg-bilder"),
    "SVG after a comment": (b"<!-- x -->\n<svg onload=alert(1)>", "Svg-bilder"),
    "HTML": (samples.HTML, "webbsida"),
    "HTML after blank lines": (b"\n\n  <HTML><body>", "webbsida"),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00", "känna igen"),
    "ELF": (b"\x7fELF\x02\x01\x01\x00", "känna igen"),
    "text in another code": ("å;ä\nö;é\n".encode("latin-1"), "känna igen"),
    "PDF that ends too soon": (samples.PDF[:80], "inte hel"),
    "PDF behind something else": (b"GIF89a" + samples.PDF, "känna igen"),
    "PNG that is only a head": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "skadad"),
    "HTML that begins as PNG": (b"\x89PNG\r\n\x1a\n" + samples.HTML, "skadad"),
    "large picture": (samples.huge(9_000), "40 miljoner"),
    "huge picture": (samples.huge(), "40 miljoner"),
    "plain zip": (samples.archive({"a.html": samples.HTML}), "Zip-arkiv"),
    "zip cut in half": (samples.docx()[:3000], "skadad"),
    "zip bomb": (samples.bomb(), "orimligt mycket"),
    "zip bomb for LibreOffice": (samples.odt_bomb(), "orimligt mycket"),
    "zip of too many parts": (samples.many_parts(), "orimligt mycket"),
    "macros": (samples.macros(), "makron"),
    "zip with a way out": (samples.archive({"../../etc/cron.d/x": b"x", "word/document.xml": b"x"}), "utanför"),
    "GIF": (b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00", "känna igen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_of_ours_is_refused_with_a_sentence(name):
    """In Swedish, and saying what to do where something can be done."""
    data, said = REFUSED[name]
    with pytest.raises(RefusedFileError, match=said):
        harmless(data)


def test_archive_within_a_document_is_never_opened():
    """A bomb two archives deep unpacks nowhere here: the file is kept as it came, and saved by the browser."""
    assert harmless(bomb := samples.nested_bomb()) == bomb and sniff(bomb) == Sniffed("docx")


def test_text_that_unpacks_within_a_picture_is_not_kept():
    """Refused, or left behind; never held."""
    try:
        kept = harmless(samples.talkative())
    except RefusedFileError as refused:
        assert "skadad" in str(refused)
    else:
        assert b"zTXt" not in kept and sniff(kept).format == "png"


@pytest.mark.parametrize(
    "typed", ["გეგმა", "план", "σχέδιο", "תוכנית", "योजना", "แผน", "계획", "計画", "የድርጊት እቅድ", "ծրագիր", "പദ്ധതി", "\u202egnp.exe", "a\u0000b"]
)
def test_name_in_any_script_becomes_one_that_every_system_takes(typed):
    """And says nothing that is read backwards."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.pdf", cleaned_name(f"{typed}.pdf", "pdf"))


def test_too_large_is_refused():
    """10 MB, before anything is read out of it."""
    with pytest.raises(RefusedFileError, match="10 MB"):
        harmless(samples.PDF + b" " * LARGEST)


def test_picture_says_nothing_of_place_or_camera():
    """And lies the right way up, as the camera meant."""
    kept = harmless(samples.photo())
    image = Image.open(io.BytesIO(kept))
    assert image.size == (30, 40)
    assert samples.PLACE not in kept and not image.getexif() and b"Exif" not in kept


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_second_file_in_a_picture_is_left_behind(kind):
    """Script, page or archive hung on to a picture is not in the one that is kept."""
    kept = harmless(samples.picture(kind) + samples.HTML + samples.archive({"x.html": samples.HTML}))
    assert b"<script" not in kept and b"PK\x03\x04" not in kept
    assert sniff(kept).width == 40


def test_comment_in_a_picture_is_left_behind():
    """A PNG's own text pieces and a JPEG's comment are places to hide a page in."""
    kept = harmless(samples.picture("JPEG", comment=samples.HTML))
    assert b"<script" not in kept


def test_large_picture_becomes_as_large_as_a_page_can_show():
    """A telephone's photo of 12 million points is of no use to who reads on a telephone."""
    assert sniff(harmless(samples.picture("JPEG", (4000, 3000)))) == Sniffed("jpg", 2400, 1800)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "1"])
def test_picture_of_any_mode_is_written_anew(mode):
    """With its transparency, where it has any."""
    assert sniff(harmless(samples.picture("PNG", mode=mode))).format == "png"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Rutin för avhopp 2026.PDF", "rutin-for-avhopp-2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.pdf"),
        ("ÅÄÖ_Übung é.docx", "aao-ubung-e.pdf"),
        ("تقرير.pdf", "fil.pdf"),
        ("🙂🙂.png", "fil.pdf"),
        ("報告 v2.pdf", "v2.pdf"),
        ("a.php.pdf", "a-php.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("CON\x00\r\nX: y.pdf", "con-x-y.pdf"),
        ("", "fil.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_name_is_cleaned(typed, name):
    """a-z, 0-9 and hyphen, from whatever script; the ending is that of the bytes."""
    assert cleaned_name(typed, "pdf") == name


@pytest.mark.parametrize(
    ("size", "words"), [(12, "12 byte"), (989_400, "989 kB"), (999_600, "1,0 MB"), (1_240_000, "1,2 MB")]
)
def test_size_is_told_in_swedish_and_unbroken(size, words):
    """989 kB, 1,2 MB."""
    assert size_in_words(size) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize("alt", ["IMG_2044", "karta.png", "Bild på en karta", "En bild av ett hus", "Foto som visar"])
def test_words_that_describe_nothing_are_refused(alt):
    """A file name, or that it is a picture."""
    assert alt_fault(alt)


@pytest.mark.parametrize("alt", ["Karta över sju polisregioner", "Bildkort från 1900-talet", "Polisens bilder, sorterade", ""])
def test_words_that_describe_are_taken(alt):
    """Also when they only begin alike."""
    assert not alt_fault(alt)
