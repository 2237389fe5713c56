"""Who changes the law as it is applied here, and what no change can do.

A legal ground is a row (R1.4). A new version is proposed by an administrator and holds from its
day, and only when a lawyer, somebody else, has signed it. Pure Python. What no row may say stands
here: that the family's yes is the first ground and no other, that a ground between units asks for
something, and that no version begins before it was proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from access.decisions import Decision, no, yes
from access.facts import ActionFacts
from access.law import UNITS, Basis, Need, Party
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import Role

CONSENT = "B1"


@dataclass(frozen=True)
class ProposalFacts:
    """A new version of a ground, and what it would replace.

    ``same``: it says what the version that it replaces says. ``earliest`` is the first day that
    it can begin: today, or the day of a version that is signed and has not begun yet.
    ``waiting``: another version of the ground waits for its signature.
    """

    role: Role | None
    basis: Basis
    same: bool
    starts_on: date
    earliest: date
    waiting: bool


@dataclass(frozen=True)
class SignatureFacts:
    """A version that somebody wants to sign or to decline."""

    role: Role | None
    signer: object
    proposed_by: object
    judged: bool


def decide_proposal(facts: ProposalFacts) -> Decision:
    """Whether a new version of a ground can be proposed (R1.4)."""
    may = decide(Permission.PROPOSE_LAW, ActionFacts(role=facts.role))
    if not may:
        return may
    if facts.waiting:
        return no(Reason.LAW_WAITS_ALREADY)
    if facts.same:
        return no(Reason.LAW_UNCHANGED)
    if facts.starts_on < facts.earliest:
        return no(Reason.LAW_STARTS_TOO_EARLY)
    barred = _never_a_ground(facts.basis)
    return no(barred) if barred else yes(Reason.ROLE_MAY)


def decide_signature(facts: SignatureFacts) -> Decision:
    """Whether she may sign, or decline, a version that somebody has proposed: a lawyer, another
    person than the proposer, and once."""
    if not decide(Permission.SIGN_LAW, ActionFacts(role=facts.role)):
        return no(Reason.SIGNED_BY_LAWYER)
    if facts.signer == facts.proposed_by:
        return no(Reason.LAW_NOT_ONES_OWN)
    return no(Reason.LAW_JUDGED) if facts.judged else yes(Reason.SECOND_PERSON)


def _never_a_ground(basis: Basis) -> Reason | None:
    """What no version of a ground may say, whoever signs it."""
    if (Need.CONSENT in basis.needs) != (basis.code == CONSENT):
        return Reason.LAW_CONSENT_IS_THE_FIRST
    to_units = basis.recipients & UNITS
    if to_units and to_units != basis.recipients:
        return Reason.LAW_UNITS_OR_OTHERS
    if to_units and not basis.needs:
        return Reason.LAW_ASKS_FOR_NOTHING
    if to_units and Party.COUNSELLING in basis.owners:
        return Reason.ABSOLUTE_SECRECY
    if Need.DUTY in basis.needs and not basis.duties:
        return Reason.LAW_NAMES_NO_STATUTE
    return None
