"""How much the content holds, and how much of it rests on something."""

import pytest

from guides.edition.guide_records import Guide

WELL_SOURCED = 0.9


def _supported(steps) -> float:
    tasks = [task for step in steps for task in step.tasks]
    return sum(task.basis.supported for task in tasks) / len(tasks)


def test_content_has_the_guides_and_steps_of_the_field(edition):
    """There are at least twelve guides and sixty steps."""
    assert len(edition.guides()) >= 12
    assert len(edition.all("step")) >= 60


def test_every_task_says_what_it_rests_on(edition):
    """No task is without a basis."""
    assert [(s.key, t.key) for s in edition.all("step") for t in s.tasks if not t.basis.code] == []


def test_first_steps_of_the_main_guide_are_well_sourced(edition):
    """Nine tasks in ten of steps 1-6 rest on a source or a statute."""
    assert _supported(edition.main_guide().steps[1:7]) >= WELL_SOURCED


def test_steps_for_children_are_well_sourced(edition):
    """Nine tasks in ten of the children's guide rest on a source or a statute."""
    guide: Guide = edition.guide("barn-och-unga")
    assert _supported(guide.steps) >= WELL_SOURCED


@pytest.mark.parametrize("language", ["lattlast", "en", "ar", "so", "fa", "tr", "bs", "kmr", "pl", "ti", "uk"])
@pytest.mark.parametrize("key", ["hoppa-av", "anhorig"])
def test_person_can_read_in_their_language(edition, key, language):
    """Both pages for the person exist in every language, made from the Swedish text as it is now."""
    page = edition.translation("page", key, language)
    assert page is not None
    assert not page.behind
    assert page.translation_note or page.tag == "sv"
