"""How often somebody has tried to log in, without saying who or from where."""

from django.db import models


class LoginAttempts(models.Model):
    """Attempts at one name from one address, both as one hash; the row goes when they succeed, or an hour after the last."""

    hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = "inloggningsförsök"
        verbose_name_plural = "inloggningsförsök"

    def __str__(self):
        return f"{self.count}"
