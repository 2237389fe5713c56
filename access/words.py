"""Codes of ``access`` in words that people read: reasons, roles and kinds of units.

The rules are pure Python and speak in codes; here each code has its text. A test holds
that none is without.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from access.policy import LONGEST_CONSENT_MONTHS, YOUTH_READS_FROM, Decision
from access.reasons import Reason
from access.roles import Role
from access.units import UnitKind
from kit.errors import Refused

REASONS: dict[Reason, str | Promise] = {
    Reason.CONSENT_CAN_BE_ASKED: _("The consent can be asked for."),
    Reason.ENDS_BEFORE_IT_STARTS: _("The last day must come after the first day."),
    Reason.CONSENT_TOO_LONG: format_lazy(
        _("A consent can hold for {months} months at most."), months=LONGEST_CONSENT_MONTHS
    ),
    Reason.NOBODY_CAN_ANSWER: _("There is no registered guardian who can answer."),
    Reason.CONSENTED: _("There is consent (OSL 12:2)."),
    Reason.UNIT_NOT_CONSENTED: _("The consent does not cover this service."),
    Reason.PRACTICAL_PLAN_ONLY: _("This service may only see the practical plan."),
    Reason.CATEGORY_NOT_CONSENTED: _("The consent does not cover this kind of information."),
    Reason.OWN_RIGHT: _("One's own right to the information (OSL 12:1, 12:3)."),
    Reason.CHILDS_OWN_RIGHT: _("One's own right to what is written (OSL 12:1)."),
    Reason.ASK_THE_CHILD_FIRST: _(
        "Ask the child first. The child's own words are shown only when the child has had its say."
    ),
    Reason.NOT_GUARDIAN_NOW: _("That person is not the child's guardian now."),
    Reason.CHILD_READS_LATER: format_lazy(
        _("The child reads here herself only from {age}."), age=YOUTH_READS_FROM
    ),
    Reason.NOT_MORE_THAN_GUARDIANS: _(
        "The youth can't be shown more than the guardians. Show it to all in the family."
    ),
    Reason.ROLE_MAY: _("The role may do this."),
    Reason.ROLE_MAY_NOT: _("Your role may not do this."),
    Reason.UNIT_TAKES_PART: _("The unit takes part."),
    Reason.UNIT_TAKES_NO_PART: _("Your unit does not take part."),
    Reason.ASSIGNED: _("The unit takes part and you are assigned."),
    Reason.NOT_ASSIGNED: _("You are not assigned."),
    Reason.OWN_ENTRIES_ONLY: _("The consent has ended. You can read what you have written yourselves."),
    Reason.HOLDER_ONLY: _("Only the unit that is responsible or coordinates can do this."),
    Reason.CASE_CLOSED: _("This case is closed."),
    Reason.OF_THE_FAMILY: _("You are of the child's family."),
    Reason.NOT_OF_THE_FAMILY: _("Only the child's guardians, and the youth herself, can do this."),
    Reason.READS_LATER: format_lazy(
        _("You can read and answer about the plan here yourself from {age}."), age=YOUTH_READS_FROM
    ),
    Reason.ANSWERS_FOR_THE_CHILD: _("Your answer is needed."),
    Reason.NOT_ASKED: _("At this age your answer is not needed."),
    Reason.PLAN_IN_FORCE: _("The plan is in force."),
    Reason.PLAN_IS_DRAFT: _("The plan is a draft."),
    Reason.PLAN_REFUSED: _("Somebody in the family has said no to the plan."),
    Reason.PLAN_WITHOUT_CONSENT: _("The consent no longer holds."),
    Reason.PLAN_CLOSED: _("The plan is closed."),
}


def why(reason: Reason) -> str:
    """The reason as a sentence, in the language of whoever reads."""
    return str(REASONS[reason])


def refusal(decision: Decision) -> Refused:
    """The decision's refusal, in words and with the code."""
    return Refused(why(decision.reason), code=decision.reason)


def require(decision: Decision) -> None:
    """Refuse unless it is allowed."""
    if not decision:
        raise refusal(decision)


# --- Roles and kinds ------------------------------------------------------------------------


@dataclass(frozen=True)
class RoleWords:
    """What a role is called and what it is for."""

    label: str | Promise
    description: str | Promise


ROLES_IN_WORDS: dict[Role, RoleWords] = {
    Role.CASEWORKER: RoleWords(
        pgettext_lazy("role", "caseworker"),
        _("Works with the children whom she is assigned to in her unit."),
    ),
    Role.LEAD: RoleWords(
        pgettext_lazy("role", "head of unit"),
        _(
            "Sees the unit's cases as name, step, responsible and next date, distributes them, and opens "
            "content only when she has stated why."
        ),
    ),
    Role.UNIT_ADMINISTRATOR: RoleWords(
        pgettext_lazy("role", "unit administrator"),
        _("Looks after the unit's particulars and staff. Sees no children."),
    ),
    Role.STEERING: RoleWords(
        pgettext_lazy("role", "steering group"),
        _("Sees the municipality's figures, never a child."),
    ),
    Role.ADMINISTRATOR: RoleWords(
        pgettext_lazy("role", "administrator"),
        _("Looks after units, staff and settings. Sees no children."),
    ),
    Role.DATA_PROTECTION: RoleWords(
        pgettext_lazy("role", "data protection officer"),
        _("Reviews how the system is used. Sees nothing from cases."),
    ),
    Role.GUARDIAN: RoleWords(
        pgettext_lazy("role", "guardian"),
        _("Reads what has been shown to her, answers consents and plans."),
    ),
    Role.YOUTH: RoleWords(
        pgettext_lazy("role", "youth"),
        _("Reads what has been shown to them and answers by age."),
    ),
}


KINDS: dict[UnitKind, str | Promise] = {
    UnitKind.MATERNITY_CARE: pgettext_lazy("unit", "Maternity care"),
    UnitKind.CHILD_HEALTH: pgettext_lazy("unit", "Child health care"),
    UnitKind.HEALTH_CARE: pgettext_lazy("unit", "Other health care"),
    UnitKind.PRESCHOOL: pgettext_lazy("unit", "Preschool"),
    UnitKind.SCHOOL: pgettext_lazy("unit", "School"),
    UnitKind.PUPIL_HEALTH: pgettext_lazy("unit", "Pupil health"),
    UnitKind.PUPIL_MEDICAL: pgettext_lazy("unit", "Medical pupil health"),
    UnitKind.INDEPENDENT_SCHOOL: pgettext_lazy("unit", "Independent school"),
    UnitKind.SOCIAL_SERVICES: pgettext_lazy("unit", "Social services"),
    UnitKind.FAMILY_CENTRE: pgettext_lazy("unit", "Family centre"),
    UnitKind.LEISURE: pgettext_lazy("unit", "Culture and leisure"),
    UnitKind.POLICE: pgettext_lazy("unit", "Police"),
    UnitKind.YOUTH_FOLLOW_UP: pgettext_lazy("unit", "Municipal youth follow-up"),
}


def role_label(role: Role) -> str:
    """What the role is called."""
    return str(ROLES_IN_WORDS[role].label)
