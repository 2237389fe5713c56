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
    Reason.UNIT_NOT_CONSENTED: _("No consent in force covers this service."),
    Reason.PRACTICAL_PLAN_ONLY: _("This service may only see the practical plan."),
    Reason.CATEGORY_NOT_CONSENTED: _("The consent does not cover this kind of information."),
    Reason.OWN_RIGHT: _("One's own right to the information (OSL 12:1, 12:3)."),
    Reason.CHILDS_OWN_RIGHT: _("One's own right to what is written (OSL 12:1)."),
    Reason.ASK_THE_CHILD_FIRST: _(
        "Ask the child first. The child's own words are shown only when the child has had its say."
    ),
    Reason.LAWFUL: _("There is a legal ground."),
    Reason.ABSOLUTE_SECRECY: _(
        "What is said in family counselling is never shown to other units (OSL 26:3)."
    ),
    Reason.BASIS_NOT_FOR_UNITS: _("This ground never lets a unit read in a case."),
    Reason.BASIS_NOT_FROM_YOU: _("This ground does not lift the secrecy of what your unit writes."),
    Reason.BASIS_NOT_TO_THEM: _("This ground does not hold for that service."),
    Reason.BASIS_AUTHORITIES_ONLY: _(
        "This ground holds between authorities only. An independent school or a private company is none."
    ),
    Reason.BASIS_SAME_AUTHORITY: _("This ground holds within one and the same authority only."),
    Reason.BASIS_CHILD_TOO_OLD: _("The child is too old for this ground."),
    Reason.BASIS_WITHOUT_GROUNDS: _("Write why the ground holds here."),
    Reason.CONSENT_NOT_ENOUGH: _(
        "A yes lifts the secrecy only for those who have given it. What is written about somebody else, about "
        "whoever has notified or about an investigation needs another ground."
    ),
    Reason.NOT_FOR_COMMITTED_CRIME: _(
        "This ground is for preventing offences, never where somebody is suspected of one."
    ),
    Reason.NO_DUTY_TO_THEM: _("No law says that your unit must give this to that service."),
    Reason.NAME_THE_DUTY: _("Choose which law says that it is to be given."),
    Reason.NOTIFY_OUTSIDE: _(
        "A notification of concern is made to the social services outside this system: ring them, or use "
        "their e-service."
    ),
    Reason.SIGNED_BY_LAWYER: _("Only a lawyer can sign this."),
    Reason.LAW_WAITS_ALREADY: _(
        "A version of this ground waits for a lawyer already. Propose another when it has been judged."
    ),
    Reason.LAW_UNCHANGED: _("Nothing is changed. Change what is to be different."),
    Reason.LAW_STARTS_TOO_EARLY: _(
        "A new version can't begin before today, nor before a version that is signed already."
    ),
    Reason.LAW_CONSENT_IS_THE_FIRST: _(
        "That the family has said yes is asked for by the ground B1, and only there."
    ),
    Reason.LAW_UNITS_OR_OTHERS: _("A ground is either for units or for others, never for both."),
    Reason.LAW_ASKS_FOR_NOTHING: _("Choose at least one thing that must be filled in."),
    Reason.LAW_NAMES_NO_STATUTE: _("This ground names no law by which something must be given."),
    Reason.LAW_NOT_ONES_OWN: _("Another lawyer than the one who proposed it must judge it."),
    Reason.LAW_JUDGED: _("This version has been judged already."),
    Reason.LAW_CHANGED: _(
        "The legal ground has another wording since this was decided. Decide not to show it, and judge it anew."
    ),
    Reason.ROLE_NOT_IN_UNITS: _("That role is not given in a unit."),
    Reason.ROLE_NOT_ONES_OWN: _("You cannot give yourself a role. Ask another administrator."),
    Reason.ROLE_CONFIRMED_BY_ANOTHER: _(
        "Another person than the one who proposed it must confirm or decline it: another administrator, "
        "or the head of the unit."
    ),
    Reason.ROLE_TAKEN_BACK_BY_PROPOSER: _("Only the one who proposed it can take it back."),
    Reason.ROLE_DECIDED: _("This proposal has been decided already."),
    Reason.ROLE_PERIOD_OVER: _("The last day has passed. Decline it, and propose it anew with other days."),
    Reason.NOT_GUARDIAN_NOW: _("That person is not the child's guardian now."),
    Reason.CHILD_READS_LATER: format_lazy(
        _("The child reads here herself only from {age}."), age=YOUTH_READS_FROM
    ),
    Reason.NOT_MORE_THAN_GUARDIANS: _(
        "The youth can't be shown more than the guardians. Show it to all in the family."
    ),
    Reason.HIDDEN_FROM_GUARDIAN: _("It is hidden from that person (OSL 12:3)."),
    Reason.OWNER_ONLY: _("Only the unit that wrote it can do this."),
    Reason.REASON_MISSING: _("Write why."),
    Reason.REVIEW_WITHIN_SIX_MONTHS: _("Choose a day to look it over, within six months."),
    Reason.NOT_OF_THAT_AGE: _("This is only for a youth of 15 to 17."),
    Reason.SECOND_PERSON_MISSING: _("A second person must sign it first."),
    Reason.NOT_ONES_OWN: _("Somebody else in the unit must sign it."),
    Reason.SIGNED_BY_ANOTHER: _("It is noted by one and signed by another."),
    Reason.RIGHT_MISSING: _("Choose at least one thing that the person may do."),
    Reason.RIGHT_NOT_FOR_THEM: _("Only somebody who stands in a guardian's place can do this."),
    Reason.RIGHTS_GIVEN: _("These rights can be given."),
    Reason.ROLE_MAY: _("The role may do this."),
    Reason.ROLE_MAY_NOT: _("Your role may not do this."),
    Reason.UNIT_TAKES_PART: _("The unit takes part."),
    Reason.UNIT_TAKES_NO_PART: _("Your unit does not take part."),
    Reason.ASSIGNED: _("The unit takes part and you are assigned."),
    Reason.NOT_ASSIGNED: _("You are not assigned."),
    Reason.OWN_ENTRIES_ONLY: _(
        "No consent covers your unit now. You read what you have written yourselves, and what has been shown to you "
        "on another legal ground."
    ),
    Reason.HOLDER_ONLY: _("Only the unit that is responsible or coordinates can do this."),
    Reason.CASE_CLOSED: _("This case is closed."),
    Reason.NOT_CLOSED: _("The case is not closed to others."),
    Reason.NAMED: _("You are named for this case."),
    Reason.NOT_NAMED: _("Only those who are named for this case may know of it (OSL 21:3)."),
    Reason.EMERGENCY: _("You have opened the case in an emergency."),
    Reason.EMERGENCY_ONLY_READS: _("In an emergency you can read and write a note, nothing else."),
    Reason.EMERGENCY_SUSPENDED: _(
        "You can't open in an emergency now: an earlier one has not been reviewed in time. "
        "Ask your arbetsledare or the data protection officer to review it."
    ),
    Reason.ASSIGNED_ALREADY: _("You work on this case already."),
    Reason.NOBODY_ASKED: _("A colleague has to ask for it first."),
    Reason.SAME_PERSON: _("It takes two. Another colleague than the one who asked has to decide."),
    Reason.SECOND_PERSON: _("Two people have decided."),
    Reason.QUESTION_OF_OTHERS: _(
        "Only the one who asked, and those who work in the unit that was asked, can read this."
    ),
    Reason.QUESTION_TO_ONESELF: _("Choose another unit than your own."),
    Reason.QUESTION_NOT_ONES_TURN: _("It is the other's turn to write now."),
    Reason.QUESTION_FULL: _("This question has had its two answers. Ask a new one if you need to."),
    Reason.QUESTION_CLOSED: _("The one who asked has ended this question."),
    Reason.OF_THE_FAMILY: _("You are of the child's family."),
    Reason.NOT_OF_THE_FAMILY: _("Only the child's guardians, and the youth herself, can do this."),
    Reason.READS_LATER: format_lazy(
        _("You can read and answer about the plan here yourself from {age}."), age=YOUTH_READS_FROM
    ),
    Reason.ANSWERS_FOR_THE_CHILD: _("Your answer is needed."),
    Reason.NOT_ASKED: _("At this age your answer is not needed."),
    Reason.NOT_SHOWN: _("Whoever wrote it has not shown this version to them (OSL 8:1)."),
    Reason.OWN_PART_ONLY: _(
        "Your unit sees its own part. That another service has to do with the child is secret in itself "
        "(OSL 8:1)."
    ),
    Reason.STAYS_WITH_UNIT: _(
        "Notes of notifications of concern stay with the unit that wrote them and can't be shown here (OSL 40:7 g)."
    ),
    Reason.ANOTHERS_OWN: _("It is somebody else's own matter, and secret for her sake too (OSL 12:1, 12:2)."),
    Reason.ONLY_SINCE_THIRTEEN: _(
        "From the child's 13 a guardian reads the notes that somebody has decided to show since then "
        "(FB 6:11, OSL 12:3)."
    ),
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
    Role.LAWYER: RoleWords(
        pgettext_lazy("role", "lawyer"),
        _(
            "Works with the cases that she is assigned to, judges on which legal ground something may be shown, "
            "and signs where the law asks for a lawyer."
        ),
    ),
    Role.UNIT_ADMINISTRATOR: RoleWords(
        pgettext_lazy("role", "unit administrator"),
        _("Looks after the unit's particulars and staff. Sees no children."),
    ),
    Role.LOG_REVIEWER: RoleWords(
        pgettext_lazy("role", "log reviewer"),
        _("Goes through who has opened what in the unit, each month. Sees no child and nothing written."),
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
    UnitKind.FAMILY_COUNSELLING: pgettext_lazy("unit", "Family counselling"),
    UnitKind.LEISURE: pgettext_lazy("unit", "Culture and leisure"),
    UnitKind.POLICE: pgettext_lazy("unit", "Police"),
    UnitKind.YOUTH_FOLLOW_UP: pgettext_lazy("unit", "Municipal youth follow-up"),
}


def role_label(role: Role) -> str:
    """What the role is called."""
    return str(ROLES_IN_WORDS[role].label)
