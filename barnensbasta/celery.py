"""Celery's application: ``celery --app barnensbasta``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.production")
app = Celery("barnensbasta")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
