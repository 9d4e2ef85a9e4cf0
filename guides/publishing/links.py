"""What editors are told of links, and what they may do about one. Asking the pages is `upkeep/links.py`."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from guides.edition.edition import Edition
from guides.edition.links import danger, links_in, with_address
from guides.models import MODEL_OF, LinkCheck, Release, Version
from guides.publishing.drafts import hold, number_of, put
from guides.publishing.errors import PublishingError
from guides.publishing.mapping import to_document
from guides.publishing.state import Pair
from guides.publishing.versions import read
from guides.text.documents import Document

State = LinkCheck.State
BY_HAND = timedelta(days=90)


def current_links() -> dict[Pair, set[str]]:
    """The links of every document: those of what is saved last and of what is public."""
    newest = Version.objects.working().values("kind", "key").annotate(pk=Max("pk")).values("pk")
    public = Release.objects.public(timezone.now()).values("version")
    found: dict[Pair, set[str]] = {}
    for version in Version.objects.filter(Q(pk__in=newest) | Q(pk__in=public)).order_by():
        found.setdefault((version.kind, version.key), set()).update(links_in(read(version)))
    return found


def broken(document: Document) -> list[tuple[str, str]]:
    """The links that keep a document from being released: (address, why). Only what is broken or dangerous.

    What somebody has opened by hand in the last 90 days counts as working.
    """
    addresses = links_in(document)
    found = {address: why for address in addresses if (why := danger(address))}
    rows = LinkCheck.objects.filter(address__in=addresses, state__in=(State.BROKEN, State.DANGEROUS))
    for link in rows.exclude(by_hand_until__gte=timezone.localdate(), state=State.BROKEN):
        found.setdefault(link.address, link.reason)
    return sorted(found.items())


def resting_on(edition: Edition, pair: Pair) -> list[Pair]:
    """What is public and rests on a statute or a source: what refers to it, and for a statute what refers to its provisions."""
    users = edition.users_of(*pair)
    below = [user for found in users if found.kind == "provision" for user in edition.users_of("provision", found.key)]
    return list(dict.fromkeys((user.kind, user.key) for user in (*users, *below)))


def by_hand(link: LinkCheck) -> None:
    """Somebody has opened the page and it works: nothing is asked for 90 days. Raises PublishingError for a dangerous one."""
    if link.state == State.DANGEROUS:
        raise PublishingError("En farlig adress kan inte godkännas för hand. Ta bort eller ersätt den.")
    until = timezone.localdate() + BY_HAND
    LinkCheck.objects.filter(pk=link.pk).update(by_hand_until=until, failed_at=None)


def again(link: LinkCheck) -> None:
    """Look at the page at the next `tick`."""
    LinkCheck.objects.filter(pk=link.pk).update(next_at=timezone.now(), by_hand_until=None)


def source_read(link: LinkCheck) -> None:
    """Somebody has read the page whose words had changed, and has done what was to be done."""
    LinkCheck.objects.filter(pk=link.pk).update(changed_at=None)


@transaction.atomic
def follow(link: LinkCheck, rows, by) -> list:
    """Put the new address in the place of the old in the working copies `rows`; those of which that made a draft.

    Nothing public moves. Raises PublishingError when the page has not moved.
    """
    if link.state != State.MOVED or not link.moved_to:
        raise PublishingError("Sidan har inte flyttat. Läs listan på nytt.")
    made = []
    for row in rows:
        # What has been saved since the row was read stays.
        hold(row)
        row.refresh_from_db()
        before = to_document(row)
        after = with_address(before, link.address, link.moved_to)
        if after != before:
            put(after, row, number_of(row.kind, row.key), by)
            made.append(row)
    return made


def owners(pairs) -> dict[tuple[str, str], str]:
    """The function that owns each document; kinds that nobody owns belong to the newsroom."""
    found = dict.fromkeys(pairs, "Redaktionen")
    for kind in {kind for kind, _ in found}:
        model = MODEL_OF[kind]
        if any(field.name == "owner" for field in model._meta.get_fields()):
            keys = [key for of, key in found if of == kind]
            rows = model.objects.filter(key__in=keys).order_by().values_list("key", "owner")
            found |= {(kind, key): owner for key, owner in rows}
    return found
