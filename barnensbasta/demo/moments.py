"""Days and hours of the demo, counted back from the day it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from access.policy import STOCKHOLM, midnight
from cases.deadlines import FIRST_DAYS
from cases.process import deadline_of
from cases.rules import ProcessState
from kit.dates import as_day
from kit.working_days import add_working_days, is_working_day

DAY = timedelta(days=1)
_works = lru_cache(maxsize=4096)(is_working_day)


@dataclass(frozen=True)
class Moments:
    """What "so many days ago" means when it is ``today``.

    Nothing lies later than yesterday, so that it is past whatever the hour.
    """

    today: date

    @property
    def now(self) -> datetime:
        """The instant by which the demo judges what has lapsed."""
        return midnight(self.today)

    def day(self, ago: int) -> date:
        """The working day so many days ago, or the nearest earlier one; with a
        negative number the coming one, or the nearest later."""
        step = -DAY if ago > 0 else DAY
        day = self.today - ago * DAY
        while not _works(day):
            day += step
        return day

    def at(self, ago: int, clock: str = "9.00", *, any_day: bool = False) -> datetime:
        """An hour of a past working day; ``any_day`` for what families do."""
        if ago < 1:
            raise ValueError(f"{ago} days ago is not past")
        hour, minute = clock.split(".")
        day = self.today - ago * DAY if any_day else self.day(ago)
        return datetime.combine(day, time(int(hour), int(minute)), STOCKHOLM)


def due(state: ProcessState, step: str, at: datetime) -> date | None:
    """The day that comes with the deadline of a step begun ``at``, as the database sets it."""
    deadline = deadline_of(state, step)
    return add_working_days(as_day(at), FIRST_DAYS[deadline]) if deadline else None


def period(lower: datetime, upper: datetime | None) -> DateTimeTZRange:
    """A half-open period."""
    return DateTimeTZRange(lower, upper)
