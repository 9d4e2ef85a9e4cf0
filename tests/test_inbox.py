"""The two forms that anybody may send: nobody can tell who, nothing changes by itself, and it is all forgotten."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client

from guides.models import Report
from guides.publishing import inbox
from guides.publishing.current import current
from tests.factories import make_contact, make_page, published

ACCESS = "/om/tillganglighet/rapport/"
NUMBER = "/kontakt/nummer/linjen/stammer-inte/"


@pytest.fixture
def visitor():
    """A browser whose requests would be refused if a form asked for a token."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def contact(db):
    published(make_page(key="tillganglighet"))
    return published(make_contact(key="linjen", number="+46855500100"))


def test_number_is_reported_by_a_choice(visitor, contact):
    """Without a cookie, a token or a word of one's own."""
    page = visitor.get("/kontakt/nummer/linjen/").content.decode()
    assert f'<form method="post" action="{NUMBER}"' in page and "csrf" not in page
    assert 'type="text"' not in page.split("<form")[1] and "<textarea" not in page
    response = visitor.post(NUMBER, {"fel": "no_answer"})
    assert response.status_code == 200 and "Vi vet inte vem du är" in response.content.decode()
    (report,) = Report.objects.all()
    assert (report.subject, report.contact, report.fault, report.text) == ("number", "linjen", "no_answer", "")


def test_report_hides_nothing_by_itself(visitor, contact):
    """However many say so, only a person who has called can take a number away."""
    before = current.edition().contact("linjen").numbers
    for _ in range(20):
        visitor.post(NUMBER, {"fel": "no_answer"})
    assert current.edition().contact("linjen").numbers == before
    assert "+46855500100" in visitor.get("/kontakt/nummer/linjen/").content.decode()


def test_row_holds_nothing_of_the_sender(visitor, contact):
    """Neither who nor when to the minute."""
    visitor.post(NUMBER, {"fel": "no_answer"}, REMOTE_ADDR="203.0.113.9", headers={"user-agent": "AGENT"})
    (row,) = Report.objects.values()
    assert set(row) == {"id", "subject", "contact", "fault", "text", "hour"}
    assert (row["hour"].minute, row["hour"].second, row["hour"].microsecond) == (0, 0, 0)


@pytest.mark.parametrize("sent", [{}, {"fel": "ring mig på 0701234567"}, {"fel": ""}, {"text": "jag heter"}])
def test_number_report_takes_no_words(visitor, contact, sent):
    """What is none of the choices is refused, with the way back."""
    response = visitor.post(NUMBER, sent)
    assert response.status_code == 400
    assert "Välj vad som inte stämmer." in response.content.decode()
    assert not Report.objects.exists()


def test_fault_in_the_pages_is_reported_in_words(visitor, contact):
    """With the warning and the numbers above the box."""
    page = visitor.get("/om/tillganglighet/").content.decode()
    form = page[page.index(f'action="{ACCESS}"') :]
    assert form.index("Skriv inte om dig eller någon annan. Behöver du hjälp:") < form.index("tel:112") < form.index("<textarea")
    assert form.index("tel:11414") < form.index("<textarea")
    assert visitor.post(ACCESS, {"text": "  Knappen syns inte.  ", "webbplats": ""}).status_code == 200
    assert Report.objects.get().text == "Knappen syns inte."


def test_form_of_the_pages_stands_on_the_statement_alone(client, contact):
    """Nowhere else is there a box to write in."""
    published(make_page(key="annan"))
    assert "<textarea" not in client.get("/om/annan/").content.decode()


@pytest.mark.parametrize(("text", "status"), [("", 400), ("   ", 400), ("å" * 1001, 400), ("å" * 20_000, 413)])
def test_text_that_is_none_or_too_much_is_refused(visitor, contact, text, status):
    """With a sentence that says why, on a page with the numbers."""
    response = visitor.post(ACCESS, {"text": text})
    assert response.status_code == status
    assert 'href="tel:112"' in response.content.decode()
    assert not Report.objects.exists()


def test_program_that_fills_every_field_is_thanked_and_not_kept(visitor, contact):
    """The field that nobody sees."""
    response = visitor.post(ACCESS, {"text": "Köp nu", "webbplats": "https://ond.example"})
    assert response.status_code == 200
    assert not Report.objects.exists()


def test_flood_is_held_back_and_passes(clock, visitor, contact, monkeypatch):
    """By the hour and for everybody together, since nobody is told from another."""
    monkeypatch.setitem(inbox.MOST_IN_AN_HOUR, "access", 3)
    answers = [visitor.post(ACCESS, {"text": "Fel"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert visitor.post(NUMBER, {"fel": "no_answer"}).status_code == 200
    clock(hours=1)
    assert visitor.post(ACCESS, {"text": "Fel"}).status_code == 200
    assert Report.objects.filter(subject="access").count() == 4


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
@pytest.mark.parametrize("path", [ACCESS, NUMBER])
def test_form_of_another_site_is_refused(visitor, contact, path, site):
    """No page elsewhere can make a visitor's browser send anything."""
    response = visitor.post(path, {"text": "x", "fel": "no_answer"}, headers={"sec-fetch-site": site})
    assert response.status_code == 403
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Report.objects.exists()


def test_own_form_is_taken(visitor, contact):
    """As browsers mark it."""
    assert visitor.post(NUMBER, {"fel": "no_answer"}, headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("path", [ACCESS, NUMBER])
def test_answer_to_a_form_leaves_no_trace(visitor, contact, path):
    """No cookie, not kept anywhere, and with the headers of every page."""
    for sent in ({"text": "Fel", "fel": "no_answer"}, {}):
        response = visitor.post(path, sent)
        assert not response.cookies
        assert response["Cache-Control"] == "no-store" and "ETag" not in response.headers
        assert response["Referrer-Policy"] == "no-referrer" and "default-src 'none'" in response["Content-Security-Policy"]
    assert not any(path in kept for kept in current.edition().pages)


@pytest.mark.parametrize(("path", "back"), [(ACCESS, "/om/tillganglighet/"), (NUMBER, "/kontakt/nummer/linjen/")])
def test_address_of_a_form_leads_back_to_it(client, contact, path, back):
    """Whoever reloads after sending does not meet an empty page."""
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, back)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_form_is_sent_by_post_alone(visitor, contact, method):
    """The two addresses are open to nothing else."""
    assert getattr(visitor, method)(ACCESS).status_code == 405


@pytest.mark.parametrize("path", ["/kontakt/nummer/finns-inte/stammer-inte/", "/kontakt/nummer/../stammer-inte/"])
def test_number_that_is_not_there_cannot_be_reported(visitor, contact, path):
    """Nothing is kept of what does not exist."""
    assert visitor.post(path, {"fel": "no_answer"}).status_code in (404, 405)
    assert not Report.objects.exists()


def test_without_a_database_the_answer_says_so(visitor, contact, monkeypatch, caplog):
    """The site stays up, and what was written is in no log."""
    monkeypatch.setattr(Report, "save", lambda self: (_ for _ in ()).throw(DatabaseError("hemligt")))
    response = visitor.post(ACCESS, {"text": "hemligt"})
    assert response.status_code == 503
    assert "hemligt" not in caplog.text


def test_old_reports_are_forgotten(clock, visitor, contact, capsys):
    """After 90 days, by the housekeeping; those that are younger stay."""
    visitor.post(ACCESS, {"text": "Gammal"})
    clock(days=60)
    visitor.post(ACCESS, {"text": "Ny"})
    clock(days=30, hours=1)
    call_command("tick")
    assert [report.text for report in Report.objects.all()] == ["Ny"]
    assert "1 rapporter borttagna." in capsys.readouterr().out


def test_settled_report_is_deleted_by_the_editor(client, contact, editor, visitor):
    """The list shows what was said; nothing can be added or rewritten, and settling is deleting."""
    visitor.post(NUMBER, {"fel": "wrong_hours"})
    client.force_login(editor)
    (report,) = Report.objects.all()
    text = client.get("/admin/guides/report/").content.decode()
    assert "linjen" in text and "Öppettiderna stämmer inte" in text
    assert client.get("/admin/guides/report/add/").status_code == 403
    assert client.post(f"/admin/guides/report/{report.pk}/change/", {"text": "x"}).status_code == 403
    assert client.post(f"/admin/guides/report/{report.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Report.objects.exists()


def test_no_report_outlives_ninety_days_by_more_than_an_hour():
    """What is promised on the page."""
    assert timedelta(days=90) == inbox.KEPT_FOR
