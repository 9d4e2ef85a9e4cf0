"""The site at another moment, what is scheduled, and times that the change of clocks makes unclear."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from guides.admin.times import StockholmTimeField, refuse_unclear
from guides.models import Release
from guides.publishing.current import current
from guides.publishing.release import cancel, rename, withdraw
from guides.publishing.versions import save_version
from tests.factories import make_guide, make_page, make_step, published
from tests.forms import verb


def planned(row, when, **how):
    """A release of the row's newest version that lies ahead."""
    return published(row, effective_from=when, **how)


def changed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    save_version(row, None)
    return row


# The whole site at another moment.


@pytest.fixture
def page(db, clock):
    """A page that is public now under one title and will have another on Monday at eight."""
    row = published(make_page(key="sidan", title="Nu"))
    planned(changed(row, title="På måndag"), clock().replace(hour=8) + timedelta(days=7))
    return row


def test_site_is_shown_as_it_will_be(editor_client, page):
    """The same page by the same view, from the edition of that moment; the site itself has not moved."""
    text = editor_client.get("/admin/vid/2026-06-08T08:00/om/sidan/").content.decode()
    assert "På måndag" in text and "Så ser webbplatsen ut den 2026-06-08 kl. 08:00" in text
    assert "På måndag" not in editor_client.get("/admin/vid/2026-06-08T07:59/om/sidan/").content.decode()
    assert "På måndag" not in editor_client.get("/om/sidan/").content.decode()
    assert "Bara för redaktionen" not in editor_client.get("/om/sidan/").content.decode()


def test_site_is_shown_as_it_was(editor_client, clock, page):
    """A moment gone by, to the minute."""
    clock(days=8)
    text = editor_client.get("/admin/vid/2026-06-02T12:00/om/sidan/").content.decode()
    assert "Nu" in text and "På måndag" not in text


def test_before_the_first_release_there_was_no_site(editor_client, clock, page):
    """Said with the form to choose again, not shown as a site without pages."""
    day = clock() - timedelta(days=30)
    for answer, status in (
        (editor_client.get(f"/admin/vid/{day:%Y-%m-%d}T12:00/"), 404),
        (editor_client.get("/admin/vid/", {"at_0": f"{day:%Y-%m-%d}", "at_1": "12:00"}), 200),
    ):
        text = answer.content.decode()
        assert answer.status_code == status and "Webbplatsen fanns inte då" in text
        assert f'value="{day:%Y-%m-%d}"' in text and "Så ser webbplatsen ut den" not in text


def test_day_of_one_document_is_chosen_in_its_history(editor_client, clock, page):
    """Only the day: the page as it stood when that ended, also of what is public no more."""
    clock(days=8)
    withdraw("page", "sidan", None, "Fel.")
    text = editor_client.get(verb(page, "versioner")).content.decode()
    sent = dict(re.findall(r'name="(at_1|sida)" value="([^"]*)"', text))
    answer = editor_client.get("/admin/vid/", sent | {"at_0": "2026-06-02"})
    assert answer["Location"] == "/admin/vid/2026-06-02T23:59/om/sidan/"
    assert "Nu" in editor_client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("typed", ["//evil.example/", "https://evil.example/", "/../../admin/", "\\evil.example"])
def test_forged_page_of_a_day_stays_within_that_day(editor_client, page, typed):
    """It is a page of the site or none."""
    answer = editor_client.get("/admin/vid/", {"at_0": "2026-06-02", "at_1": "12:00", "sida": typed})
    assert answer["Location"].startswith("/admin/vid/2026-06-02T12:00/")
    assert editor_client.get(answer["Location"]).status_code == 404


def test_links_lead_on_within_that_moment(editor_client, page):
    """One can click on; static files are the site's own."""
    text = editor_client.get("/admin/vid/2026-06-08T08:00/").content.decode()
    assert 'href="/admin/vid/2026-06-08T08:00/guider/"' in text
    assert 'href="/guider/"' not in text and 'href="/admin/vid/2026-06-08T08:00/static' not in text


def test_moved_and_withdrawn_pages_answer_as_they_will(editor_client, clock, db):
    """301 within the moment, 410 with the reason, 404."""
    moved, gone = published(make_page(key="gammal")), published(make_page(key="borta"))
    rename(moved, "ny", None)
    withdraw("page", gone.key, None, "Slut.")
    at = "/admin/vid/2026-06-08T08:00"
    answer = editor_client.get(f"{at}/om/gammal/")
    assert (answer.status_code, answer["Location"]) == (301, f"{at}/om/ny/")
    assert editor_client.get(f"{at}/om/borta/").status_code == 410
    assert editor_client.get(f"{at}/om/aldrig/").status_code == 404


def test_other_moment_is_kept_nowhere(editor_client, page):
    """No proxy, no search engine, no tag."""
    answer = editor_client.get("/admin/vid/2026-06-08T08:00/om/sidan/")
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer


def test_other_moment_is_for_staff_who_may_see_guides(client, django_user_model, page):
    """Visitors are sent to the login; other staff are refused."""
    place = "/admin/vid/2026-06-08T08:00/om/sidan/"
    assert client.get(place)["Location"].startswith("/admin/login/")
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert client.get(place).status_code == 403
    assert client.get("/admin/vid/").status_code == 403


@pytest.mark.parametrize("path", ["i-dag/", "2026-13-01T08:00/", "2026-06-08T08:00/admin/", "2026-06-08T08:00/finns/inte/"])
def test_mistyped_moment_is_404(editor_client, db, path):
    """Nor does the staff's door show itself inside itself."""
    assert editor_client.get(f"/admin/vid/{path}").status_code == 404


def test_nothing_is_sent_from_another_moment(editor_client, page):
    """It is for looking."""
    assert editor_client.post("/admin/vid/2026-06-08T08:00/om/tillganglighet/rapport/", {"text": "x"}).status_code == 404


def test_moment_is_chosen_in_a_form(editor_client, page):
    """Day and time, or one of the moments at which something is scheduled."""
    text = editor_client.get("/admin/vid/").content.decode()
    assert "/admin/vid/2026-06-08T08:00/" in text
    answer = editor_client.get("/admin/vid/", {"at_0": "2027-01-01", "at_1": "08:00"})
    assert answer["Location"] == "/admin/vid/2027-01-01T08:00/"
    assert "/admin/vid/" in editor_client.get("/admin/").content.decode()


# The schedule.


def test_schedule_lists_what_will_happen(approver_client, page):
    """In the order of time, with who and what."""
    planned(make_page(title="Tidigare"), current.edition().at + timedelta(days=1))
    text = approver_client.get(reverse("schedule")).content.decode()
    assert text.index("Tidigare") < text.index("På måndag")
    assert "8 juni 2026 08:00" in text


def test_scheduled_release_is_cancelled_with_a_reason(approver_client, approver, page):
    """What is in force stays in force, and the list is empty."""
    (row,) = Release.objects.ahead(current.edition().at)
    assert "Skriv varför" in approver_client.post(reverse("schedule"), {"release": row.pk, "reason": " "}).content.decode()
    approver_client.post(reverse("schedule"), {"release": row.pk, "reason": "Lagen sköts upp."})
    cancelled = Release.objects.get(cancels=row)
    assert (cancelled.reason, cancelled.released_by) == ("Lagen sköts upp.", approver)
    assert "Inget är schemalagt." in approver_client.get(reverse("schedule")).content.decode()
    assert "På måndag" not in approver_client.get("/admin/vid/2026-06-08T08:00/om/sidan/").content.decode()


def test_later_edit_does_not_leak_into_what_is_scheduled(client, page, clock):
    """What two have read is what goes out, whatever is saved meanwhile."""
    changed(page, title="Aldrig läst")
    clock(days=8)
    text = client.get("/om/sidan/").content.decode()
    assert "På måndag" in text and "Aldrig läst" not in text


def test_history_never_says_that_what_was_cancelled_is_public(approver_client, approver, page, clock):
    """Planned, then taken back with who and why: at no time "published" or "withdrawn"."""
    text = approver_client.get(verb(page, "versioner")).content.decode()
    assert "Schemalagd till 8 juni 2026 08:00" in text and "Publicerad 8 juni" not in text
    cancel(Release.objects.ahead(clock()).get(), approver, "Väntar på lagen.")
    for _ in range(2):
        text = approver_client.get(verb(page, "versioner")).content.decode()
        assert "Schemaläggningen till 8 juni 2026 08:00 avbröts 1 juni 2026 12:00: Väntar på lagen." in text
        assert "Publicerad 8 juni" not in text and "Schemalagd till" not in text and "Tillbakadragen" not in text
        clock(days=9)


def test_what_has_happened_cannot_be_cancelled(approver_client, clock, page):
    """The sentence says what to do instead."""
    (row,) = Release.objects.ahead(clock())
    clock(days=8)
    text = approver_client.post(reverse("schedule"), {"release": row.pk, "reason": "För sent."}).content.decode()
    assert "redan trätt i kraft" in text


@pytest.mark.parametrize("pk", ["", "x", "999999", "²"])
def test_release_that_is_not_there_is_404(approver_client, db, pk):
    """A forged form is no error of ours."""
    assert approver_client.post(reverse("schedule"), {"release": pk, "reason": "Skäl."}).status_code == 404


def test_editor_sees_the_schedule_and_cannot_cancel(editor_client, page):
    """Cancelling is publishing."""
    (row,) = Release.objects.ahead(current.edition().at)
    assert "Skäl att avbryta" not in editor_client.get(reverse("schedule")).content.decode()
    assert editor_client.post(reverse("schedule"), {"release": row.pk, "reason": "Skäl."}).status_code == 403
    assert not Release.objects.filter(cancels=row).exists()


def test_end_that_is_set_is_listed(approver_client, clock, db):
    """A page that goes by itself is no surprise."""
    published(make_guide([make_step()], title="Tillfällig"), effective_to=clock() + timedelta(days=3))
    text = approver_client.get(reverse("schedule")).content.decode()
    assert "Slutar av sig självt" in text and "Tillfällig" in text


# The change of clocks.


@pytest.mark.parametrize(
    ("day", "time", "choices"),
    [
        ("2027-03-28", "02:00", ("01:00", "03:00")),
        ("2027-03-28", "02:30", ("01:30", "03:30")),
        ("2026-10-25", "02:00", ("01:59 (sommartid)", "03:00 (vintertid)")),
        ("2026-10-25", "02:59", ("01:59 (sommartid)", "03:00 (vintertid)")),
    ],
)
def test_unclear_time_is_refused_with_a_choice(approver_client, clock, day, time, choices):
    """Skipped in spring, doubled in autumn: the form names the two times near it and keeps what was typed."""
    page = make_page()
    data = {"effective_from_0": day, "effective_from_1": time, "note": "Ny sida."}
    text = approver_client.post(reverse("admin:page_publicera", args=[page.pk]), data).content.decode()
    assert all(choice in text for choice in choices) and "Ny sida." in text
    assert not Release.objects.exists()


@pytest.mark.parametrize("local", ["2027-03-28T01:59", "2027-03-28T03:00", "2026-10-25T01:59", "2026-10-25T03:00", "2026-07-01T02:30"])
def test_clear_time_is_taken(local):
    """Also just beside the change."""
    moment = datetime.fromisoformat(local)
    refuse_unclear(moment)
    found = StockholmTimeField().clean([f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"])
    assert found.replace(tzinfo=None) == moment


def test_half_a_moment_is_refused():
    """A day without a time says nothing."""
    with pytest.raises(ValidationError):
        StockholmTimeField().clean(["2027-01-01", ""])
