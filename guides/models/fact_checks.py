"""ShareLink and FactAnswer: somebody without an account is shown one version, and says part by part whether it holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from guides.models.releases import AppendOnly, Version


class ShareLink(models.Model):
    """A link to one version for one reader. The link itself is told once and never kept: only its hash is."""

    version = models.ForeignKey(Version, models.PROTECT, verbose_name="version", related_name="share_links")
    token_hash = models.CharField("kontrollsumma", max_length=64, unique=True)
    purpose = models.CharField("till vem", max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skapad av", null=True, related_name="+"
    )
    made_at = models.DateTimeField("skapad")
    expires_at = models.DateTimeField("gäller till")
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="återkallad av", null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "faktakollslänk"
        verbose_name_plural = "faktakollslänkar"

    def __str__(self):
        return f"{self.version}: {self.purpose or 'utan mottagare'}"


class FactAnswer(AppendOnly):
    """What somebody said of one part of a version. The rows of one sending share their `at`."""

    VERDICTS = [("holds", "stämmer"), ("change", "behöver ändras")]

    link = models.ForeignKey(ShareLink, models.PROTECT, verbose_name="länk", related_name="answers")
    # Of the whole version: whatever is altered later, it stays plain which words were judged.
    version_hash = models.CharField("versionens kontrollsumma", max_length=64)
    place = models.CharField("plats", max_length=100)
    label = models.CharField("del", max_length=200)
    verdict = models.CharField("omdöme", max_length=10, choices=VERDICTS)
    remark = models.CharField("anmärkning", max_length=2000, blank=True)
    who = models.CharField("vem svarar", max_length=120, blank=True)
    at = models.DateTimeField("när")

    class Meta:
        ordering = ["pk"]
        verbose_name = "svar i faktakoll"
        verbose_name_plural = "svar i faktakoll"
        constraints = [
            models.CheckConstraint(
                name="guides_fact_answer_says_what_to_change", condition=~Q(verdict="change") | ~Q(remark="")
            )
        ]

    def __str__(self):
        return f"{self.key}, {self.label}: {self.get_verdict_display()}"
