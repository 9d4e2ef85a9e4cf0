"""OpenQuestion: what nobody could find out when the content was written, and somebody must go on asking."""

from django.db import models

from guides.models.base import text_field


class OpenQuestion(models.Model):
    """A fact that would change the content if it were known. It is no part of what is published.

    `looked_on` is empty until a person in the newsroom has opened the source.
    """

    question = text_field("fråga", "Till exempel: Har polisens nationella kontaktpunkt öppnat?", blank=False)
    known = models.TextField(
        "vad vi vet", blank=True, help_text="Till exempel: Polisen fick uppdraget i oktober 2025."
    )
    changes = models.TextField(
        "vad svaret ändrar",
        blank=True,
        help_text="Vilka sidor som ska rättas. Till exempel: kontakten Polisens avhopparsamordning.",
    )
    source = models.URLField("källa", max_length=600, help_text="Sidan att titta på. Till exempel https://polisen.se/")
    looked_on = models.DateField(
        "senast tittat", null=True, blank=True, help_text="Dagen då någon öppnade källan. Till exempel 2026-12-01."
    )
    answer = models.TextField("svar", blank=True, help_text="Vad som visade sig, och var det står.")
    settled = models.BooleanField("besvarad", default=False, help_text="Frågan försvinner från startsidan.")

    class Meta:
        ordering = ["settled", "pk"]
        verbose_name = "öppen fråga"
        verbose_name_plural = "öppna frågor"

    def __str__(self):
        return self.question
