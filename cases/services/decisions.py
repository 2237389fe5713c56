"""The responsible unit decides what is needed, and moves the case on."""

from __future__ import annotations

from datetime import date

from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.actor import Actor
from access.ages import ADULT_AT, age_on
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Entry, Process, Version
from cases.process import PROCESS, may_close, may_move, next_step_in
from cases.rules import CloseReason, NextStep, ProcessState
from cases.services.entries import Audience, Written, write_entry
from kit.errors import Refused


class Outcome(models.TextChoices):
    """What the assessment leads to (domain description, section 1)."""

    NO_NEED = "no_need", gettext_lazy("No need of support")
    OWN_SUPPORT = "own_support", gettext_lazy("We can meet the need ourselves")
    HAND_OVER = "hand_over", gettext_lazy("Belongs wholly to another service")
    COLLABORATE = "collaborate", gettext_lazy("Two or more are needed: work together")
    REST = "rest", gettext_lazy("Let it rest, and look again later")


STATE_AFTER = {
    Outcome.NO_NEED: ProcessState.ASSESSMENT,
    Outcome.OWN_SUPPORT: ProcessState.ASSESSMENT,
    Outcome.HAND_OVER: ProcessState.ASSESSMENT,
    Outcome.COLLABORATE: ProcessState.CONSENT,
    Outcome.REST: ProcessState.DORMANT,
}


NEXT_AFTER = {
    Outcome.NO_NEED: NextStep.CLOSE,
    Outcome.OWN_SUPPORT: NextStep.SUPPORT,
    Outcome.HAND_OVER: NextStep.HAND_OVER,
    Outcome.COLLABORATE: None,
    Outcome.REST: NextStep.LOOK_AGAIN,
}

# The day of these is chosen; that of the others comes with its deadline.
DATED = frozenset({Outcome.OWN_SUPPORT, Outcome.REST})


@transaction.atomic
def decide_outcome(
    *,
    case: Case,
    outcome: Outcome,
    reasons: str,
    audience: Audience,
    by: Actor,
    follow_up_on: date | None = None,
) -> Version:
    """Record the assessment with its reasons, and move the case on.

    "Samverka" leads to the question of consent, which comes after the own
    analysis and before anything is shared. Own support is followed up on a day
    that is given; no need leads to closing; what belongs elsewhere to the
    family, without whose yes no other service gets to know.
    """
    standing(case.pk, by).require(Permission.DECIDE_COLLABORATION)
    if outcome in DATED and (follow_up_on is None or follow_up_on <= by.today):
        raise Refused(_("Write when you look at it again."))
    if outcome is Outcome.REST and not may_rest(case):
        raise Refused(_("A case that has just begun can't rest. Decide what is needed."))
    version = write_entry(
        case=case,
        written=Written(
            kind=Entry.Kind.ASSESSMENT,
            body=reasons,
            happened_on=by.today,
            data={"outcome": outcome.value},
        ),
        audience=audience,
        by=by,
    )
    move_process(
        case=case, to=STATE_AFTER[outcome], by=by, next_step=NEXT_AFTER[outcome],
        next_on=follow_up_on if outcome in DATED else None,
    )  # fmt: skip
    return version


def may_rest(case: Case) -> bool:
    """Whether a case can be left to rest from where it stands, or rests already."""
    state = ProcessState(Process.objects.get(case=case).state)
    return state is ProcessState.DORMANT or may_move(state, ProcessState.DORMANT)


@transaction.atomic
def move_process(
    *,
    case: Case,
    to: ProcessState,
    by: Actor,
    next_step: NextStep | None = None,
    next_on: date | None = None,
) -> None:
    """Move a case to another state if the transition table has that step.

    Staying where it is, or being further along already, changes nothing but
    a next step that is given. ``next_on`` is the day it is due; without one the
    database sets that which the step's deadline gives (``cases/process.sql``).
    """
    process = Process.objects.select_for_update().get(case=case)
    changes: dict[str, object] = {}
    if process.state != to and may_move(ProcessState(process.state), to):
        _require_one_of(PROCESS[to].by, case, by)
        changes = {
            "state": to,
            "state_since": by.at,
            "next_step": next_step_in(to) or "",
            "next_on": None,
        }
    if next_step is not None:
        changes |= {"next_step": next_step, "next_on": next_on}
    if changes and not Process.objects.filter(case=case).update(**changes):
        raise Refused(_("Only the unit that is responsible can do this."))
    if "state" in changes:
        record(by=by, kind="write", action="process_moved", case=case.pk,
               child=case.child_id, state=to)  # fmt: skip


def reasons_to_close(case: Case, by: Actor) -> list[CloseReason]:
    """For which reasons the case can be closed now."""
    state = ProcessState(Process.objects.get(case=case).state)
    adult = age_on(case.child.born_on, by.today) >= ADULT_AT
    return [
        reason
        for reason in CloseReason
        if may_close(state, reason) and (adult or reason is not CloseReason.TURNED_18)
    ]


@transaction.atomic
def close_case(*, case: Case, reason: CloseReason, by: Actor) -> None:
    """Close the case with its reason. What was written stays with its owners.

    A consent is for a purpose, to help the child together in this case. With the case that
    purpose is over, so the consents end with it; another case asks anew (GDPR 5.1 b, OSL 12:2).
    """
    standing(case.pk, by).require(Permission.CLOSE_CASE)
    process = Process.objects.select_for_update().get(case=case)
    if process.closed_at is None:
        _check_reason(ProcessState(process.state), reason, case, by)
    closed = Process.objects.filter(case=case, closed_at__isnull=True).update(
        state=ProcessState.CLOSED,
        state_since=by.at,
        closed_at=by.at,
        close_reason=reason,
        next_step="",
        next_on=None,
    )
    if not closed:
        raise Refused(_("The case is already closed."))
    with connection.cursor() as cursor:
        cursor.execute("select access.consents_end_with_case(%s)", [case.pk])
    record(
        by=by, kind="write", action="case_closed",
        case=case.pk, child=case.child_id, reason=reason.value,
    )  # fmt: skip


def _require_one_of(permissions: frozenset[Permission], case: Case, by: Actor) -> None:
    """Refuse unless the actor has one of them; none means that no person takes a case there."""
    here = standing(case.pk, by)
    if not any(here.decide(permission) for permission in permissions):
        here.require(next(iter(sorted(permissions)), Permission.DECIDE_COLLABORATION))


def _check_reason(state: ProcessState, reason: CloseReason, case: Case, by: Actor) -> None:
    """A reason that the state knows and that is true of the child."""
    if not may_close(state, reason):
        raise Refused(_("A case that has come this far is not closed for that reason. Choose another."))
    if reason is CloseReason.TURNED_18 and age_on(case.child.born_on, by.today) < ADULT_AT:
        raise Refused(_("The child has not turned 18. Choose another reason."))
