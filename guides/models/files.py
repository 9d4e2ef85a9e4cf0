"""Upload: a file or a picture that texts refer to. The row says what it is; its bytes lie under their own hash."""

from django.db import models

from guides.models.base import Owned, text_field
from guides.text.file_formats import ACCESS, FORMATS


class Upload(Owned):
    """A document like the others, with versions and releases. A version names its bytes by hash, so they never change."""

    kind = "file"

    review_every = models.PositiveIntegerField("granskas var (dagar)", default=365, help_text="Till exempel 365.")
    name = models.CharField("filnamn", max_length=80, blank=True, editable=False)
    format = models.CharField(
        "format", max_length=4, choices=[(name, name) for name in FORMATS], blank=True, editable=False
    )
    size = models.PositiveIntegerField("storlek i byte", null=True, blank=True, editable=False)
    width = models.PositiveIntegerField("bredd", null=True, blank=True, editable=False)
    height = models.PositiveIntegerField("höjd", null=True, blank=True, editable=False)
    hash = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)
    alt = text_field(
        "bildens text",
        "För den som inte ser bilden: vad den visar. Till exempel: Karta över sju polisregioner.",
        length=300,
    )
    decorative = models.BooleanField(
        "dekorativ", default=False, help_text="Bilden säger ingenting som inte står i texten. Den läses inte upp."
    )
    access = models.CharField(
        "tillgänglighet",
        max_length=10,
        choices=list(ACCESS.items()),
        blank=True,
        help_text="Bara för pdf. Kan filen läsas av den som inte ser?",
    )
    web_version = text_field("samma innehåll som webbsida", "Till exempel /om/webbplatsen/.", length=300)

    class Meta(Owned.Meta):
        verbose_name = "fil"
        verbose_name_plural = "filer och bilder"
