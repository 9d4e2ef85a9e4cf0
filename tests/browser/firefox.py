"""Debian's Firefox over its own WebDriver BiDi socket: no driver program, no library but the socket's.

The commands are those of https://w3c.github.io/webdriver-bidi/, as Firefox ESR answers them.
"""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from websockets.sync.client import connect

PREFERENCES = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""
NO_SCRIPT = 'user_pref("javascript.enabled", false);\n'
KEYS = {"ShiftLeft": "\ue008", "ShiftRight": "\ue050", "Tab": "\ue004", "Escape": "\ue00c", "Enter": "\ue007", "KeyA": "a"}


class BidiError(Exception):
    """Firefox could not do what was asked."""


class Firefox:
    """A running browser; send(method, **parameters) gives the result of one BiDi command."""

    def __init__(self, socket):
        self.socket = socket
        self._number = count(1)

    def send(self, method: str, **parameters) -> dict:
        number = next(self._number)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=30))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise BidiError(f"{method}: {answer['message']}")
                return answer["result"]


@contextmanager
def firefox(profile: Path, script: bool = True) -> Iterator[Firefox]:
    """Start Firefox without a screen and with a profile of its own, and end it. `script`: whether pages may run any.

    A test on a machine without Firefox is skipped.
    """
    path = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not path:
        pytest.skip("no Firefox on this machine: bash tests/run.sh installs it")
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text(PREFERENCES + ("" if script else NO_SCRIPT))
    log = profile / "firefox.log"
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={"HOME": str(profile), "PATH": "/usr/bin:/bin"})
    try:
        with connect(_address(log, process), max_size=None) as socket:
            browser = Firefox(socket)
            browser.send("session.new", capabilities={})
            yield browser
            browser.send("session.end")
    finally:
        process.terminate()
        process.wait(20)


def _address(log: Path, process) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text())
        if found:
            return f"{found.group(1)}/session"
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


class Tab:
    """A tab of Firefox as `exit_journeys` wants it."""

    def __init__(self, browser: Firefox, width: int = 320, height: int = 640):
        self.browser = browser
        self.context = browser.send("browsingContext.create", type="tab")["context"]
        self.send("browsingContext.setViewport", viewport={"width": width, "height": height})

    def send(self, method: str, **parameters) -> dict:
        return self.browser.send(method, context=self.context, **parameters)

    def goto(self, address: str) -> None:
        self.send("browsingContext.navigate", url=address, wait="complete")

    def back(self) -> None:
        self.send("browsingContext.traverseHistory", delta=-1)

    def js(self, expression: str):
        """A value from the page, or from the next one when this page was just being left."""
        # As JSON: one type to read instead of the protocol's dozen.
        wanted = f"JSON.stringify([{expression}])"
        for _ in range(20):
            try:
                answer = self.browser.send(
                    "script.evaluate", expression=wanted, target={"context": self.context}, awaitPromise=False
                )
            except BidiError:
                time.sleep(0.1)
                continue
            if answer["type"] == "exception":
                raise BidiError(answer["exceptionDetails"]["text"])
            return json.loads(answer["result"]["value"])[0]
        raise AssertionError("the page is never there")

    def address(self) -> str:
        return self.js("location.href")

    def press(self, key: str) -> None:
        value = KEYS[key]
        actions = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self.send("input.performActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def tap(self, selector: str) -> None:
        found = self.send("browsingContext.locateNodes", locator={"type": "css", "value": selector}, maxNodeCount=1)
        element = {"sharedId": found["nodes"][0]["sharedId"]}
        self.js(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        origin = {"type": "element", "element": element}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.send("input.performActions", actions=[{"type": "pointer", "id": "finger", "actions": actions}])

    def cookies(self) -> list:
        partition = {"type": "context", "context": self.context}
        return self.browser.send("storage.getCookies", partition=partition)["cookies"]

    def close(self) -> None:
        self.send("browsingContext.close")
