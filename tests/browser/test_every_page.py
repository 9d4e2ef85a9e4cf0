"""What holds for every type of page: fits the smallest screen, breaks no rule of the browser, prints, is accessible, valid."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import axe_playwright_python
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import expect

from guides.public.middleware import secured
from guides.public.views import errors
from tests.browser.contrast import pale
from tests.pages import ERROR_PAGES, GUIDE, PAGE_TYPES, STEP, TRANSLATED
from tests.serving import CLONE

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ALL_TYPES = PAGE_TYPES | ERROR_PAGES | {"broken": "/trasig/"}
every_type = pytest.mark.parametrize("path", ALL_TYPES.values(), ids=ALL_TYPES)
COLOUR = {"runOnly": ["cat.color"]}
NO_COLOUR = {"rules": {"color-contrast": {"enabled": False}}}
# Small and large, light and dark each have their colours judged once, which takes axe-core most of its time, and
# a dark page differs in colours alone; --long judges all colours in all four.
VIEWS = [
    pytest.param(320, "light", {}, id="light 320 px"),
    pytest.param(1280, "light", NO_COLOUR, id="light 1280 px"),
    pytest.param(1280, "dark", COLOUR, id="dark 1280 px"),
    pytest.param(1280, "light", COLOUR, id="light colours 1280 px", marks=pytest.mark.long),
    pytest.param(320, "dark", COLOUR, id="dark 320 px", marks=pytest.mark.long),
]


def go(page, path):
    """Open a page; /trasig/ is answered as a site answers in which something failed, with the headers of its door."""
    if path == "/trasig/":
        answer = secured(errors.broken(RequestFactory().get(path)))
        headers, body = dict(answer.headers), answer.content.decode()
        page.route("**/trasig/", lambda route: route.fulfill(status=500, headers=headers, body=body))
    page.goto(path)


def violations(page, **only):
    """What axe-core finds, each as its rule and the elements; evaluated, because the policy lets no script in."""
    page.evaluate(AXE)
    found = page.evaluate("only => axe.run(document, {resultTypes: ['violations'], ...only})", only)["violations"]
    return [(v["id"], v["help"], [node["html"][:200] for node in v["nodes"][:5]]) for v in found]


def printed(page, folder):
    """The words of the page's PDF, and its number of pages."""
    target = folder / "page.pdf"
    page.pdf(path=target, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True).stdout
    return text


def labels_of(page, path):
    page.goto(path)
    return page.locator(".task__label").all_inner_texts()


def wordings(text):
    """A text, and what it may be where its abbreviations have been written out before: "hem för vård (HVB)" is "HVB"."""
    yield text
    if found := re.search(r" \((\w{2,5})\)", text):
        before = text[: found.start()].split(" ")
        for kept in range(len(before)):
            yield from wordings(" ".join([*before[:kept], found.group(1)]) + text[found.end() :])


def squeezed(text):
    """Words without what a line break in print may add or take away."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@every_type
def test_page_needs_no_sideways_scrolling_at_320_px(window, path):
    """At 320 px nothing is wider than the screen."""
    page = window(320, 640)
    go(page, path)
    wide = page.evaluate("""() => [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('[role=region][tabindex]'))
        .slice(0, 5).map(e => e.outerHTML.slice(0, 120))""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, wide


@every_type
def test_page_gives_the_browser_nothing_to_complain_about(window, path):
    """No console error, no script error and no breach of the Content-Security-Policy."""
    page = window()
    go(page, path)
    page.wait_for_load_state("networkidle")
    own = ("404", "410", "500")
    assert [c for c in page.complaints if not any(f"status of {code}" in c for code in own)] == []


@pytest.mark.parametrize(("width", "scheme", "only"), VIEWS)
@every_type
def test_page_is_accessible(window, path, width, scheme, only):
    """axe-core finds nothing, in light and dark, small and large."""
    page = window(width, scheme=scheme)
    go(page, path)
    assert violations(page, **only) == []


@every_type
def test_words_can_be_read_in_forced_colours(window, path):
    """In the reader's own palette no text disappears into what is behind it."""
    page = window(320, forced_colors="active")
    go(page, path)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert pale(page, 4.5) == []


def test_pale_words_are_seen_in_forced_colours(window):
    """The check is awake: a text that refuses the reader's palette is found."""
    page = window(320, forced_colors="active")
    page.goto("/guider/")
    page.evaluate("""const p = document.createElement('p'); p.textContent = 'blek';
        p.style.cssText = 'forced-color-adjust: none; color: #eee'; document.querySelector('main').append(p)""")
    assert [words for words, _ in pale(page, 4.5)] == ["blek"]


@pytest.mark.parametrize("path", TRANSLATED)
def test_every_language_is_accessible(window, path):
    """The same for each page in each language, from left and from right, which also fit the smallest screen."""
    small, large = window(320, 640), window(1280, scheme="dark")
    for page in (small, large):
        page.goto(path)
    assert violations(small) == []
    assert violations(large, **COLOUR) == []
    assert small.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme", "only"), [(320, "light", {}), (1280, "dark", COLOUR)])
def test_every_address_is_accessible(window, site, width, scheme, only):
    """Not only each type of page: every address of the sitemap, and each municipality's poster."""
    paths = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", site.read("/sitemap.xml")[1].decode())
    paths += [path.replace("/kontakt/", "/affisch/") for path in paths if re.fullmatch("/kontakt/[a-z-]+/", path)]
    assert len(paths) > 700
    page = window(width, scheme=scheme)
    wrong = {}
    for path in paths:
        page.goto(path)
        if found := violations(page, **only):
            wrong[path] = found
    assert wrong == {}


def test_axe_sees_a_planted_fault(window):
    """The check is awake: a field without a label and a text nobody can read are found."""
    page = window()
    page.goto("/guider/")
    page.evaluate("""document.querySelector('main').insertAdjacentHTML('beforeend', '<input id="naken">');
        const p = document.createElement('p'); p.textContent = 'blek'; p.style.setProperty('color', '#fdfdfd');
        document.querySelector('main').append(p)""")
    assert {"label", "color-contrast"} <= {rule for rule, *_ in violations(page)}
    assert {"color-contrast"} == {rule for rule, *_ in violations(page, **COLOUR)}


def test_html_is_valid(window, site, tmp_path):
    """The Nu Html Checker finds no error in any type of page, the error pages included."""
    names = {}
    for name, path in (PAGE_TYPES | ERROR_PAGES).items():
        file = tmp_path / f"{name.replace(' ', '-')}.html"
        file.write_bytes(site.read(path)[1])
        names[file.name] = path
    (tmp_path / "broken.html").write_text(render_to_string("500.html"))
    wrong = [m for m in nu(tmp_path) if m["type"] != "info"]
    assert [(names.get(m["url"].rsplit("/", 1)[-1], m["url"]), m["message"], m.get("extract")) for m in wrong] == []


def test_html_checker_sees_a_planted_fault(tmp_path):
    """The check is awake: a heading inside a list is an error."""
    page = "<!DOCTYPE html><html lang=sv><title>x</title><ul><h1>x</h1></ul>"
    (tmp_path / "fault.html").write_text(page)
    assert any(m["type"] == "error" for m in nu(tmp_path))


def nu(folder):
    jar = os.environ.get("VNU_JAR") or CLONE / ".cache/node_modules/vnu-jar/build/dist/vnu.jar"
    assert Path(jar).exists(), "no Nu Html Checker: bash tests/run.sh installs it"
    command = [shutil.which("java"), "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(folder)]
    return json.loads(subprocess.run(command, capture_output=True, text=True).stderr or '{"messages": []}')["messages"]


def test_first_hour_prints_on_one_sheet(window, tmp_path):
    """What lies beside the telephone is one page, with both numbers, the way on and where the newest stands."""
    page = window()
    page.goto("/forsta-timmen/")
    text = printed(page, tmp_path)
    assert text.count("\f") == 1
    for part in ("112", "114 14", "Sedan, steg för steg", "Granskad", "/forsta-timmen/"):
        assert part in text.replace("\xa0", " "), part


def test_step_prints_every_task(window, tmp_path):
    """On paper a step has all of its tasks, and neither menu nor route."""
    page = window()
    page.goto(STEP)
    tasks = page.locator(".task__label, .task__detail").all_inner_texts()
    text = squeezed(printed(page, tmp_path))
    assert len(tasks) > 10
    missing = [task for task in tasks if not any(squeezed(words) in text for words in wordings(task))]
    assert missing == []


def test_guide_prints_every_task_of_every_step(window, tmp_path):
    """The printed guide has each step's tasks, those of the situations included."""
    page = window()
    page.goto(GUIDE)
    places = page.locator("main a[href*='#uppgift-']").evaluate_all("links => links.map(link => link.pathname)")
    tasks = [label for place in dict.fromkeys(places) for label in labels_of(page, place)]
    page.goto(f"{GUIDE}utskrift/")
    text = squeezed(printed(page, tmp_path))
    assert len(tasks) > 100
    missing = [task for task in tasks if not any(squeezed(words) in text for words in wordings(task))]
    assert missing == []


@pytest.mark.parametrize("path", [STEP, f"{GUIDE}utskrift/", "/ansvar/", "/kontakt/"])
def test_print_hides_what_only_a_screen_can_use(window, path):
    """On paper there is no menu, no breadcrumb and no button."""
    page = window()
    page.goto(path)
    page.emulate_media(media="print")
    for name in ("Huvudmeny", "Du är här"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()
    for button in page.get_by_role("button").all():
        expect(button).to_be_hidden()


def test_print_of_a_step_keeps_its_dates_and_links_to_call(window, tmp_path):
    """Paper says how old the guidance is and still has the number to call."""
    page = window()
    page.goto(STEP)
    text = printed(page, tmp_path)
    assert "Publicerad" in text and "Inte granskad av sakkunnig än" in text
    assert "112" in text
