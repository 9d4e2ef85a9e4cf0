"""The questions that a plan asks about a case, and the codes of their answers.

In an address an answer is a letter and a digit that say nothing to whoever looks over a
shoulder (``b=2``); in a rule it is written out (``age=15_17``). Nothing here is a name, a
number or a date of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

UNKNOWN = "unknown"
UNKNOWN_CODE = "0"
UNKNOWN_LABEL = "Vet inte"
# The municipality's code in the address; its value is SCB's four digits.
MUNICIPALITY_CODE = "m"


@dataclass(frozen=True)
class Choice:
    """An answer: its name in rules, its digit in addresses, the words on the screen."""

    name: str
    code: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question: its name in rules, its letter in addresses, how it is asked, and in a few words."""

    name: str
    code: str
    label: str
    short: str
    choices: tuple[Choice, ...]

    def choice(self, name: str) -> Choice | None:
        return next((c for c in self.choices if c.name == name), None)

    def by_code(self, code: str) -> Choice | None:
        return next((c for c in self.choices if c.code == code), None)


def _question(code: str, name: str, label: str, short: str, **choices: str) -> Question:
    found = (Choice(key.strip("_"), str(number), words) for number, (key, words) in enumerate(choices.items(), start=1))
    return Question(name, code, label, short, (*found, Choice(UNKNOWN, UNKNOWN_CODE, UNKNOWN_LABEL)))


def _yes_or_no(code: str, name: str, label: str, short: str) -> Question:
    return _question(code, name, label, short, yes="Ja", no="Nej")


# Letters and digits stand in bookmarks and on the pages of others: add at the end, never move one.
QUESTIONS = (
    _question(
        "a", "who", "Vem frågar?", "Vem frågar",
        self="Personen själv är här", relative="En anhörig", authority="En annan myndighet",
    ),
    _question(
        "b", "age", "Hur gammal är personen?", "Ålder",
        under_15="Under 15 år", _15_17="15–17 år", _18_20="18–20 år", adult="21 år eller äldre",
    ),
    _question("c", "threat", "Finns det ett hot?", "Hot", now="Ja, nu", feared="Befarat", none="Inget känt"),
    _yes_or_no("d", "children", "Finns det barn i familjen?", "Barn i familjen"),
    _yes_or_no("e", "extremism", "Är miljön våldsbejakande extremism?", "Extremism"),
    _yes_or_no("f", "honour", "Finns det hedersförtryck?", "Heder"),
    _question(
        "g", "detained", "Är personen häktad eller dömd?", "Häktad eller dömd",
        inside="Ja, på häkte eller anstalt", outside="Ja, men inte inlåst", no="Nej",
    ),
    _yes_or_no("h", "addiction", "Finns ett beroende?", "Beroende"),
    _yes_or_no("i", "debt", "Finns en skuld till miljön?", "Skuld till miljön"),
    _yes_or_no("j", "protected", "Har personen redan skyddade uppgifter?", "Skyddade uppgifter"),
    _yes_or_no("k", "elsewhere", "Berörs en annan kommun?", "Annan kommun"),
    _question(
        "l", "time", "Är socialkontoret öppet?", "Tid",
        open="Öppet", closing="Stänger inom två timmar", closed="Stängt",
    ),
)  # fmt: skip
BY_NAME = {question.name: question for question in QUESTIONS}


def all_conditions() -> list[tuple[Question, list[tuple[str, str]]]]:
    """Every answer that a rule can ask for, under its question: (``age=15_17``, the words on the screen)."""
    return [(q, [(f"{q.name}={c.name}", c.label) for c in q.choices]) for q in QUESTIONS]


CONDITIONS = frozenset(condition for _, found in all_conditions() for condition, _ in found)


def by_question(when: Iterable[str]) -> dict[str, set[str]]:
    """The answers that a rule asks for, by question; what is not known is left out."""
    found: dict[str, set[str]] = {}
    for condition in when:
        if condition in CONDITIONS:
            name, _, answer = condition.partition("=")
            found.setdefault(name, set()).add(answer)
    return found
