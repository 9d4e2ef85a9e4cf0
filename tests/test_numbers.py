"""Which numbers are shown, to whom, and with what said beside them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guides.edition.build import build
from guides.edition.material import Checked, Material, Released
from guides.edition.numbers import numbers
from guides.edition.records import PROFESSIONAL, PUBLIC, RELATIVE, SELF
from guides.text.documents import make, to_text

TODAY = date(2026, 6, 1)
EVERYBODY = {SELF, RELATIVE, PROFESSIONAL, PUBLIC}
AUDIENCES = {"for_self": True, "for_relative": True, "for_professional": True}


def contact(grade: str, confidence: str = "medium", **fields):
    defaults = {"title": "Jouren", "number": "+46855500100", "source_year": "2023"} | AUDIENCES
    return make("contact", "jouren", defaults | {"recheck_class": grade, "confidence": confidence} | fields)


def checked(outcome: str, days_ago: int, hours_later: int = 0) -> Checked:
    """Done so many days ago and written down the same day."""
    on = TODAY - timedelta(days=days_ago)
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC) + timedelta(hours=hours_later)
    return Checked("contact", "jouren", outcome, on, at)


def shown(document, *checks) -> set[str]:
    return set(numbers(document, checks, TODAY))


def note(document, *checks, audience=PROFESSIONAL) -> str:
    return numbers(document, checks, TODAY)[audience].note


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_class_c_is_shown_to_everybody_without_a_reservation(confidence):
    """112 and 114 14 stand everywhere."""
    assert shown(contact("C", confidence)) == EVERYBODY
    assert note(contact("C", confidence)) == ""


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_class_b_is_shown_with_its_year(confidence):
    """A number that is probably right is shown with how old it is."""
    assert shown(contact("B", confidence)) == EVERYBODY
    assert note(contact("B", confidence)) == "Uppgiften är från 2023."


@pytest.mark.parametrize("confidence", ["high", "medium"])
def test_class_a_is_shown_to_professionals_alone_and_marked(confidence):
    """A number that may have changed is for those who can cope with a wrong one, and it says so."""
    document = contact("A", confidence)
    assert shown(document) == {PROFESSIONAL}
    assert note(document) == "Numret är inte provringt. Uppgiften är från 2023."
    assert numbers(document, (), TODAY)[PROFESSIONAL].untested


def test_class_a_for_the_public_alone_is_shown_to_nobody():
    """The mark does not make a professional of an audience."""
    assert shown(contact("A", for_professional=False)) == set()


def test_class_a_with_low_confidence_is_never_shown():
    """Only that the service exists is told."""
    assert shown(contact("A", "low")) == set()


@pytest.mark.parametrize("grade", ["A", "B"])
@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_withheld_number_is_not_shown(grade, confidence):
    """A number that the editors hold back is shown to nobody."""
    assert shown(contact(grade, confidence, withheld=True)) == set()


def test_audience_that_is_not_marked_sees_no_number():
    """Empty means no, but for class C, which is everywhere."""
    for grade, marked in (("B", {}), ("A", {"confidence": "medium"})):
        only = contact(grade, for_self=False, for_relative=False, **marked)
        assert shown(only) == {PROFESSIONAL}
        assert shown(contact(grade, for_self=False, for_relative=False, for_professional=False, **marked)) == set()
    assert shown(contact("B", for_professional=False, for_relative=False)) == {SELF, PUBLIC}
    assert shown(contact("C", for_self=False, for_relative=False, for_professional=False)) == EVERYBODY


def test_missing_year_is_said():
    """A source without a year does not pass for a new one."""
    assert note(contact("B", source_year="")) == "Uppgiftens år är okänt."


def test_contact_without_number_has_none_for_anybody():
    """That a service exists is no number."""
    assert shown(contact("C", number="")) == set()


@pytest.mark.parametrize("grade,days", [("A", 90), ("B", 180)])
@pytest.mark.parametrize("confidence", ["medium", "low"])
def test_confirmed_number_is_shown_to_its_audiences_with_the_date(grade, days, confidence):
    """Somebody called, and the right service answered: for 90 or 180 days that is what counts."""
    call = checked("answers", days)
    document = contact(grade, confidence)
    assert shown(document, call) == EVERYBODY
    assert note(document, call) == f"Kontrollerat {call.on}."
    assert not numbers(document, [call], TODAY)[PUBLIC].untested


@pytest.mark.parametrize("grade,days,after", [("A", 90, {PROFESSIONAL}), ("B", 180, EVERYBODY)])
def test_confirmation_runs_out(grade, days, after):
    """The day after, the class rule holds again."""
    call = checked("answers", days + 1)
    assert shown(contact(grade), call) == after
    assert "Kontrollerat" not in note(contact(grade), call)


def test_confirmation_shows_only_to_the_audiences_of_the_service():
    """A call opens nothing for those whom the service is not for."""
    assert shown(contact("A", for_self=False, for_relative=False), checked("answers", 0)) == {PROFESSIONAL}


@pytest.mark.parametrize("outcome", ["silent", "hidden"])
@pytest.mark.parametrize("grade", ["A", "B"])
def test_number_that_does_not_answer_is_hidden_at_once(outcome, grade):
    """Svarar inte and dold take it away from everybody, whatever was confirmed before, for as long as it takes."""
    assert shown(contact(grade), checked("answers", 1), checked(outcome, 0)) == set()
    assert shown(contact(grade, "high"), checked(outcome, 400)) == set()


@pytest.mark.parametrize("outcome", ["silent", "hidden"])
def test_class_c_is_never_hidden(outcome):
    """Nobody can take 112 off the pages."""
    assert shown(contact("C"), checked(outcome, 0)) == EVERYBODY


def test_latest_written_check_decides():
    """A call written down after the silence shows the number again, and the other way round."""
    assert shown(contact("B"), checked("silent", 2), checked("answers", 1)) == EVERYBODY
    written_later = checked("silent", 5, hours_later=24 * 5)
    assert shown(contact("B"), checked("answers", 1), written_later) == set()


def test_review_of_the_text_says_nothing_about_the_number():
    """Stämmer is about the words: it neither confirms nor reveals a number."""
    assert shown(contact("A", "low"), checked("reviewed", 0)) == set()
    assert shown(contact("B"), checked("silent", 1), checked("reviewed", 0)) == set()


def edition_of(document, *checks):
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    released = Released(document, to_text(document), 1, date(2026, 1, 1), date(2026, 1, 1))
    return build(Material(1, at, (released,), checks=tuple(checks)))[0]


def test_record_carries_a_number_only_for_those_who_may_see_it():
    """What a page, a feed or a search index is built from does not hold the number at all."""
    record = edition_of(contact("A", "low")).contact("jouren")
    assert all(record.number(audience) is None for audience in EVERYBODY)
    assert "55500100" not in repr(record)


def test_safety_facts_are_told_only_when_checked_with_the_number():
    """Cost, anonymity and traces of a call are promises: they stand only beside a confirmed number."""
    facts = {"cost": "Gratis", "anonymity": "Anonymt", "traces": "Syns inte"}
    before = edition_of(contact("B", **facts)).contact("jouren")
    after = edition_of(contact("B", **facts), checked("answers", 3)).contact("jouren")
    assert (before.cost, before.anonymity, before.traces) == ("", "", "")
    assert (after.cost, after.anonymity, after.traces) == ("Gratis", "Anonymt", "Syns inte")
