"""Removes what is kept no longer, of the classes work, day and log (docs/retention.md).

Records are not touched: their removal takes a list, an approval and a proof. Nor is what
the audit holds, whose chain must stay whole.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction

from access.actor import acting_as
from audit.services import record

# In this order: a reminder holds its digest in the outbox. Each names a narrow definer
# function, access.sweep_<name>, which knows the period itself and answers only nobody.
KINDS = ("drafts", "reminders", "outbox", "deliveries", "documents", "attempts", "sessions", "questions")
BATCH = 500
# Well within a task's time limit; the rest is for the next run.
LASTS = timedelta(seconds=25)


def remove_old(*, batch: int = BATCH, lasts: timedelta | None = LASTS) -> Counter[str]:
    """Remove it in batches, each in a transaction of its own with its proof: what, and how
    many. Doing it again, or twice at once, removes nothing more. Returns how many of each."""
    removed: Counter[str] = Counter()
    last = None if lasts is None else time.monotonic() + lasts.total_seconds()
    for kind in KINDS:
        while last is None or time.monotonic() < last:
            count = _remove(kind, batch)
            removed[kind] += count
            if count < batch:
                break
    return removed


@transaction.atomic
def count_old() -> Counter[str]:
    """How many of each would be removed; nothing is."""
    with acting_as(None):
        counted = Counter({kind: _swept(kind, 2**31 - 1) for kind in KINDS})
    transaction.set_rollback(True)
    return counted


def _remove(kind: str, batch: int) -> int:
    with acting_as(None) as nobody:
        count = _swept(kind, batch)
        if count:
            record(by=nobody, kind="write", action="old_removed", what=kind, count=count)
    return count


def _swept(kind: str, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select access.sweep_{kind}(%s)", [limit])
        (count,) = cursor.fetchone()
    return int(count)
