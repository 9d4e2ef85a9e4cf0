"""What every noun of the editors' working copy has: an identity and somebody who answers for it."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.text.choices import BASES
from guides.text.documents import valid_key
from guides.text.kinds import KINDS

BASIS_CHOICES = list(BASES.items())


class Keyed(models.Model):
    """A row that is one Document. Only key and title are needed to save; release asks for the rest."""

    key = models.CharField(
        "nyckel",
        max_length=100,
        unique=True,
        help_text="Blir en del av adressen och ändras sedan inte. Bara a–z, 0–9 och bindestreck, till exempel ta-emot-forsta-kontakten.",
    )
    title = models.CharField("titel", max_length=250)

    kind = ""

    class Meta:
        abstract = True
        ordering = ["title"]

    def __str__(self):
        return self.title

    def clean(self):
        if self.key and not valid_key(self.kind, self.key):
            raise ValidationError(
                {"key": "Nyckeln får bara ha a–z, 0–9 och bindestreck, och inte vara ett reserverat ord som utskrift."}
            )

    @property
    def spec(self):
        """The kind's fields, as the content files know them."""
        return KINDS[self.kind]


class Owned(Keyed):
    """A public thing: a function that owns it, and how often it is to be reviewed."""

    owner = models.CharField(
        "ägare",
        max_length=120,
        default="Redaktionen",
        help_text="En funktion, aldrig ett personnamn. Till exempel Länsstyrelsens samordnare.",
    )
    review_every = models.PositiveIntegerField(
        "granskas var (dagar)",
        default=180,
        help_text="Till exempel 180 för en text, 90 för ett telefonnummer.",
    )
    keywords = models.TextField(
        "sökord",
        blank=True,
        help_text="Ord som någon kan skriva i sökrutan, ett på varje rad. Till exempel hoppa av.",
    )

    class Meta(Keyed.Meta):
        abstract = True


class Statement(models.Model):
    """A row that says something, and what that rests on."""

    position = models.PositiveIntegerField("ordning", default=0)
    basis = models.CharField(
        "underlag",
        max_length=20,
        choices=BASIS_CHOICES,
        blank=True,
        help_text="Vad påståendet vilar på. Välj Vårt förslag när ingen källa finns.",
    )
    sources = models.ManyToManyField("guides.Source", verbose_name="källor", blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


def text_field(label: str, example: str = "", length: int = 250, **more) -> models.CharField:
    """One line of text with a Swedish label and an example to go by."""
    more.setdefault("blank", True)
    return models.CharField(label, max_length=length, help_text=example, **more)


def prose_field(label: str, example: str = "") -> models.TextField:
    """Markdown in several paragraphs."""
    return models.TextField(label, blank=True, help_text=example)
