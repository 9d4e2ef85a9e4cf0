"""Membership: which municipality an editor of one works for."""

from django.conf import settings
from django.db import models

from guides.models.places import Municipality


class Membership(models.Model):
    """Ties a user to a municipality. It widens nothing for who may edit everywhere; all others have what it gives."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="användare", related_name="memberships"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommun")

    class Meta:
        ordering = ["user", "municipality"]
        verbose_name = "kommuntillhörighet"
        verbose_name_plural = "kommuntillhörigheter"
        permissions = [("edit_everywhere", "Får ändra alla kommuners uppgifter")]
        constraints = [models.UniqueConstraint(fields=["user", "municipality"], name="guides_membership_once")]

    def __str__(self):
        return f"{self.user}: {self.municipality}"
