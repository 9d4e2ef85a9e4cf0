"""Grant: money to apply for. Open, closing soon, closed and upcoming follow from the dates."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.models.base import BASIS_CHOICES, Owned, prose_field, text_field
from guides.models.sources import Source
from guides.text.choices import GRANT_RELEVANCE


class Grant(Owned):
    kind = "grant"

    funder = text_field("finansiär", "Till exempel Polismyndigheten.")
    relevance = models.CharField(
        "betydelse för avhopp", max_length=20, choices=list(GRANT_RELEVANCE.items()), default="indirect"
    )
    applicants = prose_field("vem kan söka", "Till exempel: Kommuner och stadsdelar.")
    municipality_can_apply = models.BooleanField("kommunen kan söka", default=False)
    purpose = prose_field("ändamål")
    amount = prose_field("belopp")
    opens_on = models.DateField("öppnar", null=True, blank=True, help_text="Till exempel 2026-06-15.")
    closes_on = models.DateField(
        "stänger", null=True, blank=True, help_text="Sista ansökningsdag. Till exempel 2026-10-01."
    )
    closed = models.BooleanField(
        "upphört", default=False, help_text="Går inte längre att söka. Står kvar som historik."
    )
    rhythm = prose_field("rytm", "Till exempel: en omgång om året.")
    decision = prose_field("besked")
    regulation = text_field("regler", "Till exempel förordning (2023:442).", length=500)
    regulation_url = text_field("adress till reglerna", length=600)
    how_to_apply = prose_field("så söker ni", "Numrerade steg.")
    reporting = prose_field("redovisning")
    status_note = text_field("läge", "Till exempel: troligen gällande, inte bekräftat.", length=300)
    verified = models.BooleanField("bekräftat hos finansiären", default=False)
    source_year = text_field("uppgiften är från", "Till exempel 2024.", length=40)
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        verbose_name = "stöd att söka"
        verbose_name_plural = "stöd att söka"

    def clean(self):
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "Ansökan kan inte stänga innan den öppnar. Kontrollera datumen."})
