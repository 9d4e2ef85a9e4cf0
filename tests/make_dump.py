"""A small database as today's code makes it, kept so that tomorrow's code can be asked to migrate it.

    python -m tests.make_dump

writes `tests/data/databases/<newest migration>.sql`. Do it once for each release of the site and commit the file;
`tests/test_migrations.py` takes up whatever lies there.
"""

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.serving import CLONE, in_shell, manage

FOLDER = CLONE / "tests" / "data" / "databases"
# Two versions of a page, a planned third, a withdrawn document, a renamed one, checks, an account.
CONTENT = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from guides.publishing.release import check, release, rename, withdraw
from guides.publishing.versions import save_version
from tests.factories import approved, make_contact, make_grant, make_guide, make_page, make_statute, make_step, published
by = get_user_model().objects.create_superuser("redaktor")
published(make_contact(key="jouren", number="+468100001", recheck_class="B", for_self=True))
page = published(make_page(key="sidan", title="Första lydelsen", body="Ring {{kontakt:jouren}}, se 11 kap. 1 § SoL."))
check("contact", "jouren", "answers", by)
published(make_guide([make_step(key="steget")], key="guiden"), make_grant(key="stodet"), make_page(key="borta"), make_page(key="gammal"))
page.title = "Andra lydelsen"
page.save()
published(page)
check("page", "sidan", "reviewed", by)
withdraw("page", "borta", by, "Skälet.")
from guides.models import Page
rename(Page.objects.get(key="gammal"), "ny", by)
page.refresh_from_db()
page.title = "Planerad lydelse"
page.save()
release([approved(save_version(page, by))], by, effective_from=timezone.now() + timedelta(days=36500))
"""
# What must be the same after every migration.
SEEN = """
import json
from guides.models import Check, Release, Version
from guides.publishing.current import current
edition = current.refresh()
print(json.dumps({
    "versions": [[v.kind, v.key, v.number, v.hash, v.text] for v in Version.objects.order_by("pk")],
    "releases": [[r.kind, r.key, r.version_id, r.effective_from.isoformat(), r.reason] for r in Release.objects.order_by("pk")],
    "checks": [[c.kind, c.key, c.outcome, c.on.isoformat()] for c in Check.objects.order_by("pk")],
    "public": sorted([kind, key, record.title] for kind, found in edition.records.items() for key, record in found.items()),
    "gone": sorted([g.kind, g.key, g.reason] for g in edition.gone.values()),
}))
"""


def seen(data_dir: Path, **database: str) -> dict:
    """What a database holds that must survive."""
    done = manage(data_dir, "shell", "--no-imports", "-c", SEEN, **database)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def newest_migration() -> str:
    return max(path.stem for path in (CLONE / "guides" / "migrations").glob("0*.py"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        assert manage(data_dir, "migrate").returncode == 0
        in_shell(data_dir, CONTENT)
        told = seen(data_dir)
        FOLDER.mkdir(parents=True, exist_ok=True)
        name = newest_migration()
        with closing(sqlite3.connect(data_dir / "avhoppare.sqlite3")) as database:
            FOLDER.joinpath(f"{name}.sql").write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")
        FOLDER.joinpath(f"{name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"{FOLDER / name}.sql\n")


if __name__ == "__main__":
    main()
