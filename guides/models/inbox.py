"""Report: the little that a visitor may send in. Nobody can tell who did, and it is gone when it is settled."""

from django.db import models


class Report(models.Model):
    """A wrong number by fixed choice, or a fault in the pages in words. It changes and hides nothing by itself."""

    class Subject(models.TextChoices):
        NUMBER = "number", "telefonnummer"
        ACCESS = "access", "tillgänglighet"

    class Fault(models.TextChoices):
        NO_ANSWER = "no_answer", "Ingen svarar"
        WRONG_NUMBER = "wrong_number", "Numret går inte att ringa"
        WRONG_SERVICE = "wrong_service", "Någon annan svarar"
        WRONG_HOURS = "wrong_hours", "Öppettiderna stämmer inte"

    subject = models.CharField("gäller", max_length=10, choices=Subject)
    contact = models.CharField("kontaktens nyckel", max_length=100, blank=True)
    fault = models.CharField("fel", max_length=20, choices=Fault, blank=True)
    text = models.CharField("beskrivning", max_length=1000, blank=True)
    # To the hour: enough to limit a flood and to know how old it is, too little to find a caller by.
    hour = models.DateTimeField("timme")

    class Meta:
        ordering = ["-hour", "-pk"]
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        constraints = [
            models.CheckConstraint(
                name="guides_report_number_has_fault_and_no_text",
                condition=~models.Q(subject="number") | (models.Q(text="") & ~models.Q(fault="") & ~models.Q(contact="")),
            )
        ]

    def __str__(self):
        return f"{self.contact}: {self.get_fault_display()}" if self.subject == self.Subject.NUMBER else self.text[:60]
