"""Every act of the review in every state, allowed or refused, for each role and for those who have none, through HTTP."""

import pytest

from guides.models import Membership
from guides.publishing.review import APPROVED, ASKED, BEGUN, CHANGES, DRAFT, acts_for, state
from guides.publishing.roles import ADMINISTRATOR, EDITOR, LOCAL, PUBLISHER, REVIEWER
from guides.publishing.versions import save_version
from tests.factories import make_contact, make_municipality, make_page
from tests.reviews import WAY, press_act, stand

ACTS = ("ask", "begin", "approve", "request", "retract")
# Where each state leads, for somebody else with the right to review, and for all others who may change the text.
REVIEWERS = {
    DRAFT: {"ask": ASKED},
    ASKED: {"begin": BEGUN, "retract": DRAFT},
    BEGUN: {"approve": APPROVED, "request": CHANGES, "retract": DRAFT},
    APPROVED: {"request": CHANGES, "retract": DRAFT},
    CHANGES: {"ask": ASKED},
}
OTHERS = {
    DRAFT: {"ask": ASKED},
    ASKED: {"retract": DRAFT},
    BEGUN: {"retract": DRAFT},
    APPROVED: {"retract": DRAFT},
    CHANGES: {"ask": ASKED},
}


def walk(client, user, table, begin, colleague):
    """Press every button in every state on a document that `begin` has saved; what is refused changes nothing."""
    client.force_login(user)
    for where in WAY:
        for what in ACTS:
            row, version = begin()
            stand(version, where, version.saved_by, colleague)
            answer = press_act(client, row, what)
            wanted = table[where].get(what)
            assert state(version) == (wanted or where), (where, what)
            assert answer.status_code == (302 if wanted else 200), (where, what)
            assert set(acts_for(version, user)) == set(table[wanted or where]), (where, what)


@pytest.fixture
def colleague(person):
    """A reviewer who has written nothing."""
    return person("kollegan", REVIEWER)


@pytest.mark.parametrize(
    ("role", "wrote", "table"),
    [
        (EDITOR, True, OTHERS),
        (REVIEWER, False, REVIEWERS),
        (REVIEWER, True, OTHERS),
        (PUBLISHER, False, OTHERS),
        (PUBLISHER, True, OTHERS),
        (ADMINISTRATOR, False, REVIEWERS),
        (ADMINISTRATOR, True, OTHERS),
    ],
)
def test_every_transition_is_allowed_or_refused_as_the_table_says(
    client, bare, person, editor, colleague, role, wrote, table
):
    """Each act in each state; and it is no error of ours."""
    user = person("prövaren", role)

    def begin():
        page = make_page()
        return page, save_version(page, user if wrote else editor)

    walk(client, user, table, begin, colleague)


def test_local_editor_has_the_table_of_a_writer_for_their_own_contact(client, bare, person, editor, colleague):
    """The role that reaches least; and no act at all on a contact of another municipality."""
    mine, other = make_municipality(), make_municipality()
    user = person("lokal", LOCAL)
    Membership.objects.create(user=user, municipality=mine)

    def begin(place=mine):
        contact = make_contact(municipality=place)
        return contact, save_version(contact, editor)

    walk(client, user, OTHERS, begin, colleague)
    for where in WAY:
        foreign, version = begin(other)
        stand(version, where, editor, colleague)
        assert {press_act(client, foreign, what).status_code for what in ACTS} == {403}
        assert state(version) == where


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_nobody_without_a_role_moves_anything(client, bare, person, editor, colleague, who):
    """Neither a visitor, who is shown the login with what was sent, nor who has logged in and has no role."""
    if who == "staff":
        client.force_login(person("utan roll"))
    for where in WAY:
        page = make_page()
        stand(version := save_version(page, editor), where, editor, colleague)
        assert {press_act(client, page, what).status_code for what in ACTS} == {403}
        assert state(version) == where
