"""Applies every app's policies and compares them with what the database has.

The files are declarative: all own policies, functions and grants are dropped
and made anew in one transaction, so that what a file no longer says is gone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from access import ticket

APP_ROLE = "barnensbasta_app"
OWNER_ROLE = "barnensbasta_owner"
LOADER_ROLE = "barnensbasta_loader"

FILES = (
    "policies.sql",
    "definers.sql",
    "circle.sql",
    "emergency.sql",
    "disclosing.sql",
    "handover.sql",
    "process.sql",
    "breaks.sql",
    "reminders.sql",
    "meeting.sql",
    "feedback.sql",
    "kin.sql",
    "past.sql",
    "expectations.sql",
    "journal.sql",
    "unnamed.sql",
)

# Who acts is verified each time that it is asked, so it is asked once for a statement, not once for
# a row: every bare call in the files becomes "(select …)", which PostgreSQL computes beforehand.
_CONTEXT = re.compile(r"(?<!function )(?<!select )\baccess\.(account|membership|at|background)\(\)")

_PREPARE = """
drop schema if exists access cascade;
drop schema if exists access_owner cascade;
create schema access;
create schema access_owner;
grant usage on schema access to barnensbasta_app, barnensbasta_loader;
do $$
declare r record;
begin
    for r in select policyname, tablename from pg_policies where schemaname = 'public' loop
        execute format('drop policy %I on %I', r.policyname, r.tablename);
    end loop;
end $$;
revoke all on all tables in schema public from barnensbasta_app;
revoke all on all sequences in schema public from barnensbasta_app;
"""

_FINISH = """
revoke execute on all functions in schema access from public;
revoke execute on all functions in schema access_owner from public;
grant execute on all functions in schema access to barnensbasta_app, barnensbasta_loader;
"""

# Each body once more, now that everything it may name exists.
_RECHECK_BODIES = """
set local check_function_bodies = on;
do $$
declare r record;
begin
    for r in select p.oid from pg_proc p where p.prokind = 'f'
             and p.pronamespace in (select oid from pg_namespace where nspname in ('access', 'access_owner')) loop
        execute pg_get_functiondef(r.oid);
    end loop;
end $$;
"""

_SNAPSHOT = """
select 'policy', tablename, policyname, cmd || coalesce(qual, '') || coalesce(with_check, '') || roles::text
  from pg_policies where schemaname = 'public'
union all
select 'table', relname, relrowsecurity::text, relforcerowsecurity::text || coalesce(obj_description(oid), '')
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
union all
select 'function', p.oid::regprocedure::text, p.prosecdef::text,
       pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '')
  from pg_proc p where p.pronamespace in (select oid from pg_namespace where nspname in ('access', 'access_owner'))
union all
select 'grant', table_name, privilege_type, grantee
  from information_schema.role_table_grants where table_schema = 'public' and grantee = 'barnensbasta_app'
union all
select 'column grant', table_name, column_name, privilege_type
  from information_schema.column_privileges where table_schema = 'public' and grantee = 'barnensbasta_app'
union all
select 'trigger', t.tgrelid::regclass::text, t.tgname, pg_get_triggerdef(t.oid)
  from pg_trigger t where not t.tgisinternal
"""

_UNDECIDED = """
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
  and not (relrowsecurity and relforcerowsecurity)
  and coalesce(obj_description(oid), '') not like 'open: %'
order by relname
"""


class UndecidedTable(Exception):
    """A table that is neither under row-level security nor open for a reason."""


@dataclass(frozen=True)
class Difference:
    """What the database has and the files don't, and the other way round."""

    only_in_database: list[tuple[str, ...]]
    only_in_files: list[tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.only_in_database or self.only_in_files)


def statements() -> list[tuple[str, str]]:
    """Each app's files in the order of INSTALLED_APPS, as (name, text)."""
    found = []
    for app in apps.get_app_configs():
        for file in FILES:
            path = Path(app.path) / file
            if path.exists():
                found.append((f"{app.label}/{file}", _once(path.read_text(encoding="utf-8"))))
    return found


def _once(text: str) -> str:
    return _CONTEXT.sub(r"(select access.\1())", text)


def install_keys(using: str = "migrator") -> int:
    """Make the keys that verify those of the settings, the first of them the newest; how many.

    To replace one: put it first and the old one among the fallbacks, install, restart what serves,
    take the fallback away, install again.
    """
    keys = ticket.keys()
    with transaction.atomic(using=using):
        # psycopg's own cursor sends values beside the statement, so that no key stands in one.
        cursor = psycopg.Cursor(connections[using].connection)
        cursor.execute("delete from access_owner.actor_key")
        for age, key in enumerate(keys):
            cursor.execute(
                "insert into access_owner.actor_key (key, installed_at)"
                " values (%s, now() - make_interval(secs => %s))",
                [key, age],
            )
    return len(keys)


def apply(using: str = "migrator") -> int:
    """Make the database's policies those of the files; return how many there are."""
    connection = connections[using]
    with transaction.atomic(using=using):
        _execute_all(connection)
        install_keys(using)
        with connection.cursor() as cursor:
            cursor.execute(_UNDECIDED)
            left_open = [name for (name,) in cursor.fetchall()]
            if left_open:
                raise UndecidedTable(", ".join(left_open))
            # Written down, so that whoever serves can tell later whether they are still these.
            cursor.execute(
                f"comment on schema access is '{_digest_of_files()} {_digest(_snapshot(connection))}'"
            )
            cursor.execute("select count(*) from pg_policies where schemaname = 'public'")
            (count,) = cursor.fetchone()
    return int(count)


def undecided(using: str = "default") -> list[str]:
    """Tables that are neither under row-level security nor open for a reason."""
    with connections[using].cursor() as cursor:
        cursor.execute(_UNDECIDED)
        return [name for (name,) in cursor.fetchall()]


def standing(using: str = "default") -> str:
    """In words how the database's policies are to the files', asked as whoever serves:
    what :func:`difference` can only say to the owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(oid) from pg_namespace where nspname = 'access'")
        (noted,) = cursor.fetchone() or ("",)
    files, _, snapshot = (noted or "").partition(" ")
    if not snapshot:
        return "missing: they were never applied"
    if files != _digest_of_files():
        return "those of another version than this code"
    if snapshot != _digest(_snapshot(connection)):
        return "changed since they were applied"
    return "as in the files"


def difference(using: str = "migrator") -> Difference:
    """Compare the database with the files by applying them and rolling back."""
    connection = connections[using]
    with transaction.atomic(using=using):
        before = _snapshot(connection)
        _execute_all(connection)
        after = _snapshot(connection)
        transaction.set_rollback(True, using=using)
    return Difference(sorted(before - after), sorted(after - before))


def _execute_all(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        # A function may call one that a later file makes.
        cursor.execute("set local check_function_bodies = off")
        cursor.execute(_PREPARE)
        for name, text in statements():
            try:
                cursor.execute(text)
            except Exception as error:
                error.add_note(f"in {name}")
                raise
        cursor.execute(_FINISH)
        cursor.execute(_RECHECK_BODIES)


def _snapshot(connection: BaseDatabaseWrapper) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        return set(cursor.fetchall())


def _digest_of_files() -> str:
    return hashlib.sha256("\n".join(text for _, text in statements()).encode()).hexdigest()


def _digest(snapshot: set[tuple[Any, ...]]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, snapshot))).encode()).hexdigest()
