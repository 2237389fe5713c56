"""Leases and pauses."""

from datetime import timedelta

from django.conf import settings

from notices.rules import LEASE, SWEEP_CLAIMS_FOR, SWEEP_ENDS_AFTER, SWEEP_EVERY, again_after
from notices.tasks import sweep


def test_a_dead_workers_task_is_taken_up_within_a_minute() -> None:
    assert (LEASE + SWEEP_EVERY).total_seconds() < 45


def test_nobody_works_longer_than_the_lease() -> None:
    assert sweep.soft_time_limit == SWEEP_ENDS_AFTER.total_seconds()
    assert timedelta(seconds=20) <= SWEEP_ENDS_AFTER - SWEEP_CLAIMS_FOR < SWEEP_ENDS_AFTER < LEASE
    assert settings.EMAIL_TIMEOUT < 20


def test_pauses_double_up_to_an_hour_and_end_after_days() -> None:
    pauses: list[timedelta] = []
    while (pause := again_after(len(pauses) + 1)) is not None:
        pauses.append(pause)
    assert pauses[:3] == [timedelta(seconds=20), timedelta(seconds=40), timedelta(seconds=80)]
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(hours=1)
    assert timedelta(days=2) < sum(pauses, timedelta()) < timedelta(days=3)
