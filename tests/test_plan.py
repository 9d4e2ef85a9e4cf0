"""The plan of a case, made of the whole content: every set of answers gives one, and the rules hold in all of them.

The ordinary run takes a set in which every two answers meet, and 500 more at random; --long takes 10,000.
"""

import random
import re
from dataclasses import replace
from datetime import datetime
from itertools import combinations, product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from guides.edition.answering import CLOSED, NO, OPEN, SOMETIMES, YES, answers_at
from guides.edition.answers import Answers, holds, read_answers, read_municipality
from guides.edition.plan import FRAMES, plan
from guides.text.case import BY_NAME, QUESTIONS, UNKNOWN, by_question

FRIDAY = datetime(2026, 11, 20, 16, 40, tzinfo=ZoneInfo("Europe/Stockholm"))
MINOR = ("under_15", "15_17")
RULES = sorted(path.stem for path in (Path(settings.CONTENT_DIR) / "rules").glob("*.md"))
SHELTER = re.compile(r"skydda(?:t|de) boende")
# A sentence that names it must refuse it, or speak of a child who comes with an adult.
NOT_ALONE = re.compile(r"aldrig|inte\b|annat sätt|tillsammans|följ|förälder|vårdnadshavare")


def made(edition, municipality=None, **given):
    """The plan for answers by name; what is not given is unknown."""
    place = edition.get("municipality", municipality) if municipality else None
    return plan(edition, Answers(given), place, FRIDAY)


def keys(found) -> set[str]:
    return {item.key for item in found.items}


def sure(found) -> set[str]:
    """The tasks that do not hang on an unanswered question."""
    return keys(found) - {i.key for s in found.sections for c in s.conditions for i in c.items}


def pairwise() -> list[dict[str, str]]:
    """Sets of answers in which every answer meets every answer to every other question, few enough to run at each test."""
    names = [(q.name, [c.name for c in q.choices]) for q in QUESTIONS]
    waiting = {frozenset({(a, x), (b, y)}) for (a, xs), (b, ys) in combinations(names, 2) for x, y in product(xs, ys)}
    dice, rows = random.Random(112), []
    while waiting:
        tries = [{name: dice.choice(choices) for name, choices in names} for _ in range(60)]
        seed = dict(min(waiting, key=sorted))
        best = max(
            ({**row, **seed} for row in tries),
            key=lambda row: sum(frozenset(pair) in waiting for pair in combinations(row.items(), 2)),
        )
        waiting -= {frozenset(pair) for pair in combinations(best.items(), 2)}
        rows.append(best)
    return rows


def at_random(count: int, seed: int) -> list[dict[str, str]]:
    dice = random.Random(seed)
    return [{q.name: dice.choice(q.choices).name for q in QUESTIONS} for _ in range(count)]


def judge(edition, found):
    """What must hold of every plan."""
    every = list(found.items)
    assert len(found.first) == 3
    assert len({item.key for item in every}) == len({item.mark for item in every}) == len(every)
    frames = [s.frame for s in found.sections]
    assert frames == sorted(frames, key=FRAMES.index) and len(set(frames)) == len(frames)
    for section in found.sections:
        assert all(item.frame == section.frame for item in section.items)
        numbers = [group.here.number for group in section.groups]
        assert numbers == sorted(set(numbers))
    for item in every:
        assert item.text.plain and item.actors and item.basis.label and item.whys, item.key
    assert found.watches
    for watch in found.watches:
        others = [c for c in (*watch.duty, *watch.callers) if c.own_number and c.answers == "yes"]
        assert watch.nobody == (not others)
        assert watch.hour == OPEN or watch.duty, "when the office is closed somebody must be named"
        assert not [c for c in (*watch.duty, *watch.callers) if c.contact.key in ("112", "polisen-11414")]
    if found.answers.get("age") in MINOR:
        no_lone_minor_in_shelter(found)


def no_lone_minor_in_shelter(found):
    assert "bedom-skyddet-nu/ordna-saker-plats" not in keys(found)
    assert "fatta-akuta-beslut/besluta-boende" not in keys(found)
    assert "bedom-skyddet-nu/placera-ensamt-barn-ratt" in sure(found)
    for item in found.items:
        for sentence in re.split(r"(?<=[.!?])\s+", item.text.plain):
            assert not SHELTER.search(sentence) or NOT_ALONE.search(sentence), (item.key, sentence)


def campaign(edition, rows):
    places = [None, *edition.municipalities()]
    for number, row in enumerate(rows):
        given = {name: answer for name, answer in row.items() if answer != UNKNOWN}
        judge(edition, plan(edition, Answers(given), places[number * 37 % len(places)], FRIDAY))


def test_pairwise_set_has_every_pair():
    """The set is what it says."""
    seen = {frozenset(pair) for row in pairwise() for pair in combinations(row.items(), 2)}
    wanted = sum(len(a.choices) * len(b.choices) for a, b in combinations(QUESTIONS, 2))
    assert len(seen) == wanted


def test_every_pair_of_answers_gives_a_plan(edition):
    """Three that must not wait, then the rest in order, nothing twice, and somebody to call or the word that nobody answers."""
    campaign(edition, pairwise())


def test_random_answers_give_a_plan(edition):
    """The same for 500 sets of answers at random."""
    campaign(edition, at_random(500, 1))


@pytest.mark.long
def test_many_random_answers_give_a_plan(edition):
    """The same for 10,000."""
    campaign(edition, at_random(10_000, 2))


def test_every_municipality_has_somebody_to_call_at_every_hour(edition):
    """All 290, open and soon closed: the plan names whom."""
    for municipality in edition.municipalities():
        found = plan(edition, Answers({"time": "closing"}), municipality, FRIDAY)
        assert [watch.hour for watch in found.watches] == [OPEN, CLOSED]
        assert found.watches[1].duty, municipality.title


def test_no_answer_is_the_cautious_plan(edition):
    """What any answer can bring stands in the plan of no answers, if need be under "Om …"; nothing protective is missing."""
    blank = made(edition)
    everything = {
        f"{here.step.key}/{task.key}" for here in edition.steps(edition.main_guide()) for task in here.step.tasks
    }
    prepared = {key for key in everything if key.startswith("forbered-kommunen/")}
    elsewhere = {
        key for rule in edition.all("rule") if rule.effect == "replace" and not rule.when for key in rule.tasks
    }
    assert everything - prepared - elsewhere <= keys(blank)
    assert sure(made(edition, age="adult")) <= keys(blank)


def test_unknown_and_blank_are_the_same(edition):
    """Vet inte is no answer."""
    assert keys(made(edition, age=UNKNOWN, threat=UNKNOWN)) == keys(made(edition))


def test_only_an_explicit_answer_takes_a_task_away(edition):
    """For each question: a task that leaves the plan of no answers leaves by this answer, and no answer adds by leaving."""
    blank = keys(made(edition))
    for question in QUESTIONS:
        for choice in question.choices:
            left = blank - keys(made(edition, **{question.name: choice.name}))
            assert choice.name != UNKNOWN or not left


def test_closing_puts_the_handover_first(edition):
    """Two hours before closing the duty line hears about the case before anything else."""
    first = made(edition, time="closing", threat="now", age="15_17").first[0]
    assert first.key == "ta-emot-forsta-kontakten/+overlamning-fore-stangning"
    assert "socialjouren" in first.text.plain


def test_detained_person_is_protected_where_he_is(edition):
    """Who is locked up needs no bed tonight, but protection inside."""
    found = made(edition, detained="inside")
    assert "bedom-skyddet-nu/skydda-inne-pa-anstalt" in {i.key for i in found.first}
    assert not {"bedom-skyddet-nu/bestam-om-natten", "bedom-skyddet-nu/ordna-saker-plats"} & keys(found)


def test_guides_for_the_situation_come_by_reference(edition):
    """A guide about what is so adds a line for each step; one about what is not, or not known, adds none."""
    child = {i.here.guide.key for s in made(edition, age="15_17").sections for i in s.whole_steps}
    assert child == {"barn-och-unga"}
    assert not [i for s in made(edition).sections for i in s.whole_steps]


def test_why_names_the_choices(edition):
    """Each task says which answers brought it, or that nobody has answered, or that it is in every case."""
    found = made(edition, age="15_17", time="closed")
    by_key = {item.key: item for item in found.items}
    child = by_key["bedom-skyddet-nu/placera-ensamt-barn-ratt"]
    assert "Ålder: 15–17 år" in {choice for why in child.whys for choice in why.choices}
    family = by_key["bedom-skyddet-nu/skydda-familjen-samlat"]
    assert {q for why in family.whys for q in why.open_questions} == {"Finns det barn i familjen?"}
    always = by_key["ta-emot-forsta-kontakten/starta-arendet"]
    assert not always.whys[0].choices and not always.whys[0].open_questions


# Each rule of the content.


def bringing(rule) -> dict[str, str]:
    """The fewest answers that make a rule hold."""
    found = {question: sorted(answers)[0] for question, answers in by_question(rule.when).items()}
    return {q: a for q, a in found.items() if a != UNKNOWN}


@pytest.mark.parametrize("name", RULES)
def test_rule_does_what_it_says(edition, name):
    """With the answers that a rule asks for, its effect is seen in the plan; and its tasks exist."""
    rule = edition.get("rule", name)
    known = {f"{h.step.key}/{t.key}" for h in edition.steps(edition.main_guide()) for t in h.step.tasks}
    assert {*rule.tasks, *rule.instead} <= known
    found = made(edition, **bringing(rule))
    by_key = {item.key: item for item in found.items}
    if rule.effect == "situation":
        of_it = {
            f"{h.step.key}/{t.key}"
            for h in edition.steps(edition.main_guide())
            for t in h.step.tasks
            if set(s.key for s in t.situations) & {s.key for s in rule.situations}
        }
        assert of_it & sure(found)
    elif rule.effect == "add":
        assert any(key.endswith(f"/+{rule.key}") for key in (i.key for i in found.first))
    elif rule.effect in ("hide", "replace"):
        whole = {key for key in known for s in rule.steps if key.startswith(f"{s.key}/")}
        assert not {*rule.tasks, *whole} & set(by_key)
        assert set(rule.instead) <= set(by_key)
    elif rule.effect == "note":
        assert all(rule.reason in by_key[key].notes for key in rule.tasks)
    else:
        assert set(rule.tasks) <= sure(found)


def test_every_answer_but_one_changes_the_plan(edition):
    """No question is asked in vain: each answer does something to the tasks, their notes or who answers."""

    def seen(found):
        return [(i.key, i.notes) for i in found.items], [(w.hour, w.nobody) for w in found.watches]

    blank = seen(made(edition))
    idle = [
        f"{q.name}={c.name}"
        for q in QUESTIONS
        for c in q.choices
        if c.name != UNKNOWN and seen(made(edition, **{q.name: c.name})) == blank
    ]
    assert idle == ["protected=no"]


# Codes of addresses.


def test_codes_are_read_and_written_back():
    """A letter and a digit for each answer, the unknown left out."""
    answers = read_answers({"b": "2", "c": ["1"], "l": "0", "a": ""})
    assert dict(answers.given) == {"age": "15_17", "threat": "now"}
    assert answers.codes() == {"b": "2", "c": "1"}


@pytest.mark.parametrize("value", ["9", "x", "15_17", "-1", "1.", " 1", "<b>", "1" * 5000, "\x00"])
def test_unknown_code_is_told_at_its_question_and_counts_as_unknown(value):
    """A sentence at that question, and the others are read as they are."""
    answers = read_answers({"b": value, "c": "1"})
    assert answers.get("age") == UNKNOWN and answers.get("threat") == "now"
    assert set(answers.problems) == {"age"} and "vet inte" in answers.problems["age"]


def test_two_answers_to_a_question_count_as_unknown():
    """Nobody can say which one was meant."""
    answers = read_answers({"c": ["1", "3"]})
    assert answers.get("threat") == UNKNOWN and "två svar" in answers.problems["threat"]
    assert read_answers({"c": ["1", "1", ""]}).get("threat") == "now"


def test_municipality_is_read_by_its_four_digits(edition):
    """SCB's code finds it; anything else is told and left out."""
    assert read_municipality({"m": "1270"}, edition)[0].title == "Tomelilla"
    assert read_municipality({}, edition) == (None, "")
    for wrong in ("9999", "tomelilla", ["1270", "1280"]):
        found, problem = read_municipality({"m": wrong}, edition)
        assert found is None and "Välj en kommun" in problem


def test_codes_are_no_words():
    """What stands in an address says nothing to whoever reads it over a shoulder."""
    for question in QUESTIONS:
        assert len(question.code) == 1
        assert all(choice.code.isdigit() and len(choice.code) == 1 for choice in question.choices)
        assert question.choices[-1].name == UNKNOWN and question.choices[-1].code == "0"
    assert len({q.code for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(
    "when, given, expected",
    [
        ((), {}, True),
        (("age=15_17", "age=under_15"), {"age": "15_17"}, True),
        (("age=15_17",), {"age": "adult"}, False),
        (("age=15_17",), {}, None),
        (("age=15_17", "threat=now"), {"age": "15_17"}, None),
        (("age=15_17", "threat=now"), {"threat": "none"}, False),
        (("age=unknown",), {}, True),
        (("age=unknown",), {"age": "adult"}, False),
    ],
)
def test_conditions_are_or_within_a_question_and_and_between(when, given, expected):
    """Nobody knows is neither yes nor no."""
    assert holds(when, Answers(given)) is expected


# Hours.


@pytest.mark.parametrize(
    "category, hours, day, night",
    [
        ("", "Dygnet runt", "yes", "yes"),
        ("", "Måndag–fredag, dagtid", "yes", "no"),
        ("", "Helgfria vardagar 09–15", "yes", "no"),
        ("", "Vardagar 09–12 (uppgift från 2022)", "sometimes", "no"),
        ("", "Måndag, onsdag och fredag 09–12", "sometimes", "no"),
        ("", "Alla dagar 21–06", "no", "sometimes"),
        ("", "Alla dagar 07–21", "yes", "sometimes"),
        ("", "Källorna anger olika tider", "sometimes", "sometimes"),
        ("", "", "sometimes", "sometimes"),
        ("socialjour", "När socialkontoret är stängt", "no", "yes"),
        ("socialjour", "Söndag–torsdag 16.30–24, fredag–lördag 16–01.30. Övrig tid via nödnumret.", "no", "sometimes"),
    ],
)
def test_hours_promise_no_more_than_they_say(edition, category, hours, day, night):
    """A line of hours answers for the day and for the night; what is not clear is never a promise."""
    contact = replace(edition.contact("bris"), hours=hours, category=category, key="prov")
    assert (answers_at(contact, OPEN), answers_at(contact, CLOSED)) == (day, night)


def test_group_never_says_that_a_closed_office_answers(edition):
    """At night nobody who works by day is said to answer."""
    found = made(edition, "malmo", time="closed", age="15_17", extremism="yes")
    for section in found.sections:
        for group in section.groups:
            for caller in group.callers:
                by_day = "dagtid" in caller.contact.hours.casefold()
                assert not by_day or caller.answers == NO


def test_night_that_an_own_line_does_not_cover_has_112_too(edition):
    """Karlstad's line ends at midnight: nobody is said to answer for sure, and the way through 112 stands there."""
    watch = made(edition, "karlstad", time="closed").watches[0]
    assert [(c.number.value, c.answers) for c in watch.duty] == [("112", YES), ("+46545405054", SOMETIMES)]
    assert watch.nobody


def test_call_without_a_number_is_not_what_must_not_wait(edition):
    """A task to call a line whose number nobody may show keeps its place in the list."""
    found = made(edition, "boras", age="adult", extremism="yes", threat="none")
    slots = [slot.key for item in found.first for slot in item.text.slots if slot.kind == "contact"]
    assert "cve-stodtelefon" not in slots


def test_questions_are_those_of_the_form():
    """Twelve, each found by its name."""
    assert len(QUESTIONS) == len(BY_NAME) == 12
