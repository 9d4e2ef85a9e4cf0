"""Guide, Step, Situation and PlanRule."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.forms import BaseInlineFormSet

from guides.admin.base import OWNERSHIP, ContentAdmin, RowInline
from guides.admin.forms import PlanRuleForm
from guides.admin.order import PlacesFormSet
from guides.admin.picking import Picking
from guides.models import Guide, GuideStep, PlanRule, Responsibility, Situation, Step, Task
from guides.models.guides import next_paper_number


def _first_place(field: str):
    """A step's place in the first guide it stands in; a join would list it once for each of them."""
    places = GuideStep.objects.filter(step=OuterRef("pk")).order_by("guide__position", "position")
    return Subquery(places.values(field)[:1]).asc(nulls_last=True)


class TaskInline(RowInline):
    model = Task
    fields = ["position", "key", "text", "detail", "basis", "sources", "situations", "provisions", "actor"]
    autocomplete_fields = ["sources", "situations", "provisions", "actor"]


class ResponsibilityInline(RowInline):
    model = Responsibility
    fields = ["position", "actor", "role", "what", "basis", "sources"]
    autocomplete_fields = ["actor", "sources"]


class OnPaperAdmin(ContentAdmin):
    """What has a short address for paper: the form shows the number and gives it."""

    readonly_fields = ["paper_number"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.paper_number = next_paper_number()
        super().save_model(request, obj, form, change)


@admin.register(Step)
class StepAdmin(OnPaperAdmin):
    list_display = ["title", "time_frame", "key", "public_state"]
    list_filter = ["time_frame", "guide"]
    search_fields = ["title", "key", "aim"]
    ordering = [_first_place("guide__position"), _first_place("position"), "title"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "aim", "body", "paper_number"]}),
        ("Tid", {"fields": ["time_frame", "time_note", "time_basis", "time_sources"]}),
        ("Lagstöd, kontakter och källor", {"fields": ["provisions", "contacts", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["time_sources", "provisions", "contacts", "sources"]
    inlines = [TaskInline, ResponsibilityInline]


class NamedCells(BaseInlineFormSet):
    """Rows of a table: each field is named by its column, which Django says to the eye alone."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))


class RouteFormSet(NamedCells, PlacesFormSet):
    """A guide's steps."""


class GuideStepInline(Picking, admin.TabularInline):
    model = GuideStep
    formset = RouteFormSet
    extra = 0
    fields = ["position", "step"]
    autocomplete_fields = ["step"]


@admin.register(Guide)
class GuideAdmin(OnPaperAdmin):
    list_display = ["title", "key", "position", "language", "public_state"]
    list_filter = ["language"]
    search_fields = ["title", "key"]
    ordering = ["position"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "summary", "position", "first_number", "body", "paper_number"]}),
        ("Situationer och källor", {"fields": ["situations", "sources"]}),
        ("Översättning", {"fields": ["language", "translation_of", "translated_from"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["situations", "sources"]
    inlines = [GuideStepInline]


@admin.register(Situation)
class SituationAdmin(ContentAdmin):
    list_display = ["title", "short_title", "position", "public_state"]
    search_fields = ["title", "key", "short_title"]
    ordering = ["position"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "short_title", "summary", "position", "body"]}),
        ("Lagstöd, kontakter och källor", {"fields": ["provisions", "contacts", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["provisions", "contacts", "sources"]


@admin.register(PlanRule)
class PlanRuleAdmin(ContentAdmin):
    form = PlanRuleForm
    list_display = ["title", "effect", "position", "public_state"]
    list_filter = ["effect", "situations"]
    search_fields = ["title", "key", "when", "tasks", "instead", "reason"]
    ordering = ["position", "title"]
    fieldsets = [
        (None, {"fields": ["title", "key", "position", "effect", "reason"]}),
        ("När", {"fields": ["when"]}),
        ("Vad det gäller", {"fields": ["situations", "steps", "tasks", "instead"]}),
        ("En ny uppgift", {"fields": ["text", "detail", "provisions", "actor"]}),
        ("Underlag", {"fields": ["basis", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["situations", "steps", "provisions", "actor", "sources"]
