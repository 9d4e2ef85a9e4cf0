"""The staff's start page: what there is to do, each line leading to exactly the things that it counts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import Counter, Mailbox, OpenQuestion, Release, Report, Term, Version
from guides.publishing.current import current
from guides.publishing.mapping import to_document
from guides.publishing.release import check, withdraw
from guides.publishing.versions import new_version, save_version
from guides.text.documents import digest, to_text
from tests.factories import (
    make_actor,
    make_contact,
    make_county,
    make_grant,
    make_municipality,
    make_page,
    make_provision,
    make_step,
    make_term,
    published,
)

START = "/admin/"


def section(client, name):
    """A section of the start page."""
    return next(section for section in client.get(START).context["sections"] if section.name == name)


def counts(client, name):
    return {row.text: row.count for row in section(client, name).rows}


def listed(client, address):
    """The rows of the list that an address leads to."""
    return list(client.get(address).context["cl"].queryset)


@pytest.fixture
def question(db):
    OpenQuestion.objects.all().delete()
    return OpenQuestion.objects.create(question="Har linjen öppnat?", source="https://example.se/linjen")


def test_open_questions_of_the_dossiers_stand_first(content, approver_client):
    """From the first start, the two most important ones on top, and nobody has looked."""
    questions = approver_client.get(START).context["questions"]
    assert "nationella kontaktpunkt" in questions[0].question and "2025:53" in questions[1].question
    assert not any(q.looked_on for q in questions) and all(q.source.startswith("https://") for q in questions)
    text = approver_client.get(START).content.decode()
    assert text.index("Öppna frågor") < text.index("Ditt att göra")


def test_looking_without_an_answer_is_one_click_and_noted(approver_client, question):
    """With the day, and with who in the history."""
    assert "Ingen har tittat än" in approver_client.get(START).content.decode()
    approver_client.post(f"/admin/fraga/{question.pk}/tittat/")
    question.refresh_from_db()
    assert question.looked_on == timezone.localdate()
    history = approver_client.get(f"/admin/guides/openquestion/{question.pk}/history/").content.decode()
    assert "inget nytt" in history and "approver" in history
    assert approver_client.get(f"/admin/fraga/{question.pk}/tittat/").status_code == 405


def test_looking_needs_the_right_to_change(client, django_user_model, question):
    """Who may only read sees no button, and is refused."""
    reader = django_user_model.objects.create_user("reader", password="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_openquestion"))
    client.force_login(reader)
    page = client.get(START)
    assert list(page.context["questions"]) == [question] and "Tittat i dag" not in page.content.decode()
    assert client.post(f"/admin/fraga/{question.pk}/tittat/").status_code == 403


def test_answered_question_leaves_the_page(approver_client, question):
    """It stays in its list."""
    OpenQuestion.objects.update(settled=True)
    assert not approver_client.get(START).context["questions"]
    assert question in listed(approver_client, "/admin/guides/openquestion/?settled__exact=1")


def test_own_drafts_are_mine_and_others_are_only_counted(approver_client, approver, editor):
    """A draft that is published or scheduled waits for nobody."""
    mine, others = make_page(title="Min sida"), make_page()
    save_version(mine, approver)
    save_version(others, editor)
    (row,) = section(approver_client, "mine").rows
    assert row.text == "Min sida" and row.address == f"/admin/guides/page/{mine.pk}/change/"
    (row,) = section(approver_client, "unpublished").rows
    assert (row.text, row.count) == ("Sidor", 2)
    assert set(listed(approver_client, row.address)) == {mine, others}
    published(mine)
    published(others, effective_from=timezone.now() + timedelta(days=1))
    assert not section(approver_client, "mine").rows and not section(approver_client, "unpublished").rows


def test_withdrawn_document_is_no_draft(approver_client, approver):
    """Nobody waits for it."""
    page = published(make_page())
    withdraw("page", page.key, None, "Borttagen.")
    assert not section(approver_client, "unpublished").rows


def test_overdue_documents_are_counted_by_kind(approver_client, approver, clock):
    """The line leads to their list, and those that my mailbox owns are mine."""
    late, soon = published(make_page(owner="Jurist", title="Sen")), published(make_page(review_every=400))
    clock(days=200)
    approver_client.force_login(approver)
    (row,) = section(approver_client, "late").rows
    assert (row.text, row.count) == ("Sidor", 1)
    assert listed(approver_client, row.address) == [late] != [soon]
    assert not section(approver_client, "mine").rows
    Mailbox.objects.create(function="Jurist", address="jurist@example.se")
    approver.email = "Jurist@example.se"
    approver.save()
    assert [row.text for row in section(approver_client, "mine").rows] == ["Sen"]
    check("page", late.key, "reviewed", None)
    assert not section(approver_client, "late").rows


def test_proposals_without_source_are_counted_by_document(approver_client, db):
    """Of rows too, each document once."""
    step = make_step(tasks=[{}, {}], responsibilities=[{}])
    make_step(tasks=[{"basis": "law"}])
    actor = make_actor(statements=[{"basis": "proposal"}])
    make_term(basis="authority")
    assert counts(approver_client, "proposed") == {"Steg": 1, "Aktörer": 1}
    rows = section(approver_client, "proposed").rows
    assert [listed(approver_client, row.address) for row in rows] == [[step], [actor]]


def test_unverified_provisions_grants_and_numbers_are_counted(approver_client, db):
    """A number that somebody has called is none of them; short numbers never are."""
    provision, grant = make_provision(verified=False), make_grant(verified=False)
    make_grant(verified=False, closed=True)
    called, uncalled = make_contact(recheck_class="B"), make_contact(recheck_class="B")
    published(provision, grant, called, uncalled, make_contact(recheck_class="C"), make_contact(number=""))
    check("contact", called.key, "answers", None)
    rows = section(approver_client, "unverified").rows
    assert [row.count for row in rows] == [1, 1, 1]
    assert listed(approver_client, rows[0].address) == [provision]
    assert listed(approver_client, rows[1].address) == [grant]
    assert approver_client.get(rows[2].address).status_code == 200


def test_translation_behind_its_source_is_named(approver_client, db):
    """Until it is translated from the text as it is now."""
    page = published(make_page(key="hoppa-av"))
    fields = {"language": "en", "translation_of": "hoppa-av", "title": "Leaving"}
    translation = published(make_page(key="leaving", translated_from=digest(to_text(to_document(page))), **fields))
    assert not section(approver_client, "behind").rows
    page.body = "En ny text."
    page.save()
    published(page)
    (row,) = section(approver_client, "behind").rows
    assert (row.text, row.address) == ("Leaving", f"/admin/guides/page/{translation.pk}/change/")


def test_reports_of_readers_lead_to_themselves(approver_client, db):
    """The newest first."""
    report = Report.objects.create(subject="number", contact="bris", fault="no_answer", hour=timezone.now())
    (row,) = section(approver_client, "reports").rows
    assert row.text == "bris: Ingen svarar"
    assert approver_client.get(row.address).context["original"] == report


def test_coverage_counts_every_municipality_once(approver_client, db):
    """Called, not called, none; in words as in the bar, and the line leads to those without a number."""
    county = make_county(title="Skåne län")
    places = [make_municipality(county=county) for _ in range(4)]
    contacts = [make_contact(municipality=place, recheck_class="B") for place in places[:2]]
    published(*places, *contacts, make_contact(municipality=places[0], recheck_class="A", confidence="low"))
    check("contact", contacts[0].key, "answers", None)
    page = approver_client.get(START)
    ((row, address),) = page.context["coverage"]
    assert (row.confirmed, row.unconfirmed, row.none, row.all) == (1, 1, 2, 4)
    assert set(listed(approver_client, address)) == set(places[2:])
    assert "1 av 4 provringda, 1 att provringa" in page.content.decode()
    for state, found in (("bekraftat", places[:1]), ("obekraftat", places[1:2])):
        assert listed(approver_client, f"/admin/guides/municipality/?nummer={state}") == found


def test_coverage_has_all_290_municipalities_by_county(content, approver_client):
    """Of the whole country, and what the line says has no number is what its list has."""
    page = approver_client.get(START)
    assert page.context["municipalities"] == 290 and len(page.context["coverage"]) == 21
    row, address = next(found for found in page.context["coverage"] if found[0].none)
    assert len(listed(approver_client, address)) == row.none


def test_every_line_leads_to_a_page(content, approver_client):
    """Of the whole content; what each list holds is tested above."""
    sections = approver_client.get(START).context["sections"]
    addresses = {row.address for section in sections for row in section.rows}
    assert len(addresses) > 5
    assert {address: approver_client.get(address).status_code for address in addresses if address} == dict.fromkeys(addresses, 200)


def test_who_may_see_nothing_sees_nothing(client, django_user_model, db):
    """No title, count or report of what one has no right to look at."""
    published(make_page(title="Hemlig"), make_municipality())
    save_version(make_page(title="Också hemlig"), None)
    make_provision(verified=False)
    Report.objects.create(subject="access", text="Något", hour=timezone.now())
    client.force_login(django_user_model.objects.create_user("new", password="new", is_staff=True))
    page = client.get(START)
    assert not any(section.rows for section in page.context["sections"])
    assert not page.context["coverage"] and not page.context["questions"]


def test_first_time_guide_has_ten_lines_and_is_open_until_something_is_saved(approver_client, approver):
    """Afterwards it is one line."""
    page = approver_client.get(START).content.decode()
    guide = page[page.index("<details") : page.index("</details>")]
    assert guide.count("<li>") == 10 and '<details class="module desk__first" open>' in guide
    save_version(make_page(), approver)
    assert 'desk__first" open>' not in approver_client.get(START).content.decode()


def test_page_asks_few_questions_however_much_there_is(approver_client, approver, db):
    """With 3,000 documents, half of them overdue drafts of mine, as with none."""
    Term.objects.bulk_create(
        Term(key=f"ord-{n}", title=f"Ord {n}", body="En text.", basis="proposal") for n in range(3000)
    )
    now = timezone.now()
    versions = []
    for row in Term.objects.prefetch_related("sources"):
        versions.append(new_version("term", row.key, to_text(to_document(row)), approver, "editor", 1))
    Version.objects.bulk_create(versions)
    Release.objects.bulk_create(
        Release(kind="term", key=v.key, version=v, effective_from=now, released_at=now) for v in versions[:1500]
    )
    Counter.objects.update_or_create(pk=1, defaults={"value": 1000})
    current.forget()
    approver_client.get(START)
    with CaptureQueriesContext(connection) as asked:
        page = approver_client.get(START)
    rows = {s.name: s.rows for s in page.context["sections"]}
    assert rows["unpublished"][0].count == 1500 and rows["proposed"][0].count == 3000
    assert len(rows["mine"]) == 8
    assert len(asked) <= 40, len(asked)
