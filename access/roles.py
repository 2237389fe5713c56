"""Roles as data: a data protection officer can read who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from access.permissions import Permission as P


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
    permissions: frozenset[P]


_CASEWORK = frozenset(
    {
        P.NOTICE_CHILD,
        P.TAKE_SIGNAL,
        P.TAKE_INVITATION,
        P.READ_CONTENT,
        P.WRITE_ENTRY,
        P.SHARE_WITH_UNIT,
        P.SHARE_WITH_GUARDIAN,
        P.DECIDE_COLLABORATION,
        P.ASK_CONSENT,
        P.NOTE_ANSWER,
        P.EDIT_PLAN,
        P.AGREE_PLAN,
        P.UPDATE_OWN_ROW,
        P.CLOSE_CASE,
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
        _CASEWORK | {P.SEE_CASE_HEAD, P.OPEN_AS_LEAD, P.ASSIGN},
    ),
    Role.UNIT_ADMINISTRATOR: RoleFacts(
        "enhetsadministratör",
        "Sköter enhetens uppgifter och personal. Ser inga barn.",
        frozenset({P.MANAGE_UNITS}),
    ),
    Role.STEERING: RoleFacts(
        "styrgrupp",
        "Ser kommunens siffror, aldrig ett barn.",
        frozenset({P.READ_FIGURES}),
    ),
    Role.ADMINISTRATOR: RoleFacts(
        "administratör",
        "Sköter enheter, personal och inställningar. Ser inga barn.",
        frozenset({P.MANAGE_UNITS}),
    ),
    Role.DATA_PROTECTION: RoleFacts(
        "dataskyddsombud",
        "Granskar hur systemet används. Ser inget ur ärenden.",
        frozenset(),
    ),
    Role.GUARDIAN: RoleFacts(
        "vårdnadshavare",
        "Läser det som visats för henne, svarar på samtycken och planer.",
        frozenset({P.READ_CONTENT, P.ANSWER_CONSENT, P.REPLY_TO_PLAN}),
    ),
    Role.YOUTH: RoleFacts(
        "ungdom",
        "Läser det som visats för hen och svarar efter ålder.",
        frozenset({P.READ_CONTENT, P.ANSWER_CONSENT, P.REPLY_TO_PLAN}),
    ),
}
