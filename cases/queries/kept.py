"""What the actor's own unit keeps to itself: what it hides from a guardian, and its notes of
orosanmälningar."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef

from access.actor import Actor
from cases.models import Case, Concern, Entry, Hiding
from cases.queries.work import Task, Todo, when_of

SOON = timedelta(days=14)
MOST = 100


def hidings_of(entry: Entry, actor: Actor) -> list[Hiding]:
    """From whom an entry is hidden now: one statement."""
    return list(
        Hiding.objects.visible_to(actor)
        .in_force()
        .filter(entry=entry)
        .select_related("guardian")
        .order_by("guardian__given_name")
    )


def hiding_of(hiding_id: uuid.UUID, entry_id: uuid.UUID, actor: Actor) -> Hiding | None:
    """One decision in force, of this entry."""
    return (
        Hiding.objects.visible_to(actor)
        .in_force()
        .filter(pk=hiding_id, entry=entry_id)
        .select_related("guardian", "entry__case")
        .first()
    )


def hidings_due(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """What is hidden and to be looked over within two weeks, in the actor's cases. It goes on
    when the day has passed, and the line stands until somebody has looked."""
    if not actor.is_staff:
        return []
    mine = Case.objects.worked_on_by(actor)
    rows = (
        Hiding.objects.visible_to(actor)
        .in_force()
        .filter(case__in=mine if case is None else [case], review_on__lte=actor.today + SOON)
        .select_related("case__child")
        .order_by("review_on")[:MOST]
    )
    return [
        Task(
            Todo.REVIEW_HIDING,
            row.case.child.name,
            when_of(row.review_on, actor.today),
            row.case_id,
            target=row.entry_id,
            due_on=row.review_on,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ConcernNote:
    """One note: the newest version, and those before it."""

    newest: Concern
    earlier: list[Concern] = field(default_factory=list)


def concerns_of(case_id: uuid.UUID, actor: Actor) -> list[ConcernNote]:
    """The unit's notes about orosanmälningar, latest first: one statement."""
    found: dict[uuid.UUID, list[Concern]] = {}
    for row in Concern.objects.visible_to(actor).filter(case=case_id).order_by("-no"):
        found.setdefault(row.note, []).append(row)
    notes = [ConcernNote(rows[0], rows[1:]) for rows in found.values()]
    return sorted(notes, key=lambda note: (note.newest.happened_on, note.newest.written_at), reverse=True)


def newest_concern(case_id: uuid.UUID, note: uuid.UUID, actor: Actor) -> Concern | None:
    """The newest version of one note."""
    newer = Concern.objects.filter(note=OuterRef("note"), no__gt=OuterRef("no"))
    return (
        Concern.objects.visible_to(actor)
        .filter(~Exists(newer), case=case_id, note=note)
        .select_related("case")
        .first()
    )
