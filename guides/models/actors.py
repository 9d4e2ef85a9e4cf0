"""Actor: who does what in an exit case, and what one must not ask of it."""

from django.db import models

from guides.models.base import Owned, Statement, prose_field, text_field
from guides.models.contacts import Contact
from guides.models.legislation import Provision
from guides.models.sources import Source
from guides.text.choices import ACTOR_STATEMENTS


class Actor(Owned):
    kind = "actor"

    short_name = text_field("kort namn", "För ansvarsmatrisen. Till exempel Soc.", length=30)
    position = models.PositiveIntegerField("ordning", default=0, help_text="Plats i ansvarsmatrisen.")
    summary = text_field("sammanfattning", "En mening om vad aktören är till för.", length=500)
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    contacts = models.ManyToManyField(Contact, verbose_name="kontakter", blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext", "Hur man når aktören och vad man säger.")

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "aktör"
        verbose_name_plural = "aktörer"


class ActorStatement(Statement):
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="statements")
    type = models.CharField("slag", max_length=20, choices=list(ACTOR_STATEMENTS.items()))
    text = text_field("text", "Till exempel: Bedöma hotbilden ensam.", length=800, blank=False)

    class Meta(Statement.Meta):
        verbose_name = "uppgift"
        verbose_name_plural = "uppgifter"

    def __str__(self):
        return f"{self.get_type_display()}: {self.text}"
