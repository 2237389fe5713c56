"""What a unit itself has read and done with a case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from access.actor import Actor


@dataclass(frozen=True)
class LogRow:
    """One event of the actor's own unit."""

    at: datetime
    who: str
    role: str
    kind: str
    action: str


def unit_log(case_id: uuid.UUID, actor: Actor) -> list[LogRow]:
    """The latest events of the actor's unit on a case that she works on."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select at, who, role, kind, action from access.unit_log(%s)", [case_id])
        return [LogRow(*row) for row in cursor.fetchall()]
