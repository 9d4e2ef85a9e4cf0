"""Contact: one service, one record. Text refers to it by key and never types a number."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.models.base import Owned, text_field
from guides.models.places import County, Municipality
from guides.models.sources import Source
from guides.text.choices import AREAS, CONFIDENCES, RECHECK_CLASSES
from guides.text.phone import PhoneError, normalise


class Contact(Owned):
    kind = "contact"

    organisation = text_field("organisation", "Till exempel Polismyndigheten.")
    category = text_field("kategori", "Till exempel socialjour.", length=80)
    number = text_field(
        "nummer", "Skriv som du vill, till exempel 08-540 81 180. Det sparas som +46854081180.", length=40
    )
    display = text_field("visas som", "Lämna tomt för vanlig gruppering. Till exempel 08-540 811 80.", length=40)
    ask_for = text_field("säg i telefonen", "Till exempel: be om avhopparsamordningen.")
    hours = text_field("öppet", "Till exempel vardagar 8–16.", length=300)
    for_self = models.BooleanField("för den som vill lämna", default=False)
    for_relative = models.BooleanField("för anhöriga", default=False)
    for_professional = models.BooleanField("för yrkesverksamma", default=False)
    audience_note = text_field("vem den är för", "Till exempel: barn under 18 år.", length=500)
    area = models.CharField("område", max_length=20, choices=list(AREAS.items()), default="nation")
    police_region = text_field("polisregion", "Till exempel Syd.", length=40)
    county = models.ForeignKey(County, models.PROTECT, verbose_name="län", null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommun", null=True, blank=True)
    recheck_class = models.CharField(
        "kontrollklass",
        max_length=1,
        choices=list(RECHECK_CLASSES.items()),
        default="A",
        help_text="A kan ha ändrats, kontrolleras var 90:e dag. B är troligen rätt, 180 dagar. C är stabila kortnummer.",
    )
    confidence = models.CharField(
        "säkerhet",
        max_length=10,
        choices=list(CONFIDENCES.items()),
        default="low",
        help_text="Hur säkert belagt numret är. Klass A med låg säkerhet visas aldrig.",
    )
    withheld = models.BooleanField(
        "visa aldrig numret",
        default=False,
        help_text="Numret står kvar här men visas inte för någon förrän det är bekräftat.",
    )
    languages = text_field("språk", "Till exempel svenska, arabiska, tolk.")
    cost = text_field("kostnad", "Visas bara när den kontrollerats tillsammans med numret.")
    anonymity = text_field("anonymitet", "Till exempel: du behöver inte säga ditt namn.", length=300)
    traces = text_field("vad samtalet lämnar efter sig", "Till exempel: syns i samtalslistan.", length=500)
    other_channels = text_field("andra vägar", "Till exempel: chatt på bris.se.", length=500)
    url = text_field("webbplats", "Till exempel https://www.bris.se/", length=600)
    source_year = text_field("uppgiften är från", "Till exempel 2023.", length=20)
    editor_note = models.TextField("anteckning för redaktionen", blank=True, help_text="Visas aldrig för besökare.")
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)

    review_every = models.PositiveIntegerField("granskas var (dagar)", default=90, help_text="Till exempel 90.")

    class Meta(Owned.Meta):
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"

    def clean(self):
        super().clean()
        if self.number:
            try:
                self.number = normalise(self.number)
            except PhoneError as error:
                raise ValidationError({"number": str(error)}) from error
