"""Attempts to write past every service and form, and how they must end.

An insert is a copy of a row that exists with a few columns changed. ``ALLOWED``
is one row; ``NO_ROW`` is an update or delete that finds nothing; ``REFUSED`` an
error of row-level security or a missing grant; ``OTHER_OWNER`` one of the
composite foreign keys; ``IMPOSSIBLE`` a check of the table itself and
``TWICE`` its uniqueness.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from tests.access.fixed_world import FixedWorld

ALLOWED, NO_ROW, REFUSED = 1, 0, "42501"
OTHER_OWNER = "23503"
IMPOSSIBLE = "23514"
TWICE = "23505"
# The very instant that the context judges by.
NOW = object()


@dataclass(frozen=True)
class Attempt:
    """One statement by one actor, and how it must end."""

    name: str
    actor: str
    table: str
    sql: str
    values: dict[str, Any]
    outcome: int | str


class Attempts:
    """Collects attempts on a fixed world."""

    def __init__(self, fixed: FixedWorld) -> None:
        self.fixed = fixed
        self.all: list[Attempt] = []

    def insert(self, name: str, actor: str, like: str, outcome: int | str, /, **changes: Any) -> None:
        """A copy of the row ``like`` under a new key, with ``changes``."""
        row = self.fixed.rows[like]
        key = row._meta.pk.column
        stored = self.fixed.stored(like)
        if key == "id":
            stored["id"] = str(uuid.uuid4())
        stored |= {column: self._value(value) for column, value in changes.items()}
        table, record = row._meta.db_table, _record("row", changes)
        sql = f'insert into "{table}" select * from jsonb_populate_record(null::"{table}", {record})'  # noqa: S608
        self.all.append(Attempt(name, actor, table, sql, {"row": json.dumps(stored)}, outcome))

    def update(self, name: str, actor: str, row: str, outcome: int | str, /, **changes: Any) -> None:
        """The row's columns set to ``changes``."""
        found = self.fixed.rows[row]
        table, key = found._meta.db_table, found._meta.pk.column
        record = f'jsonb_populate_record(null::"{table}", {_record("set", changes)})'
        pairs = ", ".join(f'"{column}" = ({record})."{column}"' for column in changes)
        sql = f'update "{table}" set {pairs} where "{key}" = %(key)s'  # noqa: S608
        values = {"set": json.dumps({c: self._value(v) for c, v in changes.items()}), "key": found.pk}
        self.all.append(Attempt(name, actor, table, sql, values, outcome))

    def delete(self, name: str, actor: str, row: str, outcome: int | str) -> None:
        """The row removed."""
        found = self.fixed.rows[row]
        table, key = found._meta.db_table, found._meta.pk.column
        sql = f'delete from "{table}" where "{key}" = %(key)s'  # noqa: S608
        self.all.append(Attempt(name, actor, table, sql, {"key": found.pk}, outcome))

    def blind(self, name: str, actor: str, statement: str, table: str, outcome: int | str) -> None:
        """A statement without a condition, which PostgreSQL runs past the policies for reading."""
        self.all.append(Attempt(name, actor, table, statement, {}, outcome))

    @staticmethod
    def _value(value: Any) -> Any:
        if value is NOW:
            return None
        if isinstance(value, Model):
            return str(value.pk)
        return str(value) if isinstance(value, uuid.UUID) else value


def _record(parameter: str, changes: dict[str, Any]) -> str:
    """The row's JSON, with the context's instant where ``changes`` ask for it."""
    at = [f"jsonb_build_object('{column}', access.at())" for column, value in changes.items() if value is NOW]
    return " || ".join([f"%({parameter})s::jsonb", *at])


def period(lower: datetime | None, upper: datetime | None) -> str:
    """A half-open period as PostgreSQL writes it."""
    return f"[{lower.isoformat() if lower else ''},{upper.isoformat() if upper else ''})"
