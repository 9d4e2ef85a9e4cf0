"""Actor, Contact, County and Municipality."""

from django.contrib import admin

from guides.admin.base import OWNERSHIP, ContentAdmin, RowInline
from guides.admin.filters import CoverageFilter
from guides.models import Actor, ActorStatement, Contact, County, Municipality


class ActorStatementInline(RowInline):
    model = ActorStatement
    fields = ["position", "type", "text", "basis", "sources"]


@admin.register(Actor)
class ActorAdmin(ContentAdmin):
    list_display = ["title", "short_name", "position", "public_state"]
    search_fields = ["title", "key", "short_name"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": ["title", "key", "short_name", "position", "summary", "body"]}),
        ("Lagstöd och kontakt", {"fields": ["provisions", "contacts", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["provisions", "contacts", "sources"]
    inlines = [ActorStatementInline]


@admin.register(Contact)
class ContactAdmin(ContentAdmin):
    list_display = ["title", "display", "recheck_class", "confidence", "area", "municipality", "public_state"]
    list_filter = [
        "recheck_class",
        "confidence",
        "area",
        "category",
        "for_self",
        "for_relative",
        "for_professional",
    ]
    search_fields = ["title", "key", "number", "display", "organisation", "municipality__title"]
    list_select_related = ["municipality"]
    ordering = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "key", "organisation", "category"]}),
        ("Numret", {"fields": ["number", "display", "ask_for", "hours"]}),
        (
            "Vem den är för",
            {"fields": ["for_self", "for_relative", "for_professional", "audience_note", "languages"]},
        ),
        ("Var", {"fields": ["area", "police_region", "county", "municipality"]}),
        (
            "Hur säkert det är",
            {"fields": ["recheck_class", "confidence", "withheld", "source_year", "sources", "editor_note"]},
        ),
        ("Visas bara när det kontrollerats", {"fields": ["cost", "anonymity", "traces"]}),
        ("Andra vägar", {"fields": ["other_channels", "url"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["county", "municipality", "sources"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        shared = Contact.objects.filter(number=obj.number).exclude(pk=obj.pk) if obj.number else ()
        if shared:
            names = ", ".join(str(other) for other in shared)
            self.message_user(request, f"Samma nummer står också i: {names}. Kontrollera dem också.", level="WARNING")


@admin.register(County)
class CountyAdmin(ContentAdmin):
    list_display = ["title", "code", "public_state"]
    search_fields = ["title", "key", "code"]
    ordering = ["code"]
    fieldsets = [(None, {"fields": ["title", "key", "code"]})]


@admin.register(Municipality)
class MunicipalityAdmin(ContentAdmin):
    list_display = ["title", "code", "county", "police_region", "public_state"]
    list_filter = [CoverageFilter, "county", "police_region"]
    search_fields = ["title", "key", "code"]
    list_select_related = ["county"]
    ordering = ["title"]
    fieldsets = [(None, {"fields": ["title", "key", "code", "county", "police_region", "local_note"]})]
    autocomplete_fields = ["county"]
