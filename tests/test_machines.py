"""What is written for programs: nothing unreleased and nothing discreet is in any of it."""

from datetime import timedelta

import pytest
from django.urls import resolve
from django.utils import timezone

from guides.models import Download, Question
from guides.public.twins import TWINNED
from guides.publishing.release import withdraw
from guides.publishing.versions import save_version
from tests.factories import (
    make_actor,
    make_banner,
    make_contact,
    make_grant,
    make_guide,
    make_news,
    make_page,
    make_provision,
    make_statute,
    make_step,
    make_term,
    published,
)

DRAFT, AHEAD, GONE, DISCREET = "Utkastordet", "Kommandeordet", "Borttagetordet", "Diskretordet"
OUTLETS = [
    "/api/", "/api/openapi.json", "/api/guides/", "/api/provisions/", "/api/actors/", "/api/grants/", "/api/contacts/", "/sitemap.xml", "/robots.txt",
    "/nytt/atom.xml", "/guider/guiden/atom.xml", "/finansiering/kalender.ics", "/sok/forslag.json", "/guider.md", "/guider/guiden.md",
    "/guider/guiden/steget.md", "/lag.md", "/lag/2098:1.md", "/lag/gamla-och-nya-sol.md", "/ansvar.md", "/ansvar/aktoren.md", "/forsta-timmen.md",
    "/finansiering.md", "/finansiering/stodet.md", "/mallar.md", "/mallar/mallen.md",
    "/guider/guiden/utskrift.md", "/fragor.md", "/fragor/fragan.md", "/exempel.md", "/exempel/fallet.md", "/ordlista.md", "/guider/guiden/",
    "/guider/guiden/steget/", "/lag/2098:1/", "/kontakt/nummer/numret/", "/halsa/",
]  # fmt: skip


def everything(word: str, statute) -> list:
    """A row of each kind, with a word in its title."""
    key = word.lower()
    made = [make(key=key, title=word) for make in (make_page, make_contact, make_actor, make_grant, make_term, make_news, make_banner)]
    made += [make_step(key=key, title=word), make_statute(key="2097:" + str(len(word)), title=f"Lag (2097:{len(word)}) {word}")]
    return [*made, make_provision(statute, title=word, chapter="7", section=str(len(word)))]


@pytest.fixture
def site(db):
    statute = published(make_statute(key="2098:1"))
    published(make_guide([make_step(key="steget")], key="guiden"), make_contact(key="numret", for_self=True))
    drafts = [*everything(DRAFT, statute), make_guide([make_step()], key="utkast", title=DRAFT)]
    for row in drafts:
        save_version(row, None)
    published(*everything(AHEAD, statute), effective_from=timezone.now() + timedelta(days=2))
    gone = everything(GONE, statute)
    published(*gone)
    for row in gone:
        withdraw(row.kind, row.key, None, "Slut.")
    published(make_page(key="kontaktsida", title=DISCREET, summary=DISCREET, body=DISCREET))
    template = Download.objects.create(key="mallen", title="Mallen", summary="Kort.", basis="proposal", body="Text.")
    question = Question.objects.create(key="fragan", title="Frågan", answer="Kort.", group="Akut", basis="proposal")
    published(make_actor(key="aktoren"), make_grant(key="stodet"), make_statute(key="2025:400"), make_page(key="forsta-timmen"), template)
    published(question, make_page(key="fallet", section="example"))


def test_twin_of_every_kind_is_among_them():
    """A new one must be looked at, too."""
    assert {resolve(path.replace(".md", "/")).url_name for path in OUTLETS if path.endswith(".md")} == TWINNED


def test_nothing_unreleased_and_nothing_discreet_is_told_to_machines(client, site):
    """Drafts, what is to come, what is withdrawn, and the page that nobody is to find by chance."""
    for path in OUTLETS:
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert [word for word in (DRAFT, AHEAD, GONE, DISCREET) if word.lower() in text.lower()] == [], path
        assert '"/k/"' not in text and "/k/<" not in text, path
    assert DISCREET in client.get("/k/").content.decode()
