"""Page, Term, News and Banner: the texts beside the guides."""

from django.db import models
from django.utils import timezone

from guides.models.base import BASIS_CHOICES, Owned, Statement, prose_field, text_field
from guides.models.places import Municipality
from guides.models.sources import Source
from guides.text.choices import BANNER_AUDIENCES, BANNER_LEVELS, EXIT_SWITCH, PAGE_SECTIONS


class Translatable(models.Model):
    """A text that can be a translation of another, and knows which version of it."""

    language = models.CharField("språk", max_length=12, default="sv", help_text="Till exempel sv, en eller ar.")
    translation_of = text_field("översättning av", "Nyckeln till den svenska texten.", length=100)
    translated_from = text_field("översatt från version", "Den svenska textens kontrollsumma.", length=64)

    class Meta:
        abstract = True


class Page(Translatable, Owned):
    kind = "page"

    translation_note = text_field(
        "översättarens märkning",
        "På textens eget språk: Översatt av dator. Ingen översättare har granskat texten.",
        length=300,
    )
    summary = text_field("sammanfattning", "En mening, till exempel för sökresultat.", length=500)
    section = models.CharField("plats", max_length=20, choices=list(PAGE_SECTIONS.items()), default="about")
    exit = models.CharField(
        "knappen Lämna sidan snabbt",
        max_length=10,
        choices=list(EXIT_SWITCH.items()),
        blank=True,
        help_text="Lämna tomt: allmänhetens sidor har knappen, de yrkesverksammas inte.",
    )
    position = models.PositiveIntegerField("ordning", default=0)
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        verbose_name = "sida"
        verbose_name_plural = "sidor"


class PageStatement(Statement):
    page = models.ForeignKey(Page, models.CASCADE, related_name="statements")
    lead = text_field("rad", "Till exempel: Lämna inte personen ensam.", length=200, blank=False)
    text = text_field("förklaring", "En kort mening.", length=500)

    class Meta(Statement.Meta):
        verbose_name = "rad"
        verbose_name_plural = "rader"

    def __str__(self):
        return self.lead


class Term(Owned):
    kind = "term"

    abbreviation = text_field("förkortning", "Till exempel Bops.", length=30)
    group = text_field("grupp", "Till exempel Avhopp och miljöer.", length=120)
    synonyms = models.TextField("synonymer", blank=True, help_text="Vad folk skriver i stället, ett på varje rad.")
    basis = models.CharField("underlag", max_length=20, choices=BASIS_CHOICES, blank=True)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("förklaring", "Två korta meningar.")

    class Meta(Owned.Meta):
        verbose_name = "ord"
        verbose_name_plural = "ord"


class News(Owned):
    kind = "news"

    date = models.DateField("datum", default=timezone.localdate)
    summary = text_field("sammanfattning", length=500)
    sources = models.ManyToManyField(Source, verbose_name="källor", blank=True)
    body = prose_field("brödtext")

    class Meta(Owned.Meta):
        ordering = ["-date", "title"]
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"


class Banner(Owned):
    """An urgent message at the top of every page of its readers, from a moment to a moment."""

    kind = "banner"

    level = models.CharField(
        "nivå",
        max_length=20,
        choices=list(BANNER_LEVELS.items()),
        default="information",
        help_text="Viktigt är för fara. En sådan visas högst sju dagar.",
    )
    text = text_field("text", "Högst 200 tecken. Till exempel: Linjen svarar igen. Nummer skrivs som i andra texter.", length=200)
    shown_from = models.DateTimeField("visas från", null=True, blank=True)
    shown_to = models.DateTimeField("visas till", null=True, blank=True, help_text="Måste finnas för att publicera.")
    link = text_field("länk", "Till exempel /kontakt/ eller https://polisen.se/", length=300)
    link_text = text_field("länkens text", "Säg vart den leder, till exempel: Nummer till din kommun.", length=100)
    audience = models.CharField(
        "läsare",
        max_length=20,
        choices=list(BANNER_AUDIENCES.items()),
        blank=True,
        help_text="Lämna tomt för alla sidor.",
    )
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="kommuner", blank=True, help_text="Lämna tomt för hela landet."
    )

    class Meta(Owned.Meta):
        ordering = ["-shown_from", "title"]
        verbose_name = "banderoll"
        verbose_name_plural = "banderoller"
