"""The start page of the admin: the state of the knowledge, each line leading to the thing that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from guides.admin import awaiting
from guides.admin.filters import BASES, TodoFilter, proposals
from guides.admin.inbox import told
from guides.admin.link_list import CHANGED, ORDER, SEE, attention
from guides.admin.row_saving import RowSaving
from guides.admin.sections import Row, Section
from guides.models import (
    MODEL_OF,
    Contact,
    County,
    Grant,
    Mailbox,
    Municipality,
    OpenQuestion,
    Provision,
    Report,
    Version,
)
from guides.publishing import due, state
from guides.publishing.current import current
from guides.publishing.roles import EVERYWHERE

MOST_ROWS = 8


class Desk:
    """What one person sees of the state of the knowledge. Everything is asked for once."""

    def __init__(self, request):
        self.request, self.user = request, request.user
        self.edition, self.today = current.caught_up(), timezone.localdate()

    @cached_property
    def drafts(self) -> dict[state.Pair, int | None]:
        return state.drafts(self.edition)

    @cached_property
    def due(self) -> list[due.Due]:
        return due.due(self.edition, timezone.now())

    @cached_property
    def overdue(self) -> dict[state.Pair, due.Due]:
        return due.overdue(self.due, self.today)

    @cached_property
    def behind(self) -> list[state.Pair]:
        return state.behind(self.edition)

    @cached_property
    def reread(self) -> set[state.Pair]:
        return due.to_reread(self.due)

    @cached_property
    def forms(self) -> dict[state.Pair, Row]:
        """Title and form of every document that some section names: one query a kind, only what this person may see."""
        found = {}
        wanted = {*self.drafts, *self.overdue, *self.behind, *self.reread}
        for kind in sorted({kind for kind, _ in wanted}):
            model = MODEL_OF[kind]
            rows = self.rows_of(model)
            if rows is None:
                continue
            keys = [key for of, key in wanted if of == kind]
            for key, pk, title in rows.filter(key__in=keys).order_by().values_list("key", "pk", "title"):
                address = reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk])
                found[kind, key] = Row(title, address, note=str(model._meta.verbose_name))
        return found

    def rows_of(self, model):
        """The rows of a model that this person may see, else None."""
        model_admin = admin.site._registry[model]
        return model_admin.get_queryset(self.request) if model_admin.has_view_permission(self.request) else None

    def documents(self, pairs: Iterable[state.Pair]) -> list[Row]:
        """A line for each document."""
        return [self.forms[pair] for pair in pairs if pair in self.forms]

    def kinds(self, pairs: Iterable[state.Pair], todo: str) -> list[Row]:
        """A line for each kind, leading to the list of those documents."""
        counts = Counter(kind for kind, key in pairs if (kind, key) in self.forms)
        return [
            Row(_plural(MODEL_OF[kind]), _list(MODEL_OF[kind], **{TodoFilter.parameter_name: todo}), count)
            for kind, count in counts.most_common()
        ]

    # The sections, in the order of the page.

    def mine(self) -> Section:
        """What I have saved and nobody has published, and what the mailbox that I answer for owns and is overdue."""
        own = [pair for pair, by in self.drafts.items() if by == self.user.pk]
        functions = set()
        if self.user.email:
            functions = set(Mailbox.objects.filter(address__iexact=self.user.email).values_list("function", flat=True))
        late = [pair for pair, item in self.overdue.items() if item.owner in functions]
        rows = [Row(row.text, row.address, note=f"{row.note}, ditt utkast") for row in self.documents(own)]
        rows += [Row(row.text, row.address, note=f"{row.note}, ska granskas") for row in self.documents(late)]
        left = len(rows) - MOST_ROWS
        more = Row("Alla versioner som du har sparat", _list(Version, saved_by__id__exact=self.user.pk), len(rows))
        return Section("mine", "Ditt att göra", rows[:MOST_ROWS], more=more if left > 0 else None)

    def unpublished(self) -> Section:
        return Section("unpublished", "Sparat men inte publicerat", self.kinds(self.drafts, TodoFilter.DRAFT))

    def late(self) -> Section:
        rows = self.kinds(self.overdue, TodoFilter.LATE)
        more = Row("Alla, efter ägare och med skäl", reverse("desk:due")) if rows and self.user.has_perm(EVERYWHERE) else None
        return Section("late", "Ska granskas nu", rows, nothing="Allt är granskat i tid.", more=more)

    def proposed(self) -> Section:
        rows = []
        for model in BASES:
            own = self.rows_of(model)
            count = proposals(model, own).count() if own is not None else 0
            if count:
                address = _list(model, **{TodoFilter.parameter_name: TodoFilter.PROPOSAL})
                rows.append(Row(_plural(model), address, count))
        return Section("proposed", "Vårt förslag, utan källa", rows, nothing="Allt vilar på en källa.")

    def unverified(self) -> Section:
        rows = []
        provisions, grants, contacts = (self.rows_of(model) for model in (Provision, Grant, Contact))
        if provisions is not None and (count := provisions.filter(verified=False).count()):
            rows.append(Row("Lagrum som inte är jämförda med lagen", _list(Provision, verified__exact=0), count))
        if grants is not None and (count := grants.filter(verified=False, closed=False).count()):
            address = _list(Grant, verified__exact=0, closed__exact=0)
            rows.append(Row("Stöd som inte är bekräftade", address, count))
        if contacts is not None:
            keys = set(contacts.exclude(number="").exclude(recheck_class="C").values_list("key", flat=True))
            public = self.edition.records["contact"]
            count = sum(key in public and not public[key].confirmed for key in keys)
            if count:
                rows.append(Row("Telefonnummer att provringa", reverse("ring-round"), count))
        return Section("unverified", "Inte kontrollerat", rows, nothing="Allt är kontrollerat.")

    def translated(self) -> Section:
        rows = self.documents(self.behind)
        return Section("behind", "Översättningar efter sin källa", rows, nothing="Alla följer den svenska texten.")

    def to_reread(self) -> Section | None:
        """What rests on a page whose words have changed since it was read."""
        rows = self.kinds(self.reread, TodoFilter.REREAD)
        return Section("reread", "Källan har ändrats: läs om", rows) if rows else None

    def links(self) -> Section | None:
        if not self.user.has_perm(SEE):
            return None
        counts, address = attention(), reverse("desk:links")
        words = {CHANGED: "Källan har ändrats", **{state: state.label.capitalize() for state in ORDER}}
        rows = [Row(text, address, counts[state]) for state, text in words.items() if counts[state]]
        return Section("links", "Länkar och källor", rows, nothing="Inget att titta på.")

    def reports(self) -> Section | None:
        model_admin = admin.site._registry[Report]
        if not model_admin.has_view_permission(self.request):
            return None
        rows = list(model_admin.get_queryset(self.request).order_by("-hour", "-pk")[: MOST_ROWS + 1])
        found = [
            Row(
                told(row),
                reverse("admin:guides_report_change", args=[row.pk]),
                note=f"{timezone.localtime(row.hour):%Y-%m-%d}",
            )
            for row in rows[:MOST_ROWS]
        ]
        more = Row("Alla rapporter", _list(Report)) if len(rows) > MOST_ROWS else None
        return Section("reports", "Rapporter från läsare", found, "Ingen har hört av sig.", more)

    def sections(self) -> list[Section]:
        """All of them but the questions, which stand first, and the coverage, which stands last."""
        found = (
            self.mine(),
            *awaiting.sections(self.user),
            self.unpublished(),
            self.late(),
            self.proposed(),
            self.unverified(),
            self.translated(),
            self.to_reread(),
            self.links(),
            self.reports(),
        )
        # Who sees only their own is told nothing of the rest.
        always = {"mine", "unpublished", "late"} if not self.user.has_perm(EVERYWHERE) else {s.name for s in found if s}
        return [section for section in found if section is not None and (section.rows or section.name in always)]

    def coverage(self) -> list[tuple[state.Coverage, str]]:
        """Each county with the list of its municipalities without a number of their own."""
        if not self.user.has_perm(EVERYWHERE):
            return []
        number = dict(County.objects.values_list("key", "pk"))
        return [
            (row, _list(Municipality, county__id__exact=number.get(row.county.key, 0), nummer=state.NONE))
            for row in state.coverage(self.edition)
        ]


def _plural(model) -> str:
    return str(model._meta.verbose_name_plural).capitalize()


def _list(model, **query) -> str:
    """The address of a model's list, filtered."""
    return reverse(f"admin:guides_{model._meta.model_name}_changelist", query=query)


def start(request):
    """The page: questions, what there is to do, coverage, and then every list as Django shows them."""
    desk = Desk(request)
    asking = admin.site._registry[OpenQuestion].has_view_permission(request)
    rows = desk.coverage()
    context = {
        "questions": OpenQuestion.objects.filter(settled=False) if asking else [],
        "may_answer": request.user.has_perm("guides.change_openquestion"),
        "sections": desk.sections(),
        "coverage": rows,
        "confirmed": sum(row.confirmed for row, _ in rows),
        "known": sum(row.known for row, _ in rows),
        "municipalities": sum(row.all for row, _ in rows),
        "is_new": not Version.objects.filter(saved_by=request.user).exists(),
    }
    return admin.site.index(request, context)


def looked(request, pk):
    """Note that somebody has opened a question's source today and found nothing new. Only by POST."""
    model_admin = admin.site._registry[OpenQuestion]
    question = get_object_or_404(OpenQuestion, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_change_permission(request, question):
        raise PermissionDenied
    OpenQuestion.objects.filter(pk=pk).update(looked_on=timezone.localdate())
    model_admin.log_change(request, question, "Tittade i källan: inget nytt.")
    messages.success(request, "Noterat: källan är läst i dag, inget nytt.")
    return HttpResponseRedirect(reverse("admin:index"))


@admin.register(OpenQuestion)
class OpenQuestionAdmin(RowSaving, admin.ModelAdmin):
    """Ask, look, answer. What is answered is settled and stays to be read."""

    list_display = ["question", "looked_on", "settled"]
    list_filter = ["settled"]
    search_fields = ["question", "known", "answer"]
    fields = ["question", "known", "changes", "source", "looked_on", "answer", "settled"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
