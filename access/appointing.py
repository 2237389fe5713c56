"""Who gives somebody a role in a unit: one proposes, another confirms (threat 20). Pure Python.

An administrator reads no child. But whoever could open an account and give it a role alone could
sign in as it, and read. So nobody proposes or confirms a role of her own, and nobody confirms
what she has proposed; the first password of a new colleague is made for whoever confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from access.decisions import Decision, no, yes
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import UNIT_ROLES, Role


@dataclass(frozen=True)
class AppointmentFacts:
    """Somebody's proposal that somebody is to have a role, and who wants to decide on it.

    ``here``: the unit is one that the actor answers for, as its administrator or its head.
    ``last_on``: the last day of the role, if it has one.
    """

    role: Role | None
    actor: object
    here: bool
    proposed_by: object
    appointed: object
    decided: bool
    last_on: date | None
    today: date


def decide_proposal(*, role: Role | None, actor: object, appointed: object, given: Role) -> Decision:
    """Whether somebody who administers the unit may propose that somebody else has a role in it."""
    may = decide(Permission.MANAGE_UNITS, ActionFacts(role=role))
    if not may:
        return may
    if given not in UNIT_ROLES:
        return no(Reason.ROLE_NOT_IN_UNITS)
    return no(Reason.ROLE_NOT_ONES_OWN) if actor == appointed else yes(Reason.ROLE_MAY)


def decide_confirmation(facts: AppointmentFacts) -> Decision:
    """Whether she may say yes: as for a no, and while the role still has a day to come."""
    refused = decide_refusal(facts)
    if not refused:
        return refused
    over = facts.last_on is not None and facts.last_on < facts.today
    return no(Reason.ROLE_PERIOD_OVER) if over else yes(Reason.SECOND_PERSON)


def decide_refusal(facts: AppointmentFacts) -> Decision:
    """Whether she may say no: who answers for the unit, is neither the proposer nor the one who is to have
    the role, once."""
    if not facts.here:
        return no(Reason.ROLE_MAY_NOT)
    may = decide(Permission.CONFIRM_ROLE, ActionFacts(role=facts.role))
    if not may:
        return may
    if facts.actor == facts.appointed:
        return no(Reason.ROLE_NOT_ONES_OWN)
    if facts.actor == facts.proposed_by:
        return no(Reason.ROLE_CONFIRMED_BY_ANOTHER)
    return no(Reason.ROLE_DECIDED) if facts.decided else yes(Reason.SECOND_PERSON)


def decide_taking_back(facts: AppointmentFacts) -> Decision:
    """Whether she may take it back: who proposed it, until somebody has decided on it."""
    if facts.actor != facts.proposed_by:
        return no(Reason.ROLE_TAKEN_BACK_BY_PROPOSER)
    return no(Reason.ROLE_DECIDED) if facts.decided else yes(Reason.ROLE_MAY)
