"""Arithmetic of reminders: which stage a due thing has reached, and what is new of it.

A follow-up: 14 and 3 days before, the day after, then weekly. A next step, a hand-over and a question
without a name: 3 days before, the day after, then weekly. A consent that ends: 60 and 30 days before.
The arbetsledare is told from a week after. Only the latest stage reached counts: whoever takes over
late, or was not reminded because nobody worked, is told once and not of everything she missed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What can be due; the words of ``plans/reminders.sql``."""

    FOLLOW_UP = "follow_up"
    STEP = "step"
    HANDOVER = "handover"
    QUESTION = "question"
    CONSENT = "consent"


WEEK = 7
# So many days before its day, a thing is told of; what has a day among them is told of when it is late.
BEFORE: dict[Kind, tuple[int, ...]] = {
    Kind.FOLLOW_UP: (3, 14),
    Kind.STEP: (3,),
    Kind.HANDOVER: (3,),
    Kind.QUESTION: (3,),
    Kind.CONSENT: (30, 60),
}
# What has ended by itself is no longer to be done.
NEVER_LATE = frozenset({Kind.CONSENT})


@dataclass(frozen=True)
class Due:
    """What a person may have to be reminded of, and at which stages she has been. ``as_lead`` is
    whether she is only to step in when others are late."""

    account: uuid.UUID
    subject: uuid.UUID
    kind: Kind
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


def stage(kind: Kind, due_on: date, on: date, *, as_lead: bool) -> str | None:
    """The latest stage that something due on ``due_on`` has reached on ``on``."""
    late = (on - due_on).days
    if late >= 1 and kind in NEVER_LATE:
        return None
    if as_lead:
        return f"lead_{late // WEEK}" if late >= WEEK else None
    if late >= 1:
        weeks = (late - 1) // WEEK
        return f"week_{weeks}" if weeks else "day_after"
    return next((f"before_{days}" for days in BEFORE[kind] if -late <= days), None)


def new_reminders(due: Iterable[Due], on: date) -> list[Reminder]:
    """What nobody has been told yet, each person and thing once.

    An arbetsledare with whom it stands herself is reminded as whoever has it.
    """
    by_person: dict[tuple[uuid.UUID, uuid.UUID], Due] = {}
    for one in due:
        known = by_person.get((one.account, one.subject))
        if known is None or known.as_lead:
            by_person[one.account, one.subject] = one
    found = []
    for one in by_person.values():
        reached = stage(one.kind, one.due_on, on, as_lead=one.as_lead)
        if reached and reached not in one.told:
            found.append(Reminder(one.account, one.subject, one.due_on, reached))
    return found
