"""Queue work, claim it with a lease, and do it as its recipient."""

from __future__ import annotations

import time
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import connection

from access.actor import Actor, acting_as
from notices.models import Outbox
from notices.rules import LEASE, SWEEP_CLAIMS_FOR, again_after
from notices.work import Handler, Outcome, Work, dropped, handler_of

logger = structlog.get_logger(__name__)


class LeaseLostError(Exception):
    """Another attempt has taken the work over; what this one made is rolled back."""


def queue(
    *,
    by: Actor,
    recipient: uuid.UUID,
    kind: Outbox.Kind | str,
    key: str,
    subject: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Ask for work in the background, once for each recipient, kind and key.

    Without ``unit`` it is done as the family's; with one, as a member of that unit.
    ``key`` and ``subject`` hold ids and dates only. Somebody must be signed in.
    """
    _call(
        "select access.outbox_put(%s, %s, %s, %s, %s, %s)",
        [recipient, unit, Outbox.Kind(kind).value, key, subject, due_at],
    )


def queue_digests(*, recipients: list[uuid.UUID], day: date) -> int:
    """Queue the day's digest for those who have none; return how many. As nobody."""
    (added,) = _call("select access.digest_put(%s::uuid[], %s)", [recipients, day])
    return int(added)


def claim(*, limit: int = 1, kind: Outbox.Kind | None = None, lease: timedelta = LEASE) -> list[Work]:
    """Take due work for the length of a lease. As nobody, and committed before it is done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, recipient, unit, membership, kind, key, subject, attempt"
            " from access.outbox_claim(%s, make_interval(secs => %s), %s)",
            [limit, lease.total_seconds(), kind],
        )
        rows = cursor.fetchall()
    return [
        Work(id_, recipient, unit, membership, Outbox.Kind(kind_), key, subject, attempt)
        for id_, recipient, unit, membership, kind_, key, subject, attempt in rows
    ]


def sweep(*, claims_for: timedelta = SWEEP_CLAIMS_FOR) -> int:
    """Take and do one piece of work after another, taking none after ``claims_for``."""
    last = time.monotonic() + claims_for.total_seconds()
    with acting_as(None):
        _call("select access.heartbeat_put(%s)", ["worker"])
    done = 0
    while time.monotonic() < last and (work := _next()):
        perform(work)
        done += 1
    return done


def perform(work: Work, handler: Handler | None = None) -> Outcome | None:
    """Do a claimed piece of work in a transaction of its own, acting as its recipient.

    What it makes and that it is done are committed together. Returns None where it
    failed; it is then tried again later.
    """
    log = logger.bind(outbox=str(work.id), kind=work.kind.value, attempt=work.attempt)
    try:
        with acting_as(work.recipient, work.hat) as actor:
            do = handler or handler_of(work.kind)
            outcome = do(work, actor) if work.concerns(actor) else dropped("left")
            _done(work, outcome)
    except LeaseLostError:
        log.warning("lease_lost")
        return None
    except Exception as error:
        log.exception("work_failed")
        _failed(work, error)
        return None
    log.info("work_done", result=outcome.result.value)
    return outcome


def move_digest(*, digest: uuid.UUID, day: date) -> bool:
    """Make a digest that waited that of ``day``; False if the recipient has one for it."""
    (moved,) = _call("select access.digest_move(%s, %s)", [digest, day])
    return bool(moved)


def note_reminders(*, digest: uuid.UUID, items: str) -> int:
    """Note what a digest tells its recipient (JSON); return how much of it is new to her."""
    (added,) = _call("select access.reminders_put(%s, %s::jsonb)", [digest, items])
    return int(added)


def _next() -> Work | None:
    with acting_as(None):
        return next(iter(claim()), None)


def _done(work: Work, outcome: Outcome) -> None:
    (ours,) = _call(
        "select access.outbox_done(%s, %s, %s, %s, %s)",
        [work.id, work.attempt, outcome.result.value, outcome.message_id, outcome.why],
    )
    if not ours:
        raise LeaseLostError


def _failed(work: Work, error: Exception) -> None:
    pause = again_after(work.attempt)
    with acting_as(None):
        _call(
            "select access.outbox_failed(%s, %s, %s, make_interval(secs => %s))",
            [work.id, work.attempt, type(error).__name__[:120], pause.total_seconds() if pause else None],
        )


def _call(sql: str, parameters: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
