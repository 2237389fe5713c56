"""What SQL that somebody slips into a statement can't read: the key, a session, a password hash, and what
other connections are doing. Who it can't become: test_injected.py."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from psycopg import sql

from access import actor as actors
from access import ticket
from access.sessions import digest
from access.ticket import Kind
from cases.models import Case
from tests import services
from tests.access.test_injected import NO_RIGHT, REFUSED, run, value
from tests.worlds import World

# --- The key, sessions, password hashes ------------------------------------------------------------


SECRETS = [
    "select key from access_owner.actor_key",
    "select access_owner.seal('context|page|')",
    "select access_owner.sealed('x')",
    "select * from access_owner.acting()",
    "insert into access_owner.actor_key (key) values ('x')",
    "update access_owner.actor_key set key = 'x'",
    "create table access_owner.x ()",
    "create table public.x ()",
    "create temporary table people_account ()",
    "create function access.account() returns uuid language sql as 'select null::uuid'",
    "set role barnensbasta_owner",
    "set role barnensbasta_loader",
    "set session authorization postgres",
    "select * from django_session",
    "delete from django_session",
    "update django_session set expire_date = now()",
    "select hash from people_password",
    "select password from people_account",
    "select * from people_signinattempt",
    "delete from people_signinattempt",
    "select pg_read_file('postgresql.conf')",
    "copy people_account to program 'cat'",
    "select lo_import('/etc/passwd')",
    "select * from pg_authid",
    "select query from pg_stat_activity",
    "select * from pg_stat_get_activity(null)",
    "select pg_stat_get_backend_activity(1)",
    "select pg_terminate_backend(1)",
    "select pg_cancel_backend(1)",
]


@pytest.mark.django_db(transaction=True)
def test_no_secret_is_read_or_written(world: World) -> None:
    """As the app's own role on a connection of its own, signed in and not."""
    key = ticket.keys()[0]
    browser = world.client("bvc")
    url = services.address().database_url("barnensbasta_app", services.database_name())
    with psycopg.connect(url, autocommit=True) as app:
        sealed = ticket.sealed(Kind.PAGE, str(world.accounts["bvc"].pk), "", "", pid=app.info.backend_pid)
        for begins in (False, True):
            for statement in SECRETS:
                with app.transaction(force_rollback=True):
                    if begins:
                        app.execute("select access.actor_begin(%s)", [sealed])
                    with pytest.raises(psycopg.Error) as refused:
                        app.execute(sql.SQL(statement))
                    assert refused.value.sqlstate in {NO_RIGHT, "42703", "22023"}, statement
        everything = []
        for readable in (
            "pg_settings",
            "pg_proc",
            "pg_stat_user_tables",
            "pg_locks",
            "pg_prepared_statements",
        ):
            everything += app.execute(sql.SQL("select * from {}").format(sql.Identifier(readable))).fetchall()
        text = str(everything)
    assert len(text) > 100_000
    assert key.hex() not in text
    assert str(browser.session.session_key) not in text


def test_a_session_is_found_by_who_has_its_key_alone(world: World) -> None:
    """No function lists them, and what one takes is a digest that only the browser's key gives."""
    browser = world.client("bvc")
    key = str(browser.session.session_key)
    with world.act("soc"):
        for guess in (key, "", "%", "' or true --", None):
            assert run("select * from access.session_find(%s)", guess) == []
            assert run("select access.session_end(%s)", guess) == [(False,)]
            assert run("select access.session_move(%s, now())", guess) == [(False,)]
    assert browser.get("/hjalp/").content.decode().count("data-session-look") == 1


def test_a_session_of_ones_own_making_is_nobodys(world: World) -> None:
    """A row can be planted; what it says has to be sealed by the server."""

    planted = "p" * 32
    value(
        "select access.session_add(%s, %s, now() + interval '1 hour')",
        digest(planted),
        '{"_auth_user_id": "x"}',
    )
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert "data-session-look" not in thief.get("/hjalp/").content.decode()


def test_a_password_hash_is_given_for_the_name_that_the_server_has_sealed(world: World) -> None:
    """So that whoever can run a statement can't ask for one, her own or another's."""
    good = ticket.for_sign_in("bvc")
    assert run("select hash from access.account_to_sign_in('bvc', %s)", good) == [("!",)]
    for name, text in (("soc", good), ("bvc", ""), ("bvc", None), ("bvc", good[:-1] + "x"),
                       ("bvc", ticket.for_actor(Kind.PAGE, world.accounts["bvc"].pk))):  # fmt: skip
        assert run("select hash from access.account_to_sign_in(%s, %s)", name, text) == REFUSED


# --- What other connections can see of a statement ---------------------------------------------------


@pytest.fixture
def watcher() -> Iterator[psycopg.Connection[Any]]:
    """The superuser, who sees every statement that runs."""
    url = services.address().superuser_url(services.database_name())
    with psycopg.connect(url, autocommit=True) as superuser:
        yield superuser


@pytest.mark.django_db(transaction=True)
def test_no_ticket_stands_in_pg_stat_activity(world: World, watcher: psycopg.Connection[Any]) -> None:
    """While the statement runs, and afterwards: values are sent beside it."""
    sealed = ticket.for_actor(Kind.PAGE, world.accounts["bvc"].pk)
    pid = ticket.backend_of("default")
    texts: list[str] = []

    def watch() -> None:
        for _ in range(10):
            row = watcher.execute("select query from pg_stat_activity where pid = %s", [pid]).fetchone()
            texts.append(row[0] if row else "")
            time.sleep(0.05)

    thread = threading.Thread(target=watch)
    with transaction.atomic(), connection.cursor() as cursor:
        thread.start()
        cursor.execute("select access.actor_begin(%s), pg_sleep(0.4)", [sealed])
        thread.join()
    running = [text for text in texts if "actor_begin" in text]
    assert running
    assert not any(sealed[-64:] in text or str(world.accounts["bvc"].pk) in text for text in texts)


@pytest.mark.django_db(transaction=True)
def test_nothing_that_somebody_writes_stands_in_pg_stat_activity(
    world: World, watcher: psycopg.Connection[Any]
) -> None:
    """The text of a note is a value too."""
    pid = ticket.backend_of("default")
    with transaction.atomic():
        actors.begin(world.accounts["bvc"].pk)
        list(Case.objects.filter(child__given_name="Hemlig-Svensson"))
        row = watcher.execute("select query from pg_stat_activity where pid = %s", [pid]).fetchone()
    assert row is not None
    assert "given_name" in row[0]
    assert "Hemlig-Svensson" not in row[0]


@pytest.mark.django_db(transaction=True)
def test_nothing_that_somebody_writes_stands_in_a_prepared_statement(world: World) -> None:
    """Which stays with the connection for whoever is served by it next: the text alone is kept."""
    for _ in range(7):
        with transaction.atomic():
            actors.begin(world.accounts["bvc"].pk)
            list(Case.objects.filter(child__given_name="Hemlig-Svensson"))
    with connection.cursor() as cursor:
        cursor.execute("select statement from pg_prepared_statements")
        kept = "\n".join(text for (text,) in cursor.fetchall())
    assert "given_name" in kept
    assert "actor_begin" in kept
    assert "Hemlig-Svensson" not in kept
    assert str(world.accounts["bvc"].pk) not in kept
