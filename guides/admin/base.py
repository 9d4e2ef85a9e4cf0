"""What every content form does: save a Version, show what is missing, and lead to the verbs."""

from __future__ import annotations

from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import PROTECT
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from guides.admin import fact_check, hiding, past, releasing, reviewing, upkeep, verbs
from guides.admin.filters import Askable, TodoFilter
from guides.admin.forms import ContentForm, TogetherForm
from guides.admin.fresh import demand_fresh
from guides.admin.kept import keeps_typed
from guides.admin.order import PlacesFormSet
from guides.admin.picking import Picking
from guides.admin.saving import SafeSaving
from guides.admin.standing import standing
from guides.admin.text_field import WithMarkdown
from guides.admin.users import SHOWS_USERS, users_of
from guides.models import Release
from guides.publishing.current import current
from guides.publishing.due import causes
from guides.publishing.errors import PublishingError
from guides.publishing.fact_check import answers_of
from guides.publishing.fault_words import told
from guides.publishing.post import who_is_told
from guides.publishing.release import RELEASE, release
from guides.publishing.review import APPROVED, WORDS, act, state
from guides.publishing.versions import latest, names_of, read, save_version

VIEWS = verbs.VIEWS | releasing.VIEWS | past.VIEWS | upkeep.VIEWS | fact_check.VIEWS | reviewing.VIEWS | hiding.VIEWS
OWNERSHIP = ("Ägare och granskning", {"fields": ["owner", "review_every", "keywords"]})


class ContentAdmin(SafeSaving, WithMarkdown, Picking, Askable, admin.ModelAdmin):
    """The form of one noun. Saving never moves a public byte; *Publicera* does, with the right and an approval."""

    form = ContentForm
    list_display = ["title", "key", "public_state"]
    list_filter: list = []
    search_fields = ["title", "key"]
    prepopulated_fields = {"key": ["title"]}
    list_per_page = 50
    save_on_top = True
    change_form_template = "admin/content_change_form.html"
    actions = ["release_newest"]

    @admin.display(description="i dag på webbplatsen")
    def public_state(self, obj) -> str:
        """Whether the newest version is what the public reads."""
        edition = self._edition
        if not edition.has(obj.kind, obj.key):
            return "inte publicerad"
        newest = self._newest.get(obj.key)
        return "publicerad" if newest == edition.get(obj.kind, obj.key).dates.version else "har ändringar"

    def changelist_view(self, request, extra_context=None):
        self._edition = current.caught_up()
        self._newest = verbs.newest_numbers(self.model.kind)
        return super().changelist_view(request, extra_context)

    def get_list_filter(self, request):
        return [TodoFilter, *super().get_list_filter(request)]

    def get_readonly_fields(self, request, obj=None):
        return (
            ["key", *super().get_readonly_fields(request, obj)] if obj else super().get_readonly_fields(request, obj)
        )

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        """What has been public is withdrawn, never deleted; what another row or text refers to stays."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        released = Release.objects.filter(kind=obj.kind, key__in=names_of(obj.kind, obj.key))
        return not released.exists() and not _used(obj) and not users_of(obj)

    def get_urls(self):
        own = [
            path(
                f"<path:pk>/{name}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"{self.opts.model_name}_{name}",
            )
            for name, view in VIEWS.items()
        ]
        found = own + super().get_urls()
        for pattern in found:
            pattern.callback = keeps_typed(pattern.callback)
        return found

    def render_change_form(self, request, context, *args, **kwargs):
        obj = kwargs.get("obj")
        if obj is not None:
            newest = latest(obj.kind, obj.key)
            context["verbs"] = [
                (label, reverse(f"admin:{self.opts.model_name}_{name}", args=[obj.pk]))
                for name, label in verbs.labels_for(obj, request.user)
            ]
            edition = current.caught_up()
            context |= standing(obj, edition)
            context["newest"] = newest
            if context["public"] and self.has_change_permission(request, obj):
                context["review_address"] = reverse(f"admin:{self.opts.model_name}_granskad", args=[obj.pk])
                context["causes"] = causes(current.edition(), timezone.now()).get((obj.kind, obj.key), ())
            context["fact_answers"] = answers_of(obj)
            context["users"] = users_of(obj) if obj.kind in SHOWS_USERS else None
            context["faults"] = told(read(newest), edition) if newest else []
            context["review_state"] = state(newest)
            context["review_words"] = WORDS[context["review_state"]]
            context |= hiding.context_of(obj)
            context["may_release"] = context["review_state"] == APPROVED and request.user.has_perm(RELEASE)
        form = context["adminform"].form
        context["note_fields"] = [form["release_note"], form["release_minor"]]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        if "_release" in request.POST:
            demand_fresh(request)
        super().save_related(request, form, formsets, change)
        version = save_version(form.instance, request.user)
        if "_ask" in request.POST:
            said = f"Granskning är begärd. {who_is_told(request.user)}"
            self._try(
                request, "Sparad, men granskning är inte begärd:", said, lambda: act(version, "ask", request.user)
            )
        if "_release" in request.POST:
            said = "Publicerad. Den syns på webbplatsen inom två sekunder."
            new = {"note": form.cleaned_data["release_note"], "minor": form.cleaned_data["release_minor"]}
            more = partial(releasing.way_there, request, form.instance)
            self._try(
                request, "Sparad men inte publicerad:", said, lambda: release([version], request.user, **new), more
            )

    def _try(self, request, refused: str, said: str, do, more=str) -> None:
        """Do it and say so; else say why not, and `more()`."""
        try:
            do()
            messages.success(request, said)
        except PublishingError as error:
            sentences = format_html_join("", "<li>{}</li>", ((text,) for text in error.messages))
            messages.error(request, format_html("{}<ul>{}</ul>{}", refused, sentences, more()))

    def response_add(self, request, obj, post_url_continue=None):
        _stay(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_schedule" in request.POST and request.user.has_perm(RELEASE):
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.model_name}_publicera", args=[obj.pk], query={"schemalagg": 1})
            )
        _stay(request)
        return super().response_change(request, obj)

    @admin.action(description="Publicera senaste versionen av de valda", permissions=["release"])
    def release_newest(self, request, queryset):
        """Asks what is new in them all; then releases them in one."""
        form = TogetherForm(request.POST if "_together" in request.POST else None, kind=self.model.kind)
        if not form.is_valid():
            return self._ask_what_is_new(request, queryset, form)
        demand_fresh(request)
        try:
            with transaction.atomic():
                release(verbs.versions_seen(request, queryset), request.user, **form.cleaned_data)
            messages.success(request, f"{len(queryset)} publicerade tillsammans.")
        except PublishingError as error:
            for text in error.messages:
                messages.error(request, text)

    def _ask_what_is_new(self, request, rows, form):
        context = self.admin_site.each_context(request) | {
            "title": "Publicera tillsammans",
            "opts": self.opts,
            "rows": rows,
            "form": form,
            "seen": request.POST.getlist("seen"),
            "list_address": reverse(f"admin:guides_{self.opts.model_name}_changelist"),
        }
        return render(request, "admin/release_together.html", context)

    def action_checkbox(self, obj):
        seen = f"{obj.pk}:{self._newest.get(obj.key, 0)}"
        return format_html('{}<input type="hidden" name="seen" value="{}">', super().action_checkbox(obj), seen)

    def has_release_permission(self, request) -> bool:
        return request.user.has_perm(RELEASE)


def _stay(request) -> None:
    """What is asked for or published is not finished with: the form is shown again."""
    if {"_ask", "_release", "_schedule"} & set(request.POST):
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"


def _used(obj) -> bool:
    """True when another row refers to this one; its own inlines, which go with it, do not count."""
    others = (r for r in obj._meta.related_objects if r.many_to_many or r.on_delete is PROTECT)
    return any(r.related_model._default_manager.filter(**{r.field.name: obj}).exists() for r in others)


class RowInline(WithMarkdown, Picking, admin.StackedInline):
    """Statements of a document, in the order of their position."""

    extra = 0
    formset = PlacesFormSet
    ordering = ["position", "pk"]
    autocomplete_fields = ["sources"]
