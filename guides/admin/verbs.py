"""The pages behind the buttons: preview, release, withdraw, check, history. Each calls publishing and shows its answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.formats import date_format

from guides.addresses import address
from guides.admin.forms import CheckForm, WithdrawForm
from guides.admin.fresh import demand_fresh
from guides.admin.standing import standing, told_releases
from guides.models import Check, Masking, Version
from guides.publishing import release as publishing
from guides.publishing.current import current, edition_with
from guides.publishing.drafts import hold, number_of, refuse_newer
from guides.publishing.emergency import EMERGENCY
from guides.publishing.errors import PublishingError
from guides.publishing.fact_check import answers_of
from guides.publishing.fault_words import told
from guides.publishing.mapping import to_document
from guides.publishing.number_changes import changes_shown_in
from guides.publishing.versions import latest, names_of, read, save_version
from guides.text.digits import whole_number


def newest_numbers(kind: str) -> dict[str, int]:
    """The newest version number of each key of a kind."""
    return dict(Version.objects.working().filter(kind=kind).values_list("key").annotate(Max("number")))


def labels_for(obj, user) -> list[tuple[str, str]]:
    """The verbs that `user` may use on a saved row: (name, Swedish label)."""
    found = [
        ("forhandsgranska", "Läs senast sparade"),
        ("versioner", "Versioner"),
        ("faktakoll", "Faktakoll"),
        ("granskning", "Granskning"),
        ("kontroll", "Skriv in kontroll"),
    ]
    if user.has_perm(EMERGENCY):
        found.append(("nodpublicera", "Publicera i nödläge"))
    if user.has_perm(publishing.RELEASE):
        found.insert(1, ("publicera", "Publicera eller schemalägg"))
        found += [("byt-nyckel", "Byt nyckel"), ("dra-tillbaka", "Dra tillbaka")]
    return found


def versions_seen(request, rows) -> list[Version]:
    """The newest version of each chosen row, held until the transaction ends.

    Raises PublishingError when it is not the one that the list showed: nobody releases what they have not seen.
    """
    seen = dict(pair.split(":", 1) for pair in request.POST.getlist("seen") if ":" in pair)
    found = []
    for obj in rows:
        number = whole_number(seen.get(str(obj.pk), ""))
        if number is None:
            raise PublishingError(f"”{obj}” stod inte i listan som du såg. Visa den först, och välj den sedan.")
        hold(obj)
        refuse_newer(obj, number)
        found.append(latest(obj.kind, obj.key) or save_version(obj, request.user))
    return found


def row_to_change(request, model_admin, pk):
    """The row that a verb is about; 404 when there is none, PermissionDenied for who may not change it."""
    obj = model_admin.get_object(request, pk)
    if obj is None:
        raise Http404
    if not model_admin.has_change_permission(request, obj):
        raise PermissionDenied
    return obj


def back_to_form(model_admin, obj) -> HttpResponseRedirect:
    """The answer that leads from a verb to the row's form."""
    return HttpResponseRedirect(reverse(f"admin:guides_{model_admin.opts.model_name}_change", args=[obj.pk]))


def verb_page(request, model_admin, obj, template, title, **context):
    """A page about one row, with the way back to its form and its list."""
    shared = model_admin.admin_site.each_context(request)
    name = f"admin:guides_{model_admin.opts.model_name}"
    context |= {
        "title": title,
        "original": obj,
        "opts": model_admin.opts,
        "list_address": reverse(f"{name}_changelist"),
        "change_address": reverse(f"{name}_change", args=[obj.pk]),
    }
    return render(request, f"admin/{template}.html", shared | context)


def with_form(request, model_admin, pk, form_class, title, act, initial=None, **context):
    """Show a form; on a valid answer do `act(obj, data)` and go back, else say why not."""
    obj = row_to_change(request, model_admin, pk)
    form = form_class(request.POST or None, obj=obj, initial=initial)
    unseen = {"required": "Sidan säger inte vilken version du såg. Öppna den igen."}
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, error_messages=unseen)
    form.initial["version"] = number_of(obj.kind, obj.key)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with transaction.atomic():
                hold(obj)
                refuse_newer(obj, data.pop("version"))
                said = act(obj, data)
            messages.success(request, said)
            return back_to_form(model_admin, obj)
        except PublishingError as error:
            for text in error.messages:
                form.add_error(None, text)
    newest = latest(obj.kind, obj.key)
    context["newest"] = newest
    if "faults" not in context:
        context["faults"] = told(read(newest), current.edition()) if newest else []
    return verb_page(request, model_admin, obj, "verb_form", f"{title}: {obj}", form=form, verb=title, **context)


def withdraw(request, pk, model_admin):
    """Take the document out of public, with a reason."""
    if not request.user.has_perm(publishing.RELEASE):
        raise PermissionDenied

    def act(obj, data):
        demand_fresh(request)
        publishing.withdraw(obj.kind, obj.key, request.user, data["reason"], data["redirect_to"])
        return "Tillbakadragen. Adressen svarar nu med skälet."

    warning = _comes_back(row_to_change(request, model_admin, pk))
    return with_form(request, model_admin, pk, WithdrawForm, "Dra tillbaka", act, warning=warning)


def _comes_back(obj) -> str:
    """What to tell of a scheduled release before its document is withdrawn; empty when there is none."""
    coming = standing(obj, current.edition())["coming"]
    if coming is None or coming.version is None:
        return ""
    when = date_format(timezone.localtime(coming.effective_from), "j F Y H:i")
    return (
        f"Version {coming.version.number} är schemalagd och blir publik {when}, också när du drar tillbaka sidan nu. "
        "Ska den inte det, avbryt den under Schemalagt."
    )


def check(request, pk, model_admin):
    """Write down that somebody has looked, or called."""

    def act(obj, data):
        publishing.check(obj.kind, obj.key, data["outcome"], request.user, data["on"], data["reason"])
        return "Kontrollen är inskriven."

    initial = {"outcome": request.GET["utfall"]} if "utfall" in request.GET else None
    return with_form(request, model_admin, pk, CheckForm, "Skriv in kontroll", act, initial)


def versions(request, pk, model_admin):
    """Every version with who and when, what was released, and what each changed."""
    obj = row_to_change(request, model_admin, pk)
    own = {"kind": obj.kind, "key__in": names_of(obj.kind, obj.key)}
    rows = list(Version.objects.filter(**own).order_by("-number").select_related("saved_by"))
    released, withdrawn = told_releases(own)
    before = [*rows[1:], None]
    history = [(row, released.get(row.pk, []), older) for row, older in zip(rows, before, strict=True)]
    checks = Check.objects.filter(**own).select_related("by")
    return verb_page(
        request,
        model_admin,
        obj,
        "versions",
        f"Versioner av {obj}",
        history=history,
        newest=latest(obj.kind, obj.key),
        public_address=_address(to_document(obj), current.drafts()),
        today=timezone.localdate(),
        checks=checks,
        fact_answers=answers_of(obj),
        numbers=changes_shown_in(current.edition(), obj.kind, obj.key),
        withdrawn=withdrawn,
        hidden=Masking.hidden(),
        mask_address=reverse(f"admin:{model_admin.opts.model_name}_maskera", args=[obj.pk]),
        compare_address=reverse(f"admin:{model_admin.opts.model_name}_jamfor", args=[obj.pk]),
        restore_address=reverse(f"admin:{model_admin.opts.model_name}_aterstall", args=[obj.pk]),
    )


def preview(request, pk, model_admin):
    """The saved draft through the public view."""
    return show_draft(request, to_document(row_to_change(request, model_admin, pk)))


def show_draft(request, document):
    """A Document as its public page: the same view, with another edition. Who calls has asked for the right to change."""
    edition = edition_with(document)
    path = _address(document, edition)
    request.edition = edition
    request.preview = "Utkast – inte publicerat"
    match = resolve(path)
    response = match.func(request, *match.args, **match.kwargs)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _address(document, edition) -> str:
    """The public page on which a document is seen, without the anchor."""
    record = edition.get(document.kind, document.key)
    found = address(record, edition) if record else ""
    return found.partition("#")[0] if found.startswith("/") else reverse("guides:home")


VIEWS = {
    "forhandsgranska": preview,
    "dra-tillbaka": withdraw,
    "kontroll": check,
    "versioner": versions,
}
