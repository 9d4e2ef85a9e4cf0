"""A document goes out together with what it needs: the publish page offers what is approved and not public yet."""

import pytest

from guides.models import Release
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.release import release
from guides.publishing.review import act
from guides.publishing.versions import latest, save_version
from tests.factories import (
    approved,
    make_contact,
    make_guide,
    make_page,
    make_provision,
    make_source,
    make_statute,
    make_step,
    published,
)
from tests.forms import change, press, save, verb


@pytest.fixture
def publisher(client, approver):
    """A browser in which somebody may publish."""
    client.force_login(approver)
    return client


def ready(*rows):
    """Saved and approved; the last row."""
    for row in rows:
        approved(save_version(row, None))
    return rows[-1]


def offered(client, row) -> list[str]:
    form = client.get(verb(row, "publicera")).context["form"]
    return [label for _, label in form.fields["along"].choices] if "along" in form.fields else []


def refused(client, row) -> dict[str, str]:
    shown = client.get(verb(row, "publicera"))
    return {one.title: " ".join(one.lacks) for one, _ in shown.context["refused_along"]}


def ticked(client, row) -> list[str]:
    return client.get(verb(row, "publicera")).context["form"].initial["along"]


def test_guide_goes_out_with_all_that_it_needs_in_one_press(publisher):
    """New steps, and what is new in those: all ticked, as deep as it goes; one release takes them."""
    statute = make_statute(title="Lagen")
    provision = make_provision(statute, title="Paragrafen")
    contact, source = make_contact(title="Jouren", key="jouren"), make_source(title="Källan")
    step = make_step(title="Steget", body="Ring {{kontakt:jouren}}.", provisions=[provision], sources=[source])
    old = make_step(title="Det gamla")
    published(old)
    guide = ready(statute, provision, contact, source, step, make_guide([step, old], title="Guiden"))
    assert sorted(offered(publisher, guide)) == [
        "Författning ”Lagen”, version 1",
        "Kontakt ”Jouren”, version 1",
        "Källa ”Källan”, version 1",
        "Lagrum ”Paragrafen”, version 1",
        "Steg ”Steget”, version 1",
    ]
    shown = publisher.get(verb(guide, "publicera"))
    assert shown.context["faults"] == [] and shown.content.decode().count('checked') == 5
    answer = press(publisher, verb(guide, "publicera"), {"note": "Ny guide.", "along": ticked(publisher, guide)})
    assert answer.status_code == 302
    assert current.edition().has("guide", guide.key) and current.edition().has("provision", provision.key)
    rows = Release.objects.filter(note="Ny guide.")
    assert rows.count() == 6 and len({row.effective_from for row in rows}) == 1
    assert offered(publisher, guide) == []


def test_citation_takes_along_its_statute_and_its_provision(publisher):
    """Also one that is written as a link in running text, where the provision is asked for second."""
    statute = make_statute(key="2099:9", title="Lagen")
    provision = make_provision(statute, title="Paragrafen")
    page = ready(statute, provision, make_page(body="Se [lagen](lag:2099:9#K1P1)."))
    assert len(offered(publisher, page)) == 2
    press(publisher, verb(page, "publicera"), {"minor": "on", "along": ticked(publisher, page)})
    assert current.edition().has("page", page.key)


def test_what_cannot_come_along_is_named_with_what_it_lacks(publisher, editor):
    """Not approved, with faults of its own, planned, or not there at all; each leads to its form."""
    planned, draft, asked = make_source(title="Planerad"), make_source(title="Utkastet"), make_source(title="Begärd")
    published(planned, effective_from=current.edition().at.replace(year=2100))
    save_version(draft, editor)
    act(save_version(asked, editor), "ask", editor)
    empty = ready(make_step(title="Tomt steg", aim=""))
    page = ready(make_page(sources=[planned, draft, asked], body=f"[Steg](steg:{empty.key}) och {{{{kontakt:borta}}}}."))
    assert offered(publisher, page) == []
    lacks = refused(publisher, page)
    assert lacks == {
        "Källa ”Planerad”": lacks["Källa ”Planerad”"],
        "Källa ”Utkastet”": "Den är inte godkänd. Läge: utkast.",
        "Källa ”Begärd”": "Den är inte godkänd. Läge: granskning begärd.",
        "Steg ”Tomt steg”": "Fältet ”aim” saknas.",
        "Kontakt ”borta”": "Den finns inte.",
    }
    assert lacks["Källa ”Planerad”"].startswith("Den är schemalagd till 2100-")
    assert f'href="{change(draft)}"' in publisher.get(verb(page, "publicera")).content.decode()


def test_what_needs_something_that_is_refused_is_refused_too(publisher, editor):
    """An approved step whose source is a draft cannot go out, and neither can the guide."""
    source = make_source(title="Utkastet")
    save_version(source, editor)
    step = make_step(title="Steget", sources=[source])
    guide = ready(step, make_guide([step], title="Guiden"))
    assert offered(publisher, guide) == [] and set(refused(publisher, guide)) == {"Steg ”Steget”", "Källa ”Utkastet”"}
    answer = press(publisher, verb(guide, "publicera"), {"minor": "on"})
    assert answer.status_code == 200 and not Release.objects.exists()


def test_what_is_not_ticked_stays_behind(publisher):
    """And is then said to be missing; nothing is released."""
    guide = ready(*(steps := [make_step(title="Ett"), make_step(title="Två")]), make_guide(steps))
    chosen = ticked(publisher, guide)[:1]
    answer = press(publisher, verb(guide, "publicera"), {"note": "Nytt.", "along": chosen})
    assert "Det finns ingen publicerad steg" in answer.content.decode() and not Release.objects.exists()
    assert answer.context["form"]["along"].value() == chosen and 'value="Nytt."' in answer.content.decode()


def test_what_has_changed_since_the_page_was_shown_is_not_released(publisher, editor):
    """Not even when it was approved again."""
    step = make_step(title="Steget")
    guide = ready(step, make_guide([step]))
    chosen = ticked(publisher, guide)
    step.title = "Ett annat"
    step.save()
    ready(step)
    answer = press(publisher, verb(guide, "publicera"), {"minor": "on", "along": chosen})
    assert "har ändrats sedan sidan visades" in answer.content.decode() and not Release.objects.exists()


def test_public_document_with_a_newer_draft_is_not_asked_for(publisher):
    """It is not missing: it goes out when somebody publishes it."""
    step = make_step(title="Steget")
    published(step)
    step.title = "Nytt"
    step.save()
    assert offered(publisher, ready(step, make_guide([step]))) == []


def test_publishing_from_the_form_leads_there(publisher):
    """The refusal says where both go out together; and one that no company would help says nothing of it."""
    step = make_step()
    guide = ready(step, make_guide([step]))
    answer = save(publisher, change(guide), _release="1")
    assert f'href="{verb(guide, "publicera")}">Publicera det tillsammans' in publisher.get(answer["Location"]).content.decode()
    release([latest("step", step.key)], None)
    page = ready(make_page(body="Ring {{kontakt:borta}}."))
    answer = save(publisher, change(page), _release="1")
    assert "tillsammans" not in publisher.get(answer["Location"]).content.decode()


def test_heading_that_is_linked_to_is_there_whether_public_or_on_its_way_out(db):
    """Of what goes out at the same time its new text counts, of the rest what is public."""
    target = make_page(key="malet", body="## Den som hotas\n\nTvå saker.")
    linking = make_page(body="[Om hotet](sida:malet#den-som-hotas)")
    published(target, linking)
    linking.body = "[Om hotet](sida:malet#borta)"
    with pytest.raises(PublishingError, match="inte har rubriken ”borta”"):
        published(linking)
    target.body = "## Borta\n\nEn sak."
    published(target, linking)
    linking.body = "Mer [om hotet](sida:malet#borta)."
    published(linking)
