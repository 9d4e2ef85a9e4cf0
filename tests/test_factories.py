"""The makers that the other tests stand on."""

import pytest

from guides.publishing.current import current
from tests import factories

MAKERS = sorted(name for name in vars(factories) if name.startswith("make_"))
ROWS = {"make_task", "make_responsibility"}


@pytest.mark.parametrize("name", [n for n in MAKERS if n not in ROWS])
def test_factory_row_can_be_published(db, name):
    """A row with nothing but defaults has no fault that keeps it from being released."""
    row = factories.published(getattr(factories, name)())
    assert current.edition().has(row.kind, row.key)


def test_published_takes_along_what_it_refers_to(db):
    """A step goes out together with the actor that is responsible for it."""
    step = factories.make_step(responsibilities=[{}])
    factories.published(step)
    actor = step.responsibilities.get().actor
    assert current.edition().has("actor", actor.key)
