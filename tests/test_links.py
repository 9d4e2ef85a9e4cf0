"""No address is dead, and what belongs together is one tap apart."""

import re
from collections import Counter

import pytest

from guides.addresses import address, addresses
from tests.pages import GUIDE, PAGE_TYPES, read
from tests.test_answers import QUESTIONS

FIXED = [
    "/", "/forsta-timmen/", "/guider/", f"{GUIDE}utskrift/", "/ansvar/", "/lag/", "/finansiering/", "/kontakt/",
    "/ordlista/", "/nytt/", "/hoppa-av/", "/anhorig/", "/om/vad-ar-en-avhoppare/", "/om/las-vidare/",
    "/om/webbplatsen/", "/om/underlaget/", "/om/personuppgifter-och-kakor/", "/om/tillganglighet/",
]  # fmt: skip


_kept = {}
# Where a step stands again in another guide.
_elsewhere = {}


@pytest.fixture
def everything(client, edition):
    """Every page of the site by its address; the content is the same for all tests, so they are read once."""
    if not _kept:
        places = [*addresses(edition), *(f"{address(guide)}utskrift/" for guide in edition.guides())]
        _kept.update((place, read(client, place)) for place in places)
    return _kept


@pytest.fixture
def steps(client, edition, everything):
    """Every step where it stands in its guide, with its page."""
    found = [here for guide in edition.guides() for here in edition.steps(guide)]
    for place in {address(here) for here in found} - set(everything) - set(_elsewhere):
        _elsewhere[place] = read(client, place)
    return [(here, (everything | _elsewhere)[address(here)]) for here in found]


def test_public_address_answers(everything):
    """Every page that the content has answers 200, the named ones among them."""
    assert set(FIXED) <= set(everything)
    assert len(everything) > 500


@pytest.mark.parametrize("path", PAGE_TYPES.values())
def test_page_type_is_a_page(content, client, path):
    """The sample that the browser tests take is made of pages that exist."""
    assert client.get(path).status_code == 200


def within(taps: int, everything) -> set[str]:
    """Every page that a reader can be on after at most so many taps from the start page."""
    found, edge = {"/"}, {"/"}
    for _ in range(taps):
        edge = {path for place in edge for path, _ in everything[place].internal if path in everything} - found
        found |= edge
    return found


def test_page_can_be_reached_from_the_start_page(everything):
    """Every page is linked from somewhere, in one or more taps from the start page."""
    assert set(everything) - within(len(everything), everything) == set()


def test_every_answer_is_at_most_three_taps_away(everything):
    """Somebody under pressure reaches what social workers ask for in three taps."""
    near = within(3, everything)
    assert [row["address"] for row in QUESTIONS if row["address"] not in near] == []


def test_internal_link_leads_to_a_page(everything, client):
    """Every link to this site answers 200, from all pages; handbooks and Markdown twins have tests of their own."""
    links = ((path, page.address) for page in everything.values() for path, _ in page.internal)
    elsewhere = ("/handbok.pdf", ".md")
    wanted = {path: where for path, where in links if path not in everything and not path.endswith(elsewhere)}
    dead = {path: (where, client.get(path).status_code) for path, where in wanted.items()}
    assert {path: found for path, found in dead.items() if found[1] != 200} == {}


def test_internal_anchor_leads_to_an_element(everything):
    """Every #anchor names an element of the page that it leads to."""
    ids = {place: set(page.ids) for place, page in everything.items()}
    dead = {
        f"{path}#{fragment}": page.address
        for page in everything.values()
        for path, fragment in page.internal
        if fragment and path in ids and fragment not in ids[path]
    }
    assert dead == {}


def test_id_stands_once_on_its_page(everything):
    """No page has the same id twice."""
    twice = {
        page.address: [name for name, count in Counter(page.ids).items() if count > 1] for page in everything.values()
    }
    assert {place: names for place, names in twice.items() if names} == {}


def test_headings_skip_no_level(everything):
    """One h1, and below a heading only the next level (WCAG 1.3.1)."""
    wrong = {}
    for page in everything.values():
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page.html)]
        if levels.count(1) != 1 or levels[0] != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:], strict=False)):
            wrong[page.address] = levels
    assert wrong == {}


def test_step_links_each_actor_it_names(steps):
    """From a step one tap reaches every actor that is responsible, takes part or may be informed."""
    missing = [
        (here.step.key, r.actor.key)
        for here, page in steps
        for r in here.step.responsibilities
        if address(r.actor) not in page.links
    ]
    assert missing == []


def test_step_links_each_provision(steps):
    """From a step one tap reaches every provision of the step and of its tasks."""
    missing = [
        (here.step.key, provision.key)
        for here, page in steps
        for provision in {*here.step.provisions, *(p for task in here.step.tasks for p in task.provisions)}
        if address(provision) not in page.links
    ]
    assert missing == []


def test_step_links_each_contact(steps):
    """From a step one tap reaches every contact, and calls its number where this page may show one."""
    missing = []
    for here, page in steps:
        for contact in here.step.contacts:
            number = contact.number("professional")
            if address(contact) not in page.links or (number and number.href not in page.links):
                missing.append((here.step.key, contact.key))
    assert missing == []


def test_step_links_its_neighbours(steps):
    """From a step one tap reaches the one before and the one after."""
    place_of = {(here.guide.key, here.step.key): address(here) for here, _ in steps}
    missing = [
        (here.step.key, other.key)
        for here, page in steps
        for other in (here.previous, here.next)
        if other and place_of[here.guide.key, other.key] not in page.links
    ]
    assert missing == []


@pytest.mark.parametrize("kind", ["statute", "actor", "contact"])
def test_page_links_each_step_that_uses_it(client, edition, kind):
    """From a statute, an actor or a contact one tap reaches every step that uses it."""
    missing = []
    for record in edition.all(kind):
        links = {link.split("#")[0] for link in read(client, address(record)).links}
        missing += [
            (record.key, use.step.key) for use in edition.steps_using(kind, record.key) if address(use) not in links
        ]
    assert missing == []


def test_step_that_lists_a_provision_stands_on_its_statute(client, steps, edition):
    """A statute's page names every step that has one of its provisions among its own or its tasks', at its first place."""
    missing = []
    for statute in edition.all("statute"):
        links = {link.split("#")[0] for link in read(client, address(statute)).links}
        for here, _ in steps:
            own = {*here.step.provisions, *(p for task in here.step.tasks for p in task.provisions)}
            first = address(edition.home_of(here.step.key))
            if any(p.statute.key == statute.key for p in own) and first not in links:
                missing.append((statute.key, here.step.key))
    assert missing == []


def test_route_says_the_numbers_of_its_tasks(client, edition, steps):
    """In the route of a guide a task that says whom to call has the number, as on its step."""
    named = {" ".join(task.split()) for guide in edition.guides() for task in read(client, address(guide)).tasks}
    calls = {" ".join(label.split()) for _, page in steps for label in page.labels if re.search(r"\b11[24]\b", label)}
    assert calls
    assert calls - named == set()
