"""Filters of lists that a column cannot answer: what is to be done about a document, and where a number is missing."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import CharField, Q
from django.utils import timezone

from guides.models import Actor, Download, Grant, Page, PlanRule, Question, Step, Term
from guides.publishing import due, state
from guides.publishing.current import current

# Where a document says what it rests on, its rows included.
BASES = {
    Step: ("tasks__basis", "responsibilities__basis", "time_basis"),
    Actor: ("statements__basis",),
    Page: ("basis", "statements__basis"),
    Question: ("basis",),
    Download: ("basis",),
    Term: ("basis",),
    Grant: ("basis",),
    PlanRule: ("basis",),
}


def proposals(model, queryset):
    """The rows that say something for which there is no source yet."""
    asked = Q()
    for name in BASES[model]:
        asked |= Q(**{name: "proposal"})
    return queryset.filter(pk__in=model.objects.filter(asked).order_by().values("pk"))


class Askable:
    """For a ModelAdmin: what its list may be asked for in the address."""

    def lookup_allowed(self, lookup, value, request=None):
        # Django hands a range on as the letters of one text, and the database breaks at that.
        return not lookup.endswith("__range") and super().lookup_allowed(lookup, value, request)


class ValuesFilter(admin.AllValuesFieldListFilter):
    """Every value of a line of text. Django leaves a link without words where there is none."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or "– tomt –"}


admin.FieldListFilter.register(
    lambda field: isinstance(field, CharField) and not field.choices, ValuesFilter, take_priority=True
)


class TodoFilter(admin.SimpleListFilter):
    """What somebody has to do about a document."""

    title = "att göra"
    parameter_name = "attgora"
    LATE, DRAFT, PROPOSAL, REREAD = "granska", "publicera", "belagg", "lasom"

    def lookups(self, request, model_admin):
        choices = [(self.LATE, "Ska granskas nu"), (self.DRAFT, "Sparat men inte publicerat")]
        choices.append((self.REREAD, "Källan har ändrats"))
        return choices + ([(self.PROPOSAL, "Vårt förslag utan källa")] if model_admin.model in BASES else [])

    def queryset(self, request, queryset):
        if self.value() == self.PROPOSAL and queryset.model in BASES:
            return proposals(queryset.model, queryset)
        ask = {
            self.LATE: lambda edition: due.overdue(due.due(edition, timezone.now()), timezone.localdate()),
            self.DRAFT: state.drafts,
            self.REREAD: lambda edition: due.to_reread(due.due(edition, timezone.now())),
        }.get(self.value())
        if ask is None:
            return queryset
        pairs = ask(current.edition())
        return queryset.filter(key__in=[key for kind, key in pairs if kind == queryset.model.kind])


class CoverageFilter(admin.SimpleListFilter):
    """Whether a municipality has a number of its own."""

    title = "eget nummer"
    parameter_name = "nummer"

    def lookups(self, request, model_admin):
        return [
            (state.CONFIRMED, "Bekräftat"),
            (state.UNCONFIRMED, "Finns, inte bekräftat"),
            (state.NONE, "Saknas"),
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        found = state.coverage_of(current.edition())
        return queryset.filter(key__in=[key for key, value in found.items() if value == self.value()])
