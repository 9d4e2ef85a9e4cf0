"""The verbs of history: compare two versions, write an older one back, mask one, give a document a new key."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from guides.admin.fresh import demand_fresh
from guides.admin.verbs import back_to_form, row_to_change, verb_page, with_form
from guides.models import MODEL_OF, Version
from guides.publishing import masking
from guides.publishing import release as publishing
from guides.publishing.compare import compare
from guides.publishing.current import current
from guides.publishing.drafts import hold, refuse_newer
from guides.publishing.errors import PublishingError
from guides.publishing.versions import names_of, read, restore
from guides.text.digits import whole_number


def versions_of(obj):
    """Every version of a row under all the keys that it has had, the newest first."""
    return Version.objects.filter(kind=obj.kind, key__in=names_of(obj.kind, obj.key)).order_by("-number")


def one_version(obj, number: str) -> Version:
    """A row's version by its number as it stands in an address; 404 when there is none."""
    found = versions_of(obj).filter(number=whole_number(number)).first()
    if found is None:
        raise Http404
    return found


def comparison(request, pk, model_admin):
    """What differs between two versions, `fran` and `till`; the newest two when none are named."""
    obj = row_to_change(request, model_admin, pk)
    rows = list(versions_of(obj).select_related("saved_by"))
    if not rows:
        raise Http404
    newest = str(rows[0].number)
    new = one_version(obj, request.GET.get("till") or newest)
    older = next((row for row in rows if row.number < new.number), new)
    old = one_version(obj, request.GET.get("fran") or str(older.number))
    if old.number > new.number:
        old, new = new, old
    removed = [row for row in (old, new) if row.removed]
    changes = [] if removed else compare(read(old), read(new), title_of)
    context = {"old": old, "new": new, "versions": rows, "changes": changes, "removed": removed}
    title = f"Jämför version {old.number} med {new.number}: {obj}"
    return verb_page(request, model_admin, obj, "comparison", title, **context)


def title_of(kind: str, key: str) -> str:
    """What a referred document is called, so that nobody has to know keys."""
    found = MODEL_OF[kind].objects.filter(key=key).values_list("title", flat=True).first()
    return found or key


def restoring(request, pk, model_admin):
    """Write an older version back as a draft. Only by POST; what the row held stays in the history."""
    obj = row_to_change(request, model_admin, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    version = one_version(obj, request.POST.get("version", ""))
    try:
        with transaction.atomic():
            hold(obj)
            refuse_newer(obj, whole_number(request.POST.get("seen", "")) or 0)
            draft = restore(version, obj, request.user)
        words = f"Version {version.number} är återställd som utkast (version {draft.number}). Webbplatsen är oförändrad."
        messages.success(request, words)
        return back_to_form(model_admin, obj)
    except PublishingError as error:
        for text in error.messages:
            messages.error(request, text)
    return HttpResponseRedirect(reverse(f"admin:{model_admin.opts.model_name}_versioner", args=[obj.pk]))


ACTS = {
    "hide": ("Dold. Ingen på webbplatsen ser texten längre, inte heller på ett tidigare datum.", masking.hide),
    "lift": ("Versionen visas igen.", masking.lift),
    "ask": ("Borttagningen är begärd. En kollega som får publicera tar bort texten här.", masking.ask),
    "remove": ("Texten är borttagen. Kontrollsumma, skäl och tid står kvar.", masking.remove),
}


def mask(request, pk, model_admin):
    """Hide a version from the public at once; with a second person take its text away for good."""
    obj = row_to_change(request, model_admin, pk)
    version = one_version(obj, request.POST.get("version") or request.GET.get("version", ""))
    faults = []
    act = request.POST.get("act", "")
    if act in ACTS:
        # Hiding is at hand at once; what shows a text again, or takes it away for good, is not.
        if act in ("lift", "remove"):
            demand_fresh(request)
        words, do = ACTS[act]
        try:
            do(version, request.user, *([request.POST.get("reason", "")] if act == "hide" else []))
            messages.success(request, words)
            return HttpResponseRedirect(f"{request.path}?version={version.number}")
        except PublishingError as error:
            faults = error.messages
    context = {
        "version": version,
        "state": masking.state(version),
        "acts": version.maskings.order_by("pk").select_related("by"),
        "reason": request.POST.get("reason", ""),
        "faults": faults,
        "may_release": request.user.has_perm(publishing.RELEASE),
        "versions_address": reverse(f"admin:{model_admin.opts.model_name}_versioner", args=[obj.pk]),
    }
    return verb_page(request, model_admin, obj, "mask", f"Maskera version {version.number}: {obj}", **context)


class RenameForm(forms.Form):
    new_key = forms.CharField(
        label="Ny nyckel",
        max_length=100,
        help_text="Bara a–z, 0–9 och bindestreck. Den gamla adressen leder för alltid till den nya och ges aldrig till en annan sida.",
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_key"].initial = obj.key


def renaming(request, pk, model_admin):
    """Give a document another key, which is a part of its address."""
    if not request.user.has_perm(publishing.RELEASE):
        raise PermissionDenied
    obj = row_to_change(request, model_admin, pk)
    users = len(current.edition().users_of(obj.kind, obj.key))
    warning = (
        f"Nyckeln är nu ”{obj.key}”. När du byter ändras adressen genast på webbplatsen. "
        f"Den gamla adressen leder vidare. {users} publicerade dokument hänvisar hit och behöver inte ändras."
    )

    def act(obj, data):
        demand_fresh(request)
        old = obj.key
        publishing.rename(obj, data["new_key"], request.user)
        return f"Nyckeln är bytt. Den gamla adressen med ”{old}” leder nu vidare."

    return with_form(request, model_admin, pk, RenameForm, "Byt nyckel", act, warning=warning)


VIEWS = {"jamfor": comparison, "aterstall": restoring, "maskera": mask, "byt-nyckel": renaming}
