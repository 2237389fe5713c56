"""What each permission asks for, from the access model and nothing else.

Written by hand from section 4 of the rules, permission by permission, where ``access.policy`` goes
by kinds of rules: it knows none of the policy's sets. ``test_rights`` compares the two for every
combination of facts about somebody at work.
"""

from __future__ import annotations

from dataclasses import dataclass

from access.facts import ActionFacts
from access.permissions import Permission
from access.reasons import Reason
from access.roles import Role

CASEWORKERS = frozenset({Role.CASEWORKER, Role.LEAD, Role.LAWYER})
LEAD, LAWYER = frozenset({Role.LEAD}), frozenset({Role.LAWYER})
FAMILY = frozenset({Role.GUARDIAN, Role.YOUTH})


@dataclass(frozen=True)
class Right:
    """Whose it is, and what it takes.

    ``of_a_case``: the unit takes part, and she is named where the case is closed to others.
    ``assigned``: she works on the case; ``with_own``: also where her unit has kept just its own
    notes. ``holder``: for the unit that is responsible or coordinates. ``after``: also once the
    case is closed. ``emergency``: a nödöppning is enough to do it without being assigned.
    ``leading_holder``: an arbetsledare of the unit that holds the case needs not be assigned.
    """

    roles: frozenset[Role] = CASEWORKERS
    of_a_case: bool = True
    assigned: bool = True
    with_own: bool = False
    holder: bool = False
    after: bool = False
    emergency: bool = False
    leading_holder: bool = False


def _anywhere(*roles: Role) -> Right:
    return Right(frozenset(roles) or CASEWORKERS, of_a_case=False, assigned=False)


RIGHTS: dict[Permission, Right] = {
    # Without any case.
    Permission.NOTICE_CHILD: _anywhere(),
    Permission.ASK_UNNAMED: _anywhere(),
    Permission.ANSWER_UNNAMED: _anywhere(),
    Permission.TAKE_SIGNAL: _anywhere(),
    Permission.TAKE_HANDOVER: _anywhere(),
    Permission.OPEN_IN_EMERGENCY: _anywhere(Role.CASEWORKER, Role.LEAD),
    Permission.REVIEW_EMERGENCY: _anywhere(Role.LEAD, Role.DATA_PROTECTION),
    Permission.READ_FIGURES: _anywhere(Role.STEERING),
    Permission.MANAGE_UNITS: _anywhere(Role.ADMINISTRATOR, Role.UNIT_ADMINISTRATOR),
    Permission.CONFIRM_ROLE: _anywhere(Role.ADMINISTRATOR, Role.UNIT_ADMINISTRATOR, Role.LEAD),
    Permission.REVIEW_LOG: _anywhere(Role.LOG_REVIEWER),
    Permission.FOLLOW_REVIEWS: _anywhere(Role.DATA_PROTECTION),
    Permission.PROPOSE_LAW: _anywhere(Role.ADMINISTRATOR),
    Permission.SIGN_LAW: _anywhere(Role.LAWYER),
    Permission.WORD_WHEEL: _anywhere(Role.ADMINISTRATOR),
    # The unit takes part.
    Permission.TAKE_INVITATION: Right(assigned=False),
    Permission.SEE_CASE_HEAD: Right(LEAD, assigned=False),
    Permission.OPEN_AS_LEAD: Right(LEAD, assigned=False),
    Permission.ASSIGN: Right(LEAD, assigned=False),
    # She works on the case.
    Permission.READ_CONTENT: Right(CASEWORKERS | FAMILY, with_own=True, after=True, emergency=True),
    Permission.WRITE_ENTRY: Right(after=True, emergency=True),
    Permission.HIDE_FROM_GUARDIAN: Right(after=True),
    Permission.SHARE_WITH_UNIT: Right(),
    Permission.SHARE_WITH_GUARDIAN: Right(),
    Permission.SIGN_DISCLOSURE: Right(),
    Permission.UPDATE_OWN_ROW: Right(),
    Permission.USE_ANY_BASIS: Right(LAWYER),
    Permission.SIGN_AS_LAWYER: Right(LAWYER),
    # And her unit holds it.
    Permission.DECIDE_COLLABORATION: Right(holder=True),
    Permission.REGISTER_FAMILY: Right(holder=True),
    Permission.ASK_CONSENT: Right(holder=True),
    Permission.NOTE_ANSWER: Right(holder=True),
    Permission.EDIT_PLAN: Right(holder=True),
    Permission.AGREE_PLAN: Right(holder=True),
    Permission.CLOSE_CASE: Right(holder=True),
    Permission.ARRANGE_MEETING: Right(holder=True),
    Permission.HAND_OVER: Right(holder=True),
    Permission.CLOSE_CIRCLE: Right(holder=True, after=True, leading_holder=True),
    # The family's alone: by custody and age, whose tables stand in test_policy.
    Permission.ANSWER_CONSENT: Right(FAMILY),
    Permission.REPLY_TO_PLAN: Right(FAMILY),
}


def refusal(permission: Permission, facts: ActionFacts) -> Reason | None:
    """Why somebody at work may not, the first of all that is missing; nothing where she may."""
    right = RIGHTS[permission]
    if facts.role is None or facts.role not in right.roles:
        return Reason.ROLE_MAY_NOT
    if right.of_a_case:
        if facts.unit_participates == "":
            return Reason.UNIT_TAKES_NO_PART
        if facts.circle.closed and not facts.circle.named:
            return Reason.NOT_NAMED
    leads = right.leading_holder and facts.leads_holder
    return _missing_at_work(right, facts) if right.assigned and not leads else None


def _missing_at_work(right: Right, facts: ActionFacts) -> Reason | None:
    if not facts.assigned:
        if not facts.emergency:
            return Reason.NOT_ASSIGNED
        return None if right.emergency else Reason.EMERGENCY_ONLY_READS
    missing = {
        Reason.OWN_ENTRIES_ONLY: facts.unit_participates == "own" and not right.with_own,
        Reason.HOLDER_ONLY: right.holder and not facts.holds_case,
        Reason.CASE_CLOSED: facts.closed and not right.after,
    }
    return next((reason for reason, applies in missing.items() if applies), None)
