"""What Celery beat runs and when. Tasks are named by their dotted path; times are Swedish.

A message that nobody took in time expires: each task looks for itself at what is due, so a
worker that was away has no heap of old messages to go through.
"""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from notices.rules import SWEEP_EVERY

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "outbox": {
        "task": "notices.tasks.sweep",
        "schedule": SWEEP_EVERY,
        "options": {"expires": 10},
    },
    # More than once, so that a morning without a worker is made up for; one digest a day all the same.
    "reminders": {
        "task": "plans.tasks.queue_digests",
        "schedule": crontab(hour="6-16", minute="30"),
        "options": {"expires": 30 * 60},
    },
    # Periods end by themselves. This gives what ended its name, soon after midnight and on.
    "ended": {
        "task": "plans.tasks.end_lapsed",
        "schedule": crontab(minute="5"),
        "options": {"expires": 30 * 60},
    },
    # What nobody has reviewed in three working days goes on, the first hour of the fourth.
    "emergencies": {
        "task": "plans.tasks.escalate_emergencies",
        "schedule": crontab(minute="15"),
        "options": {"expires": 30 * 60},
    },
    # Each morning: how many children nobody answers for, as a number in the log.
    "without_anybody": {
        "task": "plans.tasks.count_without_anybody",
        "schedule": crontab(hour="6", minute="20"),
        "options": {"expires": 30 * 60},
    },
    # At night, and more than once, so that much to remove is removed in several turns.
    "old": {
        "task": "plans.tasks.remove_old",
        "schedule": crontab(hour="2-4", minute="*/10"),
        "options": {"expires": 5 * 60},
    },
    # Each morning: the month's log reviews on its first day, or when there is a worker again.
    "reviews": {
        "task": "reviews.tasks.make",
        "schedule": crontab(hour="5", minute="40"),
        "options": {"expires": 60 * 60},
    },
    # Soon after midnight, and again, so that a night without a worker is made up for.
    "anchor": {
        "task": "audit.tasks.anchor",
        "schedule": crontab(minute="10"),
        "options": {"expires": 30 * 60},
    },
}
