"""Statute and Provision: the law that a step rests on."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.models.base import Owned, prose_field, text_field
from guides.text.choices import PROVISION_STATES


class Statute(Owned):
    """A law, an ordinance or another instrument, by its SFS number."""

    kind = "statute"

    short_name = text_field("kortnamn", "Till exempel SoL.", length=120)
    aliases = models.TextField(
        "andra namn",
        blank=True,
        help_text="Namn som känns igen i löpande text, ett på varje rad. Till exempel socialtjänstlagen.",
    )
    in_force_from = models.DateField("gäller från", null=True, blank=True, help_text="Till exempel 2025-07-01.")
    repealed_on = models.DateField(
        "upphävd",
        null=True,
        blank=True,
        help_text="Dagen då den slutar gälla. Varje hänvisning märks då som upphävd.",
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersatt av", null=True, blank=True, related_name="replaces"
    )
    url = text_field(
        "adress till lagtexten",
        "Till exempel https://data.riksdagen.se/dokument/sfs-2025-400.html",
        length=600,
    )
    text_read = text_field("texten läst", "När lagtexten lästes. Till exempel februari 2026.", length=120)
    note = prose_field("anmärkning", "Till exempel: Ändring väntas, prop. 2025/26:207.")
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        verbose_name = "författning"
        verbose_name_plural = "författningar"

    def clean(self):
        super().clean()
        if self.repealed_on and self.in_force_from and self.repealed_on < self.in_force_from:
            raise ValidationError(
                {"repealed_on": "Författningen kan inte upphävas innan den börjat gälla. Kontrollera datumen."}
            )


class Provision(Owned):
    """One section of a statute, or one article."""

    kind = "provision"

    statute = models.ForeignKey(Statute, models.PROTECT, verbose_name="författning", null=True, blank=True)
    chapter = text_field("kapitel", "Till exempel 11 eller 6 a. Tomt när lagen saknar kapitel.", length=10)
    section = text_field("paragraf", "Till exempel 1, 18 a eller art. 9.", length=20)
    summary = prose_field("sammanfattning", "Vad paragrafen säger, med egna ord.")
    meaning = prose_field("betydelse i ett avhopp", "Vad den betyder för handläggaren.")
    verified = models.BooleanField(
        "kontrollerad mot gällande lydelse",
        default=False,
        help_text="Utan kryss visas bara nummer, rubrik och länk till lagtexten.",
    )
    state = models.CharField("läge", max_length=20, choices=list(PROVISION_STATES.items()), default="in_force")
    formerly = text_field("motsvarade tidigare", "Till exempel 4 kap. 1 § i socialtjänstlagen (2001:453).", length=500)
    now = models.ManyToManyField("self", verbose_name="motsvaras nu av", symmetrical=False, blank=True)
    url = text_field(
        "adress till paragrafen",
        "Till exempel https://data.riksdagen.se/dokument/sfs-2025-400.html#K11P1",
        length=600,
    )

    class Meta(Owned.Meta):
        ordering = ["statute", "pk"]
        verbose_name = "lagrum"
        verbose_name_plural = "lagrum"

    def __str__(self):
        chapter = f"{self.chapter} kap. " if self.chapter else ""
        number = f"{chapter}{self.section} §" if self.section and not self.section.startswith("art") else self.section
        name = self.statute.short_name or self.statute.key if self.statute else ""
        return f"{number} {name} – {self.title}".strip()
