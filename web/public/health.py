"""``/healthz``: whether the parts of the service are there. Asks no session and no actor."""

from __future__ import annotations

import logging
from typing import Literal

import redis
from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from notices.queries import heartbeat
from notices.rules import HEARTBEAT_LATE

logger = logging.getLogger(__name__)

State = Literal["ok", "away", "late", "unknown"]
REDIS_SECONDS = 0.4


@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """Each part and how it is. Only without the database is the service unhealthy (503): pages
    work without Redis and without a worker, and what is to be done waits in the outbox."""
    worker = _worker()
    parts: dict[str, State] = {
        "web": "ok",
        "database": "ok" if worker else "away",
        "redis": _redis(),
        "worker": worker or "unknown",
    }
    response = JsonResponse(parts, status=200 if worker else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _worker() -> State | None:
    """How the worker is by its heartbeat; None where the database can't be asked."""
    try:
        beat = heartbeat()
    except Error:
        logger.warning("healthz_database_away")
        connection.close()
        return None
    if beat is None:
        return "unknown"
    return "late" if timezone.now() - beat > HEARTBEAT_LATE else "ok"


def _redis() -> State:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    try:
        client.ping()
    except (redis.RedisError, OSError):
        return "away"
    finally:
        client.close()
    return "ok"
