"""Production does not start where it would be unsafe: each refusal by itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.checks import CheckMessage, registry

from barnensbasta import refusals
from barnensbasta.local import ROOT

# The same in each process, since it names tests.
GOOD = hashlib.sha256(b"nobody's").hexdigest()


@pytest.fixture
def safe(settings: Any) -> Any:
    """The settings as production has them."""
    settings.DEBUG = settings.DEMO = settings.ALLOW_TEST_NUMBERS = False
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = GOOD, []
    settings.REDIS_URL = "redis://:secret@redis:6379/0"
    return settings


def ids(messages: list[CheckMessage]) -> list[str]:
    """Their ids."""
    return [str(message.id) for message in messages]


# --- Settings ----------------------------------------------------------------------------------


def test_safe_settings_are_not_refused(safe: Any) -> None:
    assert refusals.of_settings() == []


@pytest.mark.parametrize(
    ("name", "value", "number", "says"),
    [
        ("DEBUG", True, "running.E001", "DEBUG is on"),
        ("SECRET_KEY", "short", "running.E002", "SECRET_KEY is shorter than 50 signs"),
        ("SECRET_KEY", "a" * 60, "running.E002", "SECRET_KEY is too simple"),
        ("SECRET_KEY", f"django-insecure-{GOOD}", "running.E002", "SECRET_KEY is a default one"),
        ("SECRET_KEY", f"only-for-tests-{GOOD}", "running.E002", "SECRET_KEY is a default one"),
        ("SECRET_KEY_FALLBACKS", ["old"], "running.E002", "SECRET_KEY_FALLBACKS is shorter"),
        ("DEMO", True, "running.E003", "demo's sign-in is on"),
        ("ALLOW_TEST_NUMBERS", True, "running.E004", "test personnummer are taken as real"),
        ("REDIS_URL", "redis://redis:6379/0", "running.W001", "REDIS_URL has no password"),
    ],
)
def test_settings_that_are_refused(safe: Any, name: str, value: object, number: str, says: str) -> None:
    """One wrong setting, one message, that says what is wrong and what to do."""
    setattr(safe, name, value)
    (message,) = refusals.of_settings()
    assert (message.id, message.is_serious()) == (number, ".E" in number)
    assert says in message.msg
    assert message.hint
    assert GOOD not in message.msg


def test_a_socket_needs_no_password(safe: Any) -> None:
    safe.REDIS_URL = "unix:///run/redis.sock?db=0"
    assert refusals.of_settings() == []


def test_djangos_own_check_says_the_same(safe: Any) -> None:
    """``manage.py check --deploy`` shows them to whoever asks."""
    safe.DEBUG = True
    checks = registry.registry.run_checks(include_deployment_checks=True)
    assert "running.E001" in ids(checks)
    assert "running.E001" not in ids(registry.registry.run_checks())  # not while developing


def started(service: str, **variables: str) -> tuple[int, str]:
    """How a start ends that must not become a service, and what it said."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.production",
        **PRODUCTION,
        **variables,
    }
    done = subprocess.run(
        [sys.executable, "-m", "barnensbasta.start", service],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


PRODUCTION = {
    "SECRET_KEY": GOOD, "ALLOWED_HOSTS": "barnensbasta.example", "DEFAULT_FROM_EMAIL": "noreply@barnensbasta.example",
    "SERVICE_URL": "https://barnensbasta.example/", "EMAIL_HOST": "localhost",
    "AUDIT_ANCHORS": "/nonexistent/anchors", "DATABASE_URL": "postgres://nobody@%2Fnonexistent/none",
}  # fmt: skip


@pytest.mark.parametrize("service", ["web", "worker", "beat", "prepare"])
def test_the_start_scripts_stop_on_settings(service: str) -> None:
    """In a process of its own, before it connects to anything: all that is wrong, and no traceback."""
    code, said = started(service, DJANGO_SETTINGS_MODULE="tests.running.careless")
    assert code == 1
    for number in ("running.E001", "running.E002", "running.E003", "running.E004"):
        assert f"({number})" in said
    assert f"{service} does not start: DEBUG is on" in said
    assert "Traceback" not in said


def test_the_start_script_stops_where_the_database_can_not_be_asked() -> None:
    code, said = started("worker")
    assert code == 1
    assert "could not be asked whether it is safe" in said
    assert "Traceback" not in said


def test_no_secret_no_start() -> None:
    code, said = started("web", SECRET_KEY="")
    assert code == 1
    assert "SECRET_KEY" in said
