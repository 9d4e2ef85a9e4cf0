"""The order of steps and rows, typed as numbers."""

import pytest

from guides.models import GuideStep, Version
from guides.publishing.versions import read
from tests.factories import make_guide, make_step
from tests.forms import change, save


def order(guide) -> str:
    return "".join(place.step.title for place in GuideStep.objects.filter(guide=guide))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "ABCDE"),
        ({4: 2}, "AEBCD"),
        ({0: 4}, "BCDAE"),
        ({1: 3, 2: 2}, "ACBDE"),
        ({0: 5, 1: 4, 2: 3, 3: 2, 4: 1}, "EDCBA"),
        ({3: 0}, "DABCE"),
        ({0: 99}, "BCDEA"),
    ],
)
def test_row_goes_where_its_number_says(editor_client, db, typed, expected):
    """Before who stands there when it moves up, after when it moves down; and all are numbered from 1 again."""
    guide = make_guide([make_step(title=title) for title in "ABCDE"])
    answer = save(editor_client, change(guide), **{f"guidestep_set-{row}-position": str(to) for row, to in typed.items()})
    assert answer.status_code == 302
    assert order(guide) == expected
    assert list(GuideStep.objects.filter(guide=guide).values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    saved = read(Version.objects.get(kind="guide"))["steps"]
    assert list(saved) == [place.step.key for place in GuideStep.objects.filter(guide=guide)]


def test_new_row_comes_last_or_where_its_number_says(editor_client, db):
    """And a deleted one leaves no hole."""
    first, last, early = make_step(title="A"), make_step(title="X"), make_step(title="Y")
    guide = make_guide([first, make_step(title="B"), make_step(title="C")])
    rows = {"guidestep_set-TOTAL_FORMS": "5", "guidestep_set-0-DELETE": "on"}
    rows |= {"guidestep_set-3-step": last.pk, "guidestep_set-3-position": "0"}
    rows |= {"guidestep_set-4-step": early.pk, "guidestep_set-4-position": "3"}
    assert save(editor_client, change(guide), **rows).status_code == 302
    assert order(guide) == "BYCX"
    assert list(GuideStep.objects.filter(guide=guide).values_list("position", flat=True)) == [1, 2, 3, 4]


def test_numbers_typed_stay_when_the_form_has_a_fault(editor_client, db):
    """Nothing is moved, and nothing typed is lost."""
    guide = make_guide([make_step(title=title) for title in "ABC"])
    answer = save(editor_client, change(guide), title="", **{"guidestep_set-2-position": "1"})
    assert answer.status_code == 200 and order(guide) == "ABC"
    assert 'name="guidestep_set-2-position" value="1"' in answer.content.decode()


def test_tasks_of_a_step_move_in_the_same_way(editor_client, db):
    """Whatever gaps their numbers have."""
    step = make_step(tasks=[{"key": key, "position": place} for key, place in (("a", 10), ("b", 20), ("c", 30))])
    save(editor_client, change(step), **{"tasks-2-position": "15"})
    assert list(step.tasks.values_list("key", "position")) == [("a", 1), ("c", 2), ("b", 3)]
