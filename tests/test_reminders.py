"""Reminders to owners, over a real SMTP server: each stage once, one mail a day, whoever runs tick and how often."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from guides.models import Check, Digest, Mailbox, Reminder, Version
from guides.publishing.current import current
from guides.publishing.release import check, rename
from guides.publishing.upkeep import reminders
from guides.publishing.upkeep.reminders import remind
from tests.factories import make_actor, make_contact, make_guide, make_page, make_source, make_step, published
from tests.serving import free_port

DESK, COUNTY = "redaktionen@example.se", "lanet@example.se"


@pytest.fixture
def desk(db):
    return Mailbox.objects.create(function="Redaktionen", address=DESK, late_address=COUNTY)


def test_owner_is_told_at_each_stage_once(post, desk, clock):
    """30 days before, on the day, 14 and 30 days after; the last to whoever answers for what is late."""
    published(make_page(key="sidan", title="Sidan", review_every=100))
    told = {}
    for day in range(0, 140):
        if day:
            clock(days=1)
        for _ in range(2 if day in (70, 100, 114, 130) else 0):
            remind()
            told[day] = [to for to, _ in post.mails]
        if day in (69, 99, 113, 129):
            assert remind().mails == 0
    assert told == {70: [DESK], 100: [DESK] * 2, 114: [DESK] * 3, 130: [DESK] * 3 + [COUNTY]}
    assert [r.stage for r in Reminder.objects.order_by("stage")] == [-30, 0, 14, 30]


def test_changed_key_tells_nobody_again(post, desk, clock):
    """It is the same text, due on the same day."""
    page = published(make_page(key="gammal", review_every=100))
    clock(days=100)
    assert remind().mails == 1
    rename(page, "ny", None)
    clock(days=1)
    assert remind().mails == 0


def test_mail_says_what_and_leads_to_the_form(post, desk, clock, settings):
    """Plain words, from the site, to the mailbox."""
    page = published(make_page(title="Sidan om skydd", review_every=100))
    clock(days=100)
    remind()
    ((to, message),) = post.mails
    assert (to, message["To"], message["Subject"]) == (DESK, DESK, "En text ska granskas")
    assert message.get_content_type() == "text/plain"
    assert "Sidan om skydd (sida)" in post.last() and "Ska granskas nu (den 9 september 2026)." in post.last()
    assert settings.PUBLIC_URL + reverse("admin:guides_page_change", args=[page.pk]) in post.last()


def test_many_texts_are_one_mail(post, desk, clock):
    """One digest a mailbox and day; what comes due later that day waits for the next."""
    published(make_page(review_every=100), make_page(review_every=100))
    clock(days=100)
    assert remind().reminders == 2 and len(post) == 1
    assert post.mails[0][1]["Subject"] == "2 texter ska granskas"
    published(make_page(review_every=1))
    assert remind().mails == 0
    clock(days=1)
    assert remind().reminders == 1 and len(post) == 2


def test_each_function_has_its_own_mailbox(post, desk, clock):
    """An owner without one is looked after by the editors."""
    Mailbox.objects.create(function="Polisens samordnare", address="polisen@example.se")
    for owner in ("Redaktionen", "Polisens samordnare", "Okänd funktion"):
        published(make_page(owner=owner, title=owner, review_every=1))
    remind()
    text = {to: message.get_content() for to, message in post.mails}
    assert "Polisens samordnare" in text["polisen@example.se"] and "Okänd" not in text["polisen@example.se"]
    assert "Okänd funktion" in text[DESK] and "Redaktionen" in text[DESK]


def test_owner_without_any_mailbox_is_told_by_tick(post, db, capsys):
    """Nobody is written to, and nothing counts as told."""
    published(make_page(owner="Länsstyrelsen", review_every=1))
    call_command("tick")
    assert "Utan brevlåda: Länsstyrelsen" in capsys.readouterr().out
    assert len(post) == 0 and not Reminder.objects.exists()


def test_only_the_stage_that_has_been_reached_is_told(post, desk, clock):
    """When tick has stood still for months there is one line, not four."""
    published(make_page(review_every=100))
    clock(days=120)
    remind()
    assert [r.stage for r in Reminder.objects.all()] == [14]


def test_review_moves_the_due_date_and_begins_anew(post, desk, clock):
    """Every round has its own stages."""
    published(make_page(key="sidan", review_every=100))
    clock(days=100)
    remind()
    check("page", "sidan", "reviewed", None)
    clock(days=69)
    assert remind().mails == 0
    clock(days=1)
    assert remind().mails == 1
    assert len(post) == 2


def test_call_that_was_answered_is_a_look_at_a_contact(post, desk, clock):
    """A number that answers needs no review of its own."""
    published(make_contact(key="jouren", recheck_class="A", confidence="high", review_every=90))
    clock(days=59)
    check("contact", "jouren", "answers", None)
    clock(days=30)
    assert remind().mails == 0


def test_what_has_no_interval_is_never_due(post, desk, clock):
    """A source is read when what it supports is."""
    published(make_source())
    clock(days=1000)
    assert remind().mails == 0


def test_mail_that_is_refused_is_sent_the_next_time(post, desk, clock):
    """Nothing counts as told that nobody has got."""
    published(make_page(review_every=1))
    post.refuses = True
    assert remind().failed == 1
    assert not Digest.objects.exists() and not Reminder.objects.exists()
    post.refuses = False
    assert remind().mails == 1 and len(post) == 1


def test_without_a_mail_server_tick_goes_on(settings, desk, clock):
    """The rest of the housekeeping does not wait for the post."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    published(make_page(review_every=1))
    call_command("tick")
    assert not Reminder.objects.exists()


def test_mail_that_another_process_claims_meanwhile_is_left_to_it(post, desk, clock, monkeypatch):
    """Both have seen that it is due; who writes the row first sends it."""
    published(make_page(review_every=1))
    found = list(reminders.due_items(current.refresh(), clock().date()))

    def seen_by_both(*args):
        yield from found
        Digest.objects.create(address=DESK, day=clock().date())

    monkeypatch.setattr(reminders, "due_items", seen_by_both)
    assert remind().mails == 0 and len(post) == 0 and not Reminder.objects.exists()


# In the admin and in public.


def test_one_click_says_that_it_still_holds(editor_client, editor, clock):
    """Granskad moves; uppdaterad, version and text do not."""
    page = published(make_page(key="sidan"))
    clock(days=50)
    before = current.edition().page("sidan").dates
    assert "Granskad utan ändring" in editor_client.get(reverse("admin:guides_page_change", args=[page.pk])).content.decode()
    assert editor_client.post(reverse("admin:page_granskad", args=[page.pk])).status_code == 302
    after = current.edition().page("sidan").dates
    assert (after.reviewed, after.updated, after.version) == (clock().date(), before.updated, before.version)
    assert Check.objects.get().by == editor and Version.objects.count() == 1


def test_nothing_is_reviewed_by_a_link(editor_client, db):
    """Only a form does it, and only for who may change it."""
    page = published(make_page())
    assert editor_client.get(reverse("admin:page_granskad", args=[page.pk])).status_code == 405
    assert not Check.objects.exists()


def test_draft_has_no_review_button(editor_client, db):
    """What nobody can read needs no review."""
    page = make_page()
    assert "Granskad utan ändring" not in editor_client.get(reverse("admin:guides_page_change", args=[page.pk])).content.decode()


@pytest.mark.parametrize("kind", ["step", "actor"])
def test_page_thirty_days_overdue_says_so(client, db, clock, kind):
    """Not a day before; a fresh page, which nobody has reviewed, is not late."""
    step, actor = make_step(key="steget", review_every=100), make_actor(key="aktoren", review_every=100)
    published(make_guide([step], key="guiden"), actor)
    path = {"step": "/guider/guiden/steget/", "actor": "/ansvar/aktoren/"}[kind]
    for days, late in ((0, False), (130, False), (1, True)):
        clock(days=days)
        assert ("Översynen är försenad" in client.get(path).content.decode()) is late
    check(kind, "steget" if kind == "step" else "aktoren", "reviewed", None)
    assert "Översynen är försenad" not in client.get(path).content.decode()


def test_number_is_never_called_late_in_public(client, db, clock):
    """How long a number may be trusted has a rule of its own; 112 does not grow old."""
    published(make_contact(key="jouren", review_every=90))
    clock(days=1000)
    assert "försenad" not in client.get("/kontakt/nummer/jouren/").content.decode()
