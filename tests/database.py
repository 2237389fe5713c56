"""The tests' databases: one for each process, made from one template.

The template is made by the superuser, migrated by the migrator acting as the owner and given its
policies as in production. The tests themselves sign in as ``barnensbasta_tester`` and act as the
app: what the app may not do, a test can't either, unless it says :func:`as_loader`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from access import rls
from barnensbasta.local import ROOT, prepare_database
from tests import services

# The connections on which the loader acts now.
_loading: set[str] = set()

KEPT = ("django_migrations", "django_content_type", "auth_permission")


def template_name() -> str:
    """The database that this run's databases are copies of."""
    return f"test_{os.environ[services.RUN]}_template"


def create(name: str | None = None) -> None:
    """A migrated database with policies and without rows."""
    name = name or services.database_name()
    with _one_at_a_time():
        services.drop_database(name)
        if not _exists(template_name()):
            _make_template()
        statement = sql.SQL("create database {} template {}")
        with _superuser() as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template_name())))
        # Owner and rights of a database are not copied with it.
        prepare_database(services.address(), name, ROOT / "tests/roles.sql")


def truncate(name: str | None = None) -> None:
    """Empty every table but those that migrate fills, as the owner."""
    url = services.address().database_url("barnensbasta_migrator", name or services.database_name())
    with psycopg.connect(url) as connection:
        connection.execute("set role barnensbasta_owner")
        tables = connection.execute(
            "select tablename from pg_tables where schemaname = 'public' and not tablename = any(%s)",
            [list(KEPT)],
        ).fetchall()
        # Filled by a migration too, but it points to accounts, which are emptied.
        connection.execute(
            "create temp table kept on commit drop as select * from consent_legalbasis where no = 1"
        )
        statement = sql.SQL("truncate {} restart identity")
        connection.execute(statement.format(sql.SQL(", ").join(sql.Identifier(t) for (t,) in tables)))
        connection.execute("insert into consent_legalbasis select * from kept")


def asked_as_owner(question: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
    """What the owner of tables and functions is told, on a connection of its own: nothing of what the
    test has not committed, but those functions too that nobody who serves may call."""
    url = services.address().database_url("barnensbasta_migrator", services.database_name())
    with psycopg.connect(url) as connection:
        connection.execute("set role barnensbasta_owner")
        return connection.execute(question, parameters).fetchall()


@contextlib.contextmanager
def as_loader(using: str = "default") -> Iterator[None]:
    """Within the test's own transaction: may read and write every table, like the demo's loader.

    Within itself it does nothing more, as most that load are called by others that do.
    """
    if using in _loading:
        yield
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("select current_user")
        (before,) = cursor.fetchone()
        cursor.execute("set local role barnensbasta_loader")
        _loading.add(using)
        try:
            yield
        finally:
            _loading.discard(using)
        cursor.execute(f"set local role {before}")


def _make_template() -> None:
    name = template_name()
    services.create_database(name)
    migrator = connections["migrator"]
    usual = migrator.settings_dict["NAME"]
    migrator.settings_dict["NAME"] = name
    try:
        call_command("migrate", database="migrator", interactive=False, verbosity=0)
        rls.apply("migrator")
        migrator.close()
        _believe(name, rows_on_a_page=0)
    except BaseException:
        migrator.close()
        services.drop_database(name)
        raise
    finally:
        migrator.settings_dict["NAME"] = usual
        ContentType.objects.clear_cache()


def _believe(name: str, *, rows_on_a_page: int) -> None:
    """What the planner believes of each table. Of none it believes so of a new county until its tables are
    analysed: a query that is quick only with a true view of them fails then every time, not by chance."""
    with psycopg.connect(services.address().superuser_url(name), autocommit=True) as connection:
        connection.execute(
            "update pg_class set relpages = 1, reltuples = %s"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace",
            [rows_on_a_page],
        )


@contextlib.contextmanager
def analysed() -> Iterator[None]:
    """For what loads a whole county in one transaction and asks about it there: the planner knows, as it
    will a minute after loading, that tables hold rows."""
    _believe(services.database_name(), rows_on_a_page=30)
    try:
        yield
    finally:
        _believe(services.database_name(), rows_on_a_page=0)


def _exists(name: str) -> bool:
    with _superuser() as connection:
        found = connection.execute("select from pg_database where datname = %s", [name])
        return found.fetchone() is not None


def _superuser() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(services.address().superuser_url(), autocommit=True)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The xdist workers of a run make their databases one after the other."""
    lock_file = services.address().directory / f"{template_name()}.lock"
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
