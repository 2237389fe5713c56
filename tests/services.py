"""pytest's private PostgreSQL and Redis, as a plugin (``-p tests.services`` in pyproject.toml).

Where they listen is known before they run, so the variables are set before pytest-django reads
the settings; they start with the session, once for all xdist workers, and end with it. Each
worker has a database of its own. With BARNENSBASTA_SERVICES set to the ``var`` of servers that
already run (``python -m barnensbasta.local``), those are used instead.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from barnensbasta.local import ROOT, Address, Services, prepare_database

SHARED = "BARNENSBASTA_SERVICES"  # a var directory whose servers run
RUN = "BARNENSBASTA_TEST_RUN"  # names this run's databases; set by the first process for all
_services: Services | None = None


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def address() -> Address:
    """Where this run's servers listen."""
    return Address.of(Path(os.environ[SHARED]))


def database_name() -> str:
    """This process's own database."""
    return f"test_{os.environ[RUN]}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def pytest_addoption() -> None:
    """Set the variables that the settings read. The one hook that runs before pytest-django's."""
    if RUN not in os.environ:
        os.environ[RUN] = str(os.getpid())
        os.environ.setdefault(SHARED, str(own_var()))
    variables = address().environment(database_name())
    variables["DATABASE_URL"] = address().database_url("barnensbasta_tester", database_name())
    os.environ.update(variables)


def own_var() -> Path:
    return ROOT / "var" / f"test-{os.getpid()}"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers, in the first process only and unless others are given."""
    global _services
    if is_worker() or session.config.option.collectonly or os.environ[SHARED] != str(own_var()):
        return
    remove_leftovers()
    _services = Services(own_var(), careless=True).start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """End what we started."""
    global _services
    if _services:
        _services.stop()
        shutil.rmtree(_services.var, ignore_errors=True)
        _services = None


def remove_leftovers() -> None:
    """Data of runs that were killed. A free lock says that nothing uses them."""
    for directory in (ROOT / "var").glob("test-*"):
        try:
            with (directory / "lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        except OSError:
            pass
        shutil.rmtree(directory, ignore_errors=True)


def create_database(name: str | None = None) -> None:
    """An empty database with our roles and extensions, as the superuser; migrations come after."""
    drop_database(name)
    prepare_database(address(), name or database_name(), ROOT / "tests/roles.sql")


def drop_database(name: str | None = None) -> None:
    """Remove a database and whoever is connected to it."""
    statement = sql.SQL("drop database if exists {} with (force)")
    with psycopg.connect(address().superuser_url(), autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name or database_name())))


def chromium() -> str | None:
    """The machine's Chromium; None means Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)
