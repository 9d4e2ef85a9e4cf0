"""Grant, Page, Question, Download, Term, News and Banner."""

from django.contrib import admin

from guides.admin.base import OWNERSHIP, ContentAdmin, RowInline
from guides.models import Banner, Download, Grant, News, Page, PageStatement, Question, Term

TRANSLATION = ("Översättning", {"fields": ["language", "translation_of", "translated_from"]})


@admin.register(Grant)
class GrantAdmin(ContentAdmin):
    list_display = ["title", "funder", "relevance", "opens_on", "closes_on", "verified", "public_state"]
    list_filter = ["relevance", "verified", "closed", "municipality_can_apply", "basis"]
    search_fields = ["title", "key", "funder"]
    ordering = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "key", "funder", "relevance", "purpose", "body"]}),
        ("Vem och hur mycket", {"fields": ["applicants", "municipality_can_apply", "amount"]}),
        ("När", {"fields": ["opens_on", "closes_on", "closed", "rhythm", "decision", "status_note"]}),
        ("Hur", {"fields": ["how_to_apply", "reporting", "regulation", "regulation_url"]}),
        ("Underlag", {"fields": ["verified", "source_year", "basis", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["sources"]


class PageStatementInline(RowInline):
    model = PageStatement
    fields = ["position", "lead", "text", "basis", "sources"]


@admin.register(Page)
class PageAdmin(ContentAdmin):
    list_display = ["title", "key", "section", "language", "public_state"]
    list_filter = ["section", "language", "basis"]
    search_fields = ["title", "key", "body"]
    ordering = ["position", "title"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "summary", "section", "exit", "position", "body"]}),
        ("Underlag", {"fields": ["basis", "sources"]}),
        (
            "Översättning",
            {"fields": ["language", "translation_of", "translated_from", "translation_note"]},
        ),
        OWNERSHIP,
    ]
    autocomplete_fields = ["sources"]
    inlines = [PageStatementInline]


@admin.register(Question)
class QuestionAdmin(ContentAdmin):
    list_display = ["title", "group", "position", "basis", "language", "public_state"]
    list_filter = ["group", "basis", "language"]
    search_fields = ["title", "key", "answer"]
    ordering = ["position", "title"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "answer", "group", "position", "body"]}),
        ("Lagstöd, situationer och kontakter", {"fields": ["situations", "provisions", "contacts"]}),
        ("Underlag", {"fields": ["basis", "sources"]}),
        TRANSLATION,
        OWNERSHIP,
    ]
    autocomplete_fields = ["situations", "provisions", "contacts", "sources"]


@admin.register(Download)
class DownloadAdmin(ContentAdmin):
    list_display = ["title", "position", "basis", "public_state"]
    list_filter = ["basis"]
    search_fields = ["title", "key", "summary"]
    ordering = ["position", "title"]
    fieldsets = [
        ("Innehåll", {"fields": ["title", "key", "summary", "position", "body"]}),
        ("Lagstöd och steg", {"fields": ["steps", "provisions"]}),
        ("Underlag", {"fields": ["basis", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["steps", "provisions", "sources"]


@admin.register(Term)
class TermAdmin(ContentAdmin):
    list_display = ["title", "abbreviation", "group", "basis", "public_state"]
    list_filter = ["group", "basis"]
    search_fields = ["title", "key", "abbreviation", "synonyms"]
    ordering = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "key", "abbreviation", "group", "synonyms", "body"]}),
        ("Underlag", {"fields": ["basis", "sources"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["sources"]


@admin.register(News)
class NewsAdmin(ContentAdmin):
    list_display = ["title", "date", "public_state"]
    list_filter = ["date"]
    search_fields = ["title", "key", "body"]
    ordering = ["-date"]
    fieldsets = [(None, {"fields": ["title", "key", "date", "summary", "body", "sources"]}), OWNERSHIP]
    autocomplete_fields = ["sources"]


@admin.register(Banner)
class BannerAdmin(ContentAdmin):
    list_display = ["title", "level", "shown_from", "shown_to", "audience", "public_state"]
    list_filter = ["level", "audience"]
    search_fields = ["title", "key", "text"]
    ordering = ["-shown_from"]
    fieldsets = [
        (None, {"fields": ["title", "key", "level", "text", "link", "link_text"]}),
        ("När och för vem", {"fields": ["shown_from", "shown_to", "audience", "municipalities"]}),
        OWNERSHIP,
    ]
    autocomplete_fields = ["municipalities"]
