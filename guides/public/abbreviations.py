"""The first use of an abbreviation on a page is written out: "offentlighets- och sekretesslagen (OSL)".

Done on the finished page, because only there is it known what came first. Headings, menus and
what an author has already written out, there or in the text, stay as they are; `<abbr>` is not used, since its title
cannot be reached by touch or keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guides.edition.edition import Edition

_TOKEN = re.compile(r"(<[^>]+>)")
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_SHORT_NAME = re.compile(r"[A-ZÅÄÖ]{2,5}|SoL|BrB")
_CAPITALISED = re.compile(r"[A-ZÅÄÖ]\w+")
_DEFINITE = re.compile(r"^lagen |(lagen|balken|formen|ordningen)$")
_ENDING = re.compile("(en|et)$")
_AUTHORITY = re.compile(r"(rådet|Center |Inspektionen |avdelningen|styrelse|Kommuner)")
# Their words are names of things, not running text.
_NAMES = frozenset({"h1", "h2", "h3", "h4", "h5", "th", "dt", "nav", "button", "summary", "abbr", "option"})


def full_forms(edition: Edition) -> dict[str, str]:
    """Abbreviation -> what it stands for in running text, from the statutes and the glossary."""
    global _last
    records, found = _last
    if records is not edition.records:
        found = _forms(edition)
        _last = edition.records, found
    return found


# The newest edition's, since every page asks.
_last: tuple[object, dict[str, str]] = None, {}


def _forms(edition: Edition) -> dict[str, str]:
    found = {}
    for statute in edition.all("statute"):
        if _SHORT_NAME.fullmatch(statute.short_name):
            names = (a for a in statute.aliases if _DEFINITE.search(a) and statute.short_name not in a)
            found[statute.short_name] = next(names, re.sub("^Lag ", "lagen ", statute.title))
    for term in edition.terms():
        if term.abbreviation:
            found.setdefault(term.abbreviation, _inside(term.title))
    return found


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: an authority keeps its capital, anything else does not."""
    return name if _AUTHORITY.search(name) else name[0].lower() + name[1:]


def spell_out(html: str, forms: Mapping[str, str]) -> str:
    """A page in whose main part the first use of each abbreviation of `forms` is written out."""
    head, opening, rest = html.partition("<main")
    main, closing, foot = rest.partition("</main>")
    said = set(_CAPITALISED.findall(main))
    stand = (short for short in forms if (short in said if _CAPITALISED.fullmatch(short) else short in main))
    waiting = {short: forms[short] for short in stand if f"({short})" not in main}
    if not waiting:
        return html
    return "".join((head, opening, _spelled(main, waiting), closing, foot))


def _spelled(main: str, waiting: dict[str, str]) -> str:
    any_of = "|".join(map(re.escape, sorted(waiting, key=len, reverse=True)))
    stands, alone = re.compile(any_of).search, re.compile(rf"(?<![\w(–-])({any_of})(?![\w:)–-])")
    written = _written_out(main, waiting)
    is_written = re.compile("|".join(form.pattern for form in written.values())).search
    named = 0

    def write_out(match: re.Match) -> str:
        short = match.group(1)
        return f"{waiting.pop(short)} ({short})" if short in waiting else short

    # Text and tags by turns.
    pieces = _TOKEN.split(main)
    for place, piece in enumerate(pieces):
        if not waiting:
            break
        if place % 2:
            tag = _TAG.match(piece)
            if tag and tag.group(2) in _NAMES:
                named += -1 if tag.group(1) else 1
            continue
        if written and is_written(words := piece.casefold()):
            for short in [short for short, form in written.items() if short in waiting and form.search(words)]:
                if not named or short in alone.findall(piece):
                    del waiting[short]
        if not named and stands(piece):
            pieces[place] = alone.sub(write_out, piece)
    return "".join(pieces)


def _written_out(main: str, waiting: Mapping[str, str]) -> dict[str, re.Pattern]:
    """What says the full form, in the definite form or not, for each abbreviation that its author may have written out."""
    words, stems = main.casefold(), {short: _ENDING.sub("", full.casefold()) for short, full in waiting.items()}
    return {short: re.compile(rf"{re.escape(stem)}(en|et)?(?!\w)") for short, stem in stems.items() if stem in words}
