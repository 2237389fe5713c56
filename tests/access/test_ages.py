"""Ages and days, to the microsecond: who must answer, who is responsible, from when (I18)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.facts import CustodyFacts
from access.policy import STOCKHOLM, age_on, birthday, midnight, months_later, next_boundary, who_must_answer
from access.units import UnitKind
from cases.rules import responsible_kind

MICRO = timedelta(microseconds=1)
CUSTODY = (CustodyFacts("mamma"), CustodyFacts("pappa"))
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))


# --- Ages and days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "age", "turns"),
    [
        ("2010-05-17", 12, "2022-05-17"),
        ("2008-02-29", 12, "2020-02-29"),
        ("2008-02-29", 15, "2023-02-28"),  # the month's last day (lag 1930:173, 1 §)
        ("2008-02-29", 18, "2026-02-28"),
        ("2010-12-31", 18, "2028-12-31"),
    ],
)
def test_birthday(born: str, age: int, turns: str) -> None:
    """The day a person turns so old, leap-day births too."""
    day = date.fromisoformat(turns)
    assert birthday(date.fromisoformat(born), age) == day
    assert age_on(date.fromisoformat(born), day) == age
    assert age_on(date.fromisoformat(born), day - timedelta(days=1)) == age - 1


def test_age_before_birth_is_negative() -> None:
    """An unborn child has an expected day."""
    assert age_on(date(2026, 6, 1), date(2026, 5, 31)) == -1


@given(born=days, on=days)
def test_age_grows_by_one_a_year(born: date, on: date) -> None:
    """From one birthday, inclusive, to the next, exclusive."""
    age = age_on(born, on)
    assert birthday(born, age) <= on < birthday(born, age + 1)


@pytest.mark.parametrize(
    ("on", "instant"), [("2026-01-15", "2026-01-14T23:00+00:00"), ("2026-07-15", "2026-07-14T22:00+00:00")]
)
def test_i18_midnight_is_swedish(on: str, instant: str) -> None:
    """In winter and in summer.

    Red when ages are counted in another time zone.
    """
    assert midnight(date.fromisoformat(on)) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        ("2025-03-10", 12, "2026-03-10"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-31", 1, "2026-01-31"),
    ],
)
def test_months_later(on: str, months: int, later: str) -> None:
    """The same day, or the month's last."""
    assert months_later(date.fromisoformat(on), months) == date.fromisoformat(later)


@pytest.mark.parametrize(("age", "following"), [(12, 15), (15, 18), (18, None)])
def test_next_boundary(age: int, following: int | None) -> None:
    """At the very instant of a boundary the next one counts."""
    born = date(2008, 2, 29)
    instant = midnight(birthday(born, age))
    assert next_boundary(born, instant - MICRO) == instant
    assert next_boundary(born, instant) == (midnight(birthday(born, following)) if following else None)


# --- Who is responsible ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "kind"),
    [
        ("2026-05-02", "2026-05-01", UnitKind.MATERNITY_CARE),
        ("2026-05-01", "2026-05-01", UnitKind.CHILD_HEALTH),
        ("2020-01-01", "2026-08-14", UnitKind.CHILD_HEALTH),  # förskoleklass in the year of six
        ("2020-12-31", "2026-08-15", UnitKind.SCHOOL),
        ("2021-01-01", "2026-08-15", UnitKind.CHILD_HEALTH),
        ("2009-01-01", "2026-08-15", UnitKind.SCHOOL),
    ],
)
def test_responsible_kind(born: str, on: str, kind: UnitKind) -> None:
    """The midwife before birth, BVC until förskoleklass, then the school."""
    assert responsible_kind(date.fromisoformat(born), date.fromisoformat(on)) is kind


@pytest.mark.parametrize(
    ("age", "guardians", "child"), [(12, True, True), (15, True, True), (17, True, True), (18, False, True)]
)
def test_i18_who_must_answer_flips_at_midnight(age: int, guardians: bool, child: bool) -> None:
    """Under 12 the guardians, from 12 the child too, from 18 the person alone."""
    born = date(2008, 2, 29)
    instant = midnight(birthday(born, age))
    at = who_must_answer(born, CUSTODY, instant)
    before = who_must_answer(born, CUSTODY, instant - MICRO)
    assert (bool(at.guardians), at.child) == (guardians, child)
    assert before.child is (age > 12)
    assert before.guardians == ("mamma", "pappa")


def test_stockholm_is_the_time_zone_of_every_age() -> None:
    """What is a birthday in Sweden already is one while it is still yesterday in Greenwich."""
    instant = datetime(2026, 7, 14, 22, 0, tzinfo=UTC)
    assert instant.astimezone(STOCKHOLM).date() == date(2026, 7, 15)
    assert who_must_answer(date(2014, 7, 15), CUSTODY, instant).child
    assert not who_must_answer(date(2014, 7, 15), CUSTODY, instant - MICRO).child
