"""Legal sources that are no Swedish statutes: agency rules, EU acts and preparatory works."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guides.text.statutes import celex_url

_RULES = re.compile(r"(PMFS|HSLF-FS|SOSFS|AFS|KVFS|FAP) (\d{4}):(\d{1,4})(?!\d)")
_EU = re.compile(
    r"(?:Europaparlamentets och rådets )?([Ff]örordning|[Dd]irektiv|[Rr]ambeslut|[Bb]eslut)(?:en|et)?"
    r" \(EU\)( nr)? (\d{1,4})/(\d{1,4})(?!\d)"
)
_EU_LETTERS = {"förordning": "R", "direktiv": "L", "beslut": "D", "rambeslut": "F"}
_PREPARATORY = {
    "prop": ("https://lagen.nu/prop/{}", re.compile(r"[Pp]rop\. ?(\d{4}/\d{2,4}:\d{1,4})(?!\d)")),
    "sou": ("https://lagen.nu/sou/{}", re.compile(r"SOU (\d{4}:\d{1,3})(?!\d)")),
    "ds": ("https://lagen.nu/ds/{}", re.compile(r"Ds (\d{4}:\d{1,3})(?!\d)")),
    "dir": ("https://lagen.nu/dir/{}", re.compile(r"[Dd]ir\. ?(\d{4}:\d{1,3})(?!\d)")),
}
_REPORT = re.compile(r"[Bb]et\. ?(20\d\d)/\d\d:([A-ZÅÄÖ][A-Za-zåäö]{0,8}U\d{1,3})(?!\w)")
_SESSIONS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Instrument:
    """Where a source's name ends in the text, and its key, or its address when it has no sections of ours."""

    end: int
    key: str = ""
    url: str = ""


def read_instrument(text: str, start: int, word: str) -> Instrument | None:
    """The source whose name begins at `start` with `word` (in lower case), or None.

    Example: "prop. 2024/25:180 s. 45" ends before the page, which is no part of the address
    ``https://lagen.nu/prop/2024/25:180``.
    """
    if rule := _RULES.match(text, start):
        return Instrument(rule.end(), "-".join(rule.groups()).lower())
    if act := _EU.match(text, start):
        return _eu_act(act)
    if word in _PREPARATORY:
        address, pattern = _PREPARATORY[word]
        work = pattern.match(text, start)
        return Instrument(work.end(), url=address.format(work.group(1))) if work else None
    if word == "bet" and (report := _REPORT.match(text, start)):
        return _committee_report(report)
    return None


def _eu_act(act: re.Match[str]) -> Instrument | None:
    form, old_style, first, second = act.groups()
    # Until 2014 an act was "nr 575/2013"; since then the year comes first.
    year, number = (second, first) if old_style else (first, second)
    if len(year) != 4:
        return None
    letter = _EU_LETTERS[form.lower()]
    if letter == "R":
        return Instrument(act.end(), f"eu-{year}-{int(number)}")
    return Instrument(act.end(), url=celex_url(year, letter, number))


def _committee_report(report: re.Match[str]) -> Instrument | None:
    """The Riksdag numbers its sessions in its documents' names: H0 2012/13, HA 2022/23, HD 2025/26."""
    since = int(report.group(1)) - 2012
    if not 0 <= since < len(_SESSIONS):
        return None
    name = f"H{_SESSIONS[since]}01{report.group(2)}"
    return Instrument(report.end(), url=f"https://data.riksdagen.se/dokument/{name}.html")
