"""What may be shown of the figures: limits and rounding.

The database applies them (``steering/definers.sql``) before anything leaves it;
here they stand for the words on the page and for the test that holds the two
together.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

LEAST = 5
STEP = 5
LEAST_BASE = 30


def period(today: date) -> tuple[date, date]:
    """Twelve months to last month's end: its first day, and the day after its last."""
    end = today.replace(day=1)
    return end.replace(year=end.year - 1), end


def shown_count(count: int, children: int) -> int | None:
    """To the nearest :data:`STEP`; ``None`` below :data:`LEAST`, of the thing
    counted or of the children behind it. Nought is below it too."""
    if count < LEAST or children < LEAST:
        return None
    return _to_step(Fraction(count))


def shown_share(part: int, base: int, children: int) -> int | None:
    """Percent to the nearest :data:`STEP`; ``None`` under a base of
    :data:`LEAST_BASE`, or where fewer than :data:`LEAST` children stand behind it."""
    if base < LEAST_BASE or children < LEAST:
        return None
    return _to_step(Fraction(part * 100, base))


def shown_median(days: list[int]) -> int | None:
    """Whole days, a half upwards; ``None`` for fewer than :data:`LEAST` children."""
    if len(days) < LEAST:
        return None
    ordered = sorted(days)
    middle = (ordered[(len(days) - 1) // 2] + ordered[len(days) // 2]) / Fraction(2)
    return floor(middle + Fraction(1, 2))


def _to_step(value: Fraction) -> int:
    return STEP * floor(value / STEP + Fraction(1, 2))
