"""Situation: what makes a case special, such as a child or a detained person."""

from django.db import models

from guides.models.base import Owned, prose_field, text_field
from guides.models.contacts import Contact
from guides.models.legislation import Provision
from guides.models.sources import Source


class Situation(Owned):
    kind = "situation"

    short_title = text_field("kort titel", "Till exempel Barn.", length=60)
    summary = text_field("sammanfattning", "En mening om vad som är särskilt.", length=500)
    position = models.PositiveIntegerField("ordning", default=0)
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    contacts = models.ManyToManyField(Contact, verbose_name="kontakter", blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "situation"
        verbose_name_plural = "situationer"
