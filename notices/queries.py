"""Whether background work goes on."""

from __future__ import annotations

from datetime import datetime

from notices.models import Heartbeat


def heartbeat() -> datetime | None:
    """When a worker last swept the outbox. That takes beat, Redis and a worker, so it speaks
    for all three. None where it never happened."""
    return Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
