"""Celery's application: ``celery --app barnensbasta``."""

import os
from typing import Any

from celery import Celery, signals

from barnensbasta import pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.production")
app = Celery("barnensbasta")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

signals.heartbeat_sent.connect(pulse.of_worker)


@signals.beat_init.connect
def _beat_begins(**_: Any) -> None:
    signals.before_task_publish.connect(pulse.of_beat)
