"""The plan of a case: what the answers make of the guides. Pure; every set of answers gives a plan.

The order of reasoning:

1. Rules of effect *situation* say which situations the case is in: yes, no, or nobody knows.
2. The tasks of the main guide follow: those without situations always, the others with theirs. When nobody knows, a
   task stays, under "Om …": only an explicit answer takes it away.
3. The other rules change that by data, in the order of effect and position: *replace*, *hide*, *add*, *note*,
   *show_first*. What a rule has replaced or hidden no other rule brings back.
4. The first three of what rules add or lift, by position, stand on top of the plan and nowhere else.
5. Guides whose situations the case is in come by reference: one line for each of their steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from itertools import groupby

from guides.edition.answering import CLOSED, HOURS_OF, OPEN, Caller, Watch, callers, duty_line, watch
from guides.edition.answers import Answers, holds
from guides.edition.edition import DEFECTION_LINE, DUTY_LINE, EMERGENCY, Edition
from guides.edition.guide_records import Actor, Guide, GuideStep, PlanRule, Situation, Step
from guides.edition.plan_records import URGENT, Condition, Group, Item, Plan, Section, Why
from guides.edition.records import PROFESSIONAL, RELATIVE, SELF, Basis, Contact, Municipality, Provision
from guides.text.case import BY_NAME, by_question
from guides.text.choices import TIME_FRAMES
from guides.text.markup import Rich

MUST_NOT_WAIT = 3
# A whole step stands on one line; the others are on its page.
MOST_PROVISIONS = 4
# What a rule adds comes before the step's own tasks, in the order of the rules.
BEFORE_ALL = 1_000_000
FRAMES = tuple(TIME_FRAMES)
AUDIENCE_OF = {"self": SELF, "relative": RELATIVE}


def plan(edition: Edition, answers: Answers, municipality: Municipality | None, at: datetime) -> Plan:
    """The plan for a case in `municipality` (None: not said), made at `at`."""
    return _Maker(edition, answers, municipality).plan(at)


def _place(situation: Situation) -> tuple[int, str]:
    return situation.position, situation.key


def responsible_actors(step: Step) -> tuple[Actor, ...]:
    """Those who are responsible in a step, each once."""
    return tuple({r.actor.key: r.actor for r in step.responsible}.values())


@dataclass(eq=False)
class _Draft:
    """A task while the rules work on it. `conditions` are situations of which one must be so for it to apply."""

    key: str
    here: GuideStep
    order: tuple
    situations: tuple[Situation, ...]
    text: Rich
    detail: Rich
    basis: Basis
    provisions: tuple[Provision, ...]
    actors: tuple[Actor, ...]
    whys: list[Why] = field(default_factory=list)
    notes: list[Rich] = field(default_factory=list)
    conditions: tuple[Situation, ...] = ()

    def because(self, why: Why) -> None:
        if why not in self.whys:
            self.whys.append(why)

    def item(self) -> Item:
        return Item(
            self.key, self.text, self.detail, self.basis, self.provisions, self.actors, self.here,
            tuple(self.whys), tuple(dict.fromkeys(self.notes)),
        )  # fmt: skip


class _Maker:
    def __init__(self, edition: Edition, answers: Answers, municipality: Municipality | None):
        self.edition = edition
        self.answers = answers
        self.municipality = municipality
        self.guide = edition.main_guide()
        self.steps = edition.steps(self.guide) if self.guide else ()
        self.rules: tuple[PlanRule, ...] = edition.all("rule")
        self.situation_rules: dict[str, list[PlanRule]] = {s.key: [] for s in edition.situations()}
        for rule in self.rules:
            for situation in rule.situations if rule.effect == "situation" else ():
                self.situation_rules[situation.key].append(rule)
        self.situations = {key: self.state(rules) for key, rules in self.situation_rules.items()}
        self.chain = edition.contacts_for(municipality, PROFESSIONAL) if municipality else None
        self.all = {draft.key: draft for here in self.steps for draft in self.drafts(here)}
        self.kept: dict[str, _Draft] = {}
        self.gone: set[str] = set()

    def plan(self, at: datetime) -> Plan:
        for draft in self.all.values():
            self.place(draft)
        for effect in ("replace", "hide", "add", "note", "show_first"):
            for rule in self.matching(effect):
                getattr(self, effect)(rule)
        kept = sorted(self.kept.values(), key=lambda d: d.order)
        first = self.first(kept)
        rest = [d for d in kept if d not in first]
        whole = self.whole_steps()
        sections = tuple(self.section(frame, rest, whole) for frame in FRAMES)
        return Plan(
            guide=self.guide,
            answers=self.answers,
            municipality=self.municipality,
            at=at,
            first=tuple(d.item() for d in first),
            sections=tuple(s for s in sections if any(True for _ in s.items)),
            watches=self.watches(),
            to_give=self.to_give(),
            rules=tuple(r for r in self.rules if holds(r.when, self.answers)),
        )

    # Which situations the case is in.

    def state(self, rules: list[PlanRule]) -> bool | None:
        """True when the case is in a situation, None when nobody knows. One that no rule speaks of is never known."""
        states = [holds(r.when, self.answers) for r in rules]
        return True if True in states else None if None in states or not states else False

    def matching(self, effect: str) -> list[PlanRule]:
        """The rules of an effect that hold, by position."""
        found = [r for r in self.rules if r.effect == effect and holds(r.when, self.answers)]
        return [r for r in found if effect != "hide" or self.explicit(r)]

    def explicit(self, rule: PlanRule) -> bool:
        """True when every question that a rule asks has been answered."""
        return all(self.answers.knows(question) for question in by_question(rule.when))

    # Drafts of tasks, and whether they belong to the case.

    def drafts(self, here: GuideStep) -> list[_Draft]:
        step = here.step
        answerable = responsible_actors(step)
        return [
            _Draft(
                key=f"{step.key}/{task.key}",
                here=here,
                order=self.order(here, number),
                situations=task.situations,
                text=task.text,
                detail=task.detail,
                basis=task.basis,
                provisions=task.provisions,
                actors=(task.actor,) if task.actor else answerable,
            )
            for number, task in enumerate(step.tasks)
        ]

    def order(self, here: GuideStep, number: int) -> tuple:
        return FRAMES.index(here.step.time_frame), here.number, number

    def place(self, draft: _Draft) -> None:
        """Keep a task if it always applies, if one of its situations is so, or if nobody knows."""
        yes = [s for s in draft.situations if self.situations[s.key]]
        maybe = [s for s in draft.situations if self.situations[s.key] is None]
        if not draft.situations:
            draft.because(Why())
        elif yes:
            for situation in yes:
                self.blame(draft, situation)
        elif maybe:
            draft.conditions = tuple(maybe)
            asked = dict.fromkeys(q for situation in maybe for q in self.open_questions(situation))
            draft.because(Why(open_questions=tuple(asked)))
        else:
            return
        self.kept[draft.key] = draft

    def blame(self, draft: _Draft, situation: Situation) -> None:
        for rule in self.situation_rules[situation.key]:
            if holds(rule.when, self.answers):
                draft.because(self.why(rule))

    def why(self, rule: PlanRule) -> Why:
        asked = by_question(rule.when)
        known = tuple(self.answers.words(q) for q in asked if self.answers.knows(q))
        return Why(known, tuple(BY_NAME[q].label for q in asked if not self.answers.knows(q)), rule.reason)

    def open_questions(self, situation: Situation) -> tuple[str, ...]:
        asked = (q for rule in self.situation_rules[situation.key] for q in by_question(rule.when))
        return tuple(dict.fromkeys(BY_NAME[q].label for q in asked if not self.answers.knows(q)))

    # What the rules do.

    def targets(self, rule: PlanRule) -> list[str]:
        """The keys of the tasks a rule speaks of, those of its whole steps too."""
        whole = {s.key for s in rule.steps}
        keys = [k for k, d in self.all.items() if d.here.step.key in whole]
        return list(dict.fromkeys([*(k for k in rule.tasks if k in self.all), *keys]))

    def remove(self, key: str) -> None:
        self.kept.pop(key, None)
        self.gone.add(key)

    def bring(self, key: str, why: Why) -> _Draft | None:
        """A task for certain, unless a rule has taken it away."""
        if key in self.gone or key not in self.all:
            return None
        draft = self.kept.setdefault(key, self.all[key])
        if draft.conditions:
            draft.conditions = ()
            draft.whys.clear()
        draft.because(why)
        return draft

    def replace(self, rule: PlanRule) -> None:
        """The others leave, and what stands instead is as certain as the most certain of them was."""
        leaving = [self.kept[key] for key in self.targets(rule) if key in self.kept]
        for draft in leaving:
            self.remove(draft.key)
        sure = [d for d in leaving if not d.conditions]
        for key in rule.instead if leaving else ():
            if sure:
                self.bring(key, self.why(rule))
            elif key in self.all and key not in self.gone and key not in self.kept:
                draft = self.kept[key] = self.all[key]
                draft.conditions = leaving[0].conditions
                draft.whys = list(leaving[0].whys)

    def hide(self, rule: PlanRule) -> None:
        """What has to be done today is never hidden by a rule that asks for no answer."""
        for key in self.targets(rule):
            if rule.when or self.all[key].here.step.time_frame not in URGENT:
                self.remove(key)

    def add(self, rule: PlanRule) -> None:
        """A task of the rule's own, before the others of its step."""
        wanted = {s.key for s in rule.steps}
        here = next((h for h in self.steps if h.step.key in wanted), None)
        if here is None:
            return
        key = f"{here.step.key}/+{rule.key}"
        actors = (rule.actor,) if rule.actor else responsible_actors(here.step)
        draft = _Draft(
            key, here, self.order(here, rule.position - BEFORE_ALL), (), rule.text, rule.detail, rule.basis,
            rule.provisions, actors, [self.why(rule)],
        )  # fmt: skip
        self.all[key] = self.kept[key] = draft

    def note(self, rule: PlanRule) -> None:
        for key in self.targets(rule):
            draft = self.bring(key, self.why(rule))
            if draft:
                draft.notes.append(rule.reason)

    def show_first(self, rule: PlanRule) -> None:
        for key in self.targets(rule):
            self.bring(key, self.why(rule))

    def first(self, kept: list[_Draft]) -> list[_Draft]:
        """The three that must not wait: by the rules that lift or add, in their order, then by the order of the guide."""
        lifted: list[_Draft] = []
        for rule in self.rules:
            if rule.effect in ("show_first", "add") and holds(rule.when, self.answers):
                keys = [k for k in self.all if k.endswith(f"/+{rule.key}")] if rule.effect == "add" else self.targets(rule)
                lifted += [self.kept[key] for key in keys if key in self.kept and self.can_call(self.kept[key])]
        found: list[_Draft] = []
        for draft in (*lifted, *kept):
            if len(found) < MUST_NOT_WAIT and not draft.conditions and draft not in found:
                found.append(draft)
        return found

    def can_call(self, draft: _Draft) -> bool:
        """False for a task that is to call somebody whose number may not be shown: it can wait for its place."""
        named = [self.edition.contact(slot.key) for slot in draft.text.slots if slot.kind == "contact"]
        return all(contact and contact.number(PROFESSIONAL) for contact in named)

    # The page, from top to bottom.

    def section(self, frame: str, rest: list[_Draft], whole: list[Item]) -> Section:
        here = [d for d in rest if d.here.step.time_frame == frame]
        sure = [d for d in here if not d.conditions]
        groups = tuple(self.group(step, list(drafts)) for step, drafts in groupby(sure, key=lambda d: d.here))
        maybe = sorted((d for d in here if d.conditions), key=lambda d: _place(d.conditions[0]))
        conditions = tuple(self.condition(list(drafts)) for _, drafts in groupby(maybe, key=lambda d: d.conditions[0].key))
        return Section(frame, groups, conditions, tuple(i for i in whole if i.frame == frame))

    def group(self, here: GuideStep, drafts: list[_Draft]) -> Group:
        return Group(here, tuple(d.item() for d in drafts), self.callers_of(here.step, drafts))

    def condition(self, drafts: list[_Draft]) -> Condition:
        """Tasks under the first of their situations; `Why.open_questions` of each names the others too."""
        situation = drafts[0].conditions[0]
        rules = self.situation_rules[situation.key]
        title = rules[0].title if rules else situation.title
        return Condition(situation.key, f"{title[:1].lower()}{title[1:]}", tuple(d.item() for d in drafts))

    def whole_steps(self) -> list[Item]:
        """The steps of every guide whose situations the case is in, each once, without those of the main guide."""
        hidden = {s.key for rule in self.matching("hide") for s in rule.steps}
        known = {here.step.key for here in self.steps} | hidden
        found = []
        for guide in self.edition.guides():
            if guide is self.guide or not guide.situations or not all(self.situations[s.key] for s in guide.situations):
                continue
            for here in self.edition.steps(guide):
                if here.step.key not in known:
                    known.add(here.step.key)
                    found.append(self.whole(here, guide))
        return found

    def whole(self, here: GuideStep, guide: Guide) -> Item:
        step = here.step
        rules = [r for s in guide.situations for r in self.situation_rules[s.key] if holds(r.when, self.answers)]
        return Item(
            key=f"{guide.key}/{step.key}",
            text=Rich((escape(step.title),)),
            detail=step.aim,
            basis=step.time_basis,
            provisions=step.provisions[:MOST_PROVISIONS],
            actors=responsible_actors(step),
            here=here,
            whys=tuple(dict.fromkeys(self.why(rule) for rule in rules)),
        )

    # Whom one calls.

    @property
    def hours(self) -> tuple[str, ...]:
        return HOURS_OF[self.answers.get("time")]

    def callers_of(self, step: Step, drafts: list[_Draft]) -> tuple[Caller, ...]:
        """Whom one calls about these tasks at the hour, without 112 and 114 14.

        The duty line stands for whom the municipality has then; what is only for a situation comes with it or with a task that
        names it.
        """
        named = {slot.key for d in drafts for text in (d.text, d.detail) for slot in text.slots if slot.kind == "contact"}
        special = {c.key for s in self.edition.situations() for c in s.contacts} - {DEFECTION_LINE}
        wanted = named | {c.key for c in self.special_contacts()}
        found: list[Contact] = []
        for contact in step.contacts:
            if contact.key == DUTY_LINE:
                found += self.local()
            elif contact.key not in special or contact.key in wanted:
                found.append(contact)
        return callers([c for c in found if c.key not in EMERGENCY], self.hours, PROFESSIONAL)

    def local(self) -> list[Contact]:
        """Whom the municipality has at the hours asked about."""
        day = self.chain.own if self.chain and OPEN in self.hours else ()
        return [*day, *(duty_line(self.edition, self.chain, PROFESSIONAL) if CLOSED in self.hours else ())]

    def special_contacts(self) -> list[Contact]:
        """The contacts of the situations that the case is in."""
        return [c for s in self.edition.situations() if self.situations[s.key] for c in s.contacts]

    def watches(self) -> tuple[Watch, ...]:
        more = self.special_contacts()
        return tuple(watch(self.edition, self.chain, more, hour, PROFESSIONAL) for hour in self.hours)

    def to_give(self) -> tuple[Caller, ...]:
        """Numbers to hand to the one who asks, in that person's own role."""
        audience = AUDIENCE_OF.get(self.answers.get("who"))
        if audience is None:
            return ()
        wanted = [c for c in self.special_contacts() if c.key not in EMERGENCY and c.key != DUTY_LINE]
        return tuple(c for c in callers(wanted, self.hours, audience) if c.own_number)
