"""Source: what a statement rests on, so that a reader can check it."""

from guides.models.base import Keyed, text_field


class Source(Keyed):
    kind = "source"

    publisher = text_field("utgivare", "Till exempel Polisen.")
    url = text_field("adress", "Till exempel https://polisen.se/…", length=600)
    year = text_field("år", "När källan skrevs. Till exempel 2024, ca 2020 eller u.å. när datum saknas.", length=40)
    note = text_field("anmärkning", "Till exempel: bara inledningen är läst.", length=500)

    class Meta(Keyed.Meta):
        verbose_name = "källa"
        verbose_name_plural = "källor"

    def __str__(self):
        return f"{self.title} ({self.publisher})" if self.publisher else self.title
