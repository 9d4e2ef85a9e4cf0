"""The pages of the second pair of eyes: ask, read, approve; publish in an emergency, and countersign it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from guides.admin.forms import NoteField, refuse_note
from guides.admin.fresh import demand_fresh
from guides.admin.past import title_of
from guides.admin.verbs import back_to_form, row_to_change, verb_page, with_form
from guides.models import Release, Review, Version
from guides.publishing import emergency, review
from guides.publishing.compare import Change, compare
from guides.publishing.current import current
from guides.publishing.drafts import hold, refuse_newer
from guides.publishing.errors import PublishingError
from guides.publishing.fault_words import told
from guides.publishing.post import who_is_told
from guides.publishing.release import RELEASE
from guides.publishing.versions import latest, names_of, public_version, read, save_version
from guides.text.digits import whole_number
from guides.text.documents import make

SAID = {
    "ask": "Granskning är begärd.",
    "begin": "Du granskar nu texten. De andra ser det.",
    "approve": "Godkänd. Texten kan publiceras.",
    "request": "Ändring är begärd. Den som skrev ser vad du skrivit.",
    "retract": "Begäran är återtagen. Texten är ett utkast.",
}
BUTTONS = {
    "ask": "Be om granskning",
    "begin": "Börja granska",
    "approve": "Godkänn",
    "request": "Begär ändring",
    "retract": "Ta tillbaka",
}


def differences(old: Version | None, new: Version) -> list[Change]:
    """What differs from an older version; all that stands in the new one when there is none, or its text is removed."""
    before = read(old) if old and not old.removed else make(new.kind, new.key, {})
    return compare(before, read(new), title_of)


def reviewing(request, pk, model_admin):
    """What differs from what is public, what is missing, what has been said; and by POST `act`, with a `remark`."""
    obj = row_to_change(request, model_admin, pk)
    remark, refused = request.POST.get("remark", ""), []
    if request.method == "POST":
        try:
            with transaction.atomic():
                hold(obj)
                refuse_newer(obj, whole_number(request.POST.get("version", "")) or 0)
                version = latest(obj.kind, obj.key) or save_version(obj, request.user)
                what = request.POST.get("act", "")
                review.act(version, what, request.user, remark)
            told_to = f" {who_is_told(request.user)}" if what == "ask" else ""
            messages.success(request, SAID[what] + told_to)
            if what == "approve" and told(read(version), current.edition()):
                messages.warning(request, "Något saknas ännu, se nedan. När det är rättat behövs ett nytt godkännande.")
            return HttpResponseRedirect(request.path)
        except PublishingError as error:
            refused = error.messages
    version, public = latest(obj.kind, obj.key), public_version(obj.kind, obj.key)
    name = f"admin:{model_admin.opts.model_name}"
    keys = names_of(obj.kind, obj.key)
    context = {
        "version": version,
        "public": public,
        "changes": differences(public, version) if version else [],
        "faults": told(read(version), current.edition()) if version else [],
        "state": review.WORDS[review.state(version)],
        "said": Review.objects.filter(kind=obj.kind, key__in=keys).select_related("by", "version").order_by("-pk"),
        "buttons": [(act, BUTTONS[act]) for act in review.acts_for(version, request.user)],
        "own": bool(version) and request.user.pk in review.authors(version),
        "remark": remark,
        "refused": refused,
        "preview_address": reverse(f"{name}_forhandsgranska", args=[obj.pk]),
        "release_address": reverse(f"{name}_publicera", args=[obj.pk])
        if review.approval(version) and request.user.has_perm(RELEASE)
        else "",
    }
    return verb_page(request, model_admin, obj, "review", f"Granskning: {obj}", **context)


class EmergencyForm(forms.Form):
    """A reason; and for a number that somebody would see for the first time, the number twice."""

    reason = forms.CharField(
        label="Skäl", max_length=500, help_text="Varför det inte kan vänta. Alla granskare får läsa det."
    )
    note = NoteField(help_text="Frivilligt. Visas på sidan Nytt och i flödena.")
    number = forms.CharField(label="Numret", max_length=40, help_text="Skriv av det från källan.")
    again = forms.CharField(label="Numret en gång till", max_length=40)
    called = forms.BooleanField(label="Jag har ringt, och rätt tjänst svarade")

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        version = latest(obj.kind, obj.key)
        if version is None or not emergency.shows_new_number(version):
            for name in ("number", "again", "called"):
                del self.fields[name]

    def clean(self):
        found = super().clean()
        # In haste nobody is asked for a note.
        refuse_note(self, "note", "note", ())
        return found


def in_emergency(request, pk, model_admin):
    """Publish the newest version without review."""
    if not request.user.has_perm(emergency.EMERGENCY):
        raise PermissionDenied
    warning = (
        f"Texten syns inom två sekunder. {who_is_told(request.user)} Någon annan ska kontrasignera inom "
        f"{emergency.SIGN_WITHIN} arbetsdagar. Ett nytt telefonnummer döljs efter 24 timmar om ingen har gjort det."
    )

    def act(obj, data):
        demand_fresh(request)
        version = latest(obj.kind, obj.key) or save_version(obj, request.user)
        number = data.get("number", ""), data.get("again", "")
        emergency.publish_now(version, request.user, data["reason"], number, data.get("called", False), data["note"])
        return f"Publicerad utan granskning. {who_is_told(request.user)}"

    return with_form(request, model_admin, pk, EmergencyForm, "Publicera i nödläge", act, warning=warning)


def countersigning(request, pk, model_admin):
    """What one person has published alone, and by POST another person's word for it."""
    obj = row_to_change(request, model_admin, pk)
    if not request.user.has_perm(review.REVIEW):
        raise PermissionDenied
    keys = names_of(obj.kind, obj.key)
    found = next(
        (u for u in emergency.uncountersigned() if u.version.kind == obj.kind and u.version.key in keys), None
    )
    refused = []
    if request.method == "POST" and found:
        try:
            with transaction.atomic():
                hold(obj)
                if request.POST.get("emergency") != str(found.emergency.pk):
                    raise PublishingError("Något nytt har publicerats sedan sidan visades. Läs det först.")
                emergency.countersign(found.emergency, request.user)
            messages.success(request, "Kontrasignerad.")
            return back_to_form(model_admin, obj)
        except PublishingError as error:
            refused = error.messages
    before = _version_before(found.emergency.release) if found else None
    context = {
        "unsigned": found,
        "changes": differences(before, found.version) if found else [],
        "refused": refused,
        "own": bool(found) and emergency.wrote(found.emergency, request.user),
    }
    return verb_page(request, model_admin, obj, "countersign", f"Kontrasignera: {obj}", **context)


def _version_before(release: Release) -> Version | None:
    keys = names_of(release.kind, release.key)
    rows = Release.objects.standing().filter(kind=release.kind, key__in=keys, pk__lt=release.pk)
    rows = rows.filter(effective_from__lte=release.effective_from)
    row = rows.exclude(version=None).select_related("version").order_by("effective_from", "pk").last()
    return row.version if row else None


VIEWS = {"granskning": reviewing, "nodpublicera": in_emergency, "kontrasignera": countersigning}
