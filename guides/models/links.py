"""LinkCheck, LinkUse and LinkHost: which addresses elsewhere the texts lead to, and what was found there."""

from django.db import models

from guides.models.releases import KIND_CHOICES


class LinkCheck(models.Model):
    """An address and what the last look at it found. Whoever moves `next_at` looks: two processes never do both."""

    class State(models.TextChoices):
        NEW = "new", "inte prövad än"
        OK = "ok", "fungerar"
        MOVED = "moved", "flyttad"
        UNKNOWN = "unknown", "kan inte kontrolleras"
        BROKEN = "broken", "bruten"
        DANGEROUS = "dangerous", "farlig"

    address = models.CharField("adress", max_length=1000, unique=True)
    state = models.CharField("läge", max_length=10, choices=State, default=State.NEW)
    reason = models.CharField("skäl", max_length=300, blank=True)
    moved_to = models.CharField("ny adress", max_length=1000, blank=True)
    checked_at = models.DateTimeField("senast prövad", null=True, blank=True)
    next_at = models.DateTimeField("prövas nästa gång")
    # The first of the failures in a row: broken is said after 20 hours of them.
    failed_at = models.DateTimeField("slutade svara", null=True, blank=True)
    by_hand_until = models.DateField("kontrollerad för hand, gäller till", null=True, blank=True)
    tag = models.CharField("ETag", max_length=300, blank=True)
    digest = models.CharField("textens kontrollsumma", max_length=64, blank=True)
    changed_at = models.DateTimeField("källan ändrades", null=True, blank=True)

    class Meta:
        ordering = ["address"]
        verbose_name = "länk"
        verbose_name_plural = "länkar"

    def __str__(self):
        return self.address


class LinkUse(models.Model):
    """A document that has the link. `watched`: it is the page of a statute or a source, whose words matter."""

    link = models.ForeignKey(LinkCheck, models.CASCADE, related_name="uses", verbose_name="länk")
    kind = models.CharField("slag", max_length=20, choices=KIND_CHOICES)
    key = models.CharField("nyckel", max_length=100)
    watched = models.BooleanField("bevakad", default=False)

    class Meta:
        verbose_name = "länkens plats"
        verbose_name_plural = "länkens platser"
        constraints = [models.UniqueConstraint(fields=["link", "kind", "key"], name="guides_link_use_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class LinkHost(models.Model):
    """A host, and from when it may be asked again: at most one request in ten seconds, from all our processes together."""

    name = models.CharField("värd", max_length=255, unique=True)
    free_at = models.DateTimeField("får frågas från")

    class Meta:
        verbose_name = "länkvärd"
        verbose_name_plural = "länkvärdar"

    def __str__(self):
        return self.name
