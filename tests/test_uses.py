"""Where a contact, a law or an actor is used: the steps under the name of their guide, as every guide counts its own."""

import re

import pytest

from guides.addresses import address
from guides.publishing.current import current
from tests.factories import make_actor, make_contact, make_guide, make_provision, make_statute, make_step, published

GUIDES = ("Första guiden", "Andra guiden")


def outline(html) -> list[str]:
    """Headings and steps in their order: 3 Första guiden, 1: Steget."""
    found = re.findall(r'<h(\d)[^>]*>([^<]+)</h\1>|<span class="node">(\d+)</span><span class="vh">: </span>(?:<a[^>]*>)?([^<]+)', html)
    return [f"{level} {heading}" if level else f"{number}: {title}" for level, heading, number, title in found]


def used_in_two_guides(**uses):
    """Two guides of two steps each, all of which use the same record."""
    for position, title in enumerate(GUIDES, 1):
        steps = [make_step(title=f"{title}, steg {n}", **{k: v() for k, v in uses.items()}) for n in (1, 2)]
        published(make_guide(steps, title=title, position=position))


@pytest.mark.parametrize(
    ("kind", "heading"), [("contact", "2 Stegen där du ringer hit"), ("statute", "2 Stegen som använder lagen")]
)
def test_steps_that_use_a_record_stand_under_their_guide(client, db, kind, heading):
    """Two steps are number 1: only the guide tells them apart."""
    if kind == "contact":
        record = make_contact()
        used_in_two_guides(contacts=lambda: [record])
    else:
        record = make_statute()
        provision = make_provision(record)
        used_in_two_guides(provisions=lambda: [provision])
    html = client.get(address(current.edition().get(kind, record.key))).content.decode()
    rows = outline(html)
    assert rows[rows.index(heading) :][:7] == [
        heading,
        *("3 Första guiden", "1: Första guiden, steg 1", "2: Första guiden, steg 2"),
        *("3 Andra guiden", "1: Andra guiden, steg 1", "2: Andra guiden, steg 2"),
    ]


def test_part_of_an_actor_stands_under_its_guide(client, db):
    """What it does in each step, below the guide and the step."""
    actor = make_actor()
    used_in_two_guides(responsibilities=lambda: [{"actor": actor}])
    html = client.get(address(current.edition().get("actor", actor.key))).content.decode()
    rows = outline(html)
    assert rows[rows.index("2 I stegen") :][:7] == [
        "2 I stegen",
        *("3 Första guiden", "1: Första guiden, steg 1", "2: Första guiden, steg 2"),
        *("3 Andra guiden", "1: Andra guiden, steg 1", "2: Andra guiden, steg 2"),
    ]
    assert len(re.findall('<h4 class="route__title">', html)) == 4
