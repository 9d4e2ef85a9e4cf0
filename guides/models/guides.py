"""Guide, its ordered Steps, and what each step holds: Tasks and Responsibilities."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.models.actors import Actor
from guides.models.base import BASIS_CHOICES, Owned, Statement, prose_field, text_field
from guides.models.contacts import Contact
from guides.models.legislation import Provision
from guides.models.pages import Translatable
from guides.models.situations import Situation
from guides.models.sources import Source
from guides.text.choices import ROLES, TIME_FRAMES
from guides.text.documents import KEY


class OnPaper(models.Model):
    """What has a short address for paper: /12/ leads here for ever, whatever else changes."""

    paper_number = models.PositiveIntegerField(
        "nummer på papper",
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Den korta adressen på utskrifter, till exempel 12 för /12/. Sätts när sidan sparas och ändras aldrig.",
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.paper_number is None:
            return
        for model in (Guide, Step):
            others = model.objects.filter(paper_number=self.paper_number)
            for other in others.exclude(pk=self.pk if isinstance(self, model) else None):
                raise ValidationError(f"Numret {self.paper_number} på papper har redan ”{other.title}”.")


def next_paper_number() -> int:
    """The first number that no guide and no step has had, for what has been public is never deleted."""
    highest = (model.objects.aggregate(found=models.Max("paper_number"))["found"] or 0 for model in (Guide, Step))
    return max(highest) + 1


class Step(OnPaper, Owned):
    kind = "step"

    aim = text_field("mål", "En mening, till exempel: Fånga upp personen utan att röja något.", length=500)
    time_frame = models.CharField("tidsram", max_length=20, choices=list(TIME_FRAMES.items()), blank=True)
    time_note = text_field("mer om tiden", "Till exempel: läget kan röra sig om timmar.", length=300)
    time_basis = models.CharField("tidens underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    time_sources = models.ManyToManyField(Source, verbose_name="tidens källor", blank=True, related_name="steps_timed")
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    contacts = models.ManyToManyField(Contact, verbose_name="kontakter", blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext", "Vad den som läser behöver förstå. Uppgifterna står i listan nedanför.")

    class Meta(Owned.Meta):
        verbose_name = "steg"
        verbose_name_plural = "steg"


class Task(Statement):
    """Something one does: a line to tick. Without situations it applies in every case."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="tasks")
    key = text_field("nyckel", "Unik i steget, till exempel fara-nu.", length=60, blank=False)
    text = text_field("uppgift", "Börja med ett verb, till exempel: Ring chefen.", length=500, blank=False)
    detail = prose_field("mer om uppgiften")
    situations = models.ManyToManyField(Situation, verbose_name="bara i situationerna", blank=True)
    provisions = models.ManyToManyField(Provision, verbose_name="lagrum", blank=True)
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="vem gör det", null=True, blank=True)

    class Meta(Statement.Meta):
        verbose_name = "uppgift"
        verbose_name_plural = "uppgifter"
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="guides_task_one_key_per_step")]

    def __str__(self):
        return self.text

    def clean(self):
        if self.key and not KEY.match(self.key):
            raise ValidationError({"key": "Nyckeln får bara ha a–z, 0–9 och bindestreck, till exempel fara-nu."})


class Responsibility(Statement):
    """What one actor answers for in one step; an actor may have several."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="responsibilities")
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="aktör")
    role = models.CharField("roll", max_length=20, choices=list(ROLES.items()))
    what = text_field("för vad", "Till exempel: Bedömer hotbilden.", length=500, blank=False)

    class Meta(Statement.Meta):
        verbose_name = "ansvar"
        verbose_name_plural = "ansvar"

    def __str__(self):
        return f"{self.actor}: {self.get_role_display()}"


class Guide(OnPaper, Translatable, Owned):
    kind = "guide"

    summary = text_field("sammanfattning", "En mening om när guiden används.", length=500)
    position = models.PositiveIntegerField("ordning", default=0)
    first_number = models.PositiveIntegerField(
        "första stegets nummer", default=1, help_text="Till exempel 0 när första steget är förberedelse."
    )
    steps = models.ManyToManyField(Step, through="GuideStep", verbose_name="steg")
    situations = models.ManyToManyField(Situation, verbose_name="situationer", blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        ordering = ["position", "title"]
        verbose_name = "guide"
        verbose_name_plural = "guider"


class GuideStep(models.Model):
    """A step's place in a guide. Positions are not unique in the table: two steps must be able to swap."""

    guide = models.ForeignKey(Guide, models.CASCADE)
    step = models.ForeignKey(Step, models.PROTECT, verbose_name="steg")
    position = models.PositiveIntegerField("ordning", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "steg i guiden"
        verbose_name_plural = "steg i guiden"
        constraints = [models.UniqueConstraint(fields=["guide", "step"], name="guides_guidestep_one_step_per_guide")]

    def __str__(self):
        return str(self.step)
