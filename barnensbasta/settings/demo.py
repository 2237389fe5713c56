"""The demo, and development: everything invented, everything on this machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from environs import Env

env = Env()
VAR = env.path("VAR", Path(__file__).resolve().parent.parent.parent / "var").resolve()
# What the running demo wrote down, so that `manage.py` in another terminal finds its servers.
env.read_env(VAR / "env", recurse=False)
for _name in ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "LOADER_DATABASE_URL", "REDIS_URL",
              "EMAIL_HOST", "EMAIL_PORT", "PORT"):  # fmt: skip
    if _value := env.str(_name, ""):
        # For settings.base, which has an Env of its own.
        os.environ.setdefault(_name, _value)

from barnensbasta.logs import logging_config  # noqa: E402
from barnensbasta.settings.base import *  # noqa: E402, F403
from barnensbasta.settings.base import STORAGES  # noqa: E402

DEMO = True
ALLOW_TEST_NUMBERS = True
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
LOGGING = logging_config(json=False, level=env.str("LOG_LEVEL", "INFO"))

# A browser keeps one cookie jar for all ports: two demos side by side need two names.
_port = env.int("PORT", 8000)
SESSION_COOKIE_NAME = f"session_{_port}"
CSRF_COOKIE_NAME = f"csrf_{_port}"
# Without the compressed copies, which take five seconds at each start.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
STATIC_ROOT = VAR / "static"
AUDIT_ANCHORS = VAR / "audit-anchors.jsonl"
DEFAULT_FROM_EMAIL = "Barnens bästa <noreply@barnensbasta.example>"
SERVICE_URL = env.str("SERVICE_URL", f"http://localhost:{_port}/")


def _secret_key() -> str:
    """One for each ``VAR``, made at the first start, so that sessions outlast a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _secret_key()
