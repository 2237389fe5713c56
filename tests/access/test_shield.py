"""The pure rules of closed circles and nödöppning: rows 1 to 3, 36, 41 and 43 of the decision table."""

from __future__ import annotations

import pytest

from access.facts import ActionFacts, Circle, EmergencyFacts
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import Role
from access.shield import decide_circle, decide_emergency, may_end_closing

CLOSED, NAMED = Circle(closed=True), Circle(closed=True, named=True)
WORKER = Role.CASEWORKER


def test_assigned_reads_unassigned_does_not() -> None:
    """Rows 1 and 2: need-to-know (SoLPuL 10 §)."""
    assert decide(Permission.READ_CONTENT, ActionFacts(WORKER, "full", assigned=True))
    refused = decide(Permission.READ_CONTENT, ActionFacts(WORKER, "full"))
    assert (bool(refused), refused.reason) == (False, Reason.NOT_ASSIGNED)


def test_an_emergency_reads_and_notes() -> None:
    """Row 3: and nothing else, whoever she is."""
    for role in (Role.CASEWORKER, Role.LEAD):
        facts = ActionFacts(role, "full", emergency=True)
        decided = {p: decide(p, facts).reason for p in Permission}
        assert decided[Permission.READ_CONTENT] is Reason.EMERGENCY
        assert decided[Permission.WRITE_ENTRY] is Reason.EMERGENCY
        for other in (
            Permission.SHARE_WITH_UNIT,
            Permission.EDIT_PLAN,
            Permission.CLOSE_CASE,
            Permission.CLOSE_CIRCLE,
        ):
            assert decided[other] is Reason.EMERGENCY_ONLY_READS


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (EmergencyFacts(WORKER, "full"), Reason.EMERGENCY),
        (EmergencyFacts(WORKER, ""), Reason.UNIT_TAKES_NO_PART),  # row 36 too: police browse nothing
        (EmergencyFacts(WORKER, "own"), Reason.UNIT_TAKES_NO_PART),
        # A closed case is answered as one that the unit takes no part in, also to whoever is named.
        (EmergencyFacts(WORKER, "full", CLOSED), Reason.UNIT_TAKES_NO_PART),
        (EmergencyFacts(WORKER, "full", NAMED), Reason.UNIT_TAKES_NO_PART),
        (EmergencyFacts(WORKER, "full", assigned=True), Reason.ASSIGNED_ALREADY),
        (EmergencyFacts(WORKER, "full", suspended=True), Reason.EMERGENCY_SUSPENDED),
        (EmergencyFacts(None, "full"), Reason.ROLE_MAY_NOT),  # row 41: a role that ended
        (EmergencyFacts(Role.GUARDIAN, "full"), Reason.ROLE_MAY_NOT),
        (EmergencyFacts(Role.ADMINISTRATOR, "full"), Reason.ROLE_MAY_NOT),
    ],
)
def test_who_may_open_in_an_emergency(facts: EmergencyFacts, reason: Reason) -> None:
    """Her own unit's, never a closed one, never with an old one unreviewed."""
    decision = decide_emergency(facts)
    assert (decision.reason, bool(decision)) == (reason, reason is Reason.EMERGENCY)


def test_a_closed_case_takes_being_named() -> None:
    """Row 43: for every permission on a case, an arbetsledare included."""
    assert decide_circle(Circle()).reason is Reason.NOT_CLOSED
    assert decide_circle(NAMED).reason is Reason.NAMED
    for permission in (
        Permission.READ_CONTENT,
        Permission.SEE_CASE_HEAD,
        Permission.ASSIGN,
        Permission.CLOSE_CIRCLE,
    ):
        facts = ActionFacts(
            Role.LEAD, "full", assigned=True, holds_case=True, leads_holder=True, circle=CLOSED
        )
        assert decide(permission, facts).reason is Reason.NOT_NAMED
        named = ActionFacts(
            Role.LEAD, "full", assigned=True, holds_case=True, leads_holder=True, circle=NAMED
        )
        assert decide(permission, named)


def test_i10_losing_something_never_opens() -> None:
    """I10: without the name, the assignment, the emergency or the role there is no more than before."""
    full = {"assigned": True, "holds_case": True, "leads_holder": True, "emergency": True, "circle": NAMED}
    most = {p for p in Permission if decide(p, ActionFacts(Role.LEAD, "full", **full))}  # type: ignore[arg-type]
    for lost in full:
        less = {**full, lost: CLOSED if lost == "circle" else False}
        some = {p for p in Permission if decide(p, ActionFacts(Role.LEAD, "full", **less))}  # type: ignore[arg-type]
        assert some <= most, lost


def test_opening_again_takes_another_person() -> None:
    """Whoever asked doesn't decide, and nobody decides before somebody asked."""
    assert may_end_closing(None, "a").reason is Reason.NOBODY_ASKED
    assert may_end_closing("a", "a").reason is Reason.SAME_PERSON
    assert may_end_closing("a", "b")
