"""The watch over links and sources, against a real server on this machine: slow, honest, and never into a closed net."""

import socket
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from guides.edition.links import danger, links_in, with_address
from guides.models import LinkCheck, LinkHost, LinkUse
from guides.publishing import links
from guides.publishing.current import current
from guides.publishing.mapping import to_document
from guides.publishing.upkeep import fetching
from guides.publishing.upkeep.links import look, register, watch
from guides.publishing.versions import save_version
from guides.text.documents import make
from tests.factories import make_page, make_provision, make_source, make_statute, make_step, published
from tests.web import a_link

LINKS = "/admin/lankar/"


def the_link():
    return LinkCheck.objects.get()


def looked(address):
    """What one look finds."""
    link = a_link(address)
    look(link)
    link.refresh_from_db()
    return link


# Which links there are.


def test_every_external_link_of_a_text_is_found():
    """In fields, rows and Markdown, without what stands after #; our own references are none."""
    body = (
        "[Lagen](https://lagen.nu/2001:453#K1P1), https://polisen.se/sida. och <https://bra.se/a>, "
        "[steg](steg:ring), [mejl](mailto:a@b.se), [farlig](ftp://filer.se/x)."
    )
    row = {"text": "Se [x](https://rad.se/(1))"}
    document = make("step", "s", {"title": "Steg", "tasks": ({"key": "a", **row},)}, body)
    assert links_in(document) == {
        "https://lagen.nu/2001:453", "https://polisen.se/sida", "https://bra.se/a", "ftp://filer.se/x", "https://rad.se/(1)"
    }  # fmt: skip
    assert links_in(make("source", "k", {"title": "K", "url": "https://scb.se/x"})) == {"https://scb.se/x"}
    assert links_in(make("banner", "b", {"title": "B", "link": "/kontakt/"})) == set()


@pytest.mark.parametrize(
    "address",
    [
        "https://anna:hemlig@polisen.se/",
        "https://anna@polisen.se/",
        "ftp://polisen.se/",
        "javascript:alert(1)",
        "https:///x",
        "http://[::1",
    ],
)
def test_dangerous_address_is_told_without_asking_anybody(db, web, address):
    """At once, and it keeps the text from being released."""
    assert danger(address)
    page = make_page(body=f"Läs [sidan]({address}).")
    assert [found for found, why in links.broken(to_document(page))] == [address] and danger(
        "https://polisen.se/"
    ) == ""


def test_saving_asks_nobody_and_tick_does(db, web):
    """Drafts and what is public; each page once, whatever part of it is meant."""
    web.pages["/sida"] = (200, {}, b"x")
    published(make_page(body=f"[a]({web.url('/sida#en')}) och [b]({web.url('/sida#tva')})."))
    draft = make_page(body=f"[a]({web.url('/utkast')}).")
    save_version(draft, None)
    assert web.asked == [] and not LinkCheck.objects.exists()
    call_command("tick")
    assert web.paths() == ["/sida"]
    assert set(LinkCheck.objects.values_list("address", flat=True)) == {web.url("/sida"), web.url("/utkast")}
    draft.body = "Ingen länk."
    draft.save()
    save_version(draft, None)
    register()
    assert the_link().address == web.url("/sida") and LinkUse.objects.count() == 1


def test_nothing_is_asked_when_it_is_turned_off(db, web, settings):
    """The links are gathered all the same."""
    settings.LINK_CHECKS = False
    a_link(web.url("/sida"))
    watch()
    assert web.asked == [] and the_link().state == "new"


# What is asked, and how.


def test_request_says_who_asks_and_where_to_complain(db, web):
    """With no cookie, no referrer, and nothing about a reader."""
    web.pages["/sida"] = (200, {}, b"x")
    looked(web.url("/sida"))
    ((_, headers),) = web.asked
    assert "https://avhoppare.example/om/webbplatsen/" in headers["User-Agent"]
    assert not {"Cookie", "Referer"} & set(headers)


def test_host_is_asked_at_most_once_in_ten_seconds(db, web, clock):
    """By all processes together, and the host of a redirect too."""
    for path in ("/a", "/b"):
        web.pages[path] = (200, {}, b"x")
        a_link(web.url(path))
    watch()
    watch()
    assert web.paths() == ["/a"]
    clock(seconds=9)
    watch()
    assert web.paths() == ["/a"]
    clock(seconds=12)
    watch()
    assert web.paths() == ["/a", "/b"]
    assert LinkHost.objects.get().name == "127.0.0.1"


def test_redirect_on_the_same_host_waits_its_ten_seconds(db, web, clock):
    """The next request to a host is the next, whoever sent us there."""
    web.pages |= {"/ny": (200, {}, b"x"), "/gammal": (301, {"Location": "/ny"}, b"")}
    looked(web.url("/gammal"))
    assert (web.paths(), web.waited) == (["/gammal", "/ny"], [10.0])


def test_link_is_claimed_by_one_process(db, web, monkeypatch):
    """Who comes while another looks has nothing to do."""
    seen = []

    def looking(link):
        seen.append(link.address)
        watch()
        return "ok"

    monkeypatch.setattr("guides.publishing.upkeep.links.look", looking)
    a_link(web.url("/a"))
    watch()
    assert seen == [web.url("/a")]


def test_only_the_first_64_kilobytes_are_read(db, web):
    """However long the page is."""
    web.pages["/lang"] = (200, {}, b"x" * 1_000_000)
    assert len(fetching.fetch(web.url("/lang")).body) == 64 * 1024


def test_page_that_never_ends_is_cut_off(db, web, monkeypatch):
    """A byte now and then does not hold the watch for longer than the limit."""
    monkeypatch.setattr(fetching, "TIMEOUT", 0.3)
    never = threading.Event()
    web.pages["/seg"] = (200, {}, [b"x", never])
    try:
        with pytest.raises(fetching.UnclearError, match="tio sekunder"):
            fetching.fetch(web.url("/seg"))
    finally:
        never.set()


def test_more_than_five_redirects_are_not_followed(db, web):
    """Five are."""
    for n in range(7):
        web.pages[f"/{n}"] = (302, {"Location": f"/{n + 1}"}, b"")
    web.pages["/7"] = (200, {}, b"x")
    assert fetching.fetch(web.url("/2")).status == 200
    with pytest.raises(fetching.UnclearError, match="leder runt"):
        fetching.fetch(web.url("/1"))


# Where it never goes.


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "2130706433",
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1"],
)  # fmt: skip
def test_closed_net_is_never_asked(db, web, settings, host):
    """Loopback, private, link-local and shared addresses, however they are written."""
    settings.LINKS_MAY_REACH = []
    with pytest.raises(fetching.ForbiddenError):
        fetching.fetch(f"http://{host}:{web.port}/sida")
    assert web.asked == []


def test_redirect_into_a_closed_net_is_not_followed(db, web, settings):
    """Only the first page may be reached."""
    settings.LINKS_MAY_REACH = ["127.0.0.1/32"]
    web.pages["/ut"] = (302, {"Location": web.url("/in", "127.0.0.2")}, b"")
    link = looked(web.url("/ut"))
    assert (link.state, web.paths()) == ("unknown", ["/ut"]) and "slutet nät" in link.reason


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/x", "http://a:b@127.0.0.1/", "javascript:alert(1)"])
def test_redirect_to_a_dangerous_address_is_dangerous_at_once(db, web, target):
    """It is not followed."""
    web.pages["/ut"] = (302, {"Location": target}, b"")
    assert looked(web.url("/ut")).state == "dangerous" and web.paths() == ["/ut"]


def test_name_that_answers_differently_the_second_time_gains_nothing(db, web, settings, monkeypatch):
    """The connection goes to the address that was judged: the name is looked up once."""
    real, answers = fetching.socket.getaddrinfo, []

    def changing(host, port, *args, **kwargs):
        if host != "byter.example":
            return real(host, port, *args, **kwargs)
        answers.append(host)
        return real("127.0.0.1" if len(answers) == 1 else "127.0.0.2", port, *args, **kwargs)

    monkeypatch.setattr(fetching.socket, "getaddrinfo", changing)
    settings.LINKS_MAY_REACH = ["127.0.0.1/32"]
    web.pages["/"] = (200, {}, b"x")
    assert fetching.fetch(web.url("/", "byter.example")).status == 200
    assert answers == ["byter.example"] and web.asked[0][1]["Host"] == f"byter.example:{web.port}"
    with pytest.raises(fetching.ForbiddenError):
        fetching.fetch(web.url("/", "byter.example"))


# What is said of it.


@pytest.mark.parametrize("status", [401, 403, 405, 429, 500, 503])
def test_page_that_does_not_let_us_in_cannot_be_checked(db, web, status):
    """It is no broken link, however often it answers so, and stops nobody."""
    web.pages["/sida"] = (status, {}, b"")
    link = looked(web.url("/sida"))
    LinkCheck.objects.update(failed_at=timezone.now() - timedelta(days=9))
    LinkHost.objects.all().delete()
    look(the_link())
    assert the_link().state == link.state == "unknown" and link.reason
    assert links.broken(to_document(make_page(body=f"[x]({link.address})."))) == []


def test_bot_wall_and_a_certificate_that_cannot_be_trusted_cannot_be_checked(db, web):
    """Whoever opens the page sees it; only the watch does not."""
    web.pages["/vagg"] = (503, {"cf-mitigated": "challenge"}, b"")
    wall = looked(web.url("/vagg"))
    assert wall.state == "unknown" and "Öppna sidan själv" in wall.reason
    LinkCheck.objects.all().delete(), LinkHost.objects.all().delete()
    unsafe = a_link(f"https://127.0.0.1:{web.port}/")
    look(unsafe)
    unsafe.refresh_from_db()
    assert unsafe.state == "unknown" and "certifikat" in unsafe.reason


def test_missing_page_is_broken_only_after_two_failures_20_hours_apart(db, web, clock):
    """One bad hour says nothing; a good answer between begins anew."""
    link = a_link(web.url("/borta"))
    document = to_document(make_page(body=f"[x]({link.address})."))
    for hours, state in ((0, "unknown"), (19, "unknown"), (1.1, "broken")):
        clock(hours=hours)
        look(the_link())
        assert the_link().state == state, hours
    assert links.broken(document) == [(link.address, "Sidan finns inte (404).")]
    web.pages["/borta"] = (200, {}, b"x")
    clock(days=1)
    look(the_link())
    assert the_link().state == "ok" and links.broken(document) == []
    del web.pages["/borta"]
    clock(days=7)
    look(the_link())
    assert the_link().state == "unknown"


def test_closed_port_fails_like_a_missing_page(db, web, clock):
    """After 20 hours it is broken."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        link = a_link(f"http://127.0.0.1:{closed.getsockname()[1]}/")
        for hours, state in ((0, "unknown"), (21, "broken")):
            clock(hours=hours)
            look(the_link())
            assert the_link().state == state
    assert link.state == "new"


@pytest.mark.parametrize(("errno", "state"), [(socket.EAI_NONAME, "broken"), (socket.EAI_AGAIN, "unknown")])
def test_name_that_does_not_exist_is_broken_and_a_sick_name_server_is_not(db, web, clock, monkeypatch, errno, state):
    """When our own net is away, nobody else's pages are."""

    def failing(*args, **kwargs):
        raise socket.gaierror(errno, "nej")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", failing)
    a_link("https://finns-inte.example/")
    for hours in (0, 21):
        clock(hours=hours)
        look(the_link())
    assert the_link().state == state


@pytest.mark.parametrize(("status", "state"), [(301, "moved"), (308, "moved"), (302, "ok"), (307, "ok")])
def test_only_a_permanent_redirect_is_a_move(db, web, status, state):
    """What is sent elsewhere for now stays where it is."""
    web.pages |= {"/ny": (200, {}, b"x"), "/gammal": (status, {"Location": "/ny"}, b"")}
    link = looked(web.url("/gammal"))
    assert (link.state, link.moved_to) == (state, web.url("/ny") if state == "moved" else "")


def test_moved_page_that_is_gone_is_no_move(db, web):
    """A redirect to nothing helps nobody."""
    web.pages["/gammal"] = (301, {"Location": "/borta"}, b"")
    assert looked(web.url("/gammal")).moved_to == ""


# Sources whose words change.


def test_source_with_other_words_is_told_once_and_what_rests_on_it_is_listed(editor_client, editor, web, clock):
    """Other markup, another menu script: not other words. Read and settled, it is quiet."""
    web.pages["/sfs"] = (200, {}, b"<p>1 kap. <script>1</script></p>")
    source = make_source(url=web.url("/sfs"), title="Lagen")
    published(make_step(title="Ring polisen", sources=[source]))
    watch()
    assert the_link().changed_at is None
    for body, changed in ((b"<div>1  kap.<script>2</script></div>", False), (b"<p>2 kap.</p>", True)):
        clock(days=8)
        web.pages["/sfs"] = (200, {}, body)
        watch()
        assert bool(the_link().changed_at) == changed, body
    editor_client.force_login(editor)
    text = editor_client.get(LINKS).content.decode()
    assert "Källan har ändrats" in text and "Ring polisen" in text and "bara en meny" in text
    sections = {section.name: section for section in editor_client.get("/admin/").context["sections"]}
    (row,) = sections["reread"].rows
    assert (row.text, row.count) == ("Steg", 1)
    assert [str(found) for found in editor_client.get(row.address).context["cl"].queryset] == ["Ring polisen"]
    editor_client.post(LINKS, {"link": the_link().pk, "verb": "read"})
    assert the_link().changed_at is None and "Inget att titta på" in editor_client.get(LINKS).content.decode()


def test_menu_footer_and_clock_of_a_source_are_not_its_words(db, web, clock):
    """What stands around the text changes all the time, and would teach editors to look away."""
    page = "<nav>{0}</nav><main><form>{0}</form><p>Rapporten {1}</p><time>{0}</time></main><footer>{0}</footer>"
    published(make_source(url=web.url("/rapport")))
    for around, text, changed in ((1, 1, False), (2, 1, False), (3, 2, True)):
        web.pages["/rapport"] = (200, {}, page.format(around, text).encode())
        watch()
        clock(days=8)
        assert bool(the_link().changed_at) is changed


def test_what_rests_on_a_statute_rests_on_its_provisions_too(db):
    """A step that names a paragraph is to be read again when the statute's page has changed."""
    provision = make_provision()
    step = published(make_step(provisions=[provision]))
    found = links.resting_on(current.edition(), ("statute", provision.statute.key))
    assert {("provision", provision.key), ("step", step.key)} <= set(found)


def test_unchanged_page_is_not_sent_again(db, web, clock):
    """It is asked for with the tag that it had."""
    web.pages["/sfs"] = (200, {"ETag": '"ett"'}, b"1 kap.")
    published(make_statute(url=web.url("/sfs")))
    watch()
    clock(days=8)
    watch()
    assert web.asked[1][1]["If-None-Match"] == '"ett"'
    assert (the_link().state, the_link().changed_at) == ("ok", None)


def test_page_that_nothing_rests_on_may_change(db, web, clock):
    """Only the pages of statutes and sources are watched."""
    for body in (b"ett", b"annat"):
        web.pages["/sida"] = (200, {}, body)
        a_link(web.url("/sida"))
        watch()
        clock(days=8)
    assert the_link().changed_at is None


def test_address_is_exchanged_whole():
    """A longer address that begins the same is another."""
    document = make("source", "k", {"title": "K", "url": "https://a.se/x", "note": "https://a.se/x?y=1"})
    found = with_address(document, "https://a.se/x", "https://b.se/")
    assert (found["url"], found["note"]) == ("https://b.se/", "https://a.se/x?y=1")
