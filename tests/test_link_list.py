"""The list of links: whose they are, and what an editor does about one."""

import pytest
from django.contrib.auth.models import Permission

from guides.models import LinkCheck, Version
from guides.publishing import links
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import to_document
from guides.publishing.release import release
from guides.publishing.upkeep.links import register, watch
from guides.publishing.versions import save_version
from tests.factories import approved, make_page, make_source, make_term, published
from tests.web import a_link

LINKS = "/admin/lankar/"


def the_link():
    return LinkCheck.objects.get()


def test_list_is_grouped_by_owner_and_the_start_page_leads_there(editor_client, db):
    """What works is counted and not listed."""
    for owner, state in (("Jurist", "broken"), ("Redaktionen", "unknown"), ("Redaktionen", "ok")):
        published(make_page(owner=owner, title=f"{owner} {state}", body=f"[x](https://{state}.example/)."))
    register()
    for state in ("broken", "unknown", "ok"):
        LinkCheck.objects.filter(address=f"https://{state}.example/").update(state=state, reason="Skälet.")
    page = editor_client.get(LINKS)
    assert {owner: [line.link.state for line in rows] for owner, rows in page.context["groups"].items()} == {
        "Jurist": ["broken"], "Redaktionen": ["unknown"]
    }  # fmt: skip
    assert "1 fungerar" in page.content.decode() and "Jurist broken" in page.content.decode()
    sections = {s.name: s for s in editor_client.get("/admin/").context["sections"]}
    assert {row.text: row.count for row in sections["links"].rows} == {"Bruten": 1, "Kan inte kontrolleras": 1}


def test_new_address_is_put_into_drafts_with_one_click(editor_client, db):
    """Everywhere it stands and nowhere else, and nothing public moves."""
    old, new = "https://polisen.se/gammal", "https://polisen.se/ny"
    page = published(make_page(body=f"[a]({old}#del), {old}. [b]({old}/annan)"))
    source = published(make_source(url=old))
    register()
    LinkCheck.objects.filter(address=old).update(state="moved", moved_to=new)
    before = editor_client.get(f"/om/{page.key}/").content
    link = LinkCheck.objects.get(address=old)
    editor_client.post(LINKS, {"link": link.pk, "verb": "follow"})
    page.refresh_from_db()
    source.refresh_from_db()
    assert page.body == f"[a]({new}#del), {new}. [b]({old}/annan)" and source.url == new
    assert Version.objects.filter(kind="page", key=page.key).count() == 2
    assert "Ny adress till" in editor_client.get(f"/admin/guides/page/{page.pk}/history/").content.decode()
    assert editor_client.get(f"/om/{page.key}/").content == before


def test_checked_by_hand_holds_for_90_days(editor_client, editor, web, clock):
    """Neither asked nor told nor in the way of a release."""
    link = a_link(web.url("/borta"), state="broken", reason="Borta.")
    document = to_document(make_page(body=f"[x]({link.address})."))
    assert links.broken(document)
    editor_client.force_login(editor)
    editor_client.post(LINKS, {"link": link.pk, "verb": "by-hand"})
    assert not links.broken(document) and not editor_client.get(LINKS).context["groups"]
    clock(days=89)
    watch()
    assert web.asked == []
    clock(days=2)
    assert links.broken(document)
    watch()
    assert web.paths() == ["/borta"]


def test_dangerous_link_cannot_be_approved_by_hand(editor_client, db):
    """It stays in the way."""
    address = "https://anna:hemlig@filer.example/x"
    save_version(make_term(body=f"[x]({address})."), None)
    register()
    editor_client.post(LINKS, {"link": the_link().pk, "verb": "by-hand"})
    assert the_link().by_hand_until is None and links.broken(to_document(make_page(body=f"[x]({address}).")))
    assert f'href="{address}"' not in editor_client.get(LINKS).content.decode()


def test_links_are_only_for_who_may_see_and_change_them(client, django_user_model, db):
    """Refused by the server, not only without a button."""
    link = a_link("https://polisen.se/x", state="broken")
    new = django_user_model.objects.create_user("new", password="new", is_staff=True)
    client.force_login(new)
    assert client.get(LINKS).status_code == 403
    new.user_permissions.add(Permission.objects.get(codename="view_linkcheck"))
    client.force_login(new)
    page = client.get(LINKS)
    assert page.status_code == 200 and b"Pr\xc3\xb6va igen" not in page.content
    assert client.post(LINKS, {"link": link.pk, "verb": "by-hand"}).status_code == 403


def test_link_that_is_not_there_and_verb_that_is_none_are_told(editor_client, db):
    """No error of ours."""
    assert editor_client.post(LINKS, {"link": "abc", "verb": "again"}).status_code == 404
    link = a_link("https://polisen.se/x")
    assert editor_client.post(LINKS, {"link": link.pk, "verb": "nonsens"}).status_code == 302


@pytest.mark.parametrize("state", LinkCheck.State)
def test_only_a_broken_or_dangerous_link_stops_a_release(db, editor, approver, state):
    """With the address, and what to do about it."""
    link = a_link("https://a.example/", state=state, reason="Sidan finns inte (404).")
    version = approved(save_version(make_page(body=f"[x]({link.address})."), editor))
    if state in ("broken", "dangerous"):
        with pytest.raises(PublishingError, match="https://a.example/.*finns inte"):
            release([version], approver)
    else:
        assert release([version], approver)
