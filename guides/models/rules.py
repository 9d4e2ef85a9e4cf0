"""PlanRule: how the answers about a case change its plan. Stands after guides, because it names steps and tasks."""

from django.db import models

from guides.models.actors import Actor
from guides.models.base import BASIS_CHOICES, Owned, prose_field, text_field
from guides.models.guides import Step
from guides.models.legislation import Provision
from guides.models.situations import Situation
from guides.models.sources import Source
from guides.text.choices import RULE_EFFECTS


class PlanRule(Owned):
    kind = "rule"

    position = models.PositiveIntegerField(
        "ordning", default=0, help_text="Lägst tal först. Till exempel 10. De tre första som visas först hamnar överst."
    )
    when = models.TextField(
        "när", blank=True, help_text="Svar på samma fråga är ”eller”, olika frågor är ”och”. Inget svar betyder alltid."
    )
    effect = models.CharField("verkan", max_length=20, choices=list(RULE_EFFECTS.items()), blank=True)
    situations = models.ManyToManyField(Situation, verbose_name="situationer", blank=True)
    steps = models.ManyToManyField(Step, verbose_name="hela steg", blank=True)
    tasks = models.TextField(
        "uppgifter",
        blank=True,
        help_text="Stegets och uppgiftens nyckel, en på varje rad. Till exempel bedom-skyddet-nu/spara-bevis.",
    )
    instead = models.TextField("i stället", blank=True, help_text="Uppgifter som tar de andras plats, skrivna likadant.")
    text = text_field("ny uppgift", "Börja med ett verb, till exempel: Ring socialjouren.", length=500)
    detail = prose_field("mer om uppgiften")
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="vem gör det", null=True, blank=True)
    reason = text_field("skäl", "En mening som står under Varför står det här? i checklistan.", length=500)
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "planregel"
        verbose_name_plural = "planregler"
