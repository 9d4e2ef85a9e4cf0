"""Answers about a case, read from the codes of an address. Nothing in them is about anybody in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from guides.edition.edition import Edition
from guides.edition.records import Municipality
from guides.text.case import BY_NAME, MUNICIPALITY_CODE, QUESTIONS, UNKNOWN, Question, by_question

NOT_AN_ANSWER = "Svaret i adressen finns inte. Det räknas som vet inte. Välj ett svar här."
TWO_ANSWERS = "Adressen har två svar på frågan. Det räknas som vet inte. Välj ett svar här."
NOT_A_MUNICIPALITY = "Kommunen i adressen finns inte. Välj en kommun i listan."


@dataclass(frozen=True)
class Answers:
    """What has been answered: question name -> answer name. What is missing or blank is unknown.

    `problems` holds a Swedish sentence for each question (``municipality`` among them) whose code could not be read.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def get(self, question: str) -> str:
        """The answer's name; ``unknown`` when there is none."""
        return self.given.get(question, UNKNOWN)

    def knows(self, question: str) -> bool:
        return self.get(question) != UNKNOWN

    def words(self, question: str) -> str:
        """Question and answer in a few words: "Ålder: 15–17 år"."""
        asked = BY_NAME[question]
        label = asked.choice(self.get(question)).label
        return f"{asked.short}: {label[0].lower()}{label[1:]}"

    @property
    def said(self) -> tuple[str, ...]:
        """Every answer in words."""
        return tuple(self.words(q.name) for q in self.known)

    @property
    def known(self) -> tuple[Question, ...]:
        return tuple(q for q in QUESTIONS if self.knows(q.name))

    @property
    def unanswered(self) -> tuple[Question, ...]:
        return tuple(q for q in QUESTIONS if not self.knows(q.name))

    def codes(self) -> dict[str, str]:
        """As they stand in an address, the unknown left out."""
        return {q.code: q.choice(self.get(q.name)).code for q in self.known}


def read_answers(codes: Mapping[str, str | Sequence[str]]) -> Answers:
    """Answers from an address: letter -> digit, or all the digits that stood there. Never raises; what it cannot read is unknown."""
    given, problems = {}, {}
    for question in QUESTIONS:
        found = _values(codes, question.code)
        choice = question.by_code(found[0]) if found else None
        if len(found) > 1:
            problems[question.name] = TWO_ANSWERS
        elif found and choice is None:
            problems[question.name] = NOT_AN_ANSWER
        elif choice and choice.name != UNKNOWN:
            given[question.name] = choice.name
    return Answers(MappingProxyType(given), MappingProxyType(problems))


def read_municipality(
    codes: Mapping[str, str | Sequence[str]], edition: Edition
) -> tuple[Municipality | None, str]:
    """The municipality of an address by its four digits, and a Swedish sentence when there is no such one."""
    found = _values(codes, MUNICIPALITY_CODE)
    if not found:
        return None, ""
    match = [m for m in edition.records["municipality"].values() if m.code == found[0]] if len(found) == 1 else []
    return (match[0], "") if match else (None, NOT_A_MUNICIPALITY)


def _values(codes: Mapping[str, str | Sequence[str]], code: str) -> list[str]:
    """The different answers under a letter; blanks do not count."""
    value = codes.get(code, "")
    values = [value] if isinstance(value, str) else list(value)
    return list(dict.fromkeys(v for v in values if v != ""))


def holds(when: Sequence[str], answers: Answers) -> bool | None:
    """True when the answers are what a rule asks for, False when one of them says otherwise, None when nobody knows.

    Answers to the same question are "or", different questions are "and". *Vet inte* holds only where a rule asks for it.
    """
    result: bool | None = True
    for question, wanted in by_question(when).items():
        answer = answers.get(question)
        if answer in wanted:
            continue
        if answer != UNKNOWN:
            return False
        result = None
    return result
