"""The list of links: what is wrong with which, by the owner of the texts that have it, and what one may do about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from guides.admin.users import User, users_of_pairs
from guides.models import MODEL_OF, LinkCheck
from guides.publishing import links
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.text.digits import whole_number

State = LinkCheck.State
# The worst first.
ORDER = (State.DANGEROUS, State.BROKEN, State.MOVED, State.UNKNOWN)
CHANGED = "changed"
SEE, CHANGE = "guides.view_linkcheck", "guides.change_linkcheck"


@dataclass
class Line:
    """A link that somebody should look at: the texts that have it, and for a changed source what rests on it."""

    link: LinkCheck
    changed: bool
    users: list[User] = field(default_factory=list)
    resting: list[User] = field(default_factory=list)


def attention() -> Counter:
    """How many links there are to look at, by state; `changed` counts sources whose words are others."""
    trusted = {"by_hand_until__gte": timezone.localdate()}
    rows = LinkCheck.objects.filter(state__in=ORDER).exclude(**trusted)
    found = Counter(rows.values_list("state", flat=True))
    found[CHANGED] = LinkCheck.objects.filter(changed_at__isnull=False).count()
    return found


def lines() -> dict[str, list[Line]]:
    """The lines by owner. A link that several owners have stands with each."""
    today, edition = timezone.localdate(), current.edition()
    rows = LinkCheck.objects.filter(state__in=ORDER) | LinkCheck.objects.filter(changed_at__isnull=False)
    rows = [
        r for r in rows.prefetch_related("uses") if r.changed_at or not (r.by_hand_until and r.by_hand_until >= today)
    ]
    rows.sort(
        key=lambda r: (ORDER.index(r.state) if r.state in ORDER else len(ORDER), r.changed_at is None, r.address)
    )
    pairs = {(use.kind, use.key) for row in rows for use in row.uses.all()}
    resting = {pair: links.resting_on(edition, pair) for pair in pairs}
    forms = users_of_pairs(pairs | {pair for found in resting.values() for pair in found})
    owner = links.owners(pairs)
    found: dict[str, list[Line]] = {}
    for row in rows:
        own = [(use.kind, use.key) for use in row.uses.all() if (use.kind, use.key) in forms]
        watched = [(use.kind, use.key) for use in row.uses.all() if use.watched]
        line = Line(row, row.changed_at is not None, [forms[pair] for pair in own])
        if line.changed:
            below = dict.fromkeys(pair for of in watched for pair in resting[of] if pair in forms)
            line.resting = [forms[pair] for pair in below]
        for name in sorted({owner[pair] for pair in own}) or ["Redaktionen"]:
            found.setdefault(name, []).append(line)
    return dict(sorted(found.items()))


def link_list(request):
    """The list. By POST: `link` and what to do with it (`verb`)."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    if request.method == "POST":
        return _act(request)
    context = {
        "title": "Länkar och källor",
        "groups": lines(),
        "working": LinkCheck.objects.filter(state=State.OK).count(),
        "waiting": LinkCheck.objects.filter(state=State.NEW).count(),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "admin/links.html", admin.site.each_context(request) | context)


def _act(request):
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    link = get_object_or_404(LinkCheck, pk=whole_number(request.POST.get("link", "")))
    act = VERBS.get(request.POST.get("verb", ""))
    if act is not None:
        try:
            messages.success(request, act(request, link))
        except PublishingError as error:
            for text in error.messages:
                messages.error(request, text)
    return HttpResponseRedirect(reverse("desk:links"))


def _follow(request, link: LinkCheck) -> str:
    """The new address in every text that this person may change."""
    rows, others = [], 0
    for use in link.uses.all():
        row = MODEL_OF[use.kind].objects.filter(key=use.key).first()
        if row is None:
            continue
        if admin.site._registry[MODEL_OF[use.kind]].has_change_permission(request, row):
            rows.append(row)
        else:
            others += 1
    made = links.follow(link, rows, request.user)
    for row in made:
        admin.site._registry[type(row)].log_change(request, row, f"Ny adress till {link.address}: {link.moved_to}")
    left = f" {others} får du inte ändra." if others else ""
    return f"Den nya adressen står som utkast i {len(made)} texter. Läs dem och publicera.{left}"


def _by_hand(request, link: LinkCheck) -> str:
    links.by_hand(link)
    return "Noterat: sidan fungerar. Den prövas igen om 90 dagar."


def _again(request, link: LinkCheck) -> str:
    links.again(link)
    return "Sidan prövas igen inom kort."


def _read(request, link: LinkCheck) -> str:
    links.source_read(link)
    return "Noterat: källan är läst."


VERBS = {"follow": _follow, "by-hand": _by_hand, "again": _again, "read": _read}
