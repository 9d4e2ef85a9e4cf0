"""System checks: what must always hold, told at start with a sentence, a hint and an id that never changes meaning."""

from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.contrib import admin
from django.core.checks import Error, Tags, Warning, register
from django.http import HttpRequest

from guides.admin.row_saving import RowSaving
from guides.admin.saving import SafeSaving
from guides.models import CONTENT_MODELS
from guides.public.handbook import missing
from guides.text.markup import ALLOWED_ATTRIBUTES, ALLOWED_TAGS

FORBIDDEN = frozenset({"script", "style", "iframe", "object", "embed", "form", "input"})


@register(Tags.security)
def allowed_html_is_harmless(app_configs, **kwargs):
    """guides.E001: the allow-list of rendered Markdown lets nothing active through."""
    attributes = {name for names in ALLOWED_ATTRIBUTES.values() for name in names}
    bad = sorted((FORBIDDEN & ALLOWED_TAGS) | {a for a in attributes if a.startswith("on") or a == "style"})
    if bad:
        return [
            Error(
                f"Tillåten HTML innehåller {', '.join(bad)}.",
                hint="Ta bort det i guides/text/markup.py.",
                id="guides.E001",
            )
        ]
    return []


@register(Tags.templates)
def components_open_with_their_contract(app_configs, **kwargs):
    """guides.E002: every component says what it takes."""
    folder = Path(settings.BASE_DIR) / "templates" / "components"
    silent = [
        path.name for path in sorted(folder.glob("*.html")) if not path.read_text("utf-8").startswith("{% comment %}")
    ]
    if silent:
        return [
            Error(
                f"Komponenter utan kontrakt: {', '.join(silent)}.",
                hint="Börja filen med {% comment %}: variablerna och vad den måste uppfylla.",
                id="guides.E002",
            )
        ]
    return []


@register(Tags.admin)
def nobody_overwrites_anybody(app_configs, **kwargs):
    """guides.E004 and E005: every form that saves something carries what it was shown with, and no list saves rows."""
    found = []
    for model, model_admin in admin.site._registry.items():
        if not _can_be_changed(model_admin):
            continue
        name = type(model_admin).__name__
        if model in CONTENT_MODELS:
            fields = getattr(model_admin.form, "declared_fields", ())
            safe, hint = isinstance(model_admin, SafeSaving) and "base" in fields, "Bygg på ContentAdmin och ContentForm."
        else:
            safe, hint = isinstance(model_admin, RowSaving), "Bygg på RowSaving."
        if not safe:
            found.append(Error(f"{name} skyddar inte mot att två skriver över varandra.", hint=hint, id="guides.E004"))
        if model_admin.list_editable:
            hint = "Ta bort list_editable: listan vet inte vilken version den visar."
            found.append(Error(f"{name} låter listan spara rader.", hint=hint, id="guides.E005"))
    return found


def _can_be_changed(model_admin) -> bool:
    """True unless not even somebody who may do everything can change a row."""
    request = HttpRequest()
    request.user = SimpleNamespace(has_perm=lambda name, obj=None: True)
    return model_admin.has_change_permission(request)


@register()
def handbooks_can_be_made(app_configs, **kwargs):
    """guides.W003: without WeasyPrint's libraries the guides have no handbook as PDF, and no link to one."""
    if not missing():
        return []
    return [
        Warning(
            f"Handböckerna som PDF visas inte: {', '.join(missing())} saknas.",
            hint="På Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation.",
            id="guides.W003",
        )
    ]


@register(Tags.security, deploy=True)
def sender_and_key_are_set(app_configs, **kwargs):
    """guides.W001 and W002: production has a sender address and a secret key of its own."""
    found = []
    if settings.DEFAULT_FROM_EMAIL == "webmaster@localhost":
        found.append(Warning("Ingen avsändaradress.", hint="Sätt DEFAULT_FROM_EMAIL.", id="guides.W001"))
    if not settings.SECRET_KEY_GIVEN:
        found.append(
            Warning(
                "SECRET_KEY är inte satt; nyckeln ligger i DATA_DIR.",
                hint="Sätt SECRET_KEY.",
                id="guides.W002",
            )
        )
    return found
