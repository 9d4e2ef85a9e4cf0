"""Actor, Contact, County and Municipality; and whom a user works for."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin

from guides.admin.accounts import SecondFactor
from guides.admin.base import OWNERSHIP, ContentAdmin, RowInline
from guides.admin.filters import CoverageFilter
from guides.admin.picking import Picking
from guides.admin.places import LocalEditing, is_local
from guides.admin.row_saving import RowSaving
from guides.models import Actor, ActorStatement, Contact, County, Membership, Municipality


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
class ContactAdmin(LocalEditing, ContentAdmin):
    local_fields = (
        *("title", "organisation", "number", "display", "ask_for", "hours", "audience_note", "languages"),
        *("for_self", "for_relative", "for_professional", "cost", "anonymity", "traces", "other_channels", "url"),
        *("source_year", "editor_note", "keywords"),
    )
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
        if not change and is_local(request.user):
            obj.area = "municipality"
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
class MunicipalityAdmin(LocalEditing, ContentAdmin):
    place = "pk"
    local_fields = ("local_note",)
    list_display = ["title", "code", "county", "police_region", "public_state"]
    list_filter = [CoverageFilter, "county", "police_region"]
    search_fields = ["title", "key", "code"]
    list_select_related = ["county"]
    ordering = ["title"]
    fieldsets = [(None, {"fields": ["title", "key", "code", "county", "police_region", "local_note"]})]
    autocomplete_fields = ["county"]


class MembershipInline(Picking, admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["municipality"]


admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class PersonAdmin(SecondFactor, RowSaving, UserAdmin):
    """Django's own, with the second factor and the municipalities of an editor of one. Roles alone say what one may do."""

    inlines = [MembershipInline]
    list_display = ["username", "email", "roles", "is_active"]
    list_filter = ["is_active", "groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Vem", {"fields": ["first_name", "last_name", "email"]}),
        ("Roller", {"fields": ["is_active", "is_staff", "groups"]}),
        ("Tider", {"fields": ["last_login", "date_joined"]}),
    ]
    # The site writes them itself.
    readonly_fields = [*SecondFactor.readonly_fields, "last_login", "date_joined"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roller")
    def roles(self, user) -> str:
        return ", ".join(group.name for group in user.groups.all())
