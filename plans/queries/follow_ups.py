"""Follow-ups as they were held: goal by goal, insats by insats, what was decided; and how far
each goal and insats of one version has come, for whoever reads that version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from access.actor import Actor
from access.whom import Whom
from plans.models import FollowUp, GoalResult, InsatsResult


@dataclass(frozen=True)
class HeldFollowUp:
    """A follow-up with what came of the goals and insatser that the actor may read."""

    follow_up: FollowUp
    goals: list[GoalResult]
    rows: list[InsatsResult]


@dataclass(frozen=True)
class Results:
    """The latest of each goal and each insats of a version, by their ids."""

    goals: dict[uuid.UUID, GoalResult] = field(default_factory=dict)
    rows: dict[uuid.UUID, InsatsResult] = field(default_factory=dict)


def held_follow_ups(case_id: uuid.UUID, actor: Actor) -> list[HeldFollowUp]:
    """The follow-ups that the actor may read, latest first: three statements, or one."""
    held = list(
        FollowUp.objects.visible_to(actor)
        .filter(case=case_id)
        .select_related("version", "owner_unit")
        .order_by("-held_on", "-held_at")
    )
    if not held:
        return []
    of = {"follow_up__in": [one.pk for one in held]}
    goals = list(
        GoalResult.objects.visible_to(actor)
        .filter(**of).select_related("goal").order_by("goal__position")
    )  # fmt: skip
    rows = list(
        InsatsResult.objects.visible_to(actor)
        .filter(**of).select_related("insats").order_by("insats__position")
    )  # fmt: skip
    return [
        HeldFollowUp(
            one,
            [result for result in goals if result.follow_up_id == one.pk],
            [result for result in rows if result.follow_up_id == one.pk],
        )
        for one in held
    ]


def latest_results(version_id: uuid.UUID, *whom: Whom) -> Results:
    """How far each goal and insats had come when last followed up, of what all of ``whom`` may
    read: two statements. It asks for no follow-up, since somebody from whom a goal is
    hidden reads of the others all the same."""
    goals = GoalResult.objects.filter(version=version_id).order_by("held_on", "written_at")
    rows = InsatsResult.objects.filter(version=version_id).order_by("held_on", "written_at")
    for one in whom:
        goals, rows = goals.visible_to(one), rows.visible_to(one)
    return Results(
        {result.goal_id: result for result in goals}, {result.insats_id: result for result in rows}
    )
