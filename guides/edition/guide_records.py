"""The records of the work itself: actors, steps, tasks, responsibilities and guides."""

from __future__ import annotations

from dataclasses import dataclass

from guides.edition.records import Basis, Contact, Provision, Record, Source
from guides.text.choices import ACTOR_STATEMENTS, ROLES, TIME_FRAMES
from guides.text.markup import Rich


@dataclass(frozen=True)
class Statement:
    """What an actor does, takes part in, or must not be asked for (`type`, one of ACTOR_STATEMENTS)."""

    type: str
    text: Rich
    basis: Basis

    @property
    def type_label(self) -> str:
        return ACTOR_STATEMENTS[self.type]


@dataclass(frozen=True)
class Actor(Record):
    short_name: str
    position: int
    summary: Rich
    statements: tuple[Statement, ...]
    provisions: tuple[Provision, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    body: Rich

    def statements_of(self, kind: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.type == kind)

    @property
    def responsible_for(self):
        return self.statements_of("responsible")

    @property
    def takes_part_in(self):
        return self.statements_of("takes_part")

    @property
    def not_asked_for(self):
        return self.statements_of("not_asked")


@dataclass(frozen=True)
class Situation(Record):
    short_title: str
    summary: Rich
    position: int
    provisions: tuple[Provision, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    body: Rich


@dataclass(frozen=True)
class Task:
    """Something one does. Without `situations` it applies always."""

    key: str
    text: Rich
    detail: Rich
    basis: Basis
    situations: tuple[Situation, ...]
    provisions: tuple[Provision, ...]
    actor: Actor | None


@dataclass(frozen=True)
class Responsibility:
    actor: Actor
    role: str
    what: Rich
    basis: Basis

    @property
    def role_label(self) -> str:
        """*Informeras* always says on what ground."""
        if self.role == "informed":
            return "kan informeras vid behov, med samtycke eller stöd i lag"
        return ROLES[self.role]

    @property
    def letter(self) -> str:
        return {"responsible": "A", "takes_part": "M", "informed": "I"}[self.role]


@dataclass(frozen=True)
class Step(Record):
    paper_number: int | None
    aim: Rich
    time_frame: str
    time_note: str
    time_basis: Basis
    tasks: tuple[Task, ...]
    responsibilities: tuple[Responsibility, ...]
    provisions: tuple[Provision, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    body: Rich

    @property
    def time_label(self) -> str:
        return TIME_FRAMES[self.time_frame]

    @property
    def always(self) -> tuple[Task, ...]:
        """The tasks that apply in every case."""
        return tuple(t for t in self.tasks if not t.situations)

    @property
    def by_situation(self) -> list[tuple[Situation, tuple[Task, ...]]]:
        """The other tasks under each situation they belong to, in the situations' order."""
        groups: dict[str, list[Task]] = {}
        found: dict[str, Situation] = {}
        for task in self.tasks:
            for situation in task.situations:
                found[situation.key] = situation
                groups.setdefault(situation.key, []).append(task)
        ordered = sorted(found.values(), key=lambda s: (s.position, s.key))
        return [(s, tuple(groups[s.key])) for s in ordered]

    def _with_role(self, role: str) -> tuple[Responsibility, ...]:
        return tuple(r for r in self.responsibilities if r.role == role)

    @property
    def responsible(self):
        return self._with_role("responsible")

    @property
    def taking_part(self):
        return self._with_role("takes_part")

    @property
    def informed(self):
        return self._with_role("informed")


@dataclass(frozen=True)
class Guide(Record):
    paper_number: int | None
    summary: Rich
    position: int
    first_number: int
    steps: tuple[Step, ...]
    situations: tuple[Situation, ...]
    language: str
    translation_of: str
    sources: tuple[Source, ...]
    body: Rich

    @property
    def last_number(self) -> int:
        return self.first_number + len(self.steps) - 1


@dataclass(frozen=True)
class GuideStep:
    """A step where it stands in a guide: its number and its neighbours."""

    guide: Guide
    step: Step
    number: int
    previous: Step | None = None
    next: Step | None = None


@dataclass(frozen=True)
class Cell:
    """What one actor does in one step of the matrix; `letters` such as (A, M), each once."""

    step: Step
    actor: Actor
    responsibilities: tuple[Responsibility, ...] = ()

    @property
    def letters(self) -> list[tuple[str, bool]]:
        """(letter, supported by a source), strongest role first."""
        found: dict[str, bool] = {}
        for item in self.responsibilities:
            found[item.letter] = found.get(item.letter, False) or item.basis.supported
        return sorted(found.items(), key=lambda pair: "AMI".index(pair[0]))


@dataclass(frozen=True)
class Question(Record):
    """A question from a real situation: a short answer, then the longer one."""

    answer: Rich
    group: str
    position: int
    situations: tuple[Situation, ...]
    provisions: tuple[Provision, ...]
    contacts: tuple[Contact, ...]
    language: str
    translation_of: str
    basis: Basis
    body: Rich


@dataclass(frozen=True)
class Download(Record):
    """A form to read, print or take along. `source_text` is its Markdown, from which the .docx is made."""

    summary: Rich
    position: int
    steps: tuple[Step, ...]
    provisions: tuple[Provision, ...]
    basis: Basis
    body: Rich
    source_text: str


@dataclass(frozen=True)
class PlanRule(Record):
    """How answers about a case change its plan. `tasks` and `instead` are written step/task, as `Item.key` of a plan."""

    position: int
    when: tuple[str, ...]
    effect: str
    situations: tuple[Situation, ...]
    steps: tuple[Step, ...]
    tasks: tuple[str, ...]
    instead: tuple[str, ...]
    text: Rich
    detail: Rich
    provisions: tuple[Provision, ...]
    actor: Actor | None
    reason: Rich
    basis: Basis
