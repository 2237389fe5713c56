"""Ages and days, to the instant: every age flips at 00:00 in Sweden. Pure Python.

The database reckons the same: ``access.birthday``; a test holds the two together.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

CHILD_ANSWERS_FROM = 12
PLAN_FOR_CHILD_FROM = 13
MATURITY_FROM = 15
YOUTH_READS_FROM = 16
ADULT_AT = 18
# OSL 10:18 a protects who is under 21: data on her may go to the police on a concrete risk.
UNTIL_TWENTY_ONE = 21
BOUNDARY_AGES = (12, 15, 18)


def birthday(born_on: date, age: int) -> date:
    """The day a person turns ``age``.

    Whoever is born on 29 February turns a year older on 28 February in other
    years: a period that ends on a day the month lacks ends on the month's
    last day (lag 1930:173, 1 §).
    """
    year = born_on.year + age
    last = calendar.monthrange(year, born_on.month)[1]
    return date(year, born_on.month, min(born_on.day, last))


def age_on(born_on: date, on: date) -> int:
    """Whole years on the day ``on``; negative before birth."""
    age = on.year - born_on.year
    return age if birthday(born_on, age) <= on else age - 1


def midnight(on: date) -> datetime:
    """00:00 in Sweden on ``on``, the instant at which every age flips."""
    return datetime.combine(on, time(), STOCKHOLM)


def swedish_day(at: datetime) -> date:
    """The date in Sweden at an instant."""
    return at.astimezone(STOCKHOLM).date()


def next_boundary(born_on: date, at: datetime) -> datetime | None:
    """The next birthday that changes who must answer, as an instant."""
    for age in BOUNDARY_AGES:
        instant = midnight(birthday(born_on, age))
        if instant > at:
            return instant
    return None


def months_later(on: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day."""
    total = on.month - 1 + months
    year, month = on.year + total // 12, total % 12 + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))
