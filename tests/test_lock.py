"""What the image is made of: every distribution by version and hash, and a reason for each that we ask for."""

import re
import tomllib

from tests.serving import CLONE

LOCK = (CLONE / ".ci" / "requirements.lock").read_text()
PINS = dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", LOCK, re.MULTILINE))


def test_every_pin_has_its_hashes_and_names_no_server():
    """pip refuses the whole file otherwise; where it is fetched from is each builder's own choice."""
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINS) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK and "--index" not in LOCK


def test_lock_pins_what_the_project_asks_for():
    """A new dependency without a pin would stop the image's build."""
    asked = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[A-Za-z0-9._-]+", line).group().lower().replace("_", "-") for line in asked}
    assert names - set(PINS) == set()


def test_every_dependency_has_its_reason():
    """A comment above it, or above its group."""
    block = (CLONE / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    assert lines[0].startswith("#")
    alone = [line for before, line in zip(lines, lines[1:], strict=False) if line[0] == '"' and before[0] == '"']
    # Two are parts of one: the stemmer and the speller, the converter and its parser.
    assert alone == ['"bleach>=6.2",', '"rapidfuzz>=3.10",', '"beautifulsoup4>=4.12",']


def test_dockerfile_installs_by_hash():
    """And nothing beside it: building the site itself would fetch a builder that nobody has pinned, and it runs where it lies."""
    installs = re.findall(r"\bpip3? install[^&\n]*", (CLONE / "Dockerfile").read_text())
    assert [step.split("--", 1)[1] for step in installs] == ["no-cache-dir --require-hashes -r .ci/requirements.lock"]
