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

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from access import rls
from barnensbasta.local import ROOT, prepare_database
from tests import services

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
        statement = sql.SQL("truncate {} restart identity")
        connection.execute(statement.format(sql.SQL(", ").join(sql.Identifier(t) for (t,) in tables)))


@contextlib.contextmanager
def as_loader(using: str = "default") -> Iterator[None]:
    """Within the test's own transaction: may read and write every table, like the demo's loader."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("select current_user")
        (before,) = cursor.fetchone()
        cursor.execute("set local role barnensbasta_loader")
        yield
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
    except BaseException:
        migrator.close()
        services.drop_database(name)
        raise
    finally:
        migrator.settings_dict["NAME"] = usual
        ContentType.objects.clear_cache()


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
