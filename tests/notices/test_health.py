"""/healthz: each part and how it is, for a machine that has no session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from notices import services
from tests.database import as_loader
from tests.worlds import World

# Enough on a machine that does much else.
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("address", ["/healthz", "/healthz/"])
def test_with_everything_there(world: World, address: str) -> None:
    services.sweep(claims_for=MINUTE)
    response = Client().get(address)
    assert response.status_code == 200
    assert response.json() == {"web": "ok", "database": "ok", "redis": "ok", "worker": "ok"}
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_worker_that_never_was_and_one_that_is_late(world: World) -> None:
    assert Client().get("/healthz").json()["worker"] == "unknown"
    services.sweep(claims_for=MINUTE)
    with as_loader(), connection.cursor() as cursor:
        cursor.execute("update notices_heartbeat set at = at - interval '61 seconds'")
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["worker"]) == (200, "late")


def test_redis_away_is_no_illness(world: World, settings: Any) -> None:
    settings.REDIS_URL = "unix:///nonexistent/redis.sock"
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["redis"]) == (200, "away")


def test_it_asks_one_thing_of_the_database(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        response = Client().get("/healthz")
    assert response.status_code == 200
