"""Follow-ups as they were held: goal by goal, how each insats went then, what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from access.actor import Actor
from plans.models import FollowUp, Goal, Insats, Status


@dataclass(frozen=True)
class HeldFollowUp:
    """A follow-up with each goal's result, as the code that was chosen, and each insats as
    its unit had last said when the follow-up was written down."""

    follow_up: FollowUp
    goals: list[tuple[Goal, str]]
    rows: list[tuple[Insats, Status.Value]]


def held_follow_ups(case_id: uuid.UUID, actor: Actor) -> list[HeldFollowUp]:
    """The follow-ups that the actor may read, latest first: four statements, or one."""
    held = list(
        FollowUp.objects.visible_to(actor)
        .filter(case=case_id)
        .select_related("version", "owner_unit")
        .order_by("-held_on", "-held_at")
    )
    if not held:
        return []
    versions = {one.version_id for one in held}
    goals = list(Goal.objects.filter(version__in=versions).order_by("position"))
    rows = list(
        Insats.objects.visible_to(actor).filter(version__in=versions, unit__isnull=False).order_by("position")
    )
    said = list(Status.objects.filter(lineage__in=[row.lineage for row in rows]).order_by("set_at"))
    return [_held(one, goals, rows, said) for one in held]


def _held(
    one: FollowUp, goals: Iterable[Goal], rows: Iterable[Insats], said: Iterable[Status]
) -> HeldFollowUp:
    then = {status.lineage: Status.Value(status.value) for status in said if status.set_at <= one.held_at}
    return HeldFollowUp(
        follow_up=one,
        goals=[
            (goal, str(one.goals[str(goal.lineage)]))
            for goal in goals
            if goal.version_id == one.version_id and str(goal.lineage) in one.goals
        ],
        rows=[
            (row, then.get(row.lineage, Status.Value.PLANNED))
            for row in rows
            if row.version_id == one.version_id
        ],
    )
