"""What nobody types by accident, from a seed: texts, addresses, queries, headers, files and filled-in forms."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes, urljoin

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

# Each has broken some site: quotation and markup, other scripts and broken ones, control characters, numbers that no
# column holds, dates that are none, paths out of a folder, templates, addresses of other protocols.
PIECES = (
    "", " ", "'", '"', "`", "\\", "\x00", "\x07", "\x1b[31m", "\r\n", "\n", "\t", "\x7f", "\x85", "\u2028", "\u202e", "\u200f", "\ufeff",
    "\ufffd", "\ud800", "\udcff", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "𝕊𝕒𝕞", "سأخرج", "ክወጽእ", "報告", "e\u0301" * 40, "ﷺ" * 30, "ß", "İ", "ſ",
    "<script>alert(1)</script>", "</textarea>", "<!--", "]]>", "&#0;", "&#xD800;", "%", "%00", "%2e%2e%2f", "%c0%af", "%ff", "%E2%80",
    "../../etc/passwd", "..\\..\\x", "/etc/passwd", "//a.example/", "javascript:alert(1)", "data:text/html,x", "http://[::1", "https://a:b@c:99999/",
    "{{7*7}}", "{% debug %}", "${jndi:ldap://x}", "{{kontakt:", "{{kontakt:finns-inte}}", "[x](steg:", "](lag:2025:400#K99P99)", "%s%n%d", "' OR 1=1--", "*", "?", "#",
    "0", "-1", "-0", "007", "1e309", "nan", "inf", "٣", "²", "½", "1" * 19, "9" * 40, "9" * 5000, "9223372036854775808", "2147483648", "1.5", "0x10", "1_000",
    "0000-00-00", "2026-02-30", "99999-01-01", "2026-06-01T25:00", "10000-01-01T00:00", "0001-01-01", "9999-12-31", "2026-06-01", "24:00", "true", "None", "null", "[]", "{}",
    "a" * 300, "å" * 5000, "(" * 500, "[" * 300, "> " * 200, "- " * 300, "|" * 300, "a@" * 40, "+46" * 30, "112", "11414", "2025:400", "osl", "11 kap. 1 § SoL",
)  # fmt: skip


class Hostile(random.Random):
    """A source of what should not be there. The same seed gives the same."""

    def text(self) -> str:
        """A piece, several, or letters from anywhere."""
        kind = self.randrange(5)
        if kind < 2:
            return self.choice(PIECES)
        if kind < 4:
            return "".join(self.choice(PIECES) for _ in range(self.randint(2, 5)))
        return "".join(chr(self.choice((self.randrange(0x250), self.randrange(0x10FFFF)))) for _ in range(self.randrange(30)))

    def spoilt(self, text: str) -> str:
        """A text that was good, cut, doubled, or with a piece in it."""
        at = self.randint(0, len(text))
        end = min(len(text), at + self.randint(0, 8))
        return self.choice((text[:at], text[at:], text[:at] + self.text() + text[end:], text + text, text[:at] + text[end:]))

    def bytes(self, data: bytes) -> bytes:
        """A file that was good, some of it altered."""
        found = bytearray(data)
        for _ in range(self.randint(1, 6)):
            at = self.randint(0, len(found))
            end = min(len(found), at + self.choice((0, 1, 4, 200)))
            new = (self.randbytes(self.randint(0, 8)), self.text().encode("utf-8", "replace"), bytes(found[end : end + 50]), b"")
            found[at:end] = self.choice(new)
        return bytes(found)

    def quoted(self, text: str) -> str:
        """A text in an address, escaped or as it is; always one that can be sent."""
        if self.random() < 0.7:
            return quote(text.encode("utf-8", "surrogatepass"), safe="")
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe=string.punctuation.replace("?", "").replace("#", ""))

    def path(self, real: str) -> str:
        """A real path with one of its parts spoilt, gone, doubled, or another in its place."""
        path = real.partition("?")[0]
        parts = path.strip("/").split("/")
        for _ in range(self.choice((1, 1, 2))):
            at = self.randrange(len(parts))
            what = self.randrange(5)
            if what < 2:
                parts[at] = self.quoted(self.spoilt(parts[at]))
            elif what == 2:
                parts[at] = self.quoted(self.text())
            elif what == 3:
                parts.insert(at, self.quoted(self.text()))
            else:
                parts[at:at] = parts[at : at + 1]
        return "/" + self.choice(("", "/")).join(("", "/".join(parts))) + self.choice(("/", "/", "", "//", ".md", "?"))

    def query(self, names) -> str:
        """A query with names that the page knows and others, and values that fit none."""
        pairs = []
        for _ in range(self.randint(1, 6)):
            name = self.choice(names) if self.random() < 0.85 else self.quoted(self.text())
            pairs.append(name + self.choice(("=", "=", "=", "=", "", "[]=", "==")) + self.quoted(self.text()))
        return "&".join(pairs)


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: where it leads, what it holds, and what its choices are."""

    address: str
    post: bool
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    def filled(self, chance: Hostile, samples=((b"text", "a.txt"),)) -> dict[str, list]:
        """The fields as a browser would send them, some of them spoilt, gone, doubled or swapped; one button pressed."""
        data: dict[str, list] = {}
        for name, value in self.fields:
            data.setdefault(name, []).append(value)
        for name in chance.sample(sorted(data), min(len(data), chance.choice((1, 1, 2, 4, 9)))):
            what = chance.randrange(6)
            if what == 0:
                del data[name]
            elif what == 1:
                data[name] = data[name] * 2
            elif what == 2:
                data[name] = [chance.spoilt(str(data[name][0]))]
            else:
                data[name] = [chance.text()]
        for name in self.files:
            if chance.random() < 0.7:
                sample, called = chance.choice(samples)
                file = SimpleUploadedFile("x", chance.bytes(sample) or b"x")
                # Past Django's own care for names: a visitor's program has none.
                file._name = _sendable(chance.spoilt(called))
                data[name] = [file]
        if self.buttons:
            name, value = chance.choice(self.buttons)
            data[name] = [value]
        return {_sendable(name): [_sendable(v) if isinstance(v, str) else v for v in values] for name, values in data.items()}


def _sendable(text: str) -> str:
    """Half characters cannot be sent as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def forms(html: str, address: str) -> list[Form]:
    """Every form of a page."""
    found = []
    soup = BeautifulSoup(html, "html.parser")
    for form in soup.find_all("form"):
        fields, files, buttons = [], [], []
        controls = form.find_all(["input", "select", "textarea", "button"])
        if form.get("id"):
            controls += soup.find_all(["input", "select", "textarea", "button"], attrs={"form": form["id"]})
        for control in controls:
            name, kind = control.get("name"), control.get("type", "")
            if not name:
                continue
            if control.name == "button" or kind == "submit":
                buttons.append((name, control.get("value", "")))
            elif kind == "file":
                files.append(name)
            elif control.name == "select":
                options = control.find_all("option")
                chosen = [o for o in options if o.has_attr("selected")] or options[:1]
                fields += [(name, o.get("value", o.text)) for o in chosen]
            elif control.name == "textarea":
                fields.append((name, control.text))
            else:
                fields.append((name, control.get("value", "on" if kind in ("checkbox", "radio") else "")))
        where = urljoin(address, form.get("action") or "")
        found.append(Form(where, form.get("method", "get").lower() == "post", tuple(fields), tuple(files), tuple(buttons)))
    return found
