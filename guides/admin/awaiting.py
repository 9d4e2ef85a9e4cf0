"""What waits for another person, for the start page: to be countersigned, reviewed, published or changed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from guides.admin.sections import Row, Section
from guides.models import MODEL_OF, Masking, Version
from guides.publishing.emergency import Unsigned, uncountersigned
from guides.publishing.masking import to_remove
from guides.publishing.post import REVIEW
from guides.publishing.release import RELEASE
from guides.publishing.review import APPROVED, ASKED, BEGUN, CHANGES, Waiting, row_of, waiting
from guides.publishing.roles import EVERYWHERE
from guides.publishing.versions import read


def sections(user) -> list[Section]:
    """One for each thing that this person should know to be waiting; none for what does not wait."""
    may_review = user.has_perm(REVIEW)
    unsigned = uncountersigned() if user.has_perm(EVERYWHERE) else []
    every = waiting(ASKED, BEGUN, APPROVED, CHANGES)
    review = [item for item in every if may_review and item.state in (ASKED, BEGUN)]
    publish = [item for item in every if item.state == APPROVED and user.has_perm(RELEASE)]
    mine = [item for item in every if item.state == CHANGES and item.version.saved_by_id == user.pk]
    found = [
        Section("unwritten", "Texter att ta bort", [_to_remove(item) for item in to_remove(user)]),
        Section("unsigned", "Publicerat utan granskning", [_unsigned(item, may_review) for item in unsigned]),
        Section("review", "Att granska", [_asked(item) for item in review]),
        Section("publish", "Godkänt, att publicera", [_approved(item) for item in publish]),
        Section("change", "Du ska ändra", [_row(item, "granskning", item.last.remark) for item in mine]),
    ]
    return [section for section in found if section.rows]


def _to_remove(item: Masking) -> Row:
    address = f"{_address(item.version, 'maskera')}?version={item.version.number}"
    return Row(read(item.version).title, address, note=f"version {item.version.number}, begärd av {item.by}")


def _unsigned(item: Unsigned, leads_there: bool) -> Row:
    last = date_format(item.last, "j F")
    asked = f"skulle ha kontrasignerats senast den {last}" if item.late else f"kontrasigneras senast den {last}"
    note = f"av {item.emergency.by}, {asked}"
    address = _address(item.version, "kontrasignera") if leads_there else ""
    return Row(item.title, address, note=note, urgent=item.late)


def _asked(item: Waiting) -> Row:
    begun = item.state == BEGUN
    note = f"{item.last.by} granskar sedan {_day(item)}" if begun else f"begärd av {item.last.by} {_day(item)}"
    return _row(item, "granskning", note)


def _approved(item: Waiting) -> Row:
    return _row(item, "publicera", f"godkänd av {item.last.by} {_day(item)}")


def _row(item: Waiting, verb: str, note: str) -> Row:
    return Row(item.title, _address(item.version, verb), note=note)


def _day(item: Waiting) -> str:
    return date_format(localtime(item.last.at), "j F")


def _address(version: Version, verb: str) -> str:
    row = row_of(version)
    return reverse(f"admin:{MODEL_OF[version.kind]._meta.model_name}_{verb}", args=[row.pk]) if row else ""
