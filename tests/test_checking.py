"""Checks: who has looked, who has called, and what the public sees of it."""

from datetime import timedelta

import pytest

from guides.models import Check, Release, Version
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.release import check
from tests.factories import make_contact, make_page, published


def refused(*said: str):
    """The verb raises a PublishingError whose sentences hold `said`."""
    return pytest.raises(PublishingError, match=".*".join(said))


def test_reviewed_date_comes_from_a_check_alone(db, editor):
    """Neither saving nor releasing claims that an expert has read it."""
    page = published(make_page(key="sidan"))
    assert current.edition().page("sidan").dates.reviewed is None
    row = check("page", page.key, "reviewed", editor)
    assert current.edition().page("sidan").dates.reviewed == row.on


def test_check_makes_no_version_and_no_release(db, editor):
    """A check stands beside the versions: it voids no approval and changes no text."""
    page = published(make_page())
    check("page", page.key, "reviewed", editor)
    assert (Version.objects.count(), Release.objects.count()) == (1, 1)


def test_check_is_shown_from_the_day_it_was_done(db, clock, editor):
    """A call on Friday that is written down on Monday reads Friday."""
    contact = published(make_contact(recheck_class="B"))
    friday = clock().date() - timedelta(days=3)
    check("contact", contact.key, "answers", editor, friday)
    number = current.edition().contact(contact.key).number("public")
    assert number.note == f"Kontrollerat {friday}."


def test_check_of_a_day_ahead_is_refused(db, clock, editor):
    """Nobody has looked tomorrow."""
    page = published(make_page())
    with refused("framtiden"):
        check("page", page.key, "reviewed", editor, clock().date() + timedelta(days=1))


@pytest.mark.parametrize("outcome", ["silent", "hidden"])
def test_emergency_number_cannot_be_hidden(db, editor, outcome):
    """The sentence says whom to tell instead."""
    contact = published(make_contact(recheck_class="C"))
    with refused("Säg till"):
        check("contact", contact.key, outcome, editor)
    assert not Check.objects.exists()


@pytest.mark.parametrize("outcome", ["answers", "silent", "hidden"])
def test_only_a_contact_can_answer(db, editor, outcome):
    """A page has no telephone."""
    page = published(make_page())
    with refused("Bara en kontakt"):
        check("page", page.key, outcome, editor)


def test_hidden_number_disappears_at_once(db, editor):
    """Dölj numret nu needs no release."""
    contact = published(make_contact(recheck_class="B"))
    assert current.edition().contact(contact.key).number("public")
    check("contact", contact.key, "hidden", editor, reason="Fel tjänst svarade.")
    assert current.edition().contact(contact.key).number("public") is None
