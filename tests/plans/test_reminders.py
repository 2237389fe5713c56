"""When a follow-up is reminded of: the table, and that no order of runs tells anything twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reminders import Due, new_reminders, stage

DUE = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("days", "expected", "lead"),
    [
        (-15, None, None),
        (-14, "before_14", None),
        (-4, "before_14", None),
        (-3, "before_3", None),
        (0, "before_3", None),
        (1, "day_after", None),
        (6, "day_after", None),
        (7, "day_after", "lead_1"),
        (8, "week_1", "lead_1"),
        (14, "week_1", "lead_2"),
        (15, "week_2", "lead_2"),
        (22, "week_3", "lead_3"),
        (365, "week_52", "lead_52"),
    ],
)
def test_stages(days: int, expected: str | None, lead: str | None) -> None:
    on = DUE + timedelta(days=days)
    assert stage(DUE, on, as_lead=False) == expected
    assert stage(DUE, on, as_lead=True) == lead


def test_a_lead_who_holds_the_baton_is_reminded_once_as_its_holder() -> None:
    account, version = uuid.uuid4(), uuid.uuid4()
    both = [Due(account, version, DUE, True), Due(account, version, DUE, False)]
    for due in (both, both[::-1]):
        assert [r.stage for r in new_reminders(due, DUE + timedelta(days=8))] == ["week_1"]


@given(days=st.lists(st.integers(-30, 90), max_size=40), as_lead=st.booleans())
def test_however_often_it_runs_no_stage_is_told_twice(days: list[int], as_lead: bool) -> None:
    account, version = uuid.uuid4(), uuid.uuid4()
    told: list[str] = []
    for day in days:
        due = Due(account, version, DUE, as_lead, frozenset(told))
        told += [r.stage for r in new_reminders([due], DUE + timedelta(days=day))]
    assert len(told) == len(set(told))


def test_day_by_day_it_is_told_at_the_stages_alone() -> None:
    told: dict[str, int] = {}
    for day in range(-30, 31):
        due = Due(uuid.UUID(int=1), uuid.UUID(int=2), DUE, False, frozenset(told))
        for reminder in new_reminders([due], DUE + timedelta(days=day)):
            told[reminder.stage] = day
    assert list(told.values()) == [-14, -3, 1, 8, 15, 22, 29]
