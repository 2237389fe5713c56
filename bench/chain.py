"""What checking the audit's chain costs beside plainly reading the same rows."""

from __future__ import annotations

import json
import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg

MOST = 5.0
TIMES = 5
AT_ONCE = 1_000
# Every column of every event, in the order of the chain, as whoever may read them would.
READ = "select * from audit_event order by day, no"


def cost(url: str, events: int) -> str:
    """Fill the log through the one function that may, then check and read it in turn: a sentence."""
    _append(events)
    with psycopg.connect(url) as connection:
        rows = _read(connection)
        read, check = [], []
        for _ in range(TIMES):
            read.append(_took(lambda: _read(connection)))
            check.append(_took(_check))
    plain, checked = statistics.median(read), statistics.median(check)
    ratio = checked / plain
    reached = "reached" if ratio <= MOST else "not reached"
    return (
        f"The audit's chain of {rows} events: read {1000 * plain:.0f} ms, checked {1000 * checked:.0f} ms, "
        f"{1e6 * checked / rows:.1f} µs a row, {ratio:.2f} times (≤ {MOST:.0f}: {reached}).\n"
    )


def _append(events: int) -> None:
    from django.db import connection, transaction

    from access import actor

    for _ in range(events // AT_ONCE):
        some = [
            {
                "id": str(uuid.uuid4()), "role": "handler", "kind": "read", "action": "opened_case",
                "child": str(uuid.uuid4()), "case": str(uuid.uuid4()), "object": None,
                "detail": {"path": "desk"}, "request": str(uuid.uuid4()),
            }
            for _ in range(AT_ONCE)
        ]  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            actor.begin(None)
            cursor.execute("select access.audit_append(%s::jsonb)", [json.dumps(some)])


def _read(connection: psycopg.Connection[Any]) -> int:
    return len(connection.execute(READ).fetchall())


def _check() -> None:
    from audit.chain import faults

    found = list(faults())
    if found:
        raise RuntimeError(f"the chain does not hold: {found[:3]}")


def _took(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
