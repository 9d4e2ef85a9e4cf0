"""Mailbox, Reminder and Digest: who is told that a text is to be reviewed, and what they have been told.

A mailbox belongs to a function and never to a document: an address is no part of what is published.
"""

from django.db import models

from guides.models.releases import KIND_CHOICES


class Mailbox(models.Model):
    """Where mail to an owner goes. The owner is the function that a document names."""

    function = models.CharField(
        "funktion",
        max_length=120,
        unique=True,
        help_text="Precis som i fältet Ägare, till exempel Redaktionen. Den får också påminnelser till ägare utan brevlåda.",
    )
    address = models.EmailField("e-post", help_text="En funktionsbrevlåda, till exempel redaktionen@exempel.se.")
    late_address = models.EmailField(
        "e-post när det är sent",
        blank=True,
        help_text="Får påminnelsen när det har gått 30 dagar. Tomt betyder samma brevlåda.",
    )

    class Meta:
        ordering = ["function"]
        verbose_name = "brevlåda"
        verbose_name_plural = "brevlådor"

    def __str__(self):
        return self.function


class Digest(models.Model):
    """One mail a day to an address: whoever writes the row sends it."""

    address = models.EmailField("e-post")
    day = models.DateField("dag")

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="guides_digest_one_a_day")]

    def __str__(self):
        return f"{self.address} {self.day}"


class Reminder(models.Model):
    """That a document is due was told, once for each stage: days from the due date."""

    digest = models.ForeignKey(Digest, models.CASCADE, verbose_name="utskick", related_name="reminders")
    kind = models.CharField("slag", max_length=20, choices=KIND_CHOICES)
    key = models.CharField("nyckel", max_length=100)
    due = models.DateField("ska granskas")
    stage = models.SmallIntegerField("dagar från dess")

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "due", "stage"], name="guides_reminder_once_a_stage")
        ]

    def __str__(self):
        return f"{self.kind} {self.key} {self.due} {self.stage:+}"
