"""I23: what is written points only to rows that its writer may read.

Foreign keys are checked past row-level security, so a policy or a composite key has to do it. The list
is the catalogue's: each foreign key to a protected table, in a column that the app may insert or change,
is tried with a row that its writer can't read, or stands here with the reason why it can't be.
"""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from django.db import connection

from tests.access.attempts import Attempt
from tests.access.fixed_world import FixedWorld, build
from tests.access.test_row_level_security import REFUSALS, _begin, _hidden_targets, _try
from tests.access.writes import attempts
from tests.database import as_loader
from tests.worlds import World

# Foreign keys to protected tables, of protected tables, that the app may write: how.
WRITABLE = """
select c.relname, a.attname, f.relname,
    has_column_privilege('barnensbasta_app', c.oid, a.attnum, 'insert'),
    has_column_privilege('barnensbasta_app', c.oid, a.attnum, 'update')
from pg_constraint k
join pg_class c on c.oid = k.conrelid and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
join pg_class f on f.oid = k.confrelid and f.relrowsecurity
join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
where k.contype = 'f' and cardinality(k.conkey) = 1 order by 1, 2
"""
# Columns that a composite key binds to the row's own case and owner, which its policy asks about.
BOUND = """
select c.relname, a.attname from pg_constraint k
join pg_class c on c.oid = k.conrelid and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
where k.contype = 'f' and (select count(*) from pg_attribute o where o.attrelid = c.oid and o.attnum = any(k.conkey)
    and o.attname in ('case_id', 'owner_unit_id')) = 2
"""
PUBLIC = {
    "agencies_unit": "everybody who is known may read every unit",
    "agencies_municipality": "a public fact",
}
EXCUSED = {
    "agencies_membership.appointment_id": "access.is_appointed: what its writer confirms at that very instant, "
    "so no plain insert is allowed; the attempt with another's stands in writes_of_places.py",
    "plans_insats.goal_id": "a composite key: a goal of the same version, which is of the row's case and owner",
    "plans_citation.goal_id": "as plans_insats.goal_id",
    "plans_goalresult.goal_id": "as plans_insats.goal_id",
    "plans_goalresult.follow_up_id": "a composite key: a follow-up of the same version, of the row's case and owner",
    "plans_insatsresult.insats_id": "as plans_insats.goal_id",
    "plans_insatsresult.follow_up_id": "as plans_goalresult.follow_up_id",
}
# Of an update: only rows have goals.
EXCUSED_CHANGES = {"plans_insats.goal_id"}
# What a plan cites in one of these it may go on citing in the other.
CITES = ("child_words_id", "wheel_id")


@pytest.fixture
def fixed(world: World) -> FixedWorld:
    """The rich world of fixed_world.py."""
    return build(world)


def wanted() -> tuple[set[str], set[str]]:
    """What is to be tried: columns to insert, columns to change."""
    with connection.cursor() as cursor:
        cursor.execute(BOUND)
        bound = set(cursor.fetchall())
        assert ("plans_goal", "version_id") in bound
        cursor.execute(WRITABLE)
        rows = [row for row in cursor.fetchall() if row[2] not in PUBLIC and row[:2] not in bound]
    inserted = {f"{table}.{column}" for table, column, _, insert, _ in rows if insert}
    updated = {f"{table}.{column}" for table, column, _, _, update in rows if update}
    return inserted, updated


def test_i23_every_foreign_key_that_can_be_inserted_is_tried(fixed: FixedWorld) -> None:
    """Each allowed insert with each of its keys turned to a hidden row (the refusals themselves:
    test_row_level_security); a new key without such an attempt fails here."""
    tried = set()
    for attempt in attempts(fixed):
        if attempt.outcome == 1 and "row" in attempt.values:
            tried |= {f"{attempt.table}.{column}" for column, _ in _hidden_targets(fixed, attempt)}
    inserted, _ = wanted()
    assert inserted - tried == set(EXCUSED)
    assert len(inserted) > 20


def test_i23_every_foreign_key_that_can_be_changed_is_tried_and_refused(fixed: FixedWorld) -> None:
    """As above, for updates: a row that its writer may change, turned to what she can't read."""
    _, updated = wanted()
    accepted, tried = [], defaultdict(list)
    for attempt in attempts(fixed):
        if attempt.outcome != 1 or "set" not in attempt.values:
            continue
        for column, hidden in _hidden_targets(fixed, attempt):
            name = f"{attempt.table}.{column}"
            if name not in updated or hidden in _stands(attempt, column):
                continue  # who cites what is closed to her now may go on citing it
            outcome = _try(fixed, _turned(attempt, column, hidden))
            tried[name].append(outcome)
            if outcome not in REFUSALS:
                accepted.append(f"{name} by {attempt.actor} ({attempt.name}): {outcome}")
    assert not accepted, "\n".join(accepted)
    assert updated - tried.keys() == EXCUSED_CHANGES


def _stands(attempt: Attempt, column: str) -> set[str]:
    """What the row of an update points to now, in the column or one that is as good."""
    return {_value(attempt, same) for same in (CITES if column in CITES else (column,))}


def _value(attempt: Attempt, column: str) -> str:
    key = attempt.sql.split(' where "')[1].split('"')[0]
    with as_loader(), connection.cursor() as cursor:
        select = f'select "{column}"::text from "{attempt.table}" where "{key}" = %s'  # noqa: S608
        cursor.execute(select, [attempt.values["key"]])
        (value,) = cursor.fetchone()
    return str(value)


def _turned(attempt: Attempt, column: str, hidden: str) -> Attempt:
    """An allowed update with one column more: a key to a hidden row."""
    record = f'jsonb_populate_record(null::"{attempt.table}", %(set)s::jsonb)'
    sql = attempt.sql.replace(" set ", f' set "{column}" = ({record})."{column}", ', 1)
    changes = {**json.loads(attempt.values["set"]), column: hidden}
    if f'"{column}" = ' in attempt.sql:
        sql = attempt.sql
    values = {**attempt.values, "set": json.dumps(changes)}
    return Attempt(attempt.name, attempt.actor, attempt.table, sql, values, 0)


def test_what_is_excused_is_what_everybody_may_read(fixed: FixedWorld) -> None:
    """A table that stops being public has to be tried."""
    with connection.cursor() as cursor:
        for table in PUBLIC:
            for actor in ("bvc", "mamma", "styrgrupp"):
                _begin(cursor, fixed, actor)
                cursor.execute(f'select count(*) from "{table}"')  # noqa: S608
                (seen,) = cursor.fetchone()
                with as_loader():
                    cursor.execute(f'select count(*) from "{table}"')  # noqa: S608
                    assert cursor.fetchone() == (seen,), (table, actor)
