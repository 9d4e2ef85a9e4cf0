"""Review, Emergency and Countersign: the second pair of eyes. They only grow; the state follows from the rows."""

from django.conf import settings
from django.db import models

from guides.models.releases import AppendOnly, Release, Version


class Review(AppendOnly):
    """One act on a version's way out: asked for, begun, approved, sent back, taken back. It binds to the version's hash."""

    ACTS = [
        ("ask", "begärde granskning"),
        ("begin", "började granska"),
        ("approve", "godkände"),
        ("request", "begärde ändring"),
        ("retract", "tog tillbaka begäran"),
    ]

    version = models.ForeignKey(Version, models.PROTECT, verbose_name="version", related_name="reviews")
    hash = models.CharField("kontrollsumma", max_length=64)
    act = models.CharField("åtgärd", max_length=10, choices=ACTS)
    remark = models.TextField("synpunkt", blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av")

    class Meta:
        ordering = ["pk"]
        verbose_name = "granskning"
        verbose_name_plural = "granskningar"
        permissions = [("review_document", "Får granska")]

    def __str__(self):
        return f"{self.key}: {self.get_act_display()}"


class Emergency(AppendOnly):
    """A release without review, and why. `falls_back_at` is when a new number goes, unless somebody else has signed."""

    release = models.OneToOneField(Release, models.PROTECT, verbose_name="publicering", related_name="emergency")
    reason = models.CharField("skäl", max_length=500)
    falls_back_at = models.DateTimeField("numret döljs", null=True, blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av")

    class Meta:
        ordering = ["pk"]
        verbose_name = "nödpublicering"
        verbose_name_plural = "nödpubliceringar"
        permissions = [("release_in_emergency", "Får publicera i nödläge")]

    def __str__(self):
        return f"{self.key}: {self.reason}"


class Countersign(AppendOnly):
    """Another person has read what was published in an emergency, and stands for it too."""

    emergency = models.OneToOneField(
        Emergency, models.PROTECT, verbose_name="nödpublicering", related_name="countersign"
    )
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av")

    class Meta:
        ordering = ["pk"]
        verbose_name = "kontrasignering"
        verbose_name_plural = "kontrasigneringar"

    def __str__(self):
        return f"{self.key}: {self.by}"
