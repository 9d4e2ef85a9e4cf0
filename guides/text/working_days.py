"""Swedish working days.

Holidays: lag (1989:253) om allmänna helgdagar. Three eves count as Sundays: semesterlagen (1977:480) 3 a §.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
# Good Friday, Easter Monday, Ascension Day: days from Easter Day.
FROM_EASTER = (-2, 1, 39)


@lru_cache(maxsize=8)
def holidays(year: int) -> frozenset[date]:
    """Days of a year that are no working days though they may fall from Monday to Friday."""
    midsummer_eve = next(day for day in (date(year, 6, n) for n in range(19, 26)) if day.weekday() == 4)
    moving = (easter(year) + timedelta(days=days) for days in FROM_EASTER)
    return frozenset([*(date(year, month, day) for month, day in FIXED), *moving, midsummer_eve])


def is_working_day(day: date) -> bool:
    """True from Monday to Friday, but for holidays."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
