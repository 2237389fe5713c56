"""A plan as one actor sees it: goals, who does what, how it goes, who has agreed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from access.actor import Actor
from access.policy import Decision, no
from access.reasons import Reason
from access.whom import Whom
from cases.queries.head import keeper_of
from plans.models import (
    FamilyReply,
    Goal,
    GoalResult,
    Insats,
    InsatsResult,
    Plan,
    PlanVersion,
    Status,
    UnitReply,
)
from plans.queries.follow_ups import Results, latest_results
from plans.rules import PlanFacts, plan_in_force


@dataclass(frozen=True)
class RowView:
    """An insats with how it goes. ``paused``: it is not ended and its unit has no
    consent now. ``result`` is what had come of it when it was last followed up."""

    insats: Insats
    status: Status | None
    paused: bool
    result: InsatsResult | None = None

    @property
    def value(self) -> Status.Value:
        """Paused, or the last status its unit set, or planned."""
        if self.paused:
            return Status.Value.PAUSED
        return Status.Value(self.status.value) if self.status else Status.Value.PLANNED


@dataclass(frozen=True)
class GoalView:
    """A goal, what is done towards it, and how far it had come when last followed up."""

    goal: Goal
    rows: list[RowView]
    result: GoalResult | None = None


@dataclass(frozen=True)
class PlanView:
    """One version, as the actor sees it, and whether it is in force."""

    version: PlanVersion
    goals: list[GoalView]
    other_rows: list[RowView]
    family_rows: list[RowView]
    unit_replies: list[UnitReply] = field(default_factory=list)
    family_replies: list[FamilyReply] = field(default_factory=list)
    in_force: Decision = field(default_factory=lambda: no(Reason.PLAN_IS_DRAFT))

    @property
    def rows(self) -> list[RowView]:
        """All rows that a unit does."""
        return [row for goal in self.goals for row in goal.rows] + self.other_rows

    @property
    def some_paused(self) -> bool:
        """Whether something in the plan waits."""
        return any(row.paused for row in self.rows)


def newest_versions(
    case_id: uuid.UUID, actor: Actor, *, whom: Whom | None = None
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """The newest agreed version and the newest draft that the actor may see; with ``whom``, that
    both may."""
    visible = PlanVersion.objects.visible_to(actor)
    versions = list(
        (visible if whom is None else visible.visible_to(whom))
        .filter(case=case_id, discarded_at__isnull=True)
        .exclude(plan__state=Plan.State.CLOSED, agreed_at__isnull=True)
        .select_related("plan", "wheel", "child_words")
        .order_by("-no")
    )
    agreed = next((v for v in versions if v.agreed_at), None)
    draft = next((v for v in versions if not v.agreed_at), None)
    return agreed, draft


def takes_over(agreed: PlanVersion, actor: Actor) -> bool:
    """Whether another unit wrote the plan, and the actor's holds the work together now: the next
    version is its to write, and then its to follow up."""
    return agreed.owner_unit_id != actor.unit_id and keeper_of(agreed.case_id) == actor.unit_id


def plan_view(
    version: PlanVersion,
    actor: Actor,
    *,
    units_in_force: frozenset[uuid.UUID] | None,
    whom: Whom | None = None,
) -> PlanView:
    """The version with its rows; with ``whom``, those that she sees too. ``units_in_force`` are the units that consent
    covers as far as the actor knows; ``None`` where she can't know. A no that she may not
    know of is not in it."""
    seen_goals = Goal.objects.visible_to(actor).filter(version=version)
    seen_rows = Insats.objects.visible_to(actor).filter(version=version)
    if whom is not None:
        seen_goals, seen_rows = seen_goals.visible_to(whom), seen_rows.visible_to(whom)
    goals, rows = list(seen_goals.order_by("position")), list(seen_rows.order_by("position"))
    statuses: dict[uuid.UUID, Status] = {
        status.lineage: status
        for status in Status.objects.filter(lineage__in=[r.lineage for r in rows]).order_by("set_at")
    }
    # A draft has not been followed up.
    results = latest_results(version.pk, actor, *([whom] if whom else [])) if version.agreed_at else Results()
    views = [
        RowView(
            row,
            statuses.get(row.lineage),
            paused=_is_paused(row, version, units_in_force, statuses.get(row.lineage)),
            result=results.rows.get(row.pk),
        )
        for row in rows
    ]
    known = {goal.pk for goal in goals}
    unit_replies = list(UnitReply.objects.filter(version=version).order_by("replied_at"))
    family_replies = list(
        FamilyReply.objects.filter(version=version).select_related("guardian", "child").order_by("replied_at")
    )
    return PlanView(
        version=version,
        goals=[
            GoalView(
                goal,
                [v for v in views if v.insats.goal_id == goal.pk and v.insats.unit_id],
                results.goals.get(goal.pk),
            )
            for goal in goals
        ],
        other_rows=[v for v in views if v.insats.unit_id and v.insats.goal_id not in known],
        family_rows=[v for v in views if not v.insats.unit_id],
        unit_replies=unit_replies,
        family_replies=latest_replies(family_replies),
        in_force=plan_in_force(
            PlanFacts(
                agreed=version.agreed_at is not None,
                closed=version.plan.state == Plan.State.CLOSED,
                refused=any(r.value == FamilyReply.Value.NO for r in latest_replies(family_replies)),
                with_others=has_others(rows, version),
                keeper_covered=units_in_force is None or version.owner_unit_id in units_in_force,
            )
        ),
    )


def latest_replies(replies: list[FamilyReply]) -> list[FamilyReply]:
    """Each person's latest answer."""
    latest: dict[object, FamilyReply] = {}
    for reply in replies:
        latest[reply.guardian_id or reply.child_id] = reply
    return list(latest.values())


def has_others(rows: list[Insats], version: PlanVersion) -> bool:
    """Whether other units than the one that keeps the plan have rows in it."""
    return any(row.unit_id and row.unit_id != version.owner_unit_id for row in rows)


def _is_paused(
    row: Insats,
    version: PlanVersion,
    units_in_force: frozenset[uuid.UUID] | None,
    status: Status | None,
) -> bool:
    """A row waits while consent doesn't cover its unit; its owner needs none. What is ended
    stays as it ended, and in a closed plan nothing waits."""
    if units_in_force is None or row.unit_id is None or row.unit_id == version.owner_unit_id:
        return False
    if status is not None and Status.Value(status.value).is_ended:
        return False
    if version.agreed_at is None or version.plan.state == Plan.State.CLOSED:
        return False
    return row.unit_id not in units_in_force
