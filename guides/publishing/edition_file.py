"""The edition as a file: what a process that starts without a database serves.

It holds the released Documents and their rendered texts, never a pickled object, so an
older or a newer program reads it and renders anew what it would render differently.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from guides.edition.material import Checked, Material, Noted, Released
from guides.edition.records import Gone
from guides.text.documents import from_text
from guides.text.markup import Rich

log = logging.getLogger("guides.edition_file")


class TornFileError(ValueError):
    """The file was cut short or altered: better no page than half a truth."""


def path() -> Path:
    """Where the last edition is kept."""
    return Path(settings.DATA_DIR) / "edition.json"


def write(material: Material, renderings: dict[str, Rich]) -> None:
    """Keep an edition's material and its rendered texts as a file, whole or not at all."""
    held = {
        "number": material.number,
        "at": material.at.isoformat(),
        "released": [
            [x.document.kind, x.text, x.version, x.published.isoformat(), x.updated.isoformat(), _iso(x.until)]
            for x in material.released
        ],
        "gone": [
            [g.kind, g.key, g.title, g.reason, g.redirect_to, g.paper_number, _iso(g.opens_on), _iso(g.closes_on)]
            for g in material.gone
        ],
        "checks": [[c.kind, c.key, c.outcome, c.on.isoformat(), c.at.isoformat(), c.number] for c in material.checks],
        "notes": [[n.kind, n.key, n.at.isoformat(), n.text] for n in material.notes],
        "numbers_until": {key: until.isoformat() for key, until in material.numbers_until.items()},
        "banners_updated": {key: at.isoformat() for key, at in material.banners_updated.items()},
        "renames": [[kind, old, new] for (kind, old), new in material.renames.items()],
        "renderings": {name: rich.to_json() for name, rich in renderings.items()},
    }
    try:
        keep(held)
    except OSError:
        log.exception("Utgåvan gick inte att spara i %s.", path())


def keep(held: dict) -> None:
    """Write the file: a line with moment and hash, then the rest. One that is newer stays. Raises OSError."""
    body = json.dumps(held, ensure_ascii=False)
    head = json.dumps({"at": held["at"], "sha256": _hash(body)})
    with path().with_suffix(".lock").open("w") as lock:
        # A process that was held up must not put back what another has replaced.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if moment() > datetime.fromisoformat(held["at"]):
            return
        with tempfile.NamedTemporaryFile("w", dir=path().parent, delete=False, encoding="utf-8") as file:
            file.write(f"{head}\n{body}")
        os.replace(file.name, path())


def load() -> dict:
    """What the file holds. Raises FileNotFoundError when there is none and TornFileError when it is not whole."""
    return json.loads(_whole()[1])


def _whole() -> tuple[dict, str]:
    """The first line and the rest, whose hash agrees with it."""
    head, _, body = path().read_text(encoding="utf-8").partition("\n")
    try:
        told = json.loads(head)
        if told["sha256"] == _hash(body):
            return told, body
    except (ValueError, KeyError, TypeError):
        pass
    raise TornFileError(f"{path()} är inte hel och visas inte.")


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def moment() -> datetime:
    """The moment that the edition in the file speaks of; long ago when there is none, or none that is whole."""
    try:
        return datetime.fromisoformat(_whole()[0]["at"])
    except (OSError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


def read() -> tuple[Material, dict[str, Rich]]:
    """The edition in the file, as of now. Raises FileNotFoundError when there is none, TornFileError when it is torn."""
    held = load()
    material = Material(
        number=held["number"],
        at=datetime.fromisoformat(held["at"]),
        released=tuple(
            Released(from_text(kind, text), text, version, _day(first), _day(last), _moment(until))
            for kind, text, version, first, last, until in held["released"]
        ),
        gone=tuple(Gone(*row[:6], *map(_day, row[6:])) for row in held["gone"]),
        checks=tuple(
            Checked(kind, key, outcome, date.fromisoformat(on), datetime.fromisoformat(at), *number)
            for kind, key, outcome, on, at, *number in held["checks"]
        ),
        notes=tuple(
            Noted(kind, key, datetime.fromisoformat(at), text) for kind, key, at, text in held.get("notes", ())
        ),
        renames={(kind, old): new for kind, old, new in held["renames"]},
        numbers_until={key: datetime.fromisoformat(until) for key, until in held.get("numbers_until", {}).items()},
        banners_updated={key: datetime.fromisoformat(at) for key, at in held.get("banners_updated", {}).items()},
    )
    return material.later(max(timezone.now(), material.at)), {name: Rich.from_json(rich) for name, rich in held["renderings"].items()}


def _iso(day: date | datetime | None) -> str:
    return day.isoformat() if day else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
