"""Carry the plan out and follow it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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
from plans.models import FollowUp, Insats, Plan, PlanVersion, Status
from plans.services.drafting import start_plan


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
class Held:
    """A follow-up as held. ``goals`` maps a goal's lineage to reached, partly or
    not; ``next_on`` is asked for unless the plan is closed."""

    held_on: date
    outcome: str
    goals: dict[str, str] = field(default_factory=dict)
    note: str = ""
    next_on: date | None = None
    close_reason: CloseReason | None = None


@transaction.atomic
def hold_follow_up(*, version: PlanVersion, held: Held, by: Actor) -> None:
    """Record a follow-up, and continue, change or close."""
    standing(version.case_id, by).require(Permission.EDIT_PLAN)
    account, unit = by.writes_as
    if held.held_on > by.today:
        raise Refused(_("The day can't be in the future."), field="held_on")
    if held.outcome != FollowUp.Outcome.CLOSE and (held.next_on is None or held.next_on <= by.today):
        raise Refused(_("Write when you follow up next time."), field="next_on")
    FollowUp.objects.create(
        version=version,
        case_id=version.case_id,
        owner_unit_id=unit,
        due_on=_due_on(version, held),
        held_on=held.held_on,
        goals=held.goals,
        note=held.note,
        outcome=held.outcome,
        held_by_id=account,
        held_at=by.at,
    )
    record(by=by, kind="write", action="follow_up_held", case=version.case_id,
           child=version.case.child_id, object=version.pk, outcome=held.outcome)  # fmt: skip
    _go_on(version, held, by)


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
    if held.outcome == FollowUp.Outcome.CHANGE:
        draft = start_plan(case=case, kind=version.plan.kind, by=by)
        PlanVersion.objects.filter(pk=draft.pk).update(next_follow_up_on=held.next_on)
