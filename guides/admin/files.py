"""Upload: a file or picture. What is chosen is taken in before the form is judged, so that a fault elsewhere loses nothing."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.base import OWNERSHIP, ContentAdmin
from guides.admin.capture import is_capturing
from guides.admin.forms import ContentForm
from guides.models import Upload
from guides.publishing import uploads
from guides.text.file_formats import FORMATS, alt_fault, size_in_words
from guides.text.sniffing import LARGEST, RefusedFileError, harmless

# No program tells a face from another well enough to refuse it.
FACES = "Syns en verklig persons ansikte? Välj en annan bild. Den som känns igen kan komma i fara."
NO_ROOM = (
    "Filen går inte att spara hos oss just nu: disken är full eller svarar inte. Den som sköter driften behöver få veta det. "
    "Det du skrev är kvar här. Vänta en stund och välj filen igen."
)
ACCEPTED = ",".join(f".{name}" for name in FORMATS)


class UploadForm(ContentForm):
    """`kept` is the hash of what was chosen and taken in already, `kept_name` what the editor's computer called it."""

    upload = forms.FileField(
        label="Fil",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="Högst 10 MB: pdf, docx, xlsx, odt, csv, txt, png, jpg eller webp. Det som står om plats och kamera i en bild tas bort.",
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_name = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("kept"):
            held = f"”{self.data.get('kept_name', '')}” är mottagen. Välj en fil bara om du vill byta."
            self.fields["upload"].help_text = held

    def clean_upload(self):
        """Only what was refused, or found no room, comes this far: it is said why."""
        found = self.cleaned_data["upload"]
        if found:
            try:
                harmless(found.read(LARGEST + 1))
            except RefusedFileError as error:
                raise forms.ValidationError(str(error)) from error
            raise forms.ValidationError(NO_ROOM)
        return found

    def clean(self):
        data = super().clean()
        if "upload" in self.errors:
            return data
        if data.get("kept"):
            try:
                uploads.describe(self.instance, data["kept"], data.get("kept_name") or "")
            except RefusedFileError as error:
                self.add_error("upload", str(error))
                return data
        elif not self.instance.hash:
            self.add_error("upload", "Välj en fil.")
            return data
        self._judge_picture(data)
        return data

    def _judge_picture(self, data) -> None:
        alt, decorative = data.get("alt", "").strip(), data.get("decorative")
        if not FORMATS[self.instance.format].picture:
            return
        if not alt and not decorative:
            self.add_error("alt", "Skriv vad bilden visar, eller kryssa i Dekorativ.")
        elif alt and decorative:
            self.add_error("alt", "En dekorativ bild har ingen text. Ta bort texten eller krysset.")
        elif fault := alt_fault(alt):
            self.add_error("alt", fault)


@admin.register(Upload)
class UploadAdmin(ContentAdmin):
    form = UploadForm
    list_display = ["title", "name", "format", "how_large", "public_state"]
    list_filter = ["format"]
    search_fields = ["title", "key", "name", "alt"]
    ordering = ["title"]
    readonly_fields = ["stored"]
    fieldsets = [
        (None, {"fields": ["title", "key", "stored", "upload", "kept", "kept_name"]}),
        ("Bild", {"fields": ["alt", "decorative"], "description": FACES}),
        ("Pdf", {"fields": ["access", "web_version"]}),
        OWNERSHIP,
    ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and not is_capturing(request):
            self._take_in(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _take_in(self, request) -> None:
        """Put what was chosen under its hash, and the hash into the form: it is sent again as words are."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        chosen = request.FILES.get("upload")
        if chosen is None:
            return
        try:
            name = uploads.take_in(chosen.read(LARGEST + 1))
        except (RefusedFileError, OSError):
            # The form finds the same fault and has a place to tell it.
            chosen.seek(0)
            return
        request.FILES.pop("upload")
        request.POST = request.POST.copy()
        request.POST["kept"], request.POST["kept_name"] = name, chosen.name

    @admin.display(description="storlek", ordering="size")
    def how_large(self, obj) -> str:
        return size_in_words(obj.size) if obj.size is not None else ""

    @admin.display(description="sparad fil")
    def stored(self, obj) -> str:
        if not obj.pk or not obj.hash:
            return "Ingen än."
        where = reverse("admin:upload_forhandsgranska", args=[obj.pk])
        link = format_html('<a href="{}">{}</a> ({}, {})', where, obj.name, obj.format, size_in_words(obj.size))
        if not FORMATS[obj.format].picture:
            return link
        return format_html('{}<br><img class="upload-picture" src="{}" alt="" height="120">', link, where)
