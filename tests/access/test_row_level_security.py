"""PostgreSQL's wall on one rich world: who reads which row, who may write what.

I15, I16, I23 and I24 of the access model, as the database alone keeps them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from access import rls, ticket
from access.ticket import Kind
from tests.access.attempts import Attempt
from tests.access.fixed_world import FixedWorld, build
from tests.access.readers import ACTORS, NOBODY, READERS
from tests.access.writes import attempts
from tests.database import as_loader
from tests.worlds import World

# How a write that must not be ends: by a policy or grant, a foreign key, a check, a trigger.
REFUSALS = {"42501", "23503", "23514", "BB003", "BB004"}

FOREIGN_KEYS = """
select a.attname, f.relname, ka.attname from pg_constraint k
join pg_class f on f.oid = k.confrelid and f.relrowsecurity
join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
join pg_attribute ka on ka.attrelid = k.confrelid and ka.attnum = k.confkey[1]
where k.contype = 'f' and k.conrelid = %s::regclass and cardinality(k.conkey) = 1
"""


@pytest.fixture
def fixed(world: World) -> FixedWorld:
    """The rich world of fixed_world.py."""
    return build(world)


# --- Who reads and writes what ------------------------------------------------------


def test_readers(fixed: FixedWorld) -> None:
    """Each row is read by those that READERS names, and by nobody else."""
    wrong = []
    for actor in ACTORS:
        with connection.cursor() as cursor:
            _begin(cursor, fixed, actor)
            for name, readers in READERS.items():
                sees = _sees(cursor, fixed.rows[name])
                if sees != (actor in readers):
                    wrong.append(f"{actor} {'reads' if sees else 'does not read'} {name}")
    assert not wrong, "\n".join(wrong)


def test_writes(fixed: FixedWorld) -> None:
    """Each attempt of writes.py ends as it must, past every service and form."""
    wrong = []
    tried = attempts(fixed)
    for attempt in tried:
        outcome = _try(fixed, attempt)
        if outcome != attempt.outcome:
            wrong.append(f"{attempt.name}: {outcome} instead of {attempt.outcome}")
    assert not wrong, "\n".join(wrong)
    assert len({attempt.name for attempt in tried}) == len(tried)


def test_i23_a_write_points_only_to_rows_that_its_writer_may_read(fixed: FixedWorld) -> None:
    """I23: foreign keys are checked past row-level security, so policies and composite
    keys must do it. Each allowed insert, with each of its keys turned to a hidden row.

    Red when an assignment may point anywhere.
    """
    accepted, tried = [], 0
    for attempt in attempts(fixed):
        if attempt.outcome != 1 or "row" not in attempt.values:
            continue
        for column, hidden in _hidden_targets(fixed, attempt):
            row = json.loads(attempt.values["row"]) | {column: hidden}
            changed = {**attempt.values, "row": json.dumps(row)}
            outcome = _try(
                fixed, Attempt(attempt.name, attempt.actor, attempt.table, attempt.sql, changed, 0)
            )
            tried += 1
            if outcome not in REFUSALS:
                accepted.append(f"{attempt.table}.{column} by {attempt.actor} ({attempt.name}): {outcome}")
    assert not accepted, "\n".join(accepted)
    assert tried > 50


# --- What nobody may do ----------------------------------------------------------------


def test_i15_every_table_is_protected_or_open_for_a_reason(db: None) -> None:
    """ENABLE and FORCE with a policy for the owner, or a comment that says why not.

    Red when a table's owner passes its policies.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select c.relname, c.relrowsecurity and c.relforcerowsecurity, coalesce(obj_description(c.oid), ''),
                   exists (select from pg_policy p where p.polrelid = c.oid
                       and p.polroles = array['barnensbasta_owner'::regrole::oid]
                       and pg_get_expr(p.polqual, c.oid) = 'true' and pg_get_expr(p.polwithcheck, c.oid) = 'true')
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')"""
        )
        tables = {name: (protected, comment, owner) for name, protected, comment, owner in cursor.fetchall()}
    for name, (protected, comment, owner) in tables.items():
        assert protected != comment.startswith("open: "), name
        assert owner == protected, name
    personal = {
        model._meta.db_table for model in apps.get_models() if model.__module__.split(".")[0] in OUR_APPS
    }
    assert {name for name in personal if not tables[name][0]} == OPEN


# Public authorities, the door, and when background work last ran.
OPEN = {"agencies_organisation", "people_account", "notices_heartbeat"}
OUR_APPS = {"audit", "notices", "people", "agencies", "consent", "cases", "plans", "steering"}


def test_policies_are_those_of_the_files(db: None) -> None:
    """What the files say is what the database has: applying them again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_policies where 'barnensbasta_app' = any(roles)")
        (count,) = cursor.fetchone()
    in_files = sum(
        text.count("create policy") for name, text in rls.statements() if name != "access/policies.sql"
    )
    assert count == in_files


def test_i15_no_role_that_serves_stands_above_the_policies(db: None) -> None:
    """I15: neither superuser nor BYPASSRLS, no member of the owner, owner of nothing.

    Red when the app owns a table.
    """
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == ("barnensbasta_app", "barnensbasta_tester")
        cursor.execute(
            """select r.rolname from pg_roles r where r.rolname in ('barnensbasta_app', 'barnensbasta_loader')
            and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
                or pg_has_role(r.oid, 'barnensbasta_owner', 'member')
                or exists (select from pg_class c where c.relowner = r.oid)
                or exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
                    where m.member = r.oid and (g.rolsuper or g.rolbypassrls or g.rolname like 'pg\\_%')))"""
        )
        assert cursor.fetchall() == []


def test_definers_are_safe_to_call(db: None) -> None:
    """Each function that runs with the owner's rights names its search path, so that nobody
    can slip in a table of her own; those in ``access_owner`` can't be called by the app."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.oid::regprocedure::text, p.prosecdef, coalesce(p.proconfig::text, ''),
                n.nspname = 'access_owner' and has_function_privilege('barnensbasta_app', p.oid, 'execute')
                    and has_schema_privilege('barnensbasta_app', n.oid, 'usage')
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('access', 'access_owner')"""
        )
        functions = cursor.fetchall()
    assert len(functions) > 50
    for name, definer, settings, callable_owner_function in functions:
        assert not definer or "search_path=public, pg_temp" in settings, name
        assert not callable_owner_function, name


def test_i16_without_a_context_nothing_is_read_or_written(fixed: FixedWorld) -> None:
    """I16: no actor, zero rows in every protected table, and every write refused.

    Red when cases are open to reading.
    """
    with connection.cursor() as cursor:
        for table in _protected():
            if _readable(cursor, table):
                assert table in {"agencies_municipality", "agencies_unit", "consent_legalbasis"}, table
    for attempt in attempts(fixed):
        nobody = Attempt(attempt.name, NOBODY, attempt.table, attempt.sql, attempt.values, 0)
        assert _try(fixed, nobody) in {0, "42501"}, attempt.name


@pytest.mark.parametrize("actor", ["styrgrupp", "admin", "dataskydd", "enhetsadmin", "granskare"])
def test_i14_administration_and_steering_read_no_child(fixed: FixedWorld, actor: str) -> None:
    """I14: not one row about a child, whatever the role administers.

    Red when children are open to reading.
    """
    with connection.cursor() as cursor:
        _begin(cursor, fixed, actor)
        for table in _protected():
            # Places and people at work, the law, shared words; a log reviewer's reviews hold no child (tests/reviews).
            worded = (
                "consent_legalbasis",
                "cases_expectation",
                "cases_deadlinesetting",
                "cases_wheeledition",
            )
            of_work = table.startswith(("agencies_", "reviews_", *worded))
            if not of_work or table == "agencies_listing":
                assert not _readable(cursor, table), table


def test_i9_the_audit_can_only_be_added_to(fixed: FixedWorld) -> None:
    """I9: no right to read, change, remove or empty, for anybody who serves.

    Red when the app may change the audit.
    """
    with connection.cursor() as cursor:
        _begin(cursor, fixed, "bvc")
        for statement in (
            "select from audit_event",
            "update audit_event set action = 'x'",
            "delete from audit_event",
            "truncate audit_event",
            "insert into audit_event (id, at, kind, action) values (gen_random_uuid(), now(), 'read', 'x')",
        ):
            assert _outcome(cursor, statement, {}) == "42501", statement


def test_the_chain_of_events_can_be_checked(fixed: FixedWorld) -> None:
    """Each digest follows from the one before; account and unit are the context's, not the caller's."""
    world = fixed.world
    liar = {"id": "6c1b7d5e-0000-4000-8000-000000000001", "kind": "read", "action": "x"}
    liar["account"] = str(world.accounts["polis"].pk)
    with world.act("bvc") as actor:
        actor.events.append(liar)
    with as_loader(), connection.cursor() as cursor:
        cursor.execute("select account, unit, digest from audit_event order by sequence")
        events = cursor.fetchall()
    assert events[-1][:2] == (world.accounts["bvc"].pk, world.units["bvc"].pk)
    assert len({digest for _, _, digest in events}) == len(events) == 2


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [("entry_note", "happened_on", "2020-01-01"), ("note", "body", "x"), ("status_logoped", "value", "done")],
)
def test_i24_what_is_written_stays_as_written(fixed: FixedWorld, row: str, column: str, value: str) -> None:
    """I24: no grant lets anybody who serves change or remove an entry, a version or a status.

    Red when a version may be changed.
    """
    table = fixed.rows[row]._meta.db_table
    with connection.cursor() as cursor:
        for actor in ("bvc", "logoped", "bvc-ledare"):
            _begin(cursor, fixed, actor)
            assert _outcome(cursor, f"update {table} set {column} = %(v)s", {"v": value}) == "42501"  # noqa: S608
            assert _outcome(cursor, f"delete from {table}", {}) == "42501"  # noqa: S608


@pytest.mark.parametrize("table", ["plans_planversion", "plans_goal", "plans_insats"])
def test_what_is_agreed_stays_agreed(fixed: FixedWorld, table: str) -> None:
    """An agreed plan and its rows can't be changed even by the loader."""
    with as_loader(), connection.cursor() as cursor:
        assert _outcome(cursor, f"update {table} set case_id = case_id", {}) == "BB003"  # noqa: S608


# --- Helpers ------------------------------------------------------------------------------


def _begin(cursor: CursorWrapper, fixed: FixedWorld, actor: str) -> None:
    cursor.execute("select access.actor_begin(%s)", [ticket.for_actor(Kind.PAGE, *fixed.hat(actor))])


def _sees(cursor: CursorWrapper, row: Model) -> bool:
    table, key = row._meta.db_table, row._meta.pk.column
    outcome = _outcome(cursor, f'select from "{table}" where "{key}" = %(key)s', {"key": row.pk})
    return outcome == 1


def _readable(cursor: CursorWrapper, table: str) -> int:
    """How many rows are read; none where there is no grant."""
    outcome = _outcome(cursor, f'select from "{table}"', {})
    return outcome if isinstance(outcome, int) else 0


def _try(fixed: FixedWorld, attempt: Attempt) -> int | str:
    with connection.cursor() as cursor:
        _begin(cursor, fixed, attempt.actor)
        return _outcome(cursor, attempt.sql, attempt.values)


def _outcome(cursor: CursorWrapper, statement: str, values: dict[str, Any]) -> int | str:
    """Rows found or changed, or the error's code; undone in any case."""
    try:
        with transaction.atomic():
            cursor.execute(statement, values)
            rows: int | str = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", error))
    return rows


def _protected() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
        )
        return [name for (name,) in cursor.fetchall()]


def _hidden_targets(fixed: FixedWorld, attempt: Attempt) -> list[tuple[str, str]]:
    """For each foreign key of the table a row that its writer can't read, if there is one."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [f'"{attempt.table}"'])
        keys = cursor.fetchall()
        for column, table, key in keys:
            select = f'select "{key}"::text from "{table}"'  # noqa: S608
            with as_loader():
                cursor.execute(select)
                every = {value for (value,) in cursor.fetchall()}
            _begin(cursor, fixed, attempt.actor)
            cursor.execute(select)
            hidden = sorted(every - {value for (value,) in cursor.fetchall()})
            found += [(column, hidden[0])] if hidden else []
    return found
