"""The tests. tests/services.py starts the servers and sets the variables that base reads."""

from __future__ import annotations

from typing import Any

from barnensbasta.logs import logging_config
from barnensbasta.settings.base import *  # noqa: F403
from barnensbasta.settings.base import DATABASES, STORAGES, TEMPLATES

DEMO = True
ALLOW_TEST_NUMBERS = True
DEBUG = False
# Signed in as the tester, acting as the app: the same rights, and a world loads in the same
# transaction under `set local role barnensbasta_loader`.
DATABASES["default"]["OPTIONS"]["assume_role"] = "barnensbasta_app"
DATABASES["default"]["CONN_MAX_AGE"] = 0
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing is secret here
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = logging_config(json=False, level="WARNING")
# Straight from the finders: no collectstatic before a test.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True


class UndefinedVariableError(Exception):
    """A template asked for a variable that its view did not give."""


class _Undefined(str):
    """What Django shows for an undefined variable, made to raise instead.

    Django asks ``"%s" in value`` and then computes ``value % name``.
    """

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        return True

    def __mod__(self, name: Any) -> str:
        raise UndefinedVariableError(str(name))


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("undefined")
