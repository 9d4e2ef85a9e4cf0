"""Swedish telephone numbers: kept one way, shown and spoken another, found where somebody typed them.

A number is kept as E.164 (``+46854081180``) or, for a short number, as its digits (``11414``).
Short numbers have no international form, so their link never gets a country code.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# 112, 113 13, 114 14, 1177, 90 101 (Självmordslinjen), 90 390 (Hjälplinjen) and the 116 xxx that
# the EU keeps for help lines (Commission decision 2007/116/EC).
_SHORT = re.compile(r"112|11313|11414|1177|90101|90390|116\d{3}")
_SHORT_GROUPS = {"112": (3,), "1177": (4,), "90101": (2, 3), "90390": (2, 3)}
# How the two that everybody knows are said: "ett ett två", "elva sjuttiosju".
_SHORT_SPOKEN = {"112": "1 1 2", "1177": "11 77"}

_FOUR_DIGIT_CODES = (
    "1(?:2[0-35]|4[0-4]|5[0-25-9]|7[13-6])|2(?:2[0-7]|4[0136-8]|5[0138]|7[018]|8[01]|9[0-57])"
    "|3(?:0[0-4]|2[0-25]|4[056]|7[0-2]|8[0-3]|9[023])"
    "|4(?:1[013-8]|3[0135]|5[14-79]|7[0-246-9]|8[0156]|9[0-689])"
    "|5(?:0[0-6]|1[0-5]|2[0-68]|3[0-4]|5[0-5]|6[03-5]|7[013]|8[0-79]|9[01])"
    "|6(?:1[1-3]|2[0-4]|4[02-57]|5[0-37]|6[0-3]|7[0-2]|8[0247]|9[0-356])"
    "|9(?:1[0-68]|2\\d|3[02-5]|4[0-3]|5[0-4]|6[01]|7[0135-8]|8[01])"
)
# The Swedish numbering plan (PTS): a code without its 0, and how many digits may follow it.
# 0771 is said as a code of its own; its neighbours are said 077.
_PLAN = [
    (re.compile(code), fewest, most)
    for code, fewest, most in (
        ("8", 6, 8),
        ("1[13689]|2[136]|3[1356]|4[0246]|54|6[03]|90(?!0)", 5, 7),
        (_FOUR_DIGIT_CODES, 5, 6),
        ("10|7[02369]", 7, 7),
        ("20", 4, 7),
        ("771", 6, 6),
        ("77", 7, 7),
        ("900|939|944", 4, 7),
    )
]
_GROUPS = {4: (2, 2), 5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}
_PATTERN = (
    "Skriv till exempel 08-540 811 80, 0451-26 87 22, 020-50 50 50 eller +46 8 540 811 80, "
    "eller ett kortnummer: 112, 114 14, 1177, 116 111."
)

_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_HYPHEN = "[-\u2010\u2011\u2013\u2212]"
_TYPED = re.compile(r"\+?[0-9 ()\[\]\-\u2010\u2011\u2013\u2212/.]+")
_FOREIGN = re.compile(r"(?:\+|00)(?!46)")
# 08-11-2026, and the first six digits of a person's number.
_NO_NUMBER = re.compile(rf"\d\d{_HYPHEN}\d\d{_HYPHEN}\d{{4}}|\d{{6}}{_HYPHEN}\d{{4}}")
_TYPED_CODE = re.compile(rf"\(?0(\d{{1,3}})\)? ?(?:{_HYPHEN}|/)")
_LONG = re.compile(
    rf"(?<![\w/.,=&§+])(?<!{_HYPHEN})(?<!\d:)"
    rf"(?:(?:\+|00)46{_BLANK}?{_HYPHEN}?(?:\(0\){_BLANK}?)?\d{{1,9}}"
    rf"|(?:\(0\d{{1,3}}\)|0\d{{1,3}})(?:{_BLANK}?(?:{_HYPHEN}|/){_BLANK}?|{_BLANK})?\d{{2,8}})"
    rf"(?:(?:{_BLANK}|{_HYPHEN})\d{{2,4}}){{0,5}}(?!\d|[^\W\d_]|[.,:/]\d)"
)
_SHORT_TYPED = re.compile(
    rf"(?<![\w/.,:=&§+])(?<!{_HYPHEN})"
    rf"(?:112|1177|11[34]{_BLANK}?1[34]|116{_BLANK}?\d{{3}}|90{_BLANK}?(?:101|390))(?!\w|[.,:]\w|/\d{{4}}|{_HYPHEN}\w)"
)
# A number in a register or a page is no telephone.
_REGISTER = re.compile(
    r"(?:\b(?:dnr|diarie\w{0,20}|ärende\w{0,20}|bankgiro|plusgiro|bg|pg|org\.? ?(?:nr|nummer)|isbn|issn|sfs))[ .:]*$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(
    r"(?:\d[ \u00a0]|§ ?|\b(?:s\.|sidan?|sid\.|nr|nummer|punkt|artikel|kap\.|år|rad|SFS)[ \u00a0]?)$"
)
_COUNTED_AFTER = re.compile(
    r"[ \u00a0](?:\d|§|kap\b|%|(?:kr|tkr|mkr|st)\b|(?:kronor|miljon|miljard|procent|person|människ|barn|ung|vuxn|män\b"
    r"|kvinn|kommun|region|län\b|land|länder|fall|ärende|mål\b|brott|dom\b|domar|plats|timm|minut|dag|veck|månad|år\b"
    r"|sid|punkt|artik|rader|svar|fråg|avhoppare|deltagare|elev|samtal|av\b|gånger|meter|kilo))"
    r"|%"
)


class PhoneError(ValueError):
    """A text that is no Swedish telephone number; the message is Swedish and shows how to write one."""


def normalise(text: str) -> str:
    """The form a number is kept in: E.164, or the digits of a short number.

    Takes +46, 0046 or a leading 0, with blanks, hyphens, brackets, slashes and dots anywhere. Raises
    PhoneError. Example: ``normalise("08-540 81 180")`` is ``"+46854081180"``, "114 14" is "11414".
    """
    typed = "".join(c for c in unicodedata.normalize("NFKC", text[:60]) if unicodedata.category(c) != "Cf").strip()
    if not typed:
        raise PhoneError(f"Numret saknas. {_PATTERN}")
    if len(text) > 60 or not _TYPED.fullmatch(typed):
        raise PhoneError(f"”{typed[:40]}” har tecken som inte hör till ett telefonnummer. {_PATTERN}")
    international = typed.startswith(("+", "00"))
    digits = re.sub(r"[^\d+]", "", re.sub(r"\(0\)", "", typed) if international else typed)
    if _FOREIGN.match(digits):
        raise PhoneError(f"”{typed}” är inte ett svenskt nummer. {_PATTERN}")
    if _SHORT.fullmatch(digits):
        return digits
    national = re.sub(r"^(?:\+46|0046)0?", "", digits) if international else digits.removeprefix("0")
    if national == digits or not national:
        raise PhoneError(f"”{typed}” stämmer inte med något svenskt nummer. {_PATTERN}")
    code, _ = _split(national, typed)
    # 0200-100 200 is a slip for 020-100 200. Mobile numbers are often split after four digits, 0771 after three.
    split_at = _TYPED_CODE.match(typed)
    if split_at and split_at.group(1) != code and not code.startswith("7"):
        raise PhoneError(f"0{split_at.group(1)} är inget svenskt riktnummer. {_PATTERN}")
    return f"+46{national}"


def _split(national: str, typed: str) -> tuple[str, str]:
    """The area code without 0 and the rest of a number without its country code. Raises PhoneError."""
    for code, fewest, most in _PLAN:
        if found := code.match(national):
            rest = national[found.end() :]
            if fewest <= len(rest) <= most:
                return found.group(), rest
            wanted = str(most) if fewest == most else f"{fewest}–{most}"
            raise PhoneError(
                f"”{typed}” har {len(rest)} siffror efter 0{found.group()}. Det ska vara {wanted}. {_PATTERN}"
            )
    raise PhoneError(f"”{typed}” börjar inte med något svenskt riktnummer. {_PATTERN}")


def display(number: str) -> str:
    """The number as it is written and said in Sweden; takes what `normalise` takes and raises the same.

    Example: ``display("+46854081180")`` is "08-540 811 80", "11414" is "114 14".
    """
    code, groups = _groups(normalise(number))
    return (f"{code}-" if code else "") + " ".join(groups)


def spoken(number: str) -> str:
    """The number for a screen reader: groups apart, so that they are read as groups and not as one sum.

    Example: ``spoken("+46854081180")`` is "08 540 811 80", "112" is "1 1 2".
    """
    kept = normalise(number)
    code, groups = _groups(kept)
    return _SHORT_SPOKEN.get(kept) or " ".join([code, *groups]).strip()


def href(number: str) -> str:
    """The link that rings the number. Example: ``tel:+46854081180``; a short number has no country code, ``tel:112``."""
    return f"tel:{normalise(number)}"


def _groups(kept: str) -> tuple[str, list[str]]:
    """The code with its 0 (empty for a short number) and the groups after it."""
    if not kept.startswith("+"):
        return "", _cut(kept, _SHORT_GROUPS.get(kept, (3, len(kept) - 3)))
    code, rest = _split(kept.removeprefix("+46"), kept)
    sizes = _GROUPS[len(rest)]
    if code in ("20", "771") and len(rest) == 6 and _in_threes(rest[:3], rest[3:]):
        sizes = (3, 3)
    return f"0{code}", _cut(rest, sizes)


def _in_threes(first: str, second: str) -> bool:
    """Numbers chosen to be remembered as 800 650, 555 666 or 567 567 are said so, not as 80 06 50."""
    if second.startswith("0"):
        return False
    even = first[-1] == second[-1] == "0"
    return even or first == second or len(set(first)) == len(set(second)) == 1


def _cut(digits: str, sizes: tuple[int, ...]) -> list[str]:
    ends = list(accumulate(sizes))
    return [digits[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def find_numbers(text: str) -> list[tuple[int, int, str]]:
    """Telephone numbers typed in running text, as (start, end, the text there), in order and apart.

    Leaves statute numbers, years, dates, amounts, pages and sections alone.
    Example: "Ring 114 14 (10 kap. 18 §)" gives ``[(5, 11, "114 14")]``.
    """
    found = []
    for match in _LONG.finditer(text):
        number = _longest_number(match.group())
        if number and not _REGISTER.search(text, max(0, match.start() - 30), match.start()):
            found.append((match.start(), match.start() + len(number), number))
    # What belongs to a long number is no short one: 08-112 114 14.
    rest = list(text)
    for start, end, _ in found:
        rest[start:end] = "_" * (end - start)
    covered = "".join(rest)
    for match in _SHORT_TYPED.finditer(covered):
        start, end = match.span()
        counted = _COUNTED_BEFORE.search(covered, max(0, start - 10), start) or _COUNTED_AFTER.match(covered, end)
        if _is_number(match.group()) and not counted:
            found.append((start, end, match.group()))
    return sorted(found)


def _longest_number(typed: str) -> str:
    """What is left of a match when groups that belong to the next sentence part are taken off its end."""
    if _NO_NUMBER.fullmatch(typed):
        return ""
    while typed and not _is_number(typed):
        typed = re.sub(rf"(?:{_BLANK}|{_HYPHEN})?\d+$", "", typed) if re.search(rf"{_BLANK}\d+$", typed) else ""
    return typed


def _is_number(typed: str) -> bool:
    try:
        normalise(typed)
    except PhoneError:
        return False
    return True
