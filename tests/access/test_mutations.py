"""Each policy of the database, dropped and widened in turn, turns an assertion red.

A policy whose loss nobody would notice protects nothing, or nothing tests it.
The list of (policy, mutation, what caught it) is a part of ``var/mutations.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests import services
from tests.access.fixed_world import build
from tests.access.probe import Probe
from tests.mutations import report
from tests.worlds import World

POLICIES = """
select p.polname, c.relname, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid),
       not exists (select from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
           where d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refobjid = c.oid and d.refobjsubid > 0
             and has_column_privilege('barnensbasta_app', c.oid, a.attnum, 'update')) as fixed_columns
from pg_policy p join pg_class c on c.oid = p.polrelid
where 'barnensbasta_app'::regrole = any(p.polroles) order by 2, 1
"""


@dataclass(frozen=True)
class Mutation:
    """One change of one policy; ``equivalent`` says why nothing can notice it."""

    policy: str
    table: str
    kind: str
    statement: str
    equivalent: str = ""

    def __str__(self) -> str:
        return f"{self.table}.{self.policy}: {self.kind}"


def mutations(connection: psycopg.Connection[Any]) -> Iterator[Mutation]:
    """Every policy of the app's role: dropped, and each of its conditions widened."""
    for policy, table, using, check, fixed_columns in connection.execute(POLICIES).fetchall():
        yield Mutation(policy, table, "dropped", f'drop policy "{policy}" on "{table}"')
        if using not in (None, "true"):
            yield Mutation(policy, table, "USING true", f'alter policy "{policy}" on "{table}" using (true)')
        if check not in (None, "true"):
            same = using == check and fixed_columns
            yield Mutation(
                policy,
                table,
                "WITH CHECK true",
                f'alter policy "{policy}" on "{table}" with check (true)',
                "repeats USING on columns that the app can't change" if same else "",
            )


@pytest.mark.django_db(transaction=True)
def test_every_policy_is_needed(world: World) -> None:
    """Drop and widen each; some read or write of the fixed world must end otherwise."""
    fixed = build(world)
    url = services.address().superuser_url(services.database_name())
    caught: list[tuple[Mutation, str]] = []
    with psycopg.connect(url, autocommit=True) as connection:
        probe = Probe(fixed, connection)
        with probe.changed("select"):
            assert probe.first_red("people_child") is None, "red without any change"
        for mutation in mutations(connection):
            with probe.changed(mutation.statement):
                red = probe.first_red(mutation.table) if not mutation.equivalent else None
            caught.append((mutation, red or mutation.equivalent))
    found = report.Report("policies of the database")
    for mutation, red in caught:
        found.equivalent |= {str(mutation): mutation.equivalent} if mutation.equivalent else {}
        found.add(str(mutation), mutation.kind, None if mutation.equivalent else red)
    found.write()
    assert not found.wrong(), "\n".join(found.wrong())
    assert len(caught) >= 140, "the list of policies is not read right"
