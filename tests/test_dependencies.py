"""What the site is made of that is not ours: pinned, each with its reason, and none with a hole that is known."""

import json
import re
import subprocess
import sys
import tomllib

import pytest

from tests.serving import CLONE

PROJECT = (CLONE / "pyproject.toml").read_text(encoding="utf-8")
LOCK = CLONE / ".ci" / "requirements.lock"
# How long one waits for an answer of the list of known holes; a build without a way out must not stand still.
PATIENCE = "10"


def reasons(name: str) -> dict[str, str]:
    """Each dependency of a list and what stands above it; those that stand together share a reason."""
    found, reason, block = {}, "", re.search(rf"^{name} = \[\n(.*?)^\]", PROJECT, re.S | re.M)[1]
    after = False
    for line in map(str.strip, block.splitlines()):
        if line.startswith("#"):
            reason = f"{reason} {line[1:].strip()}" if not after else line[1:].strip()
            after = False
        else:
            found[re.match(r'"([\w.-]+)', line)[1]] = reason
            after = True
    return found


@pytest.mark.parametrize("name", ["dependencies", "test"])
def test_each_dependency_has_its_reason_in_words(name):
    """In pyproject.toml, above it or above its neighbours: what it is there for, of the site and of its tests."""
    project = tomllib.loads(PROJECT)
    wanted = (project["project"] | project["dependency-groups"])[name]
    assert list(reasons(name)) == [re.match(r"[\w.-]+", one)[0] for one in wanted]
    assert [one for one, reason in reasons(name).items() if len(reason.split()) < 4] == []


def test_no_dependency_has_a_known_hole():
    """pip-audit on everything that the image holds, where its source can be reached."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run([*command, "--timeout", PATIENCE, "-r", LOCK], capture_output=True, text=True, timeout=90)
    except subprocess.TimeoutExpired:
        pytest.skip("pip-audit got no answer from the list of known holes in time")
    assert "No module named" not in done.stderr, done.stderr
    if not done.stdout:
        pytest.skip(f"pip-audit cannot reach the list of known holes: {done.stderr.strip().splitlines()[-1][:200]}")
    found = json.loads(done.stdout)["dependencies"]
    if not [one for one in found if "vulns" in one]:
        # A mirror that has the packages and not what is known of them.
        pytest.skip(f"pip-audit's source knows none of the {len(found)} packages: {found[0].get('skip_reason')}")
    assert {one["name"]: one["vulns"] for one in found if one.get("vulns")} == {}
