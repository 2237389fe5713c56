"""The sweep that beat runs every few seconds. Its message carries nothing: what is to be
done stands in the outbox, so that Redis may lose anything."""

from __future__ import annotations

from celery import shared_task

from notices import services
from notices.rules import LEASE, SWEEP_ENDS_AFTER


@shared_task(
    ignore_result=True,
    soft_time_limit=int(SWEEP_ENDS_AFTER.total_seconds()),
    time_limit=int(LEASE.total_seconds()) + 5,
)
def sweep() -> None:
    """Do what is due in the outbox."""
    services.sweep()
