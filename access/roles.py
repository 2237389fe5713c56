"""Roles as data: a data protection officer can read who may do what."""

from dataclasses import dataclass
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

    @property
    def label(self) -> str:
        """The Swedish name of the role."""
        return ROLES[self].label


@dataclass(frozen=True)
class RoleFacts:
    """A role's Swedish name, what it is for and what it may do at the most.

    A permission here is never enough: ``access.policy`` also asks whether the
    unit takes part, the person is assigned, and the rest.
    """

    label: str
    description: str
    permissions: frozenset[Permission]


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
        Permission.ASK_CONSENT,
        Permission.NOTE_ANSWER,
        Permission.EDIT_PLAN,
        Permission.AGREE_PLAN,
        Permission.UPDATE_OWN_ROW,
        Permission.CLOSE_CASE,
    }
)

ROLES: dict[Role, RoleFacts] = {
    Role.CASEWORKER: RoleFacts(
        "handläggare",
        "Arbetar med de barn som hon är tilldelad i sin enhet.",
        _CASEWORK,
    ),
    Role.LEAD: RoleFacts(
        "arbetsledare",
        "Ser enhetens ärenden som namn, steg, ansvarig och nästa datum, fördelar "
        "dem, och öppnar innehåll först när hon angett varför.",
        _CASEWORK | {Permission.SEE_CASE_HEAD, Permission.OPEN_AS_LEAD, Permission.ASSIGN},
    ),
    Role.UNIT_ADMINISTRATOR: RoleFacts(
        "enhetsadministratör",
        "Sköter enhetens uppgifter och personal. Ser inga barn.",
        frozenset({Permission.MANAGE_UNITS}),
    ),
    Role.STEERING: RoleFacts(
        "styrgrupp",
        "Ser kommunens siffror, aldrig ett barn.",
        frozenset({Permission.READ_FIGURES}),
    ),
    Role.ADMINISTRATOR: RoleFacts(
        "administratör",
        "Sköter enheter, personal och inställningar. Ser inga barn.",
        frozenset({Permission.MANAGE_UNITS}),
    ),
    Role.DATA_PROTECTION: RoleFacts(
        "dataskyddsombud",
        "Granskar hur systemet används. Ser inget ur ärenden.",
        frozenset(),
    ),
    Role.GUARDIAN: RoleFacts(
        "vårdnadshavare",
        "Läser det som visats för henne, svarar på samtycken och planer.",
        frozenset({Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN}),
    ),
    Role.YOUTH: RoleFacts(
        "ungdom",
        "Läser det som visats för hen och svarar efter ålder.",
        frozenset({Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN}),
    ),
}
