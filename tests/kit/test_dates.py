"""Dates in words, Swedish days, half-open periods."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from kit import dates

DAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def test_a_date_is_said_in_words() -> None:
    assert dates.in_words(DAY) == "2 december 2026"
    assert dates.with_weekday(DAY) == "onsdag 2 december 2026"
    assert dates.day_month(DAY) == "2 december"


def test_an_instant_is_told_on_the_swedish_clock() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert dates.as_day(summer) == date(2026, 7, 2)
    assert dates.clock(summer) == "00.30"
    assert dates.instant(summer) == "2 juli 2026 klockan 00.30"


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.as_day(datetime(2026, 7, 1, 22, 30))  # noqa: DTZ001


@time_machine.travel(datetime(2026, 12, 1, 23, 30, tzinfo=UTC))
def test_today_is_sweden_s_day_not_the_server_s() -> None:
    assert dates.today() == DAY


@pytest.mark.parametrize(
    ("day", "word", "due"),
    [
        (date(2026, 12, 2), "i dag", "I dag"),
        (date(2026, 12, 3), "i morgon", "I morgon"),
        (date(2026, 12, 5), "om 3 dagar", "Om 3 dagar"),
        (date(2026, 12, 1), "i går", "Försenad 1 dag"),
        (date(2026, 11, 25), "för 7 dagar sedan", "Försenad 7 dagar"),
    ],
)
def test_nearness_in_words(day: date, word: str, due: str) -> None:
    assert dates.relative(day, today=DAY) == word
    assert dates.due(day, today=DAY) == due


def test_the_exclusive_end_is_read_as_the_last_day() -> None:
    assert dates.last_day(date(2027, 12, 2)) == date(2027, 12, 1)
    assert dates.last_day(dates.midnight(DAY)) == date(2026, 12, 1)
    assert dates.last_day(datetime(2026, 12, 2, 9, 0, tzinfo=UTC)) == DAY
    assert dates.through(dates.day_after(DAY)) == "till och med 2 december 2026"
    assert dates.period(DAY, None) == "från 2 december 2026"
    assert dates.period(DAY, date(2027, 1, 1)) == "från 2 december 2026 till och med 31 december 2026"


def test_midnight_follows_summer_time() -> None:
    assert dates.midnight(date(2026, 7, 1)).astimezone(UTC).hour == 22
    assert dates.midnight(date(2026, 12, 1)).astimezone(UTC).hour == 23
