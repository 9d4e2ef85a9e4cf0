"""A moment as an editor types it, in Swedish time: what the change of clocks makes unclear is asked back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


class StockholmTimeField(forms.SplitDateTimeField):
    """Date and time in Europe/Stockholm. A time that does not exist, or exists twice, is refused with the two near it.

    The time may be typed as Swedes write it: 8.00, 08:00.
    """

    def __init__(self, **kwargs):
        super().__init__(input_time_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)
        date, clock = self.fields
        date.error_messages["invalid"] = "Skriv dagen som 2027-01-01."
        clock.error_messages["invalid"] = "Skriv tiden som 08:00."
        self.widget.widgets[1].format = "%H:%M"

    def compress(self, data_list):
        """An aware datetime, None when both parts are empty. Raises ValidationError."""
        if data_list and all(data_list):
            refuse_unclear(datetime.combine(*data_list))
        return super().compress(data_list)


def refuse_unclear(local: datetime) -> None:
    """Raise ValidationError for a local time inside the hour that is skipped in spring or comes twice in autumn."""
    zone = timezone.get_default_timezone()
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first == second:
        return
    day, clock = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    if first < second:
        gap = second - first
        raise ValidationError(
            f"Klockan {clock} finns inte den {day}: då ställs klockan fram. "
            f"Välj {local - gap:%H:%M} eller {local + gap:%H:%M}."
        )
    begins, ends = _doubled_hour(local, zone)
    raise ValidationError(
        f"Klockan {clock} kommer två gånger den {day}: då ställs klockan tillbaka. "
        f"Välj {begins - timedelta(minutes=1):%H:%M} (sommartid) eller {ends:%H:%M} (vintertid)."
    )


def _doubled_hour(local: datetime, zone) -> tuple[datetime, datetime]:
    """First and last edge of the hour that comes twice, as local times outside it."""

    def doubled(moment: datetime) -> bool:
        return moment.replace(tzinfo=zone, fold=0).utcoffset() != moment.replace(tzinfo=zone, fold=1).utcoffset()

    begins = ends = local.replace(second=0, microsecond=0)
    while doubled(begins - timedelta(minutes=1)):
        begins -= timedelta(minutes=1)
    while doubled(ends):
        ends += timedelta(minutes=1)
    return begins, ends
