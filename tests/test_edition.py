"""The edition of a moment: what is in force, what is gone, what has a new key, and until when it holds."""

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guides.edition.build import build
from guides.edition.material import Checked, Material, Passage, Released
from guides.edition.shapes import grant_state
from guides.models import Release
from guides.publishing.current import current, edition_at, edition_with
from guides.publishing.mapping import to_document
from guides.publishing.release import cancel, check, release, rename, withdraw
from guides.publishing.versions import save_version
from guides.text.documents import make, to_text
from tests.factories import make_contact, make_grant, make_guide, make_page, make_step, make_term, published

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def edited(obj, **fields):
    """A saved change and its version, not released."""
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.save()
    return save_version(obj, None)


def title_of(edition, obj):
    found = edition.get(obj.kind, obj.key)
    return found and found.title


# What is in force.


def test_release_is_in_force_from_its_moment(db, clock):
    """A release ahead shows nothing before its time and everything after, without any job."""
    starts = clock() + timedelta(days=2)
    page = published(make_page(title="Ny"), effective_from=starts)
    assert title_of(edition_at(starts - timedelta(seconds=1)), page) is None
    assert title_of(edition_at(starts), page) == "Ny"


def test_newest_release_is_in_force(db, clock):
    """The greatest moment not after now decides."""
    page = published(make_page(title="Ett"))
    release([edited(page, title="Två")], None, clock(hours=1) + timedelta(days=1))
    assert title_of(edition_at(clock()), page) == "Ett"
    assert title_of(edition_at(clock(days=2)), page) == "Två"


def test_of_two_releases_at_one_moment_the_later_row_is_in_force(db, clock):
    """Ties go to the higher number."""
    page = published(make_page(title="Ett"))
    moment = clock() + timedelta(days=1)
    for title in ("Två", "Tre"):
        version = edited(page, title=title)
        Release.objects.create(kind="page", key=page.key, version=version, effective_from=moment, released_at=clock())
    assert title_of(edition_at(moment), page) == "Tre"


def test_ended_document_is_gone_and_nothing_older_returns(db, clock):
    """After effective_to the page says that it has been, even when an earlier release had no end."""
    page = published(make_page(title="Ett"))
    ends = clock(days=1) + timedelta(days=1)
    release([edited(page, title="Två")], None, effective_to=ends)
    assert title_of(edition_at(ends - timedelta(seconds=1)), page) == "Två"
    after = edition_at(ends)
    assert title_of(after, page) is None
    assert after.gone["page", page.key].reason == "Sidan gällde till ett bestämt datum, som har passerat."


def test_withdrawn_document_is_gone_with_its_reason(db, clock):
    """Who looks for it learns why, and where to go instead."""
    page = published(make_page(title="Ett"))
    clock(days=1)
    withdraw("page", page.key, None, "Tjänsten har upphört.", "/guider/")
    gone = edition_at(clock()).gone["page", page.key]
    assert (gone.title, gone.reason, gone.redirect_to) == ("Ett", "Tjänsten har upphört.", "/guider/")


def test_withdrawn_document_tells_nothing_unreleased(db, clock):
    """A title that was only scheduled is not told when the page is withdrawn before its day."""
    page = published(make_page(title="Öppet"))
    release([edited(page, title="Hemligt")], None, clock(hours=1) + timedelta(days=5))
    clock(hours=1)
    withdraw("page", page.key, None, "Skäl.")
    assert edition_at(clock()).gone["page", page.key].title == "Öppet"


def test_released_again_after_withdrawal_is_back(db, clock):
    """Withdrawing is a release like any other: a newer one takes over."""
    page = published(make_page(title="Ett"))
    clock(days=1)
    withdraw("page", page.key, None, "Skäl.")
    clock(days=1)
    published(page)
    edition = edition_at(clock())
    assert title_of(edition, page) == "Ett"
    assert ("page", page.key) not in edition.gone


def test_cancelled_release_never_comes_into_force(db, clock):
    """What was in force stays in force, also after the cancelled moment."""
    page = published(make_page(title="Ett"))
    (planned,) = release([edited(page, title="Två")], None, clock(hours=1) + timedelta(days=1))
    cancel(planned, None, "Fel dag.")
    assert title_of(edition_at(clock(days=2)), page) == "Ett"


def test_past_edition_does_not_change(db, clock):
    """How the guidance read on a day is the same whatever is released, withdrawn, checked or renamed later."""
    page, contact = published(make_page(title="Ett")), published(make_contact(recheck_class="B"))
    (planned,) = release([edited(page, title="Två")], None, clock(hours=1) + timedelta(days=30))
    day = clock(hours=1)

    def reads():
        edition = edition_at(day)
        return edition.all("page"), edition.all("contact"), edition.gone, edition.renames, edition.valid_until

    before = reads()
    clock(days=1)
    cancel(planned, None, "Skäl.")
    published(make_page(title="Tre"), make_term())
    check("contact", contact.key, "silent", None)
    clock(days=1)
    rename(contact, "nytt-namn", None)
    withdraw("page", page.key, None, "Skäl.")
    assert reads() == before


def test_dates_follow_the_releases(db, clock):
    """Publicerad is the first release, uppdaterad the last that was no minor one."""
    page = published(make_page(title="Ett"))
    first = clock().date()
    version = edited(page, title="Två")
    clock(days=10)
    release([version], None)
    second = clock().date()
    version = edited(page, title="Tre")
    clock(days=10)
    release([version], None, minor=True)
    dates = edition_at(clock()).page(page.key).dates
    assert (dates.published, dates.updated, dates.reviewed, dates.version) == (first, second, None, 3)


# References.


def test_reference_without_target_stops_no_edition(db, clock):
    """A step whose contact and term were withdrawn is still there, and the edition lists what is missing."""
    contact, term = make_contact(), make_term()
    step = make_step(contacts=[contact], body=f"Ring {{{{kontakt:{contact.key}}}}}, se [ord](ord:{term.key}).")
    guide = published(make_guide([step]), term)
    clock(days=1)
    for kind, key in (("contact", contact.key), ("term", term.key)):
        withdraw(kind, key, None, "Skäl.")
    edition = edition_at(clock())
    assert edition.step(guide.key, step.key).step.contacts == ()
    assert set(edition.faults) == {("step", step.key, "contact", contact.key), ("step", step.key, "term", term.key)}


def test_what_uses_a_document_is_known(db):
    """From a contact one sees every step that shows it, in a field or in the text."""
    contact = make_contact()
    one, two, three = make_step(contacts=[contact]), make_step(body=f"{{{{kontakt:{contact.key}}}}}"), make_step()
    published(make_guide([one, two, three]))
    found = current.edition().steps_using("contact", contact.key)
    assert [here.step.key for here in found] == [one.key, two.key]


def test_renamed_document_is_found_under_both_keys(db, clock):
    """References to the old key resolve, and the record has the new one."""
    contact = make_contact(key="gammal")
    step = make_step(body="Ring {{kontakt:gammal}}.")
    published(make_guide([step]), contact)
    clock(days=1)
    rename(contact, "ny", None)
    edition = edition_at(clock())
    assert edition.contact("gammal") is edition.contact("ny")
    assert edition.contact("ny").key == "ny"
    assert [here.step.key for here in edition.steps_using("contact", "ny")] == [step.key]
    assert edition.faults == ()


def test_renamed_document_goes_on_under_its_new_key(db, clock):
    """Releases, checks and withdrawals after the change count, and what was under the old key no longer does."""
    contact = published(make_contact(key="gammal", title="Ett", recheck_class="B"))
    first = clock().date()
    clock(days=1)
    check("contact", "gammal", "reviewed", None)
    rename(contact, "ny", None)
    version = edited(contact, title="Två")
    clock(days=1)
    release([version], None)
    edition = edition_at(clock())
    (record,) = edition.all("contact")
    assert (record.key, record.title) == ("ny", "Två")
    assert record.dates.published == first
    assert record.dates.reviewed == first + timedelta(days=1)
    assert record.dates.version == 3
    clock(days=1)
    withdraw("contact", "ny", None, "Skäl.")
    assert edition_at(clock()).all("contact") == ()


def test_edition_with_a_draft_has_that_draft_alone(db):
    """A preview swaps one document in; nothing else unreleased comes along."""
    page, other = published(make_page(title="Ett"), make_page(title="Annan")), make_page(title="Utkast")
    page.title = "Två"
    edition = edition_with(to_document(page))
    assert title_of(edition, page) == "Två"
    assert title_of(edition, other) is None
    assert title_of(current.edition(), page) == "Ett"


# Until when it holds.


def test_edition_ends_at_midnight_in_stockholm(db, clock):
    """Everything that follows from dates changes with the day."""
    assert edition_at(clock()).valid_until == datetime(2026, 6, 2, tzinfo=STOCKHOLM)


def test_edition_ends_at_the_next_release_or_end(db, clock):
    """The earliest switch of the day decides."""
    published(make_page(), effective_from=clock() + timedelta(hours=3))
    published(make_page(), effective_to=clock() + timedelta(hours=2))
    assert edition_at(clock()).valid_until == clock() + timedelta(hours=2)
    assert edition_at(clock(hours=2)).valid_until == clock() + timedelta(hours=1)


def test_cancelled_release_is_no_switch(db, clock):
    """An edition does not end at a moment that was taken back."""
    page = make_page()
    (planned,) = release([save_version(page, None)], None, clock() + timedelta(hours=1))
    cancel(planned, None, "Skäl.")
    assert edition_at(clock()).valid_until == datetime(2026, 6, 2, tzinfo=STOCKHOLM)


def test_scheduled_release_shows_in_a_process_that_holds_an_edition(db, clock):
    """The counter has not moved, yet the next edition is built when its time comes."""
    page = published(make_page(title="Ny"), effective_from=clock() + timedelta(hours=1))
    assert title_of(current.edition(), page) is None
    clock(hours=1)
    assert title_of(current.edition(), page) == "Ny"


# What follows from the day.

OPENS, CLOSES = date(2026, 6, 10), date(2026, 8, 31)


@pytest.mark.parametrize(
    "today,state",
    [
        (date(2026, 6, 9), "upcoming"),
        (date(2026, 6, 10), "open"),
        (date(2026, 8, 1), "open"),
        (date(2026, 8, 2), "closing"),
        (date(2026, 8, 31), "closing"),
        (date(2026, 9, 1), "closed"),
    ],
)
def test_grant_state_follows_from_the_day(today, state):
    """Kommande before it opens, öppen, stänger snart in its last 30 days, stängd the day after the last."""
    assert grant_state(OPENS, CLOSES, False, today) == state


def test_grant_that_has_ended_is_closed_whatever_its_dates():
    """Upphört counts before the dates."""
    assert grant_state(OPENS, CLOSES, True, date(2026, 7, 1)) == "closed"


def test_grant_without_dates_is_unknown():
    """Nothing is claimed of what nobody knows."""
    assert grant_state(None, None, False, date(2026, 7, 1)) == "unknown"
    assert grant_state(None, CLOSES, False, date(2026, 7, 1)) == "open"
    assert grant_state(OPENS, None, False, date(2026, 7, 1)) == "open"


def test_grant_state_of_the_edition_is_that_of_its_day_in_stockholm(db, clock):
    """At half past midnight in Stockholm it is the new day, whatever the server's clock says."""
    grant = published(make_grant(opens_on=date(2026, 6, 2), verified=True))
    assert edition_at(datetime(2026, 6, 1, 23, 59, tzinfo=STOCKHOLM)).get("grant", grant.key).state_label == "kommande"
    assert edition_at(datetime(2026, 6, 2, 0, 30, tzinfo=STOCKHOLM)).get("grant", grant.key).state_label == "öppen"


def test_grant_dates_that_nobody_confirmed_are_not_stated_as_fact(db, clock):
    """The label says that the funder has not been asked."""
    grant = published(make_grant(opens_on=date(2026, 5, 1)))
    assert edition_at(clock()).get("grant", grant.key).state_label == "öppen, inte bekräftat"


def statute_on(day: date, **fields):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)
    old = make("statute", "2001:453", {"title": "Gamla lagen", "url": "https://a.se"} | fields)
    released = Released(old, to_text(old), 1, day, day)
    return build(Material(1, at, (released,)))[0].statute("2001:453")


def test_statute_is_repealed_from_its_day():
    """The last day it holds it is not yet marked."""
    assert not statute_on(date(2025, 6, 30), repealed_on=date(2025, 7, 1)).repealed
    assert statute_on(date(2025, 7, 1), repealed_on=date(2025, 7, 1)).repealed


def test_statute_is_coming_until_its_day():
    """A decided law that is not in force yet says from when."""
    assert statute_on(date(2026, 6, 30), in_force_from=date(2026, 7, 1)).coming
    assert not statute_on(date(2026, 7, 1), in_force_from=date(2026, 7, 1)).coming


def test_review_is_overdue_thirty_days_after_it_was_due():
    """A page reviewed long ago says that it needs a new review."""
    day = date(2026, 6, 1)
    document = make("page", "p", {"title": "P", "review_every": 100})
    released = Released(document, to_text(document), 1, date(2025, 1, 1), date(2025, 1, 1))

    def overdue(days_ago):
        on = day - timedelta(days=days_ago)
        checked = Checked("page", "p", "reviewed", on, datetime(on.year, on.month, on.day, tzinfo=STOCKHOLM))
        at = datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)
        return build(Material(1, at, (released,), checks=(checked,)))[0].page("p").dates.overdue

    assert not overdue(130)
    assert overdue(131)


def test_records_cannot_be_altered(db):
    """An edition is frozen: a view that tried to change a record would fail."""
    published(make_page(key="sidan"))
    with pytest.raises(AttributeError):
        current.edition().page("sidan").title = "Annat"
    with pytest.raises(TypeError):
        current.edition().records["page"]["annan"] = None


# What is kept between editions.


def test_long_text_is_kept_under_the_name_it_always_had():
    """It is hashed in pieces, for the sake of other threads; what earlier programs rendered is found again."""
    text = "Ring 112. " * 1000
    whole = "\x00".join(("m", "False", "2025:400", "11", "2", text))
    assert Passage(text, False, "2025:400", "11", 2).hash("m") == hashlib.sha256(whole.encode()).hexdigest()
