"""Arithmetic of reminders: which stage a follow-up has reached, and what is new of it.

14 and 3 days before, the day after, then weekly; arbetsledare from a week after. Only the
latest stage reached counts: whoever takes over late, or was not reminded because nobody
worked, is told once and not of everything she missed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LONG_BEFORE = 14
SHORTLY_BEFORE = 3
WEEK = 7


@dataclass(frozen=True)
class Due:
    """A follow-up that a person may have to be reminded of, and at which stages she has
    been. ``as_lead`` is whether she is only to step in when others are late."""

    account: uuid.UUID
    version: uuid.UUID
    due_on: date
    as_lead: bool
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reminder:
    """One due thing at one stage, in words for machines."""

    account: uuid.UUID
    subject: uuid.UUID
    due_on: date
    stage: str


def stage(due_on: date, on: date, *, as_lead: bool) -> str | None:
    """The latest stage that a follow-up due on ``due_on`` has reached on ``on``."""
    late = (on - due_on).days
    if as_lead:
        return f"lead_{late // WEEK}" if late >= WEEK else None
    if late >= 1:
        weeks = (late - 1) // WEEK
        return f"week_{weeks}" if weeks else "day_after"
    if late >= -SHORTLY_BEFORE:
        return "before_3"
    return "before_14" if late >= -LONG_BEFORE else None


def new_reminders(due: Iterable[Due], on: date) -> list[Reminder]:
    """What nobody has been told yet, each person and follow-up once.

    An arbetsledare who holds the baton herself is reminded as its holder.
    """
    by_person: dict[tuple[uuid.UUID, uuid.UUID], Due] = {}
    for one in due:
        known = by_person.get((one.account, one.version))
        if known is None or known.as_lead:
            by_person[one.account, one.version] = one
    found = []
    for one in by_person.values():
        reached = stage(one.due_on, on, as_lead=one.as_lead)
        if reached and reached not in one.told:
            found.append(Reminder(one.account, one.version, one.due_on, reached))
    return found
