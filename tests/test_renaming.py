"""A changed key: the history goes on, and nothing that pointed at the old key is lost."""

import pytest

from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.release import rename
from guides.publishing.versions import latest
from tests.factories import make_actor, make_guide, make_page, make_step, published


def refused(*said: str):
    """The verb raises a PublishingError whose sentences hold `said`."""
    return pytest.raises(PublishingError, match=".*".join(said))


def test_old_key_is_never_given_out_again(db, approver):
    """An address that has led to one thing never leads to another."""
    page, other = published(make_page(key="gammal")), published(make_page(key="annan"))
    rename(page, "ny", approver)
    for taken in ("gammal", "annan"):
        with refused(f"”{taken}” är eller har varit"):
            rename(other if taken == "gammal" else page, taken, approver)


@pytest.mark.parametrize("key", ["Stor", "utskrift", "å", ""])
def test_rename_to_an_invalid_key_is_refused(db, approver, key):
    """The same rule as for a new key."""
    page = published(make_page())
    with refused("Nyckeln får bara ha"):
        rename(page, key, approver)
    page.refresh_from_db()
    assert page.key != key


def test_version_numbers_go_on_after_a_rename(db, approver):
    """History is one line, whatever the key."""
    page = published(make_page(key="gammal"))
    rename(page, "ny", approver)
    assert latest("page", "ny").number == 2


def test_documents_that_use_a_renamed_one_need_no_new_release(db, approver):
    """The reference to the old key goes on resolving."""
    actor = make_actor()
    step = make_step(responsibilities=[{"actor": actor}])
    guide = published(make_guide([step]))
    rename(actor, "ny-aktor", approver)
    (responsibility,) = current.edition().step(guide.key, step.key).step.responsibilities
    assert responsibility.actor.key == "ny-aktor"
