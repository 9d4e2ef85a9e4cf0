"""A test call is about the number that was called: the next number of the same service has to be called itself."""

import pytest
from django.urls import reverse

from guides.models import Check
from guides.publishing.current import current
from guides.publishing.edition_file import read
from guides.publishing.release import check
from guides.publishing.upkeep.ring_round import due_calls
from tests.factories import make_contact, published

OLD, NEW = "+46855500100", "+46855500200"


@pytest.fixture
def jour(db, clock):
    """A number that is shown because somebody has called it."""
    row = published(make_contact(key="jour", number=OLD, recheck_class="A", confidence="low"))
    check("contact", "jour", "answers", None)
    assert shown() == OLD
    clock(days=1)
    return row


def shown() -> str | None:
    found = current.edition().contact("jour").number("public")
    return found.value if found else None


def renumbered(row):
    row.number = NEW
    row.save()
    return published(row)


def test_new_number_is_not_confirmed_by_a_call_to_the_old_one(jour):
    """It goes behind its fallback, and stands first in the ring round, until somebody has called it."""
    renumbered(jour)
    assert shown() is None
    (call,) = due_calls()
    assert (call.number, call.called) == (NEW, None)
    check("contact", "jour", "answers", None)
    assert shown() == NEW and due_calls() == []


def test_edition_without_a_database_knows_it_too(jour):
    """The file says what was called."""
    renumbered(jour)
    current.edition()
    assert [one.number for one in read()[0].checks] == [OLD]


def test_ring_round_confirms_the_number_that_it_showed(jour, clock, editor_client):
    """Not the one that somebody has typed in the form and nobody has published."""
    check("contact", "jour", "silent", None)
    clock(minutes=1)
    jour.number = NEW
    jour.save()
    editor_client.post(reverse("ring-round"), {"contact": "jour", "outcome": "answers", "number": OLD})
    assert shown() == OLD and Check.objects.first().number == OLD


def test_answer_at_a_draft_number_shows_no_silent_number_again(jour, clock):
    """Somebody has called the new one before it is published; the old one still hurts."""
    check("contact", "jour", "silent", None)
    clock(minutes=1)
    jour.number = NEW
    jour.save()
    check("contact", "jour", "answers", None)
    assert shown() is None
    published(jour)
    assert shown() == NEW
