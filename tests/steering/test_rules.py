"""Limits and rounding; and that the database has the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.rules import period, shown_count, shown_median, shown_share
from tests import services


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, None),
        (1, None),
        (4, None),
        (5, 5),
        (7, 5),
        (8, 10),
        (12, 10),
        (13, 15),
        (29, 30),
        (30, 30),
        (1002, 1000),
    ],
)
def test_i12_counts_are_shown_from_five_up_and_rounded(count: int, shown: int | None) -> None:
    assert shown_count(count, count) == shown


def test_many_things_around_few_children_are_not_shown() -> None:
    assert shown_count(40, 4) is None
    assert shown_share(40, 40, 4) is None


@pytest.mark.parametrize(
    ("part", "base", "shown"),
    [
        (29, 29, None),
        (30, 30, 100),
        (0, 30, 0),
        (24, 30, 80),
        (1, 30, 5),
        (25, 40, 65),
        (1, 40, 5),
        (19, 31, 60),
    ],
)
def test_shares_are_shown_from_a_base_of_thirty(part: int, base: int, shown: int | None) -> None:
    assert shown_share(part, base, base) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([], None),
        ([1, 2, 3, 4], None),
        ([9, 1, 5, 3, 7], 5),
        ([1, 2, 3, 4, 5, 6], 4),
        ([0, 0, 0, 1, 1, 9], 1),
    ],
)
def test_a_median_is_shown_from_five_children_up_in_whole_days(days: list[int], shown: int | None) -> None:
    assert shown_median(days) == shown


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 11, 21), date(2025, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2025, 11, 1), date(2026, 11, 1)),
        (date(2026, 1, 31), date(2025, 1, 1), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 2, 1), date(2024, 2, 1)),
    ],
)
def test_the_period_is_twelve_months_to_last_months_end(today: date, since: date, until: date) -> None:
    assert period(today) == (since, until)


@pytest.fixture(scope="module")
def owner(django_db_setup: None) -> Iterator[psycopg.Cursor[Any]]:
    """Somebody who may call what the app may not."""
    with psycopg.connect(services.address().superuser_url(services.database_name())) as connection:
        yield connection.cursor()


small = st.integers(0, 200)


@settings(max_examples=200)
@given(count=small, children=small, part=small, base=small)
def test_the_database_rounds_alike(
    owner: psycopg.Cursor[Any], count: int, children: int, part: int, base: int
) -> None:
    owner.execute("select access_owner.shown_count(%s, %s)", [count, children])
    assert owner.fetchone() == (shown_count(count, children),)
    owner.execute("select access_owner.shown_share(%s, %s, %s)", [min(part, base), base, children])
    assert owner.fetchone() == (shown_share(min(part, base), base, children),)


@settings(max_examples=200)
@given(days=st.lists(st.integers(0, 400), max_size=12))
def test_the_database_takes_the_same_median(owner: psycopg.Cursor[Any], days: list[int]) -> None:
    owner.execute(
        "select access_owner.shown_median(percentile_cont(0.5) within group (order by d), count(*)) "
        "from unnest(%s::int[]) d",
        [days],
    )
    assert owner.fetchone() == (shown_median(days),)
