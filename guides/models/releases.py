"""Version, Masking, Release, Check and Rename: what was written, hidden, made public, checked. They only grow."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from guides.text.documents import SCHEMA, digest
from guides.text.kinds import KINDS

KIND_CHOICES = [(kind.name, kind.label) for kind in KINDS.values()]


class AppendOnlyError(Exception):
    """Somebody tried to alter or delete a row that only ever is added."""


class AppendOnlyQuerySet(models.QuerySet):
    """Many rows at once are no more alterable than one."""

    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} ändras inte i efterhand.")

    def delete(self):
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} tas inte bort.")

    update.alters_data = delete.alters_data = True


class Unalterable(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnlyError(f"{self._meta.verbose_name} ändras inte i efterhand.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{self._meta.verbose_name} tas inte bort.")


class AppendOnly(Unalterable):
    """A row of history. It carries kind and key, not a foreign key to the working copy."""

    kind = models.CharField("slag", max_length=20, choices=KIND_CHOICES)
    key = models.CharField("nyckel", max_length=100)

    class Meta:
        abstract = True


class VersionQuerySet(AppendOnlyQuerySet):
    def working(self):
        """Versions that the working copy has held: all but those that somebody put aside."""
        return self.exclude(origin="aside")


class Version(AppendOnly):
    """An immutable Document: its canonical text, hash, number, who and when.

    One with the origin *aside* is what somebody had typed when another had saved first: kept, and never the draft.
    """

    ORIGINS = [("editor", "redaktionen"), ("import", "content/"), ("aside", "egen version vid sidan")]

    number = models.PositiveIntegerField("nummer")
    schema = models.PositiveSmallIntegerField("schema", default=SCHEMA)
    text = models.TextField("text")
    hash = models.CharField("kontrollsumma", max_length=64)
    origin = models.CharField("ursprung", max_length=10, choices=ORIGINS, default="editor")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="sparad av", null=True, blank=True
    )
    saved_at = models.DateTimeField("sparad")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key", "-number"]
        verbose_name = "version"
        verbose_name_plural = "versioner"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="guides_version_one_of_each_number")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}, version {self.number}"

    @property
    def removed(self) -> bool:
        """True when its text was removed by two people: nothing else makes text and hash disagree."""
        return digest(self.text) != self.hash


class Masking(AppendOnly):
    """A text that should never have been written: hidden at once by one person, removed by two. Each act is a row."""

    ACTS = [("hide", "dold"), ("lift", "visas igen"), ("ask", "begärd borttagen"), ("remove", "borttagen")]

    version = models.ForeignKey(Version, models.PROTECT, verbose_name="version", related_name="maskings")
    act = models.CharField("åtgärd", max_length=10, choices=ACTS)
    reason = models.CharField("skäl", max_length=500, blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "maskering"
        verbose_name_plural = "maskeringar"
        constraints = [
            models.CheckConstraint(
                name="guides_masking_hides_with_a_reason", condition=~Q(act="hide") | ~Q(reason="")
            )
        ]

    def __str__(self):
        return f"{self.key}: {self.get_act_display()}"

    @classmethod
    def hidden(cls) -> set[int]:
        """The versions that nobody in public may see, not even on an earlier date."""
        last = dict(cls.objects.order_by("pk").values_list("version_id", "act"))
        return {version for version, act in last.items() if act != "lift"}


class ReleaseQuerySet(AppendOnlyQuerySet):
    def standing(self):
        """Releases that are not cancelled and do not themselves cancel."""
        cancelled = self.model.objects.filter(cancels__isnull=False).values("cancels")
        return self.filter(cancels__isnull=True).exclude(pk__in=cancelled)

    def in_force(self, at):
        """For each kind and key the release that holds at `at` (ties: the higher number), ended or withdrawn ones too."""
        rank = Window(
            RowNumber(),
            partition_by=[F("kind"), F("key")],
            order_by=[F("effective_from").desc(), F("pk").desc()],
        )
        ranked = self.standing().filter(effective_from__lte=at).annotate(rank=rank).filter(rank=1)
        # By number: Django would move a further filter inside, before the ranking, and find an older release.
        return self.model.objects.filter(pk__in=ranked.values("pk"))

    def public(self, at):
        """The releases in force at `at` that show a version, which is neither withdrawn nor ended."""
        found = self.in_force(at).filter(version__isnull=False).exclude(effective_to__lte=at)
        found = found.exclude(version__in=Masking.hidden())
        return found.select_related("version")

    def noted(self, at):
        """The releases up to `at` that told the public what was new; none whose text, however often saved, is masked."""
        found = self.standing().filter(effective_from__lte=at, version__isnull=False, minor=False).exclude(note="")
        hidden = Version.objects.filter(pk__in=Masking.hidden())
        return found.exclude(version__hash__in=hidden.values("hash"))

    def ahead(self, at):
        """Releases that still lie ahead of `at`."""
        return self.standing().filter(effective_from__gt=at)


class Release(AppendOnly):
    """Puts one Version in force from a moment. Without a version it withdraws; with `cancels` it takes back a coming one."""

    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, verbose_name="version")
    effective_from = models.DateTimeField("gäller från")
    effective_to = models.DateTimeField("gäller till", null=True, blank=True)
    note = models.CharField("ändringsnotis", max_length=500, blank=True)
    minor = models.BooleanField("mindre ändring", default=False)
    reason = models.CharField("skäl", max_length=500, blank=True)
    redirect_to = models.CharField("hänvisa till", max_length=300, blank=True)
    cancels = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="tar tillbaka")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="publicerad av", null=True, blank=True
    )
    released_at = models.DateTimeField("publicerad")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_at", "-pk"]
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        permissions = [("release_document", "Får publicera")]
        indexes = [models.Index(fields=["kind", "key", "-effective_from"])]
        constraints = [
            models.CheckConstraint(
                name="guides_release_never_backdated", condition=Q(effective_from__gte=F("released_at"))
            ),
            models.CheckConstraint(
                name="guides_release_without_version_gives_reason",
                condition=Q(version__isnull=False) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="guides_release_ends_after_it_starts",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key} från {self.effective_from:%Y-%m-%d %H:%M}"


class Check(AppendOnly):
    """Somebody has looked at it: `on` is the day it was done, `at` when the row was written."""

    OUTCOMES = [
        ("reviewed", "stämmer"),
        ("answers", "svarar"),
        ("silent", "svarar inte"),
        ("hidden", "dold"),
    ]

    outcome = models.CharField("utfall", max_length=10, choices=OUTCOMES)
    # What was called: an answer says nothing of another number. Empty in rows from before it was written down.
    number = models.CharField("numret", max_length=20, blank=True)
    reason = models.CharField("anteckning", max_length=500, blank=True)
    on = models.DateField("kontrollerat den")
    at = models.DateTimeField("inskrivet")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "kontroll"
        verbose_name_plural = "kontroller"

    def __str__(self):
        return f"{self.key}: {self.get_outcome_display()} {self.on}"


class Rename(models.Model):
    """A changed key: its history goes on under the new one, and the old address leads there."""

    kind = models.CharField("slag", max_length=20, choices=KIND_CHOICES)
    old_key = models.CharField("gammal nyckel", max_length=100)
    new_key = models.CharField("ny nyckel", max_length=100)
    at = models.DateTimeField("när")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "bytt nyckel"
        verbose_name_plural = "bytta nycklar"
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_key"], name="guides_rename_old_key_is_never_given_again")
        ]

    def __str__(self):
        return f"{self.old_key} → {self.new_key}"


class FileMark(models.Model):
    """What a file of content/ and the working copy last had in common: whoever differs from it has changed since."""

    kind = models.CharField("slag", max_length=20, choices=KIND_CHOICES)
    key = models.CharField("nyckel", max_length=100)
    hash = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        verbose_name = "gemensam text"
        verbose_name_plural = "gemensamma texter"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="guides_file_mark_one_of_each")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Counter(models.Model):
    """A row that moves when something public changes, at which every process looks, and one with the last `tick`."""

    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "räknare"
        verbose_name_plural = "räknare"

    def __str__(self):
        return str(self.value)


class Rendering(models.Model):
    """Markdown already rendered, by the hash of text, renderer and statute names."""

    hash = models.CharField(max_length=64, primary_key=True)
    rich = models.TextField()

    class Meta:
        verbose_name = "renderad text"
        verbose_name_plural = "renderade texter"

    def __str__(self):
        return self.hash
