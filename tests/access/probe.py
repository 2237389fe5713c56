"""Re-checks the fixed world through a connection of its own, in one transaction that is rolled back.

The world is committed beforehand. The superuser changes a policy, becomes the
app's role, and what READERS and the attempts say is asked again; nothing of it
remains.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from access import ticket
from access.ticket import Kind
from tests.access.attempts import Attempt
from tests.access.fixed_world import FixedWorld
from tests.access.readers import ACTORS, READERS
from tests.access.writes import attempts


class Probe:
    """Asks every read and write of the fixed world, table by table."""

    def __init__(self, fixed: FixedWorld, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.hats = {actor: fixed.hat(actor) for actor in ACTORS}
        self.rows: dict[str, dict[str, Any]] = defaultdict(dict)
        self.keys: dict[str, str] = {}
        for name in READERS:
            row = fixed.rows[name]
            self.rows[row._meta.db_table][name] = row.pk
            self.keys[row._meta.db_table] = str(row._meta.pk.column)
        self.attempts: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in attempts(fixed):
            self.attempts[attempt.table].append(attempt)

    @contextlib.contextmanager
    def changed(self, statement: str) -> Iterator[None]:
        """A transaction in which the statement holds and the role is the app's."""
        with self.connection.transaction(force_rollback=True):
            self.connection.execute(sql.SQL(statement))
            self.connection.execute("set local role barnensbasta_app")
            yield

    def first_red(self, table: str) -> str | None:
        """The first assertion that fails, those on ``table`` first."""
        tables = [table, *(t for t in self.rows.keys() | self.attempts.keys() if t != table)]
        for each in tables:
            red = self._wrong_write(each) or self._wrong_read(each)
            if red:
                return red
        return None

    def _wrong_read(self, table: str) -> str | None:
        statement = sql.SQL("select {key}::text from {table}").format(
            key=sql.Identifier(self.keys.get(table, "id")), table=sql.Identifier(table)
        )
        for actor in ACTORS if table in self.rows else ():
            self._begin(actor)
            seen = {key for (key,) in self._rows(statement)}
            for name, key in self.rows[table].items():
                sees = str(key) in seen
                if sees != (actor in READERS[name]):
                    return f"{actor} {'reads' if sees else 'does not read'} {name}"
        return None

    def _wrong_write(self, table: str) -> str | None:
        for attempt in self.attempts[table]:
            self._begin(attempt.actor)
            outcome = self._outcome(attempt)
            if outcome != attempt.outcome:
                return f"{attempt.name}: {outcome} instead of {attempt.outcome}"
        return None

    def _begin(self, actor: str) -> None:
        account, hat = (str(one or "") for one in self.hats[actor])
        pid = self.connection.info.backend_pid
        sealed = ticket.sealed(Kind.PAGE, account, hat, "", pid=pid)
        self.connection.execute("select access.actor_begin(%s)", [sealed])

    def _rows(self, statement: sql.Composed) -> list[Any]:
        try:
            with self.connection.transaction():
                return self.connection.execute(statement).fetchall()
        except psycopg.errors.InsufficientPrivilege:
            return []

    def _outcome(self, attempt: Attempt) -> int | str:
        try:
            with self.connection.transaction(force_rollback=True):
                return self.connection.execute(attempt.sql, attempt.values).rowcount
        except psycopg.Error as error:
            return error.sqlstate or str(error)
