"""Closed circles and emergencies: the part of ``access.policy`` about who is shut out and who
comes in all the same. Pure Python.

A protected identity (OSL 21:3, 21:3 a; three levels) and a locked case (Barnahus) close a case to
all but those who are named for that very case, in their own unit too. Nödöppning opens a case
of one's own unit that one isn't assigned to, never a closed one, and never another agency's:
an emergency is no legal basis for that (OSL 8:1).
"""

from __future__ import annotations

from datetime import timedelta

from access.decisions import Decision, no, yes
from access.facts import Circle, EmergencyFacts
from access.permissions import Permission
from access.reasons import Reason
from access.roles import ROLES

EMERGENCY_LASTS = timedelta(minutes=60)
EMERGENCY_TEXT_FROM = 20  # characters that a reason has at least
REVIEW_WITHIN = 3  # working days
REASON_FROM = 10  # characters: why a case is closed, opened again, or somebody named; why one does not sign

# What a nödöppning opens: to read, and to note what was done. Nothing is decided or shown by it.
OPENED_IN_EMERGENCY = frozenset({Permission.READ_CONTENT, Permission.WRITE_ENTRY})


def decide_circle(circle: Circle) -> Decision:
    """Whether a closed circle lets her pass: taking part and being assigned are not enough."""
    if circle.closed and not circle.named:
        return no(Reason.NOT_NAMED)
    return yes(Reason.NAMED if circle.closed else Reason.NOT_CLOSED)


def opened_in_emergency(permission: Permission) -> Decision:
    """What somebody who isn't assigned may do while her nödöppning lasts."""
    if permission in OPENED_IN_EMERGENCY:
        return yes(Reason.EMERGENCY)
    return no(Reason.EMERGENCY_ONLY_READS)


def decide_emergency(facts: EmergencyFacts) -> Decision:
    """Whether a nödöppning may be made (SoLPuL 10 §; PDL 4:2).

    Of a case in which one's own unit takes part in full. A closed case is not opened by it:
    that there is one must not be found out. Whoever has one that nobody reviewed in time waits.
    """
    if facts.role is None or Permission.OPEN_IN_EMERGENCY not in ROLES[facts.role]:
        return no(Reason.ROLE_MAY_NOT)
    if facts.suspended:
        return no(Reason.EMERGENCY_SUSPENDED)
    if facts.unit_participates != "full" or facts.circle.closed:
        return no(Reason.UNIT_TAKES_NO_PART)
    if facts.assigned:
        return no(Reason.ASSIGNED_ALREADY)
    return yes(Reason.EMERGENCY)


def may_end_closing(asked_by: object, by: object) -> Decision:
    """Whether ``by`` may be the second person who lowers a protection or unlocks a case: it takes
    two, so never whoever asked."""
    if asked_by is None:
        return no(Reason.NOBODY_ASKED)
    return no(Reason.SAME_PERSON) if asked_by == by else yes(Reason.SECOND_PERSON)
