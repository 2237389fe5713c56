"""How the service is started: ``python -m barnensbasta.start web`` (worker, beat, prepare).

docker-compose.yml runs these, and so do the tests. Each first makes sure that nothing keeps
production from starting (``barnensbasta.refusals``), says what does and ends with 1; then it becomes
gunicorn or celery, so that signals reach that and nothing stands between.
``python -m barnensbasta.start health web`` (worker, beat) ends with 0 where that one lives.
"""

from __future__ import annotations

import os
import sys
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.checks import CheckMessage

SERVICES = ("web", "worker", "beat")
HEALTH_SECONDS = 5
_CELERY = ("-m", "celery", "--app", "barnensbasta", "--quiet")


def command(service: str, env: Mapping[str, str]) -> tuple[str, ...]:
    """The command that a service is, without any refusal: what the demo runs too."""
    arguments: dict[str, tuple[str, ...]] = {
        "web": ("-m", "gunicorn", "--config", "python:barnensbasta.serving", "barnensbasta.wsgi"),
        "worker": (
            *_CELERY, "worker", "--concurrency", env.get("WORKER_CONCURRENCY", "2"),
            "--loglevel", "WARNING", "--without-gossip",
        ),
        "beat": (
            *_CELERY, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule",
            env.get("BEAT_SCHEDULE") or str(Path(tempfile.gettempdir()) / "barnensbasta-schedule"),
        ),
    }  # fmt: skip
    return (sys.executable, *arguments[service])


def start(service: str) -> int:
    """Refuse, or become the service; ``prepare`` comes back when it is done."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.production")
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from barnensbasta import refusals

    refused = _refused(service, refusals.of_settings())
    if not refused and service == "prepare":
        call_command("prepare")
    refused = refused or _refused(service, refusals.of_database())
    connections.close_all()
    sys.stdout.flush()
    if not refused and service in SERVICES:
        wanted = command(service, os.environ)
        os.execv(wanted[0], wanted)  # noqa: S606 (no shell, as it should be)
    return 1 if refused else 0


def _refused(service: str, messages: Sequence[CheckMessage]) -> bool:
    """Say all of them; only errors stop the start."""
    for message in messages:
        what = f"{service} does not start" if message.is_serious() else "warning"
        print(f"{what}: {message.msg} {message.hint or ''} ({message.id})", file=sys.stderr, flush=True)
    return any(message.is_serious() for message in messages)


def health(service: str) -> int:
    """0 where the service lives. Web is asked its own /healthz; the others have a pulse."""
    if service == "web":
        port = os.environ.get("BIND", "0.0.0.0:8000").rsplit(":", 1)[1]
        host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
        request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=HEALTH_SECONDS):  # noqa: S310 (our own)
                return 0
        except OSError as error:
            print(f"web: {error}", file=sys.stderr)
            return 1
    from barnensbasta import pulse

    felt = pulse.is_felt(service)
    if not felt:
        print(f"{service}: no sign of life for {pulse.LATE_SECONDS} seconds", file=sys.stderr)
    return 0 if felt else 1


def main(arguments: Sequence[str]) -> int:
    """``start web``, ``start health web``."""
    match list(arguments):
        case ["health", service] if service in SERVICES:
            return health(service)
        case [service] if service in (*SERVICES, "prepare"):
            return start(service)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
