"""When a plan is in force, as arithmetic: one rule for the desk, the family and the paper.

``access_owner.plans_in_force`` says the same in the database, for the figures; a test holds
the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from access.policy import Decision, no, yes
from access.reasons import Reason


@dataclass(frozen=True)
class PlanFacts:
    """What decides. ``with_others``: other units than the one that keeps the plan have rows
    in it; ``keeper_covered``: a consent in force covers the one that keeps it."""

    agreed: bool
    closed: bool = False
    refused: bool = False
    with_others: bool = False
    keeper_covered: bool = True


def plan_in_force(facts: PlanFacts) -> Decision:
    """In force when consent and the units agree, and nobody of the family has last said no.

    A plan over several units rests on the consent that lets the unit that keeps it and the
    others work together: in force as long as that unit is covered. When consent ends for one
    of the others its rows wait, and the rest of the plan holds.
    """
    if not facts.agreed:
        return no(Reason.PLAN_IS_DRAFT)
    if facts.closed:
        return no(Reason.PLAN_CLOSED)
    if facts.refused:
        return no(Reason.PLAN_REFUSED)
    if facts.with_others and not facts.keeper_covered:
        return no(Reason.PLAN_WITHOUT_CONSENT)
    return yes(Reason.PLAN_IN_FORCE)
