"""Publishing at once with a reason, the countersign of another, and the number that everybody may hide."""

from datetime import date, timedelta

import pytest

from guides.models import Check, Countersign, Emergency, Membership, Release
from guides.publishing import edition_file
from guides.publishing.current import current, edition_at
from guides.publishing.emergency import countersign, publish_now, uncountersigned
from guides.publishing.errors import PublishingError
from guides.publishing.in_force import read_material
from guides.publishing.masking import hide
from guides.publishing.release import check, release, withdraw
from guides.publishing.review import authors
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER
from guides.publishing.versions import save_version
from guides.text.working_days import is_working_day, working_days_after
from tests.factories import approved, make_contact, make_municipality, make_page, published
from tests.forms import change, press, verb

NEW = "+46855500199"
TYPED = ("08-555 001 99", "085550 01 99")


def refused(said: str):
    return pytest.raises(PublishingError, match=said)


def edited(row, by, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return save_version(row, by)


def shown(key):
    """The number that visitors see, "" when none."""
    number = current.edition().contact(key).number("public")
    return number.value if number else ""


@pytest.fixture
def jour(db, clock):
    """A published number that everybody may see."""
    contact = published(make_contact(key="jour", title="Jouren", recheck_class="A", confidence="low"))
    check("contact", "jour", "answers", None)
    return contact


# Publishing at once.


@pytest.mark.parametrize(
    ("role", "status"), [(EDITOR, 403), (REVIEWER, 302), (PUBLISHER, 302), (ADMINISTRATOR, 302)]
)
def test_reviewer_and_publisher_may_publish_at_once(client, person, editor, role, status):
    """With a reason; nobody else."""
    page = published(make_page(title="Ett"))
    edited(page, editor, title="Två")
    client.force_login(person("anna", role))
    assert press(client, verb(page, "nodpublicera"), {"reason": "Fel paragraf."}).status_code == status
    assert current.edition().page(page.key).title == ("Två" if status == 302 else "Ett")
    assert Emergency.objects.count() == (status == 302)


def test_it_needs_a_reason_and_refuses_what_release_refuses(client, reviewer):
    """Faults are faults in an emergency too."""
    page = published(make_page())
    version = edited(page, reviewer, body="Ring {{kontakt:ingen}}.")
    client.force_login(reviewer)
    assert press(client, verb(page, "nodpublicera"), {"reason": " "}).status_code == 200
    with refused("Skriv varför"):
        publish_now(version, reviewer, " ")
    with refused("ingen"):
        publish_now(version, reviewer, "Bråttom.")
    assert Release.objects.count() == 1


def test_all_reviewers_are_told(post, reviewer, person, editor, settings, django_capture_on_commit_callbacks):
    """Who, what, why, by when, and where to countersign."""
    person("andra", REVIEWER)
    page = published(make_page(title="Sidan"))
    version = edited(page, editor, body="Nytt.")
    with django_capture_on_commit_callbacks(execute=True):
        publish_now(version, reviewer, "Fel paragraf.")
    assert sorted(to for to, _ in post.mails) == ["andra@example.se", "reviewer@example.se"]
    text = post.last()
    assert all(words in text for words in ("reviewer", "Sidan", "Fel paragraf.", "kontrasignera"))
    assert settings.PUBLIC_URL + verb(page, "kontrasignera") in text


# Countersigning.


def test_start_page_nags_until_another_has_countersigned(client, reviewer, person, editor, clock):
    """Three working days; whoever wrote or published it does not count as another."""
    page = published(make_page(title="Sidan"))
    clock(hours=1)
    publish_now(edited(page, person("skribent", REVIEWER), title="Ny titel"), reviewer, "Bråttom.")
    client.force_login(editor)
    assert "kontrasigneras senast den 4 juni" in client.get("/admin/").content.decode()
    clock(days=4)
    client.force_login(editor)
    assert "skulle ha kontrasignerats" in client.get("/admin/").content.decode()
    assert [item.late for item in uncountersigned()] == [True]
    for name in ("reviewer", "skribent"):
        client.force_login(type(reviewer).objects.get(username=name))
        data = {"emergency": Emergency.objects.get().pk}
        assert "Någon annan" in client.post(verb(page, "kontrasignera"), data).content.decode()
    client.force_login(editor)
    assert client.post(verb(page, "kontrasignera"), data).status_code == 403
    client.force_login(person("andra", REVIEWER))
    assert "Ny titel" in client.get(verb(page, "kontrasignera")).content.decode()
    assert client.post(verb(page, "kontrasignera"), data).status_code == 302
    assert uncountersigned() == []
    with refused("redan kontrasignerad"):
        countersign(Emergency.objects.get(), type(reviewer).objects.get(username="andra"))


def test_what_is_public_no_more_needs_no_countersign(reviewer, approver, editor):
    """Replaced by what two have read, withdrawn, or masked."""
    page, other, third = (published(make_page()) for _ in range(3))
    for row in (page, other, third):
        publish_now(edited(row, editor, title="Nu"), reviewer, "Bråttom.")
    assert len(uncountersigned()) == 3
    version = edited(page, editor, title="Sedan")
    assert authors(version) == {editor.pk}
    release([approved(version)], approver)
    withdraw("page", other.key, approver, "Fel.")
    hide(save_version(third, editor), editor, "En adress.")
    assert uncountersigned() == []


def test_what_nobody_countersigned_still_has_its_writer(reviewer, editor, person):
    """Publishing alone does not make one a stranger to one's own words."""
    writer = person("skribent", REVIEWER)
    page = published(make_page())
    row = publish_now(edited(page, writer, title="Nu"), reviewer, "Bråttom.")
    version = edited(page, editor, title="Sedan")
    assert authors(version) == {writer.pk, editor.pk}
    countersign(row, person("andra", REVIEWER))
    assert authors(version) == {editor.pk}


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2026-06-01", 3, "2026-06-04"),
        ("2026-06-05", 1, "2026-06-08"),  # a weekend, and the national day on a Saturday
        ("2026-06-18", 1, "2026-06-22"),  # midsummer eve
        ("2026-04-02", 1, "2026-04-07"),  # Easter
        ("2026-05-13", 1, "2026-05-15"),  # Ascension Day
        ("2026-12-23", 3, "2026-12-30"),
        ("2026-12-30", 2, "2027-01-05"),
        ("2027-01-05", 1, "2027-01-07"),  # Epiphany
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day, count, after):
    """As the law on holidays and the law on annual leave say."""
    assert working_days_after(date.fromisoformat(day), count).isoformat() == after
    assert is_working_day(date.fromisoformat(after))


# A number in an emergency.


@pytest.mark.parametrize(
    ("number", "called", "said"),
    [
        (("08-555 001 99", "08-555 001 98"), True, "inte lika"),
        (("08-555 001 98", "08-555 001 98"), True, "ett annat nummer"),
        ((TYPED[0], ""), True, "."),
        (TYPED, False, "Ring numret"),
        (("", ""), False, "."),
    ],
)
def test_new_number_is_typed_twice_and_called(jour, reviewer, editor, number, called, said):
    """One wrong digit leads somebody under threat to a stranger."""
    version = edited(jour, editor, number=NEW)
    with refused(said):
        publish_now(version, reviewer, "Numret är bytt.", number, called)
    assert shown("jour") == "+46855500100" and not Emergency.objects.exists()


def test_form_asks_for_a_new_number_and_for_nothing_else(client, jour, reviewer, editor):
    """A text is published with a reason alone."""
    client.force_login(reviewer)
    edited(jour, editor, hours="Dygnet runt.")
    assert set(client.get(verb(jour, "nodpublicera")).context["form"].fields) == {"reason", "note", "version"}
    edited(jour, editor, number=NEW)
    data = {"reason": "Numret är bytt.", "number": TYPED[0], "again": TYPED[1]}
    assert press(client, verb(jour, "nodpublicera"), data).status_code == 200
    assert press(client, verb(jour, "nodpublicera"), data | {"called": "on"}).status_code == 302
    assert shown("jour") == NEW
    assert Check.objects.filter(outcome="answers", by=reviewer).exists()


def test_emergency_number_of_class_c_is_never_published_alone(reviewer, editor, db):
    """It could not fall back: what is class C is never hidden."""
    contact = published(make_contact(recheck_class="C"))
    with refused("klass C"):
        publish_now(edited(contact, editor, number=NEW), reviewer, "Nytt.", TYPED, True)


@pytest.fixture
def alone(jour, reviewer, editor, clock):
    """A number that one person has published an hour ago."""
    clock(hours=1)
    row = publish_now(edited(jour, editor, number=NEW), reviewer, "Numret är bytt.", TYPED, True)
    assert shown("jour") == NEW
    return row


def test_number_falls_back_after_a_day_without_countersign(alone, clock):
    """By itself, at that moment; the edition knows it beforehand, and so does the file that outlives the database."""
    until = alone.falls_back_at
    assert until == alone.at + timedelta(hours=24)
    held = current.edition()
    assert held.valid_until <= until
    assert edition_at(until - timedelta(seconds=1)).contact("jour").number("public").value == NEW
    assert edition_at(until).contact("jour").numbers == {}
    material, _ = edition_file.read()
    assert material.numbers_until == {"jour": until}
    assert material.later(until).numbers_until == {"jour": until}
    clock(hours=24)
    assert shown("jour") == ""


def test_countersigned_number_stays(alone, person, clock):
    """And one that has fallen back comes again; what was shown in between stays what was shown."""
    clock(hours=30)
    fallen = clock()
    assert shown("jour") == ""
    clock(hours=1)
    countersign(alone, person("andra", REVIEWER))
    assert shown("jour") == NEW
    assert edition_at(fallen).contact("jour").numbers == {}
    assert edition_at(fallen).until <= Countersign.objects.get().at
    clock(days=3)
    assert shown("jour") == NEW


def test_nobody_lengthens_the_day_by_publishing_again(alone, jour, reviewer, editor, clock):
    """Neither the number nor a text beside it."""
    clock(hours=2)
    assert publish_now(edited(jour, editor, hours="Kvällar."), reviewer, "Tiderna.").falls_back_at == alone.falls_back_at
    clock(hours=23)
    assert shown("jour") == ""
    with refused("inte kontrasignerat"):
        publish_now(edited(jour, editor, hours="Nätter."), reviewer, "Tiderna.", TYPED, True)


def test_number_that_two_have_read_does_not_fall_back(alone, jour, editor, approver, clock):
    """An ordinary release takes the emergency's place."""
    release([approved(edited(jour, editor, hours="Dygnet runt."))], approver)
    clock(days=2)
    assert shown("jour") == NEW
    assert read_material(clock(), 0).numbers_until == {}


# Hiding.


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, PUBLISHER, LOCAL, ADMINISTRATOR])
def test_every_role_hides_a_number_it_may_edit(client, person, jour, clock, role):
    """At once, with a reason, without anybody's leave; shown again by a check."""
    user = person("anna", role)
    jour.municipality = make_municipality()
    jour.save()
    Membership.objects.create(user=user, municipality=jour.municipality)
    client.force_login(user)
    assert client.post(verb(jour, "dolj"), {"reason": " "}).status_code == 200
    assert shown("jour") == "+46855500100"
    clock(minutes=1)
    assert client.post(verb(jour, "dolj"), {"reason": "En privatperson svarar."}).status_code == 302
    assert shown("jour") == ""
    text = client.get(change(jour)).content.decode()
    assert "Numret är dolt" in text and "En privatperson svarar." in text
    clock(minutes=1)
    press(client, verb(jour, "kontroll"), {"outcome": "answers", "on": "2026-06-02"})
    assert shown("jour") == ""
    press(client, verb(jour, "kontroll"), {"outcome": "answers", "on": "2026-06-01"})
    assert shown("jour") == "+46855500100"


def test_hiding_voids_no_approval_and_needs_no_look_at_the_newest(client, editor, reviewer, jour):
    """It is a check, not a version."""
    version = edited(jour, editor, hours="Dygnet runt.")
    approved(version)
    client.force_login(reviewer)
    client.post(verb(jour, "dolj"), {"reason": "Fel."})
    assert Check.objects.filter(outcome="hidden", by=reviewer).count() == 1
    assert version.reviews.count() == 3 and save_version(jour, None) == version


def test_draft_does_not_take_the_button_away(client, editor, jour, clock):
    """What the public reads decides: a number that is emptied in a draft still stands on the site."""
    edited(jour, editor, number="", recheck_class="C")
    client.force_login(editor)
    assert "Dölj numret nu" in client.get(change(jour)).content.decode()
    clock(minutes=1)
    assert client.post(verb(jour, "dolj"), {"reason": "Fel."}).status_code == 302
    assert shown("jour") == ""


def test_draft_does_not_make_an_emergency_number_one_that_is_hidden(client, editor, reviewer, db):
    """Nor one that a person alone exchanges."""
    contact = published(make_contact(recheck_class="C"))
    version = edited(contact, editor, recheck_class="A", number=NEW)
    client.force_login(editor)
    assert "Dölj numret nu" not in client.get(change(contact)).content.decode()
    with refused("nödnummer"):
        check("contact", contact.key, "hidden", editor)
    with refused("klass C"):
        publish_now(version, reviewer, "Nytt.", TYPED, True)


def test_number_that_is_never_hidden_offers_no_button(client, editor, db):
    """Class C; and what is forged says whom to tell."""
    contact = published(make_contact(recheck_class="C"))
    client.force_login(editor)
    assert "Dölj numret nu" not in client.get(change(contact)).content.decode()
    assert "Säg till" in client.post(verb(contact, "dolj"), {"reason": "Fel."}).content.decode()
