"""I24: whose a row is, what it belongs to and what was written never change, whoever asks.

The list is held against the catalogue: a column that says whose a row is, or whose it is about,
is either fixed by a trigger or stands here with the reason why it isn't.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.fixed_world import FixedWorld, build
from tests.database import as_loader
from tests.worlds import World

# What such a column is called.
OWNERSHIP = re.compile(
    r"^(owner_unit|from_unit|unit|case|child|guardian|account|user|recipient|content_object|group|entry"
    r"|version|plan|release|scope|consent|author|created_by|sent_by|asked_by|decided_by|granted_by|held_by"
    r"|set_by|to_unit|to_guardian|to_child)(_id)?$"
)
CHANGES = {
    "agencies_appointment.decided_by_id": "nobody's while it waits",
    "people_child.account_id": "a youth is given an account at sixteen",
    "people_guardian.account_id": "a guardian is given an account",
    "cases_signal.case_id": "until it is delivered, or joined with the case that it is about",
    "cases_signal.to_unit_id": "until it is delivered",
    "cases_signaltext.case_id": "as its signal's",
    "cases_signaltext.to_unit_id": "as its signal's",
    "plans_insats.unit_id": "a row of a draft may be given to another unit; an agreed one is fixed whole",
    "audit_event.account": "no right at all to change it, and the chain tells",
    "audit_event.unit": "no right at all to change it, and the chain tells",
    "audit_event.case": "no right at all to change it, and the chain tells",
    "audit_event.child": "no right at all to change it, and the chain tells",
}
COLUMNS = """
select c.relname, a.attname, exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'immutable'
    and t.tgenabled = 'O' and a.attnum = any(t.tgattr::smallint[]))
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1, a.attnum
"""


def columns() -> list[tuple[str, str, bool]]:
    """Table, column and whether a trigger fixes it, of every protected table."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return list(cursor.fetchall())


def test_i24_every_column_that_says_whose_a_row_is_is_fixed_or_excused(db: None) -> None:
    """A new table with such a column fails here until its policies.sql says which.

    Red when an entry's columns are not fixed.
    """
    loose = {
        f"{table}.{column}" for table, column, fixed in columns() if OWNERSHIP.match(column) and not fixed
    }
    assert loose == set(CHANGES)


@pytest.mark.parametrize("table", ["cases_entry", "cases_version", "plans_status", "plans_familyreply"])
def test_what_is_written_is_fixed_whole(db: None, table: str) -> None:
    """A column that is added later too."""
    assert {column for name, column, fixed in columns() if name == table and not fixed} == set()


def test_i24_nobody_changes_such_a_column(world: World) -> None:
    """Not even the loader, past every grant and policy: each fixed column that has a row is tried."""
    fixed: FixedWorld = build(world)
    assert fixed
    tried, changed = 0, []
    for table, column, is_fixed in columns():
        if is_fixed:
            outcome = change(table, column)
            tried += outcome is not None
            if outcome not in {"BB003", None}:
                changed.append(f"{table}.{column}: {outcome}")
    assert not changed, "\n".join(changed)
    assert tried > 150


def change(table: str, column: str) -> str | None:
    """Try to give one row's column another value, as the loader; the error's code, None without a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attname = %s",
            [table, column],
        )
        (kind,) = cursor.fetchone()
    other: dict[str, Any] = {
        "uuid": "gen_random_uuid()",
        "timestamp with time zone": "timestamptz '1999-01-01'",
        "date": "date '1999-01-01'",
        "boolean": f'not "{column}"',
        "tstzrange": "tstzrange('1999-01-01', '1999-01-02')",
        "jsonb": "'{\"x\": 1}'::jsonb",
        "bytea": "'x'::bytea",
        "character varying[]": "'{x}'",
        "uuid[]": "array[gen_random_uuid()]",
        "timestamp with time zone[]": "array[timestamptz '1999-01-01']",
    }
    new = other.get(kind, f'coalesce("{column}", 0) + 1' if "int" in kind else "'x'")
    where = f'"{column}" is not null' if kind == "boolean" else "true"
    try:
        with as_loader(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'update "{table}" set "{column}" = {new}'  # noqa: S608
                f' where ctid = (select ctid from "{table}" where {where} limit 1)'
            )
            found = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", error))
    return "changed" if found else None
