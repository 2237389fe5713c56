"""Feedback to whoever noticed: what may be said, what has been, and for whom it is time."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from access.actor import Actor
from cases.models import Case, Feedback, Signal
from cases.queries.work import MOST, Task, Todo, when_of
from kit.dates import as_day
from kit.working_days import add_working_days

GIVEN_WITHIN = 10


@dataclass(frozen=True)
class Told:
    """What the sender of a signal has been told, and which day. Not by whom."""

    what: str
    on: date

    @property
    def words(self) -> str:
        """The sentence."""
        return str(Feedback.What(self.what).label)


def may_say(signal_id: uuid.UUID) -> list[str]:
    """The sentences that a yes covers, for the unit that received the signal and holds its case."""
    with connection.cursor() as cursor:
        cursor.execute("select access.feedback_may_say(%s)", [signal_id])
        (found,) = cursor.fetchone()
    return list(found or [])


def signal_in(case: Case, signal_id: uuid.UUID, actor: Actor) -> Signal | None:
    """A signal that the actor's unit has received into this case."""
    received = Signal.objects.visible_to(actor).filter(
        to_unit=actor.unit_id, case=case, taken_at__isnull=False
    )
    return received.filter(pk=signal_id).select_related("from_unit").first()


def given_about(signal: Signal, actor: Actor) -> list[Feedback]:
    """What the sender has been told, the latest first."""
    return list(Feedback.objects.visible_to(actor).filter(signal=signal).order_by("-given_at"))


def feedback_to(actor: Actor) -> dict[uuid.UUID, list[Told]]:
    """What the actor has been told of what she noticed, by signal, the latest first: one statement."""
    found: dict[uuid.UUID, list[Told]] = defaultdict(list)
    if actor.is_staff:
        with connection.cursor() as cursor:
            cursor.execute(
                "select signal, what, given_on from access.feedback_to_me() order by given_on desc"
            )
            for signal, what, on in cursor.fetchall():
                found[signal].append(Told(what, on))
    return dict(found)


def feedback_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Signals of other units that the actor's has received, in cases whose baton she holds, and whose
    sender has been told nothing: within ten working days. One statement."""
    if not actor.is_staff:
        return []
    hers = Q(case__process__coordinator=actor.account_id) | Q(
        case__process__coordinator__isnull=True, case__process__responsible=actor.account_id
    )
    waiting = (
        Signal.objects.filter(
            hers,
            ~Exists(Feedback.objects.filter(signal=OuterRef("pk"))),
            case__in=Case.objects.worked_on_by(actor),
            to_unit=actor.unit_id,
            taken_at__isnull=False,
            case__process__closed_at__isnull=True,
        )
        .exclude(from_unit=actor.unit_id)
        .select_related("case__child")
        .order_by("taken_at", "pk")
    )
    if case is not None:
        waiting = waiting.filter(case=case)
    return [_task(signal, actor) for signal in waiting[:MOST]]


def _task(signal: Signal, actor: Actor) -> Task:
    assert signal.taken_at is not None  # noqa: S101 (asked for)
    assert signal.case is not None  # noqa: S101 (asked for)
    due = add_working_days(as_day(signal.taken_at), GIVEN_WITHIN)
    name = signal.case.child.name
    return Task(Todo.GIVE_FEEDBACK, name, when_of(due, actor.today), signal.case_id, signal.pk, due)
