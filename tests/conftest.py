"""What every test stands on: a database as a plain role, no network, a small world.

Ask for ``world`` and the database comes with it. In a test the role is the app's: without an actor
nothing is readable. ``with world.act("bvc") as actor`` acts, ``world.client("bvc")`` is a signed-in
browser, ``with db_as_loader():`` sees everything.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from access import ticket
from tests import database, services
from tests.worlds import World

# Examples share the test's transaction, each in a savepoint of its own (tests/access).
_SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
# The same examples each time decide whether a change lands; "thorough" looks for new ones.
settings.register_profile("ci", max_examples=30, derandomize=True, **_SHARED)  # type: ignore[arg-type]
settings.register_profile("thorough", max_examples=1000, print_blob=True, **_SHARED)  # type: ignore[arg-type]
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

THOROUGH_SECONDS = 3600
LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process's own database, instead of Django's, which a plain role can't make."""
    with django_db_blocker.unblock():
        database.create()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        services.drop_database()


@pytest.fixture(scope="session", autouse=True)
def _truncate_as_owner() -> Iterator[None]:
    """After a test with transactions of its own; Django's flush needs rights that the app lacks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: database.truncate())
        yield


@pytest.fixture(scope="session", autouse=True)
def _tickets_by_the_real_clock() -> Iterator[None]:
    """A test that moves Python's clock can't move the database's, by which a ticket ends."""
    hatch = time_machine.escape_hatch

    def now() -> float:
        return hatch.time.time() if hatch.is_travelling() else time.time()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ticket, "clock", now)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine answers; whoever asks another is told so."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def db_as_loader(db: None) -> Callable[[], AbstractContextManager[None]]:
    """``with db_as_loader():`` reads and writes every table, in the test's transaction."""
    return database.as_loader


@pytest.fixture
def world(db: None) -> World:
    """A small world (tests/worlds): people and units, and what the test adds."""
    return World.load()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes on an idle machine takes longer on a busy one, and doesn't hang for that."""
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(pytest.mark.timeout(THOROUGH_SECONDS))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The first process removes the template, while the servers still run."""
    if not services.is_worker() and not session.config.option.collectonly:
        services.drop_database(database.template_name())
