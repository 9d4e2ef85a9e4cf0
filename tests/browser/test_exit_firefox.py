"""The quick exit in Firefox, whose back-forward cache and key events are its own."""

import pytest

from tests.browser.exit_journeys import *  # noqa: F403
from tests.browser.firefox import Tab, firefox

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


@pytest.fixture
def tab(engine):
    tab = Tab(engine)
    yield tab
    tab.close()
