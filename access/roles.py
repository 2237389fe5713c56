"""Roles as data: who may do what. ``access.words`` says what each is called and is for."""

from enum import StrEnum

from access.permissions import Permission


class Role(StrEnum):
    """A person's role where she acts now."""

    CASEWORKER = "caseworker"
    LEAD = "lead"
    LAWYER = "lawyer"
    UNIT_ADMINISTRATOR = "unit_administrator"
    LOG_REVIEWER = "log_reviewer"
    STEERING = "steering"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION = "data_protection"
    GUARDIAN = "guardian"
    YOUTH = "youth"


FAMILY = frozenset({Role.GUARDIAN, Role.YOUTH})
# Roles in a unit that works with children: who has one can be assigned to a case.
AT_WORK = frozenset({Role.CASEWORKER, Role.LEAD, Role.LAWYER})

_CASEWORK = frozenset(
    {
        Permission.NOTICE_CHILD,
        Permission.ASK_UNNAMED,
        Permission.ANSWER_UNNAMED,
        Permission.TAKE_SIGNAL,
        Permission.TAKE_INVITATION,
        Permission.READ_CONTENT,
        Permission.WRITE_ENTRY,
        Permission.SHARE_WITH_UNIT,
        Permission.SHARE_WITH_GUARDIAN,
        Permission.HIDE_FROM_GUARDIAN,
        Permission.SIGN_DISCLOSURE,
        Permission.DECIDE_COLLABORATION,
        Permission.REGISTER_FAMILY,
        Permission.ASK_CONSENT,
        Permission.NOTE_ANSWER,
        Permission.EDIT_PLAN,
        Permission.AGREE_PLAN,
        Permission.UPDATE_OWN_ROW,
        Permission.CLOSE_CASE,
        Permission.ARRANGE_MEETING,
        Permission.HAND_OVER,
        Permission.TAKE_HANDOVER,
        Permission.CLOSE_CIRCLE,
        Permission.OPEN_IN_EMERGENCY,
    }
)
_AS_FAMILY = frozenset({Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN})

# What each role may do at the most. A permission here is never enough: ``access.policy``
# also asks whether the unit takes part, the person is assigned, and the rest.
ROLES: dict[Role, frozenset[Permission]] = {
    Role.CASEWORKER: _CASEWORK,
    Role.LEAD: _CASEWORK
    | {
        Permission.SEE_CASE_HEAD,
        Permission.OPEN_AS_LEAD,
        Permission.ASSIGN,
        Permission.CONFIRM_ROLE,
        Permission.REVIEW_EMERGENCY,
    },
    # Nobody needs a lawyer at once: what is acute is opened by those who work with children.
    Role.LAWYER: (_CASEWORK - {Permission.OPEN_IN_EMERGENCY})
    | {Permission.USE_ANY_BASIS, Permission.SIGN_AS_LAWYER, Permission.SIGN_LAW},
    Role.UNIT_ADMINISTRATOR: frozenset({Permission.MANAGE_UNITS, Permission.CONFIRM_ROLE}),
    Role.LOG_REVIEWER: frozenset({Permission.REVIEW_LOG}),
    Role.STEERING: frozenset({Permission.READ_FIGURES}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_UNITS,
            Permission.CONFIRM_ROLE,
            Permission.PROPOSE_LAW,
            Permission.WORD_WHEEL,
        }
    ),
    Role.DATA_PROTECTION: frozenset({Permission.FOLLOW_REVIEWS, Permission.REVIEW_EMERGENCY}),
    Role.GUARDIAN: _AS_FAMILY,
    Role.YOUTH: _AS_FAMILY,
}


# Who proposes and signs new versions of the legal grounds, and so sees those that wait.
LAW_MAKERS = frozenset(
    role for role, may in ROLES.items() if may & {Permission.PROPOSE_LAW, Permission.SIGN_LAW}
)

# Roles that are given in a unit, by one who proposes and another who confirms (access.appointing).
UNIT_ROLES = (Role.CASEWORKER, Role.LEAD, Role.LAWYER, Role.UNIT_ADMINISTRATOR, Role.LOG_REVIEWER)
APPOINTERS = frozenset(role for role, may in ROLES.items() if Permission.CONFIRM_ROLE in may)


def has_permission(role: Role | None, permission: Permission) -> bool:
    """Whether the role lists it; that alone is never enough."""
    return role is not None and permission in ROLES[role]
