"""The ring round: whom to call today, and what one press does."""

import pytest
from django.urls import reverse

from guides.models import Check
from guides.publishing.current import current
from guides.publishing.release import check, rename
from guides.publishing.upkeep.ring_round import due_calls
from tests.factories import make_contact, published


def number(key, **fields):
    return published(make_contact(**{"key": key, "title": key.capitalize(), "recheck_class": "B"} | fields))


def test_calls_that_are_due_come_latest_first(db, clock):
    """Counted from the last call, else from publication; A holds 90 days, B 180."""
    number("aldrig")
    number("gammal"), number("fardig"), number("klass-a", recheck_class="A", confidence="high")
    clock(days=1)
    for key in ("gammal", "klass-a"):
        check("contact", key, "answers", None)
    clock(days=179)
    check("contact", "fardig", "answers", None)
    assert [(call.key, call.late) for call in due_calls()] == [("aldrig", 180), ("klass-a", 89)]
    clock(days=1)
    assert [call.key for call in due_calls()] == ["aldrig", "klass-a", "gammal"]


def test_only_published_numbers_of_class_a_and_b_are_called(db):
    """Not 112, not a draft, not a service without number."""
    number("nodnummer", recheck_class="C"), number("chatt", number="")
    make_contact(key="utkast", recheck_class="B")
    assert due_calls() == []


def test_call_follows_a_changed_key(db, clock):
    """The look that was made stays a look."""
    row = number("gammal")
    check("contact", "gammal", "answers", None)
    rename(row, "ny", None)
    assert due_calls() == []


def test_one_press_says_that_it_answers(editor_client, editor, clock):
    """The number is shown with the day, and leaves the list."""
    number("jouren")
    page = editor_client.get(reverse("ring-round")).content.decode()
    assert "Jouren" in page and "Aldrig provringt" in page
    editor_client.post(reverse("ring-round"), {"contact": "jouren", "outcome": "answers"})
    assert Check.objects.get().by == editor
    assert current.edition().contact("jouren").number("public").note == "Kontrollerat 2026-06-01."
    assert "Ingen behöver ringas" in editor_client.get(reverse("ring-round")).content.decode()


def test_one_press_hides_a_silent_number_behind_its_fallback(editor_client, db, clock):
    """At once; it is called again the day after."""
    number("jouren")
    assert "+46855500100" in editor_client.get("/kontakt/nummer/jouren/").content.decode()
    editor_client.post(reverse("ring-round"), {"contact": "jouren", "outcome": "silent"})
    text = editor_client.get("/kontakt/nummer/jouren/").content.decode()
    assert "+46855500100" not in text and "tel:11414" in text
    assert due_calls() == []
    clock(days=1)
    assert [call.silent for call in due_calls()] == [True]


def test_press_without_a_login_is_not_lost(client, db):
    """The answer holds it, with the login beside it: else a silent number stays, and nobody knows."""
    number("jouren")
    answer = client.post(reverse("ring-round"), {"contact": "jouren", "outcome": "silent"})
    assert answer.status_code == 403 and ("outcome", "silent") in answer.context["sent"]


@pytest.mark.parametrize("sent", [{"contact": "finns-inte", "outcome": "silent"}, {"contact": "jouren", "outcome": "hidden"}, {"contact": "112", "outcome": "silent"}])
def test_forged_press_does_nothing(editor_client, db, sent):
    """Another outcome, another contact, an emergency number."""
    number("jouren"), number("112", recheck_class="C")
    editor_client.post(reverse("ring-round"), sent)
    assert not Check.objects.exists()


def test_ring_round_is_for_who_may_change_contacts(client, django_user_model, db):
    """Nobody else hides a number."""
    number("jouren")
    assert client.get(reverse("ring-round"))["Location"].startswith("/admin/login/")
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert client.get(reverse("ring-round")).status_code == 403
    assert client.post(reverse("ring-round"), {"contact": "jouren", "outcome": "silent"}).status_code == 403
    assert not Check.objects.exists()
