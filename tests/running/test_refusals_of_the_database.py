"""Production does not start on a database where it would be unsafe: each refusal by itself."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.core.checks import CheckMessage
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from access import rls
from barnensbasta import refusals
from people.models import Child, Guardian, GuardianNumber
from people.numbers import LegalSex, is_test_number, make_test_number
from tests import services
from tests.database import as_loader


def ids(messages: list[CheckMessage]) -> list[str]:
    """Their ids."""
    return [str(message.id) for message in messages]


# --- The database's role ------------------------------------------------------------------------


@contextlib.contextmanager
def role(*statements: str) -> Iterator[str]:
    """Signed in as a role of its own, made as the statements say: ``{}`` is its name."""
    name = f"probe_{uuid.uuid4().hex[:12]}"
    with superuser() as admin:
        admin.execute(sql.SQL("create role {} login").format(sql.Identifier(name)))
        database = sql.Identifier(services.database_name())
        admin.execute(sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(name)))
        admin.execute(sql.SQL("grant barnensbasta_app to {}").format(sql.Identifier(name)))
        for statement in statements:
            admin.execute(sql.SQL(statement).format(sql.Identifier(name)))
    try:
        with signed_in(name):
            yield name
    finally:
        with superuser() as admin:
            admin.execute(sql.SQL("reassign owned by {} to barnensbasta_owner").format(sql.Identifier(name)))
            admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(name)))
            admin.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@contextlib.contextmanager
def signed_in(name: str) -> Iterator[None]:
    """A connection ``probe`` of that role."""
    probe = {**connections["default"].settings_dict, "USER": name, "OPTIONS": {}}
    connections.settings["probe"] = probe
    try:
        yield
    finally:
        connections["probe"].close()
        del connections["probe"]
        del connections.settings["probe"]


def superuser() -> psycopg.Connection[tuple[Any, ...]]:
    """Who may make roles."""
    return psycopg.connect(services.address().superuser_url(services.database_name()), autocommit=True)


@pytest.fixture
def database(db: None, django_db_blocker: Any) -> Iterator[None]:
    """A connection besides the test's own may be opened."""
    with django_db_blocker.unblock():
        yield


def test_the_apps_role_is_not_refused(database: None) -> None:
    """As production signs in; with the policies just applied and no test numbers."""
    with signed_in(rls.APP_ROLE):
        assert refusals.of_database("probe") == []


@pytest.mark.parametrize(
    ("statement", "number", "says"),
    [
        ("alter role {} superuser", "running.E010", "is a superuser"),
        ("alter role {} bypassrls", "running.E011", "may bypass row-level security"),
        ("create table owned_by_probe (); alter table owned_by_probe owner to {}", "running.E012",
         "owns owned_by_probe"),
        ("grant barnensbasta_owner to {}", "running.E013", "may act as barnensbasta_owner"),
        ("grant barnensbasta_owner to {} with inherit false, set true", "running.E013", "act as barnensbasta_owner"),
        ("grant barnensbasta_loader to {}", "running.E013", "may act as barnensbasta_loader"),
        ("grant barnensbasta_migrator to {}", "running.E013", "may act as barnensbasta_migrator, barnensbasta_owner"),
        ("grant pg_execute_server_program to {}", "running.E013", "may act as pg_execute_server_program"),
        ("alter role {} createrole", "running.E014", "may make roles"),
    ],
)  # fmt: skip
def test_roles_that_are_refused(database: None, statement: str, number: str, says: str) -> None:
    with role(*statement.split("; ")):
        found = [m for m in refusals.of_database("probe") if m.id not in {"running.E015", "running.E016"}]
        assert ids(found) == [number]
        assert says in found[0].msg
        assert found[0].hint
    with superuser() as admin:
        admin.execute("drop table if exists owned_by_probe")


def test_a_role_that_is_above_is_refused_itself(database: None) -> None:
    with signed_in(rls.LOADER_ROLE):
        assert "running.E013" in ids(refusals.of_database("probe"))


def test_a_member_of_a_member_is_refused(database: None) -> None:
    """However far away: the role may become one that may become a superuser."""
    with superuser() as admin:
        admin.execute("create role probe_between nologin; create role probe_above nologin superuser")
        admin.execute("grant probe_above to probe_between")
    try:
        with role("grant probe_between to {}"):
            (found,) = refusals.of_database("probe")
            assert found.id == "running.E013"
            assert "may act as probe_above" in found.msg
    finally:
        with superuser() as admin:
            admin.execute("drop role probe_between; drop role probe_above")


# --- The policies and the data --------------------------------------------------------------------


def asked() -> list[CheckMessage]:
    """Of policies and people, within the test's transaction; the tester's own role aside."""
    return [m for m in refusals.of_database() if m.id != "running.E013"]


def standing_after(*statements: str) -> tuple[str, list[str]]:
    """How the policies stand after a change, asked as the app in the same transaction."""
    with signed_in("postgres"):
        probe = connections["probe"]
        with contextlib.suppress(_RollBackError), transaction.atomic(using="probe"), probe.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("set local role barnensbasta_app")
            answer = rls.standing("probe"), rls.undecided("probe")
            raise _RollBackError
        return answer


class _RollBackError(Exception):
    """Nothing of it stays."""


def test_policies_that_stand_as_they_were_applied(database: None) -> None:
    assert standing_after("select 1") == ("as in the files", [])


@pytest.mark.parametrize(
    "statement",
    [
        "drop policy read on cases_entry",
        "create policy more on cases_entry for select to barnensbasta_app using (true)",
        "alter policy read on cases_entry using (true)",
        "alter table cases_entry no force row level security",
        "grant delete on audit_event to barnensbasta_app",
        "create or replace function access.account() returns uuid language sql as $$ select null::uuid $$",
    ],
)
def test_policies_that_were_changed_since(database: None, statement: str) -> None:
    assert standing_after(statement)[0] == "changed since they were applied"


def test_policies_of_another_version(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*rls.statements(), ("later/policies.sql", "-- a later version's")]
    monkeypatch.setattr(rls, "statements", lambda: files)
    assert standing_after("select 1")[0] == "those of another version than this code"


def test_policies_that_were_never_applied(database: None) -> None:
    assert standing_after("drop schema access cascade")[0] == "missing: they were never applied"


def test_a_table_without_policies(database: None) -> None:
    assert standing_after("create table naked ()")[1] == ["naked"]


@pytest.mark.parametrize(
    ("undecided", "standing", "number"),
    [(["naked"], "as in the files", "running.E015"), ([], "changed since they were applied", "running.E016")],
)
def test_policies_that_are_refused(
    database: None, monkeypatch: pytest.MonkeyPatch, undecided: list[str], standing: str, number: str
) -> None:
    monkeypatch.setattr(rls, "undecided", lambda _: undecided)
    monkeypatch.setattr(rls, "standing", lambda _: standing)
    (message,) = asked()
    assert message.id == number
    assert (undecided or [standing])[0] in message.msg


def test_a_database_without_policies_is_refused(database: None) -> None:
    """As it is between being made and being prepared: no function, no comment, and no traceback."""
    name = f"{services.database_name()}_bare"
    services.create_database(name)
    try:
        with signed_in(rls.APP_ROLE):
            connections.settings["probe"]["NAME"] = name
            assert ids(refusals.of_database("probe")) == ["running.E016"]
    finally:
        services.drop_database(name)


def test_test_numbers_in_the_data_are_refused(db: None) -> None:
    """A child's or a guardian's; the app learns that there is one and not whose."""
    assert asked() == []
    number = str(make_test_number(date(2020, 3, 14), LegalSex.FEMALE))
    with as_loader():
        child = Child.objects.create(
            number=number, given_name="Moa", born_on=date(2020, 3, 14), municipality_code="0761"
        )
    (message,) = asked()
    assert message.id == "running.E017"
    assert "published test personnummer" in message.msg
    assert number not in message.msg
    with as_loader():
        child.delete()
    assert asked() == []
    with as_loader():
        guardian = Guardian.objects.create(given_name="Elin")
        GuardianNumber.objects.create(guardian=guardian, number=number)
    assert ids(asked()) == ["running.E017"]


@given(
    numbers=st.lists(
        st.builds(
            lambda day, birth, check: f"{day:%Y%m%d}{birth}{check}",
            st.dates(date(1890, 1, 1), date(2026, 1, 1))
            | st.just(date(1974, 12, 31))
            | st.just(date(1975, 1, 1)),
            st.sampled_from(["237", "238", "239", "240", "100"]),
            st.integers(0, 9),
        ),
        unique=True,
        max_size=4,
    )
)
def test_the_databases_rule_is_that_of_the_code(db: None, numbers: list[str]) -> None:
    """``access.has_test_numbers`` and ``people.numbers.is_test_number`` judge alike."""
    with as_loader():
        Child.objects.all().delete()
        Child.objects.bulk_create(
            Child(
                number=number,
                given_name="X",
                born_on=date(2020, 1, 1) + timedelta(days=day),
                municipality_code="0761",
            )
            for day, number in enumerate(numbers)
        )
    with connection.cursor() as cursor:
        cursor.execute("select access.has_test_numbers()")
        assert cursor.fetchone() == (any(map(is_test_number, numbers)),)
