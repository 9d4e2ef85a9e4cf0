"""Urgent messages: they begin and end by themselves, for those they are meant for, and cannot be dismissed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guides.edition.build import build
from guides.edition.faults import faults
from guides.models import Emergency, Mailbox
from guides.publishing import edition_file
from guides.publishing.current import current
from guides.publishing.emergency import publish_now
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import to_document
from guides.publishing.release import release
from guides.publishing.upkeep.reminders import remind
from guides.publishing.versions import latest, save_version
from guides.text.documents import from_text, to_text
from tests.factories import approved, make_banner, make_municipality, published

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def text_of(client, path="/") -> str:
    return client.get(path).content.decode()


def messages(banner) -> list[str]:
    return [fault.message for fault in faults(to_document(banner), current.edition())]


def test_banner_begins_and_ends_by_itself(client, db, clock):
    """Nobody does anything at either moment, and every page is rendered anew."""
    start = clock() + timedelta(hours=2)
    published(make_banner(title="Störning på 114 14", shown_from=start, shown_to=start + timedelta(hours=3)))
    assert "Störning" not in text_of(client)
    clock(hours=2)
    assert "Störning" in text_of(client)
    clock(hours=2, minutes=59)
    assert "Störning" in text_of(client)
    clock(minutes=1)
    assert "Störning" not in text_of(client)


def test_edition_holds_until_a_banner_changes(db, clock):
    """Both moments are among those at which the edition must be built anew."""
    start = clock() + timedelta(hours=2)
    published(make_banner(shown_from=start, shown_to=start + timedelta(hours=3)))
    assert current.edition().valid_until == start
    clock(hours=2)
    assert current.edition().valid_until == start + timedelta(hours=3)


@pytest.mark.parametrize(
    ("audience", "shown"), [("", ("/", "/ansvar/")), ("public", ("/",)), ("professional", ("/ansvar/",))]
)
def test_banner_stands_on_the_pages_of_its_readers(client, db, audience, shown):
    """Everybody's when nothing is said."""
    published(make_banner(title="Nytt läge", audience=audience))
    for path in ("/", "/ansvar/"):
        assert ("Nytt läge" in text_of(client, path)) == (path in shown)


def test_banner_of_a_municipality_stands_on_its_page_alone(client, db):
    """Hörby's message is for those who look for Hörby."""
    horby, kiruna = make_municipality(key="horby"), make_municipality(key="kiruna", county=None)
    published(kiruna, make_banner(title="Växeln är stängd", municipalities=[horby]))
    assert "Växeln" in text_of(client, "/kontakt/horby/")
    assert "Växeln" not in text_of(client, "/kontakt/kiruna/")
    assert "Växeln" not in text_of(client, "/")


def test_at_most_two_the_important_first_then_the_newest(client, db, clock):
    """More would push the numbers off the screen."""
    now = clock()
    for title, level, age in (("Äldst", "information", 3), ("Yngst", "information", 1), ("Fara", "important", 4)):
        published(make_banner(title=title, level=level, shown_from=now - timedelta(hours=age)))
    assert [b.title for b in current.edition().banners("public")] == ["Fara", "Yngst"]
    text = text_of(client)
    assert text.index("Viktigt: Fara") < text.index("Yngst")
    assert "Äldst" not in text


def test_banner_is_a_named_part_of_the_page_before_main(client, db):
    """No alert role, nothing to dismiss, its hours in words, and not quoted by search engines."""
    start = datetime(2026, 11, 21, 8, 0, tzinfo=STOCKHOLM)
    published(
        make_banner(
            key="ett", link="/kontakt/", link_text="Alla nummer", shown_from=start, shown_to=start.replace(year=2036)
        )
    )
    text = text_of(client)
    section = text[text.index('<section class="banner') : text.index("</section>")]
    assert 'aria-labelledby="banderoll-ett"' in section and "data-nosnippet" in section
    assert '<a href="/kontakt/">Alla nummer</a>' in section
    assert "21 november kl. 08.00" in section
    assert "role=" not in section and "<button" not in section
    assert text.index("</header>") < text.index('<section class="banner') < text.index("<main")
    assert text.index('class="exit"') < text.index('<section class="banner')


def test_banner_says_when_it_was_last_changed(client, db, clock):
    """With the hour, also by a process that serves the edition file; correcting a slip is no change."""
    banner = published(make_banner(title="Kö", shown_from=clock(), shown_to=clock() + timedelta(days=2)))
    clock(hours=3)
    changed = clock()
    for minor in (False, True):
        banner.text = f"Nya ord {minor}."
        banner.save()
        published(banner, minor=minor)
        clock(minutes=20)
    said = '<p class="small">Uppdaterad <time datetime="2026-06-01T15:00:00+02:00">1 juni kl. 15.00</time>.'
    assert said in text_of(client)
    material, _ = edition_file.read()
    assert build(material)[0].records["banner"][banner.key].updated_at == changed


def test_banner_survives_the_way_through_a_file(db):
    """Hour and minute in Stockholm, on both sides of the summer time."""
    for month in (1, 7):
        start = datetime(2026, month, 21, 8, 5, tzinfo=STOCKHOLM)
        text = to_text(to_document(make_banner(shown_from=start)))
        assert f"shown_from: 2026-{month:02}-21 08:05\n" in text
        assert from_text("banner", text)["shown_from"] == start


def test_banner_without_an_end_is_not_released(db):
    """One that stays for ever is read by nobody."""
    with pytest.raises(PublishingError, match="Visas till: Fyll i fältet"):
        published(make_banner(shown_to=None))


def test_important_banner_is_shown_for_at_most_seven_days(db, clock):
    """An alarm that goes on is no alarm. An information may stay longer."""
    ends = clock() + timedelta(days=7, minutes=1)
    assert ["sju dagar" in m for m in messages(make_banner(level="important", shown_to=ends))] == [True]
    assert messages(make_banner(level="important", shown_to=clock() + timedelta(days=7))) == []
    assert messages(make_banner(shown_to=ends)) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "å" * 81}, "81 tecken"),
        ({"text": "å" * 201}, "201 tecken"),
        ({"text": ""}, "saknas"),
        ({"link": "/kontakt/"}, "både adress och text"),
        ({"link_text": "Nummer"}, "både adress och text"),
        ({"link": "javascript:alert(1)", "link_text": "Nummer"}, "börja med /"),
        ({"link": "//ond.se", "link_text": "Nummer"}, "börja med /"),
    ],
)
def test_fault_of_a_banner_is_told(db, fields, said):
    """Before it can be released."""
    banner = make_banner()
    for name, value in fields.items():
        setattr(banner, name, value)
    assert [said in message for message in messages(banner)] == [True]


def test_banner_cannot_end_before_it_begins(db, clock):
    """The two were mixed up."""
    assert "efter starttiden" in messages(make_banner(shown_to=clock() - timedelta(days=1)))[0]


def test_owner_is_told_three_days_before_and_on_the_day_that_it_ends(post, db, clock):
    """Each once, to the owner's mailbox. One that is shown for two days, or has ended, is told on its day or not at all."""
    Mailbox.objects.create(function="Redaktionen", address="red@example.se")
    start = clock()
    published(
        make_banner(title="Lång", shown_from=start, shown_to=start + timedelta(days=9)),
        make_banner(title="Kort", shown_from=start, shown_to=start + timedelta(days=2)),
    )
    told = {}
    for day in range(12):
        for _ in range(2):
            if remind().mails:
                told[day] = [name for name in ("Lång", "Kort") if name in post.last()]
        clock(days=1, minutes=-10)
    assert told == {2: ["Kort"], 6: ["Lång"], 9: ["Lång"]}
    assert post.mails[0][1]["Subject"] == "En banderoll slutar visas"
    assert "Slutar visas den 3 juni 2026." in post.mails[0][1].get_content()


def test_banner_that_is_prolonged_is_told_of_anew(post, db, clock):
    """Before its new end."""
    Mailbox.objects.create(function="Redaktionen", address="red@example.se")
    banner = published(make_banner(shown_from=clock(), shown_to=clock() + timedelta(days=5)))
    clock(days=2)
    assert remind().mails == 1
    banner.shown_to += timedelta(days=5)
    banner.save()
    published(banner)
    clock(days=1)
    assert remind().mails == 0
    clock(days=4)
    assert remind().mails == 1


def test_banner_is_published_at_once_with_the_emergency_right_alone(reviewer, db):
    """A reviewer, who may not publish otherwise; every change is a row with who and why."""
    banner = make_banner(title="Störning")
    publish_now(save_version(banner, reviewer), reviewer, "Växeln är nere.")
    assert [b.title for b in current.edition().banners("public")] == ["Störning"]
    row = Emergency.objects.get()
    assert (row.by, row.reason, row.release.version.saved_by) == (reviewer, "Växeln är nere.", reviewer)


def test_editor_makes_a_banner_in_the_admin(client, approver):
    """From the form to the page."""
    client.force_login(approver)
    form = {
        "title": "Telefonkö", "key": "telefonko", "level": "important", "text": "Det är kö på alla linjer.",
        "shown_from_0": "2020-01-01", "shown_from_1": "08:00", "shown_to_0": "2020-01-02", "shown_to_1": "08:00",
        "owner": "Redaktionen", "review_every": "180",
    }  # fmt: skip
    assert client.post("/admin/guides/banner/add/", form).status_code == 302
    release([approved(latest("banner", "telefonko"))], approver)
    assert [b.title for b in current.edition().all("banner")] == ["Telefonkö"]
    assert "Telefonkö" not in text_of(client)
