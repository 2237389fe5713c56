"""Kinds of units and the secrecy rule that each kind brings with it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class SecrecyRule:
    """A provision of offentlighets- och sekretesslagen and how it is tested.

    ``test`` is ``absolute``, ``reversed`` (secret unless it is clear that no harm follows),
    ``straight`` (public unless harm may follow), ``weak`` (public unless there is a special
    reason) or ``none``.
    """

    code: str
    provision: str
    test: str


SOCIAL = SecrecyRule("SOC", "OSL 26:1", "reversed")
COUNSELLING = SecrecyRule("FR", "OSL 26:3", "absolute")
HEALTH = SecrecyRule("HSV", "OSL 25:1", "reversed")
PUPIL_HEALTH = SecrecyRule("EH", "OSL 23:2 st. 1", "reversed")
SCHOOL_SUPPORT = SecrecyRule("SKOLA", "OSL 23:2 st. 2", "straight")
SCHOOL_OTHER = SecrecyRule("SKOLA", "OSL 23:2 st. 3", "weak")
PRESCHOOL = SecrecyRule("FSK", "OSL 23:1", "reversed")
POLICE = SecrecyRule("POL", "OSL 35:1", "reversed")
INDEPENDENT = SecrecyRule("FRI", "SkolL 29:14", "reversed")
NO_RULE = SecrecyRule("KF", "", "none")


class UnitKind(StrEnum):
    """What a unit is; ``access.words`` says what people call it."""

    MATERNITY_CARE = "maternity_care"
    CHILD_HEALTH = "child_health"
    HEALTH_CARE = "health_care"
    PRESCHOOL = "preschool"
    SCHOOL = "school"
    PUPIL_HEALTH = "pupil_health"
    PUPIL_MEDICAL = "pupil_medical"
    INDEPENDENT_SCHOOL = "independent_school"
    SOCIAL_SERVICES = "social_services"
    FAMILY_CENTRE = "family_centre"
    FAMILY_COUNSELLING = "family_counselling"
    LEISURE = "leisure"
    POLICE = "police"
    YOUTH_FOLLOW_UP = "youth_follow_up"

    @property
    def rule(self) -> SecrecyRule:
        """The provision that keeps what the unit writes secret (R1.1)."""
        return _RULES[self]

    def rule_for(self, category: str) -> SecrecyRule:
        """The provision for a kind of information: of what a school writes, the practical is
        weaker protected than support and discipline (OSL 23:2 st. 2 and 3)."""
        if self.rule is SCHOOL_SUPPORT and category == "practical":
            return SCHOOL_OTHER
        return self.rule

    @property
    def practical_rows_only(self) -> bool:
        """Whether the unit sees only the plan rows that are its own.

        Police take part by the row, and leisure has no secrecy of its own
        (R1.2), so neither gets more than category praktisk plan.
        """
        return self in {UnitKind.LEISURE, UnitKind.POLICE}


_RULES = {
    UnitKind.MATERNITY_CARE: HEALTH,
    UnitKind.CHILD_HEALTH: HEALTH,
    UnitKind.HEALTH_CARE: HEALTH,
    UnitKind.PRESCHOOL: PRESCHOOL,
    UnitKind.SCHOOL: SCHOOL_SUPPORT,
    UnitKind.PUPIL_HEALTH: PUPIL_HEALTH,
    UnitKind.PUPIL_MEDICAL: HEALTH,
    UnitKind.INDEPENDENT_SCHOOL: INDEPENDENT,
    UnitKind.SOCIAL_SERVICES: SOCIAL,
    UnitKind.FAMILY_CENTRE: SOCIAL,
    UnitKind.FAMILY_COUNSELLING: COUNSELLING,
    UnitKind.LEISURE: NO_RULE,
    UnitKind.POLICE: POLICE,
    UnitKind.YOUTH_FOLLOW_UP: SCHOOL_SUPPORT,
}
