"""What is new, for the page and for those who follow it: change notes and News, from the edition alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from guides.addresses import address, is_discreet, reverse
from guides.edition.edition import Edition
from guides.edition.guide_records import Guide, PlanRule
from guides.edition.records import PUBLIC, News, Note, Record
from guides.public.filling import words

KEPT = 100
# When a feed that has nothing yet was last changed: before there was a site.
BEGINNING = date(2026, 1, 1)
_NEWS = uuid.UUID("2a9f1b6e-73d4-5d0c-8a57-9d1c7f0e4b21")


@dataclass(frozen=True)
class Entry:
    """Something new. `about` are title and address of what a note is about; `news` is set instead of it.

    `id` is a UUID that never changes. News is dated by its own day, and updated at the beginning of the day of its
    last release.
    """

    id: str
    published: datetime
    updated: datetime
    text: str
    about: tuple[tuple[str, str], ...] = ()
    news: News | None = None

    @property
    def title(self) -> str:
        if self.news:
            return self.news.title
        first = ", ".join(title for title, _ in self.about[:3])
        return f"{first} och {len(self.about) - 3} till" if len(self.about) > 3 else first

    @property
    def address(self) -> str:
        """The page that it is about, when that is one; else its place on the page of news."""
        if len(self.about) == 1 and self.about[0][1]:
            return self.about[0][1]
        return f"{reverse('guides:news-list')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return self.news.key if self.news else f"n-{self.id[:8]}"


def entries(edition: Edition) -> tuple[Entry, ...]:
    """All that is new on the site, the newest first, at most KEPT."""
    news = (_of_news(item, edition) for item in edition.news())
    return _newest([*news, *_of_notes(edition.notes, edition)])


def entries_of(guide: Guide, edition: Edition) -> tuple[Entry, ...]:
    """What is new in a guide."""
    return _newest(_of_notes(edition.notes_of(guide), edition))


def _newest(found: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(found, key=lambda entry: (entry.published, entry.id), reverse=True)[:KEPT])


def _of_notes(notes: Iterable[Note], edition: Edition) -> list[Entry]:
    found = []
    for note in notes:
        about = tuple(dict.fromkeys(filter(None, (_place(record, edition) for record in note.records))))
        if about:
            found.append(Entry(note.id, note.at, note.at, note.text, about))
    return found


def _place(record: Record, edition: Edition) -> tuple[str, str] | None:
    """Title and address of what a note is about, the address empty when it is elsewhere; None when no page shows it."""
    if is_discreet(record):
        return None
    if isinstance(record, PlanRule):
        return "Checklista för ärendet", reverse("guides:plan")
    where = address(record, edition)
    return (record.title, where if where.startswith("/") else "") if where else None


def _of_news(item: News, edition: Edition) -> Entry:
    name = str(uuid.uuid5(_NEWS, edition.first_key("news", item.key)))
    text = words(item.summary, edition, PUBLIC)
    return Entry(name, _midnight(item.date), max(_midnight(item.date), _midnight(item.dates.updated)), text, news=item)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())


class _Feed(Atom1Feed):
    """Django's, but what is empty is no newer each time it is read."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=_midnight(BEGINNING))


def atom(found: Iterable[Entry], title: str, page: str, path: str, name: str) -> str:
    """An Atom feed (RFC 4287) of `found`, beside the page at `page`; `name` makes its id, and must never change."""
    feed = _Feed(
        _legible(title),
        settings.PUBLIC_URL + page,
        "Ändringar som redaktionen har publicerat.",
        language="sv",
        author_name="Avhoppare",
        feed_url=settings.PUBLIC_URL + path,
        feed_guid=f"urn:uuid:{uuid.uuid5(_NEWS, f'feed {name}')}",
    )
    for entry in found:
        feed.add_item(
            _legible(entry.title),
            settings.PUBLIC_URL + entry.address,
            # Atom1Feed says that a summary is HTML.
            escape(_legible(entry.text)),
            unique_id=f"urn:uuid:{entry.id}",
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return feed.writeString("utf-8")


def _legible(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
