"""How long a person on a slow line waits for a number to call, printed and never asserted: python -m tests.bench.bench_slow_line

Chromium on a small screen, its line held down to 2G and to GPRS; the time from the tap to the first words, to
112 and 114 14 as links that can be pressed, and to the end, as medians of five visits with an empty cache.
"""

import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.serving import served

# Bits a second and milliseconds there and back, as the browsers' own tools have them.
LINES = {"2G": (280_000, 800), "GPRS": (50_000, 500)}
PAGES = ["/", "/k/", "/hoppa-av/", "/hoppa-av/ar/", "/forsta-timmen/", "/kontakt/horby/", "/kontakt/"]
VISITS = 5
NUMBERS = """() => new Promise(found => {
    const look = () => [112, 11414].every(n => document.querySelector(`a[href="tel:${n}"]`)?.checkVisibility())
        ? found(performance.now()) : setTimeout(look, 10);
    look();
})"""
LOADED = """() => new Promise(found => {
    const look = () => {
        const words = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
        const end = performance.getEntriesByType('navigation')[0].loadEventEnd;
        words && end ? found([words, end]) : setTimeout(look, 10);
    };
    look();
})"""


def visit(browser, origin: str, path: str, bits: int, delay: int) -> tuple[float, float, float]:
    """Milliseconds to the first words, to both numbers and to the end of loading."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    line = {"offline": False, "latency": delay, "downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.goto(origin + path, wait_until="commit", timeout=120_000)
    numbers = page.evaluate(NUMBERS)
    words, end = page.evaluate(LOADED)
    context.close()
    return words, numbers, end


def main() -> None:
    path = shutil.which("chromium-headless-shell") or os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'line':6}{'page':20}{'first words':>14}{'both numbers':>14}{'the end':>10}   ms")
        for name, (bits, delay) in LINES.items():
            for page in PAGES:
                runs = [visit(browser, site.origin, page, bits, delay) for _ in range(VISITS)]
                medians = [statistics.median(column) for column in zip(*runs, strict=True)]
                print(f"{name:6}{page:20}{medians[0]:14.0f}{medians[1]:14.0f}{medians[2]:10.0f}")
        browser.close()


if __name__ == "__main__":
    main()
