"""Swedish working days, counted forward and between two days."""

from datetime import date

import pytest

from kit.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 12, 24), False),  # Christmas Eve
        (date(2026, 12, 25), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 6), False),  # Epiphany, a Wednesday
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 6, 25), False),  # Midsummer Eve
        (date(2027, 6, 18), True),  # the Friday before
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_counting_working_days_passes_the_weekend_and_holidays() -> None:
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 12, 2), -1)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),  # Friday to Sunday
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 12, 23), date(2027, 1, 4), 4),  # 28, 29, 30 December and 4 January
        (date(2026, 11, 23), date(2026, 11, 20), 0),
    ],
)
def test_how_many_working_days_have_passed(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end) == days


def test_so_many_working_days_later_that_many_have_passed() -> None:
    start = date(2026, 12, 18)
    assert all(working_days_between(start, add_working_days(start, days)) == days for days in range(20))
