"""How rules change a plan, on small guides of their own; and which rules are refused."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from guides.edition.answers import Answers
from guides.edition.faults import faults
from guides.edition.plan import plan
from guides.models import PlanRule, Version
from guides.publishing.current import current
from guides.text.documents import make
from tests.factories import make_guide, make_rule, make_situation, make_step, published

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


class Anything:
    """Everything that a document refers to is public."""

    def has(self, kind, key):
        return True


@pytest.fixture
def guide():
    """A guide with a step for today and one for next week, two tasks in each."""
    today = make_step(key="idag", time_frame="same_day", tasks=[{"key": "a"}, {"key": "b"}], responsibilities=[{}])
    later = make_step(key="sedan", time_frame="week", tasks=[{"key": "c"}, {"key": "d"}], responsibilities=[{}])
    return published(make_guide([today, later]))


def made(**given):
    return plan(current.edition(), Answers(given), None, NOW)


def keys(**given):
    return [item.key for item in made(**given).items]


def rule(**fields):
    for name in ("when", "tasks", "instead"):
        fields[name] = "\n".join(fields.get(name, ()))
    return published(make_rule(**fields))


def test_plan_without_rules_is_the_guide(guide):
    """Every task in its order, the first three on top."""
    assert keys() == ["idag/a", "idag/b", "sedan/c", "sedan/d"]
    assert [i.key for i in made().first] == ["idag/a", "idag/b", "sedan/c"]


def test_plan_without_guide_is_empty():
    """A site with no guide yet still answers."""
    assert keys() == []


def test_hide_needs_the_answer(guide):
    """A hidden task leaves by the answer, and stays when nobody knows."""
    rule(effect="hide", when=["threat=none"], tasks=["idag/b"])
    assert "idag/b" not in keys(threat="none")
    assert "idag/b" in keys() and "idag/b" in keys(threat="now")


def test_hide_without_any_answer_spares_today(guide):
    """A rule that always hides takes what comes later, never what has to be done today."""
    rule(effect="hide", tasks=["idag/b", "sedan/c"])
    assert keys() == ["idag/a", "idag/b", "sedan/d"]


def test_what_is_hidden_is_not_brought_back(guide):
    """Neither a note nor a place on top brings back what another rule has taken away."""
    rule(effect="hide", when=["threat=none"], tasks=["idag/a"])
    rule(effect="note", tasks=["idag/a"])
    rule(effect="show_first", tasks=["idag/a"])
    assert "idag/a" not in keys(threat="none")


def test_replace_exchanges(guide):
    """The others leave, and the one instead stands once, with the reason."""
    rule(effect="replace", when=["age=15_17"], tasks=["sedan/c", "idag/b"], instead=["sedan/d"], reason="Så är det.")
    found = {i.key: i for i in made(age="15_17").items}
    assert list(found) == ["idag/a", "sedan/d"]
    assert "Så är det." in {why.reason.plain for why in found["sedan/d"].whys}


def test_show_first_lifts_in_the_order_of_the_rules(guide):
    """The lowest position stands first; the lifted task stands nowhere else."""
    rule(effect="show_first", position=2, tasks=["sedan/c"])
    rule(effect="show_first", position=1, tasks=["sedan/d"])
    assert keys() == ["sedan/d", "sedan/c", "idag/a", "idag/b"]


def test_add_puts_a_task_of_its_own_on_top(guide):
    """A task that no guide has, with the step it belongs to."""
    step = guide.steps.get(key="sedan")
    added = rule(effect="add", when=["time=closing"], steps=[step], text="Ring före stängning.", position=1)
    found = made(time="closing").first[0]
    assert (found.key, found.text.plain) == (f"sedan/+{added.key}", "Ring före stängning.")
    assert not [key for key in keys(time="closed") if "+" in key]


def test_note_says_its_reason_and_brings_the_task():
    """A task of a situation that is not so comes all the same when a note asks for it."""
    child = make_situation(key="barn")
    step = make_step(key="idag", tasks=[{"key": "a"}, {"key": "b", "situations": [child]}], responsibilities=[{}])
    published(make_guide([step]))
    rule(effect="situation", when=["age=15_17"], situations=[child])
    rule(effect="note", when=["children=yes"], tasks=["idag/b"], reason="Tänk på syskonen.")
    assert keys(age="adult") == ["idag/a"]
    item = {i.key: i for i in made(age="adult", children="yes").items}["idag/b"]
    assert [note.plain for note in item.notes] == ["Tänk på syskonen."]


def test_situation_is_so_not_so_or_unknown():
    """By the answer its tasks stand among the others, are gone, or wait under "Om …"."""
    child = make_situation(key="barn")
    step = make_step(key="idag", tasks=[{"key": "a"}, {"key": "b", "situations": [child]}], responsibilities=[{}])
    published(make_guide([step]))
    rule(effect="situation", title="Personen är ett barn", when=["age=15_17"], situations=[child])
    assert keys(age="15_17") == ["idag/a", "idag/b"] and not made(age="15_17").sections
    assert keys(age="adult") == ["idag/a"]
    (section,) = made().sections
    (condition,) = section.conditions
    assert (condition.title, [i.key for i in condition.items]) == ("personen är ett barn", ["idag/b"])


def test_rule_about_a_task_that_is_gone_does_nothing(guide):
    """A task that was renamed or withdrawn leaves the plan whole."""
    rule(effect="show_first", tasks=["idag/borta"])
    assert keys() == ["idag/a", "idag/b", "sedan/c", "sedan/d"]


# Which rules are refused at release and import.


def told(**fields) -> list[str]:
    document = make("rule", "r", {"title": "R", "reason": "Därför.", "basis": "proposal", **fields})
    return [fault.message for fault in faults(document, Anything())]


def test_good_rule_has_no_fault():
    """Effect, answers, tasks and reason are enough."""
    assert told(effect="hide", when=("threat=none",), tasks=("idag/a",)) == []


def test_rule_that_asks_for_an_unknown_answer_is_refused():
    """The sentence shows how an answer is written."""
    (message,) = told(effect="note", when=("age=old",), tasks=("idag/a",))
    assert "age=old" in message and "age=15_17" in message


def test_rule_that_hides_when_nobody_knows_is_refused():
    """Only an explicit answer may take a task away."""
    (message,) = told(effect="hide", when=("age=unknown",), tasks=("idag/a",))
    assert "uttryckligt svar" in message


def test_task_that_is_not_written_step_task_is_refused():
    """Both keys are needed."""
    (message,) = told(effect="note", tasks=("idag",))
    assert "steg/uppgift" in message


@pytest.mark.parametrize("effect", ["situation", "add", "replace", "hide", "note", "show_first"])
def test_rule_without_what_its_effect_needs_is_refused(effect):
    """A rule that could not do anything is told what it lacks."""
    assert any("behöver" in message for message in told(effect=effect))


# In the admin.


def test_editor_writes_a_rule_by_ticking_answers(editor_client):
    """The answers are boxes under their questions; they are kept one on each line, and a version is saved."""
    step = make_step(key="idag", tasks=[{"key": "a"}])
    page = editor_client.get(reverse("admin:guides_planrule_add")).content.decode()
    assert 'value="age=15_17"' in page and "Hur gammal är personen?" in page
    fields = {
        "title": "En regel", "key": "en-regel", "position": "1", "effect": "note", "reason": "Därför.",
        "when": ["age=15_17", "threat=now"], "steps": [step.pk], "tasks": "idag/a", "owner": "Redaktionen",
        "review_every": "180", "basis": "proposal",
    }  # fmt: skip
    answer = editor_client.post(reverse("admin:guides_planrule_add"), fields)
    assert answer.status_code == 302
    row = PlanRule.objects.get(key="en-regel")
    assert row.when == "age=15_17\nthreat=now"
    assert "- threat=now" in Version.objects.get(kind="rule", key="en-regel").text
    page = editor_client.get(reverse("admin:guides_planrule_change", args=[row.pk])).content.decode()
    assert page.count("checked") == 2
