"""County and Municipality: all 21 and all 290, with police region."""

from django.db import models

from guides.models.base import Keyed, prose_field, text_field


class County(Keyed):
    kind = "county"

    code = text_field("länskod", "Två siffror enligt SCB, till exempel 12.", length=2)

    class Meta(Keyed.Meta):
        ordering = ["code"]
        verbose_name = "län"
        verbose_name_plural = "län"


class Municipality(Keyed):
    kind = "municipality"

    code = text_field("kommunkod", "Fyra siffror enligt SCB, till exempel 1266.", length=4)
    county = models.ForeignKey(County, models.PROTECT, verbose_name="län", null=True, blank=True)
    police_region = text_field("polisregion", "Till exempel Syd.", length=40)
    local_note = prose_field("lokalt tillägg", "Visas märkt som kommunens eget tillägg. Skriv inga telefonnummer här.")

    class Meta(Keyed.Meta):
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
