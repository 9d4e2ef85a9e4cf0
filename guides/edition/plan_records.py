"""What a plan is made of: frozen, complete, and the same on screen, on paper and as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from guides.edition.answering import Caller, Watch
from guides.edition.answers import Answers
from guides.edition.guide_records import Actor, Guide, GuideStep, PlanRule
from guides.edition.records import Basis, Municipality, Provision
from guides.text.choices import TIME_FRAMES
from guides.text.markup import Rich

URGENT = ("now", "same_day")


@dataclass(frozen=True)
class Why:
    """Why a task stands there: the choices in words ("Ålder: 15–17 år"), the questions that nobody has answered, and the
    reason of the rule that brought it. With none of them it belongs to every case.
    """

    choices: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    reason: Rich = Rich()


@dataclass(frozen=True)
class Item:
    """A task of the plan. `key` is step/task (or step/+rule for what a rule adds, guide/step for a whole step)."""

    key: str
    text: Rich
    detail: Rich
    basis: Basis
    provisions: tuple[Provision, ...]
    actors: tuple[Actor, ...]
    here: GuideStep
    whys: tuple[Why, ...]
    notes: tuple[Rich, ...] = ()

    @property
    def frame(self) -> str:
        return self.here.step.time_frame

    @property
    def urgent(self) -> bool:
        """True for what has to be done today."""
        return self.frame in URGENT

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its step; empty for what a rule added and for whole steps."""
        step, _, task = self.key.partition("/")
        return f"uppgift-{task}" if step == self.here.step.key and not task.startswith("+") else ""

    @property
    def mark(self) -> str:
        """Its id on a page."""
        return self.key.replace("/", "--").replace("+", "ny-")


@dataclass(frozen=True)
class Group:
    """Tasks of one step, and whom one calls about it."""

    here: GuideStep
    items: tuple[Item, ...]
    callers: tuple[Caller, ...]


@dataclass(frozen=True)
class Condition:
    """Tasks that apply if something is so that nobody has answered: "Om personen är under 18 år"."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """Everything with one time frame. `whole_steps` are steps of the guides for this situation, by reference."""

    frame: str
    groups: tuple[Group, ...]
    conditions: tuple[Condition, ...]
    whole_steps: tuple[Item, ...]

    @property
    def label(self) -> str:
        return TIME_FRAMES[self.frame]

    @property
    def items(self) -> Iterator[Item]:
        for group in (*self.groups, *self.conditions):
            yield from group.items
        yield from self.whole_steps

    @property
    def count(self) -> int:
        """How many tasks are sure to belong to the case."""
        return sum(len(g.items) for g in self.groups) + len(self.whole_steps)

    @property
    def maybe(self) -> int:
        """How many more belong to it if something that nobody has answered is so."""
        return sum(len(c.items) for c in self.conditions)


@dataclass(frozen=True)
class Plan:
    """The next actions of a case: three that must not wait, then all others by time frame, each once."""

    guide: Guide | None
    answers: Answers
    municipality: Municipality | None
    at: datetime
    first: tuple[Item, ...]
    sections: tuple[Section, ...]
    watches: tuple[Watch, ...]
    to_give: tuple[Caller, ...]
    rules: tuple[PlanRule, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Every task in the order of the page."""
        yield from self.first
        for section in self.sections:
            yield from section.items

    @property
    def count(self) -> int:
        return len(self.first) + sum(section.count for section in self.sections)
