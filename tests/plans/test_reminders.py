"""When a follow-up is reminded of: the table, and that no order of runs tells anything twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reminders import Due, Kind, new_reminders, stage

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
    assert stage(Kind.FOLLOW_UP, DUE, on, as_lead=False) == expected
    assert stage(Kind.FOLLOW_UP, DUE, on, as_lead=True) == lead


@pytest.mark.parametrize(
    ("days", "step", "consent"),
    [
        (-61, None, None),
        (-60, None, "before_60"),
        (-31, None, "before_60"),
        (-30, None, "before_30"),
        (-4, None, "before_30"),
        (-3, "before_3", "before_30"),
        (0, "before_3", "before_30"),
        (1, "day_after", None),
        (8, "week_1", None),
        (365, "week_52", None),
    ],
)
def test_stages_of_the_others(days: int, step: str | None, consent: str | None) -> None:
    """A consent that has ended is no longer to be asked for in time."""
    on = DUE + timedelta(days=days)
    for kind in (Kind.STEP, Kind.HANDOVER, Kind.QUESTION):
        assert stage(kind, DUE, on, as_lead=False) == step
        assert (stage(kind, DUE, on, as_lead=True) is None) is (days < 7)
    assert stage(Kind.CONSENT, DUE, on, as_lead=False) == consent
    assert stage(Kind.CONSENT, DUE, on, as_lead=True) is None


def test_a_lead_who_holds_the_baton_is_reminded_once_as_its_holder() -> None:
    account, version = uuid.uuid4(), uuid.uuid4()
    both = [
        Due(account, version, Kind.FOLLOW_UP, DUE, True),
        Due(account, version, Kind.FOLLOW_UP, DUE, False),
    ]
    for due in (both, both[::-1]):
        assert [r.stage for r in new_reminders(due, DUE + timedelta(days=8))] == ["week_1"]


@given(days=st.lists(st.integers(-70, 90), max_size=40), as_lead=st.booleans(), kind=st.sampled_from(Kind))
def test_however_often_it_runs_no_stage_is_told_twice(days: list[int], as_lead: bool, kind: Kind) -> None:
    account, version = uuid.uuid4(), uuid.uuid4()
    told: list[str] = []
    for day in days:
        due = Due(account, version, kind, DUE, as_lead, frozenset(told))
        told += [r.stage for r in new_reminders([due], DUE + timedelta(days=day))]
    assert len(told) == len(set(told))


def test_day_by_day_it_is_told_at_the_stages_alone() -> None:
    told: dict[str, int] = {}
    for day in range(-30, 31):
        due = Due(uuid.UUID(int=1), uuid.UUID(int=2), Kind.FOLLOW_UP, DUE, False, frozenset(told))
        for reminder in new_reminders([due], DUE + timedelta(days=day)):
            told[reminder.stage] = day
    assert list(told.values()) == [-14, -3, 1, 8, 15, 22, 29]
