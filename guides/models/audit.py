"""AuditEntry: who did what, and when. Written beside every act; altered and deleted by nobody, the database sees to that."""

from django.db import models

from guides.models.releases import Unalterable


class AuditEntry(Unalterable):
    """One act. Names, not keys to other tables: it outlives the accounts and rows that it speaks of. Never an address."""

    ACTS = [
        ("login", "loggade in"),
        ("failed", "misslyckad inloggning"),
        ("logout", "loggade ut"),
        ("account", "konto"),
        ("role", "roller och rättigheter"),
        ("factor", "andra faktorn"),
        ("add", "lade till"),
        ("change", "ändrade"),
        ("delete", "tog bort"),
        ("review", "granskning"),
        ("release", "publicering"),
        ("emergency", "nödläge"),
        ("check", "kontroll"),
        ("mask", "maskering"),
        ("rename", "bytte nyckel"),
        ("link", "faktakollslänk"),
        ("export", "tog ut uppgifter"),
        ("import", "läste in uppgifter"),
    ]

    at = models.DateTimeField("när")
    who = models.CharField("vem", max_length=150, blank=True)
    act = models.CharField("åtgärd", max_length=10, choices=ACTS)
    what = models.CharField("vad", max_length=250, blank=True)
    detail = models.CharField("uppgift", max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "händelse"
        verbose_name_plural = "händelselogg"
        # Nobody can be given another right.
        default_permissions = ("view",)
        indexes = [models.Index(fields=["at"])]

    def __str__(self):
        return f"{self.who or 'systemet'}: {self.get_act_display()} {self.what}".strip()
