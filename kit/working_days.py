"""Swedish working days: those on which an office answers.

Monday to Friday, but for public holidays and for the eves of Midsummer, Christmas and New Year, which
are equal to Sundays by 2 § lag (1930:173). The package ``holidays`` knows the days that move.
"""

import functools
from datetime import date, timedelta

import holidays


@functools.cache
def _swedish_holidays() -> holidays.HolidayBase:
    """Public holidays, without the Sundays that the package counts among them, plus the three eves."""
    calendar: holidays.HolidayBase = holidays.country_holidays("SE", include_sundays=False)
    return calendar


def is_working_day(day: date) -> bool:
    """Monday to Friday, not a public holiday, and not one of the eves when offices are closed."""
    if day.weekday() >= 5:
        return False
    if (day.month, day.day) in {(12, 24), (12, 31)}:
        return False
    if day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25:
        return False
    return day not in _swedish_holidays()


def add_working_days(start: date, days: int) -> date:
    """The day that lies ``days`` working days after ``start`` (0: ``start`` itself, whatever day it is)."""
    if days < 0:
        message = "working days are counted forward"
        raise ValueError(message)
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days have passed since ``start``: those after it, up to and including ``end``.
    None where ``end`` is not after it."""
    days, day = 0, start
    while day < end:
        day += timedelta(days=1)
        days += is_working_day(day)
    return days
