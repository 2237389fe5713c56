"""What beat starts is there to be started, and is not heaped up while nobody works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings

from barnensbasta.celery import app
from barnensbasta.schedule import BEAT_SCHEDULE
from notices.rules import SWEEP_EVERY


@pytest.mark.parametrize("entry", BEAT_SCHEDULE.values(), ids=list(BEAT_SCHEDULE))
def test_each_task_is_registered_and_its_messages_expire(entry: dict[str, Any]) -> None:
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks
    assert entry["options"]["expires"] > 0


def test_the_outbox_is_swept_every_few_seconds() -> None:
    assert BEAT_SCHEDULE["outbox"]["schedule"] == SWEEP_EVERY <= timedelta(seconds=5)


def test_reminders_come_in_the_morning_and_are_made_up_for_during_the_day() -> None:
    assert BEAT_SCHEDULE["reminders"]["schedule"] == crontab(hour="6-16", minute="30")
    assert settings.CELERY_TIMEZONE == "Europe/Stockholm"


def test_a_worker_waits_for_redis_as_long_as_it_takes() -> None:
    assert app.conf.broker_connection_max_retries is None
