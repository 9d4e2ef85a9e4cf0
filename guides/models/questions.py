"""Question and Download: what people ask, and the forms they fill in."""

from django.db import models

from guides.models.base import BASIS_CHOICES, Owned, prose_field, text_field
from guides.models.contacts import Contact
from guides.models.guides import Step
from guides.models.legislation import Provision
from guides.models.pages import Translatable
from guides.models.situations import Situation
from guides.models.sources import Source


class Question(Translatable, Owned):
    kind = "question"

    answer = text_field("kort svar", "En eller två meningar som räcker för den som har bråttom.", length=600)
    group = text_field("grupp", "Till exempel Sekretess.", length=80)
    position = models.PositiveIntegerField("ordning", default=0)
    situations = models.ManyToManyField(Situation, verbose_name="situationer", blank=True)
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    contacts = models.ManyToManyField(Contact, verbose_name="kontakter", blank=True)
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("längre svar")

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "fråga"
        verbose_name_plural = "frågor och svar"


class Download(Owned):
    """A form in Markdown: read on the page, printed, or taken as a .docx."""

    kind = "download"

    summary = text_field("sammanfattning", "När mallen används, i en mening.", length=500)
    position = models.PositiveIntegerField("ordning", default=0)
    steps = models.ManyToManyField(Step, verbose_name="används i stegen", blank=True)
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("mallen", "Skriv ………… för en rad att fylla i och ☐ för en ruta.")

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "mall"
        verbose_name_plural = "mallar"
