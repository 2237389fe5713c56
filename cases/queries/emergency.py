"""Nödöppningar, as those who review them see them: never the child, nor what was read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from access.actor import Actor
from cases.models import Emergency


@dataclass(frozen=True)
class ToReview:
    """One nödöppning: by whom, when, why, and how it was judged if it was."""

    id: uuid.UUID
    who: str
    unit: str
    code: str
    text: str
    opened_at: datetime
    ended_at: datetime
    due_on: date
    verdict: str
    note: str
    reviewed_at: datetime | None
    reviewer: str
    escalated: bool

    @property
    def reason(self) -> str:
        """The coded reason in words."""
        return str(Emergency.Code(self.code).label)

    @property
    def judged(self) -> str:
        """The verdict in words, empty while it waits."""
        return str(Emergency.Verdict(self.verdict).label) if self.verdict else ""


_COLUMNS = (
    "id, who, unit, code, text, opened_at, ended_at, due_on, verdict, note, reviewed_at, reviewer, escalated"
)


def emergencies_to_review(actor: Actor, *, all: bool = False) -> list[ToReview]:
    """Those that wait for the actor, the latest first; with ``all`` those that are judged too."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {_COLUMNS} from access.emergencies_to_review(%s)", [all])  # noqa: S608
        return [ToReview(*row) for row in cursor.fetchall()]


def lines_of(emergency_id: uuid.UUID, actor: Actor) -> list[tuple[datetime, str, str]]:
    """What was opened and written under it: instant, kind and action."""
    with connection.cursor() as cursor:
        cursor.execute("select at, kind, action from access.emergency_lines(%s)", [emergency_id])
        return list(cursor.fetchall())
