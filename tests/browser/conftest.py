"""A real site and a real browser, started once; every test gets a window of its own that remembers what happened."""

import os
import shutil
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.elsewhere import elsewhere as open_elsewhere
from tests.serving import in_shell, served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WITHDRAW = """
from guides.publishing.release import withdraw
from tests.factories import make_page, published
published(make_page(key="borttagen", title="En sida som har funnits"))
withdraw("page", "borttagen", None, "Sidan har ersatts av guiden.")
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def elsewhere():
    """The rest of the web: what was read before our pages, and where the quick exit leads."""
    with open_elsewhere() as foreign:
        yield foreign


@pytest.fixture(scope="session")
def site(tmp_path_factory, prepared, elsewhere):
    """The whole content, and one withdrawn page at /om/borttagen/."""
    data_dir = shutil.copytree(prepared, tmp_path_factory.mktemp("site") / "data")
    with served(data_dir, QUICK_EXIT_URL=elsewhere.weather) as site:
        in_shell(data_dir, WITHDRAW)
        yield site


@pytest.fixture(scope="session")
def launch():
    """Starts Debian's Chromium, not one that playwright has downloaded: launch(path, **what playwright takes)."""
    whole = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        yield lambda path=whole, **how: playwright.chromium.launch(
            executable_path=path, headless=True, args=FLAGS, **how
        )


@pytest.fixture(scope="session")
def chromium(launch):
    """The same engine without the window around it, where the system has it: a window costs a second."""
    shell = shutil.which("chromium-headless-shell")
    browser = launch(shell) if shell else launch()
    yield browser
    browser.close()


@pytest.fixture
def window(chromium, site):
    """Opens windows: window(width, height, scheme=…, script=…, **what playwright takes for a context).

    A window knows what it has asked for (`requests`: method and address) and what it was not content with
    (`complaints`: errors and warnings of the console, of scripts and of the Content-Security-Policy).
    """
    with ExitStack() as stack:

        def opened(width=1280, height=800, scheme="light", script=True, **more) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=script,
                base_url=site.origin,
                locale="sv-SE",
                **more,
            )
            stack.callback(context.close)
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.requests, page.complaints = [], []
            page.on("request", lambda request: page.requests.append((request.method, request.url)))
            page.on("pageerror", lambda error: page.complaints.append(f"{page.url}: {error}"))
            page.on("console", lambda message: _note(page, message))
            return page

        yield opened


def _note(page, message):
    if message.type in ("error", "warning"):
        page.complaints.append(f"{page.url}: {message.text}")
