"""A county of so many cases, made by the database itself: the same ids and rows every time.

Ids are digests of a word and a number, so that pages and statements can name them without asking.
Five hundred cases to a unit; of those sixty to each of eight colleagues. The first colleague of the
first unit works in the first three, with sixty cases in each.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import Path

import psycopg

PER_UNIT = 500
PER_PERSON = 60
LONG = 300  # entries of the first case; the others have few
LEAD = 9
COUNTY = Path(__file__).with_name("county.sql")


def uid(kind: str, number: int) -> uuid.UUID:
    """The id of the row of that kind and number, as ``bench_uid`` in the database makes it."""
    return uuid.UUID(hashlib.md5(f"{kind}{number}".encode()).hexdigest())  # noqa: S324 (no secret)


def staff(unit: int, person: int) -> uuid.UUID:
    """The account of a unit's colleague; ``LEAD`` leads it."""
    return uid("account", unit * 10 + person)


def load(url: str, cases: int) -> int:
    """Make the county past every policy, in one transaction; return how many rows it has."""
    numbers = {"cases": cases, "units": cases // PER_UNIT, "per_unit": PER_UNIT, "per_person": PER_PERSON,
               "long": LONG}  # fmt: skip
    text = re.sub(
        r"(?<!:):([a-z]\w*)", lambda found: str(numbers[found[1]]), COUNTY.read_text(encoding="utf-8")
    )
    count = 0
    with psycopg.connect(url) as connection:
        connection.execute("set local work_mem = '256MB'")
        for statement in text.split(";\n"):
            if statement.strip():
                count += max(connection.execute(statement).rowcount, 0)
    return count


def analyse(url: str) -> None:
    """As autovacuum would have done by the next morning."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def set_walls(url: str, *, on: bool) -> None:
    """Row-level security of every table that is protected, on or off; grants stay as they are."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select distinct quote_ident(tablename) from pg_policies where schemaname = 'public'"
        )
        for (table,) in tables.fetchall():
            connection.execute(f"alter table {table} {'enable' if on else 'disable'} row level security")
