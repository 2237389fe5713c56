"""Carry the plan out and follow it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Process
from cases.rules import CloseReason, NextStep, ProcessState
from cases.services.decisions import close_case, move_process
from kit.errors import Refused
from plans.models import FollowUp, Goal, GoalResult, Insats, InsatsResult, Plan, PlanVersion, Status
from plans.services.drafting import start_plan

# These begin a draft of what is to be. For more support the family is first asked about whom.
CHANGES_THE_PLAN = frozenset({FollowUp.Outcome.CHANGE, FollowUp.Outcome.STEP_DOWN})


@transaction.atomic
def set_status(*, insats: Insats, value: str, comment: str, by: Actor) -> None:
    """Say how an insats of one's own unit goes."""
    standing(insats.case_id, by).require(Permission.UPDATE_OWN_ROW)
    account, unit = by.writes_as
    if insats.unit_id != by.unit_id:
        raise Refused(_("Only the unit that does this can change it."))
    if value == Status.Value.NOT_DONE and not comment.strip():
        raise Refused(_("Write why it was not done."))
    Status.objects.create(
        case_id=insats.case_id,
        lineage=insats.lineage,
        unit_id=unit,
        value=value,
        comment=comment,
        set_by_id=account,
        set_by_name=by.name,
        set_at=by.at,
    )
    record(by=by, kind="write", action="status_set", case=insats.case_id,
           child=insats.case.child_id, object=insats.pk, value=value)  # fmt: skip


@transaction.atomic
def look_over_plan(*, plan: Plan, by: Actor) -> None:
    """Say that one has seen what consent changed, or has talked with the family about what it
    answered; the plan stays as it is."""
    standing(plan.case_id, by).require(Permission.EDIT_PLAN)
    Plan.objects.filter(pk=plan.pk).update(reviewed_at=by.at)
    record(by=by, kind="write", action="plan_looked_over", case=plan.case_id,
           child=plan.case.child_id, object=plan.pk)  # fmt: skip


@dataclass(frozen=True)
class Came:
    """What had come of an insats; ``reason`` is why it was not done."""

    value: str
    reason: str = ""


@dataclass(frozen=True)
class Held:
    """A follow-up as held. ``goals`` says for a goal's lineage how far it has come, ``rows`` for
    that of an insats what has come of it; ``next_on`` is asked for unless the plan is closed."""

    held_on: date
    outcome: str
    goals: dict[UUID, str] = field(default_factory=dict)
    rows: dict[UUID, Came] = field(default_factory=dict)
    note: str = ""
    next_on: date | None = None
    close_reason: CloseReason | None = None


@transaction.atomic
def hold_follow_up(*, version: PlanVersion, held: Held, by: Actor) -> None:
    """Record a follow-up goal by goal and insats by insats, and do what was decided."""
    standing(version.case_id, by).require(Permission.EDIT_PLAN)
    account, unit = by.writes_as
    _check(held, by)
    follow_up = FollowUp.objects.create(
        version=version,
        case_id=version.case_id,
        owner_unit_id=unit,
        due_on=_due_on(version, held),
        held_on=held.held_on,
        note=held.note,
        outcome=held.outcome,
        held_by_id=account,
        held_at=by.at,
    )
    _write_results(follow_up, held)
    record(by=by, kind="write", action="follow_up_held", case=version.case_id,
           child=version.case.child_id, object=version.pk, outcome=held.outcome)  # fmt: skip
    _go_on(version, held, by)


def _check(held: Held, by: Actor) -> None:
    if held.held_on > by.today:
        raise Refused(_("The day can't be in the future."), field="held_on")
    if held.outcome != FollowUp.Outcome.CLOSE and (held.next_on is None or held.next_on <= by.today):
        raise Refused(_("Write when you follow up next time."), field="next_on")
    for lineage, came in held.rows.items():
        if came.value == InsatsResult.Value.NOT_DONE and not came.reason.strip():
            raise Refused(_("Write why it was not done."), field=f"reason_{lineage}")


def _write_results(follow_up: FollowUp, held: Held) -> None:
    """What came of the version's goals and insatser; of what is not said nothing is written."""
    of = {
        "follow_up": follow_up,
        "version_id": follow_up.version_id,
        "case_id": follow_up.case_id,
        "owner_unit_id": follow_up.owner_unit_id,
        "held_on": follow_up.held_on,
        "written_at": follow_up.held_at,
    }
    goals = Goal.objects.filter(version=follow_up.version_id, lineage__in=list(held.goals))
    GoalResult.objects.bulk_create(
        GoalResult(**of, goal=goal, value=held.goals[goal.lineage]) for goal in goals
    )
    rows = Insats.objects.filter(version=follow_up.version_id, lineage__in=list(held.rows))
    InsatsResult.objects.bulk_create(
        InsatsResult(**of, insats=row, value=came.value, reason=came.reason.strip())
        for row in rows
        for came in [held.rows[row.lineage]]
    )


def _due_on(version: PlanVersion, held: Held) -> date:
    """The day it was due: as the process says, since a version's own date is that
    of its first follow-up."""
    process = Process.objects.get(case=version.case_id)
    if process.next_step == NextStep.FOLLOW_UP and process.next_on:
        return process.next_on
    return version.next_follow_up_on or held.held_on


def _go_on(version: PlanVersion, held: Held, by: Actor) -> None:
    case = version.case
    if held.outcome == FollowUp.Outcome.CLOSE:
        Plan.objects.filter(pk=version.plan_id).update(state=Plan.State.CLOSED)
        close_case(case=case, reason=held.close_reason or CloseReason.GOALS_REACHED, by=by)
        return
    Plan.objects.filter(pk=version.plan_id).update(state=Plan.State.FOLLOWED_UP)
    move_process(
        case=case, to=ProcessState.IMPLEMENTING, by=by,
        next_step=NextStep.FOLLOW_UP, next_on=held.next_on,
    )  # fmt: skip
    if held.outcome in CHANGES_THE_PLAN:
        draft = start_plan(case=case, kind=version.plan.kind, by=by)
        PlanVersion.objects.filter(pk=draft.pk).update(next_follow_up_on=held.next_on)
