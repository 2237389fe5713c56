"""Production's settings on the benchmark's own servers; static files without their being collected."""

from barnensbasta.settings.production import *  # noqa: F403
from barnensbasta.settings.production import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
