"""Fact check by link: one frozen version, part by part, for somebody without an account."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from guides.models import FactAnswer, Mailbox, ShareLink, Version
from guides.models.releases import AppendOnlyError
from guides.publishing import fact_check, masking
from guides.publishing.release import rename
from guides.publishing.versions import latest, save_version
from tests.factories import (
    make_actor,
    make_contact,
    make_guide,
    make_page,
    make_provision,
    make_statute,
    make_step,
    make_upload,
    published,
)
from tests.forms import press, verb


@pytest.fixture
def reader():
    """A browser without an account, whose requests would be refused if a form asked for a token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def page(db):
    """A draft that nobody has released."""
    row = make_page(key="sidan", title="Om skydd", summary="Polisen beslutar.", body="Inledning.\n\n## Skydd\n\nEn text.")
    save_version(row, None)
    return row


def link_to(row, **how) -> str:
    """The path of a new link to a row's newest version."""
    _, token = fact_check.make(latest(row.kind, row.key), None, **{"days": 14} | how)
    return reverse("fact-check", args=[token])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_editor_makes_a_link_that_is_told_once_and_never_kept(editor_client, page):
    """Only its hash lies in the database; the next look at the page does not know it."""
    address = verb(page, "faktakoll")
    response = press(editor_client, address, {"days": "7", "purpose": "Polisens samordnare", "_make": "1"})
    (token,) = set(re.findall(r"/faktakoll/([\w-]{43})/", response.content.decode()))
    assert "no-store" in response.headers["Cache-Control"]
    (link,) = ShareLink.objects.values()
    assert token not in str(link) and link["purpose"] == "Polisens samordnare"
    again = editor_client.get(address)
    assert token not in again.content.decode() and "till Polisens samordnare" in text(again)
    assert editor_client.get(reverse("fact-check", args=[token])).status_code == 200


def test_link_is_made_of_the_version_that_the_editor_saw(editor_client, page):
    """Nobody shares a text that they have not read."""
    shown = editor_client.get(verb(page, "faktakoll")).context["form"]["version"].value()
    page.body = "En annan."
    page.save()
    save_version(page, None)
    response = editor_client.post(verb(page, "faktakoll"), {"version": shown, "days": "14", "_make": "1"})
    assert "har fått version 2" in text(response) and not ShareLink.objects.exists()


def test_page_asks_about_each_part(reader, db):
    """Fields, each task, each responsibility, each provision, each contact; numbers and law as the public reads them."""
    provision = make_provision(make_statute(short_name="SoL"), "11", "1", title="Utredning")
    contact = make_contact(title="Linjen", number="+46855500100")
    step = make_step(
        title="Bedöm skyddet",
        aim="Att personen är trygg.",
        tasks=[{"text": "Ring {{kontakt:linjen}}."}, {"text": "Skriv ner.", "detail": "Med tid."}],
        responsibilities=[{"actor": make_actor(title="Polisen"), "what": "Bedömer hotet."}],
        provisions=[provision],
        contacts=[contact],
    )
    contact.key = "linjen"
    contact.save()
    published(make_guide([step]))
    shown = reader.get(link_to(step))
    labels = re.findall(r'<h2 class="fact__label"[^>]*>([^<]+)<', shown.content.decode())
    assert {"Titel", "Mål", "Uppgift 1", "Uppgift 2", "Ansvar 1", "Lagrum 1", "Kontakt 1", "Helheten"} <= set(labels)
    words = text(shown)
    assert 'href="tel:+46855500100"' in words and "Med tid." in words and "Bedömer hotet." in words
    assert "11 kap. 1 § SoL Utredning" in words and "Redaktionen</" not in words


def test_text_is_asked_about_section_by_section(reader, page):
    """A long text is not one yes or no."""
    labels = re.findall(r'<h2 class="fact__label"[^>]*>([^<]+)<', reader.get(link_to(page)).content.decode())
    assert [label for label in labels if label.startswith("Text")] == ["Text 1", "Text 2"]


def test_number_that_nobody_may_see_is_not_shown(reader, db):
    """Not to a reader with a link either."""
    contact = make_contact(number="+46855500100", withheld=True, recheck_class="A")
    save_version(contact, None)
    words = text(reader.get(link_to(contact)))
    assert "Numret visas inte för någon." in words and "5550" not in words


def test_version_stays_as_it_was_while_editors_go_on(reader, page):
    """Frozen: a later save is not in it."""
    address = link_to(page)
    page.summary = "Något helt nytt."
    page.save()
    save_version(page, None)
    words = text(reader.get(address))
    assert "Polisen beslutar." in words and "Något helt nytt." not in words


def test_page_leaves_no_trace(reader, page):
    """No cookie, no cache, no referrer, no search engine, no script; the same for a page that says no."""
    for path in (link_to(page), "/faktakoll/finns-inte/"):
        response = reader.get(path)
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "<script" not in response.content.decode()


def test_answer_is_kept_with_the_hash_and_shown_to_editors(reader, client, editor, page):
    """Part by part, with remark and function; in the verb's page, the history and on the form."""
    sent = {"v-title": "holds", "v-summary": "change", "r-summary": "Nämnden beslutar.", "who": "Jurist"}
    response = reader.post(link_to(page, purpose="Juristen"), sent)
    assert response.status_code == 302 and "Tack" in text(reader.get(response["Location"]))
    rows = list(FactAnswer.objects.values_list("place", "verdict", "remark", "who", "version_hash"))
    name = latest("page", "sidan").hash
    assert rows == [("title", "holds", "", "Jurist", name), ("summary", "change", "Nämnden beslutar.", "Jurist", name)]
    client.force_login(editor)
    for shown in ("faktakoll", "versioner"):
        assert "Nämnden beslutar." in text(client.get(verb(page, shown)))
    assert "Faktakoll: senaste svaret kom" in text(client.get(reverse("admin:guides_page_change", args=[page.pk])))


def test_rest_can_be_agreed_to_in_one_tick(reader, page):
    """What was marked keeps its own word."""
    reader.post(link_to(page), {"v-title": "change", "r-title": "Fel ord.", "rest": "on"})
    found = dict(FactAnswer.objects.values_list("place", "verdict"))
    assert found == {"title": "change", "summary": "holds", "body.1": "holds", "body.2": "holds", "whole": "holds"}


def test_answers_are_only_ever_added(reader, page):
    """Neither altered nor deleted; a second thought is a second answer; the same sent twice is kept once."""
    address = link_to(page)
    reader.post(address, {"v-title": "holds"})
    reader.post(address, {"v-title": "holds"})
    reader.post(address, {"v-title": "change", "r-title": "Nej."})
    assert [row.verdict for row in FactAnswer.objects.order_by("pk")] == ["holds", "change"]
    row = FactAnswer.objects.first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        FactAnswer.objects.all().delete()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"v-summary": "change"}, "Skriv vad som behöver ändras."),
        ({"r-summary": "Oklart."}, "Välj om delen stämmer eller behöver ändras."),
        ({"v-summary": "holds", "r-summary": "x" * 2001}, "har 2001 tecken"),
        ({"v-summary": "kanske"}, "Välj stämmer eller behöver ändras."),
        ({"who": "x" * 121, "v-summary": "holds"}, "högst 120 tecken"),
        ({}, "för minst en del"),
    ],
)
def test_faulty_answer_is_shown_again_with_everything_typed(reader, page, sent, said):
    """A sentence at the place; nothing of it is kept."""
    response = reader.post(link_to(page), sent | {"v-title": sent and "holds" or "", "r-title": sent and "Mitt ord." or ""})
    assert response.status_code == 400 and said in text(response)
    assert not sent or "Mitt ord." in text(response)
    assert not FactAnswer.objects.exists()


def dies_by_date(row, clock):
    clock(days=14)


def dies_by_release(row, clock):
    clock(hours=1)
    published(row)


def dies_under_another_key(row, clock):
    clock(hours=1)
    rename(row, "nytt-namn", None)
    published(row)


def dies_by_hiding(row, clock):
    masking.hide(Version.objects.get(number=1), None, "En adress.")


def dies_by_revocation(row, clock):
    fact_check.revoke(ShareLink.objects.get(), None)


@pytest.mark.parametrize(
    "kill", [dies_by_date, dies_by_release, dies_under_another_key, dies_by_hiding, dies_by_revocation]
)
def test_dead_link_answers_calmly_and_gives_back_what_was_typed(reader, clock, page, kill):
    """410, without a word of the text; also when it died while somebody wrote."""
    address = link_to(page)
    assert reader.get(address).status_code == 200
    kill(page, clock)
    response = reader.get(address)
    assert response.status_code == 410 and "Länken gäller inte längre" in text(response)
    assert "Polisen beslutar." not in text(response)
    late = reader.post(address, {"v-title": "change", "r-title": "Min långa anmärkning."})
    assert late.status_code == 410 and "Min långa anmärkning." in text(late)
    assert not FactAnswer.objects.exists()


def test_link_outlives_the_release_of_another_document(reader, clock, page):
    """And a release before it was made."""
    published(page)
    clock(hours=1)
    address = link_to(page)
    clock(hours=1)
    published(make_page(key="annan"))
    assert reader.get(address).status_code == 200


def test_hidden_version_gets_no_link(editor_client, page):
    """What should never have been written is shown to nobody."""
    masking.hide(latest("page", "sidan"), None, "En adress.")
    response = press(editor_client, verb(page, "faktakoll"), {"days": "14", "_make": "1"})
    assert "är dold" in text(response) and not ShareLink.objects.exists()


def test_editor_revokes_a_link(editor_client, reader, page):
    """One press; the page says that it is dead, and why."""
    address = link_to(page)
    response = editor_client.post(verb(page, "faktakoll"), {"revoke": str(ShareLink.objects.get().pk)}, follow=True)
    assert "Redaktionen har återkallat länken." in text(response)
    assert reader.get(address).status_code == 410


def test_link_of_another_document_is_not_revoked(editor_client, reader, page):
    """The verb is about one document."""
    link_to(page)
    other = make_page()
    assert editor_client.post(verb(other, "faktakoll"), {"revoke": ShareLink.objects.get().pk}).status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_cannot_answer(reader, page, site):
    """The rule of the public's forms: our own page, or a browser that does not say."""
    address = link_to(page)
    assert reader.post(address, {"v-title": "holds"}, headers={"sec-fetch-site": site}).status_code == 403
    assert reader.post(address, {"v-title": "holds"}, headers={"sec-fetch-site": "same-origin"}).status_code == 302


def test_too_much_is_not_read(reader, page):
    """Half a megabyte is more than the form can hold."""
    assert reader.post(link_to(page), {"r-title": "x" * 600_000}).status_code == 413


@pytest.mark.parametrize("remark", ["\x00Nej.\x00", "<script>alert(1)</script>", "\u202eNej", "🙂 نص\r\nrad två"])
def test_whatever_is_typed_is_kept_as_words(reader, client, editor, page, remark):
    """In any script, with any sign; shown to editors as text."""
    assert reader.post(link_to(page), {"v-title": "change", "r-title": remark}).status_code == 302
    client.force_login(editor)
    assert "<script>alert" not in text(client.get(verb(page, "faktakoll")))


def test_link_that_has_leaked_cannot_fill_the_table(reader, page, monkeypatch):
    """A number of sendings, then a new link is needed; what was typed is still there."""
    monkeypatch.setattr(fact_check, "MOST_SENDINGS", 2)
    address = link_to(page)
    for number in range(3):
        response = reader.post(address, {"v-title": "change", "r-title": f"Anmärkning {number}."})
    assert response.status_code == 400 and "för många gånger" in text(response) and "Anmärkning 2." in text(response)
    assert FactAnswer.objects.count() == 2


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_only_reading_and_sending(reader, page, method):
    """And HEAD, without a body."""
    address = link_to(page)
    assert getattr(reader, method)(address).status_code == 405
    assert reader.head(address).status_code == 200


def test_database_away_gives_back_what_was_typed(reader, page, monkeypatch):
    """A page in Swedish, never a traceback."""
    address = link_to(page)

    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(fact_check, "answer", broken)
    response = reader.post(address, {"v-title": "change", "r-title": "Min anmärkning."})
    assert response.status_code == 503 and "Min anmärkning." in text(response)


def test_owner_gets_a_mail_without_the_words(reader, page, post, django_capture_on_commit_callbacks):
    """To the function's mailbox: that somebody has answered, and where to read it."""
    Mailbox.objects.create(function="Redaktionen", address="redaktionen@example.se")
    with django_capture_on_commit_callbacks(execute=True):
        reader.post(link_to(page), {"v-title": "change", "r-title": "Hemligt."})
    ((to, _),) = post.mails
    assert to == "redaktionen@example.se" and verb(page, "faktakoll") in post.last()
    assert "Behöver ändras: 1" in post.last() and "Hemligt" not in post.last()


def test_mail_that_cannot_be_sent_loses_no_answer(reader, page, post, django_capture_on_commit_callbacks):
    """The reader is thanked all the same."""
    Mailbox.objects.create(function="Redaktionen", address="redaktionen@example.se")
    post.refuses = True
    with django_capture_on_commit_callbacks(execute=True):
        assert reader.post(link_to(page), {"v-title": "holds"}).status_code == 302
    assert FactAnswer.objects.count() == 1


def test_who_may_not_change_a_document_shares_none(client, django_user_model, page):
    """The verb asks for the right to change, as all others."""
    client.force_login(django_user_model.objects.create_user("gast", password="gast", is_staff=True))
    assert client.get(verb(page, "faktakoll")).status_code == 403


def test_file_is_asked_about_by_its_words(reader, db):
    """Its words and name; not its hash or size, which nobody can judge."""
    row = make_upload(title="Kartan")
    save_version(row, None)
    shown = reader.get(link_to(row))
    words = text(shown)
    assert "rutin-for-moten.pdf" in words and row.hash not in words


def test_every_kind_can_be_shared(reader, content):
    """Each kind's richest document, shown without a fault."""
    kinds = {}
    for version in Version.objects.all():
        if version.kind not in kinds or len(version.text) > len(kinds[version.kind].text):
            kinds[version.kind] = version
    for version in kinds.values():
        _, token = fact_check.make(version, None, 7)
        assert reader.get(reverse("fact-check", args=[token])).status_code == 200, version


def test_expiry_is_a_choice_of_days(page, clock):
    """7, 14 or 30, nothing else."""
    link, _ = fact_check.make(latest("page", "sidan"), None, 30)
    assert link.expires_at - link.made_at == timedelta(days=30)
    with pytest.raises(fact_check.PublishingError):
        fact_check.make(latest("page", "sidan"), None, 365)
