"""Roles as data: who may do what. ``access.words`` says what each is called and is for."""

from enum import StrEnum

from access.permissions import Permission


class Role(StrEnum):
    """A person's role where she acts now."""

    CASEWORKER = "caseworker"
    LEAD = "lead"
    UNIT_ADMINISTRATOR = "unit_administrator"
    STEERING = "steering"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION = "data_protection"
    GUARDIAN = "guardian"
    YOUTH = "youth"


FAMILY = frozenset({Role.GUARDIAN, Role.YOUTH})

_CASEWORK = frozenset(
    {
        Permission.NOTICE_CHILD,
        Permission.TAKE_SIGNAL,
        Permission.TAKE_INVITATION,
        Permission.READ_CONTENT,
        Permission.WRITE_ENTRY,
        Permission.SHARE_WITH_UNIT,
        Permission.SHARE_WITH_GUARDIAN,
        Permission.DECIDE_COLLABORATION,
        Permission.REGISTER_FAMILY,
        Permission.ASK_CONSENT,
        Permission.NOTE_ANSWER,
        Permission.EDIT_PLAN,
        Permission.AGREE_PLAN,
        Permission.UPDATE_OWN_ROW,
        Permission.CLOSE_CASE,
    }
)
_AS_FAMILY = frozenset({Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN})

# What each role may do at the most. A permission here is never enough: ``access.policy``
# also asks whether the unit takes part, the person is assigned, and the rest.
ROLES: dict[Role, frozenset[Permission]] = {
    Role.CASEWORKER: _CASEWORK,
    Role.LEAD: _CASEWORK | {Permission.SEE_CASE_HEAD, Permission.OPEN_AS_LEAD, Permission.ASSIGN},
    Role.UNIT_ADMINISTRATOR: frozenset({Permission.MANAGE_UNITS}),
    Role.STEERING: frozenset({Permission.READ_FIGURES}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_UNITS}),
    Role.DATA_PROTECTION: frozenset(),
    Role.GUARDIAN: _AS_FAMILY,
    Role.YOUTH: _AS_FAMILY,
}
