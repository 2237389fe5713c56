"""Why something is allowed or refused: a stable code for each reason. Pure Python.

The audit and the tests keep the code; ``access.words`` says it to people. A code never
changes its meaning and is never used anew: events that name it are kept for years.
"""

from enum import StrEnum


class Reason(StrEnum):
    """The reason of a decision of ``access.policy``."""

    # A consent that is about to be asked for.
    CONSENT_CAN_BE_ASKED = "consent_can_be_asked"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    CONSENT_TOO_LONG = "consent_too_long"
    NOBODY_CAN_ANSWER = "nobody_can_answer"

    # A version that is about to be shown.
    CONSENTED = "consented"
    UNIT_NOT_CONSENTED = "unit_not_consented"
    PRACTICAL_PLAN_ONLY = "practical_plan_only"
    CATEGORY_NOT_CONSENTED = "category_not_consented"
    OWN_RIGHT = "own_right"
    CHILDS_OWN_RIGHT = "childs_own_right"
    ASK_THE_CHILD_FIRST = "ask_the_child_first"
    NOT_GUARDIAN_NOW = "not_guardian_now"
    CHILD_READS_LATER = "child_reads_later"
    NOT_MORE_THAN_GUARDIANS = "not_more_than_guardians"

    # What somebody at work wants to do.
    ROLE_MAY = "role_may"
    ROLE_MAY_NOT = "role_may_not"
    UNIT_TAKES_PART = "unit_takes_part"
    UNIT_TAKES_NO_PART = "unit_takes_no_part"
    ASSIGNED = "assigned"
    NOT_ASSIGNED = "not_assigned"
    OWN_ENTRIES_ONLY = "own_entries_only"
    HOLDER_ONLY = "holder_only"
    CASE_CLOSED = "case_closed"

    # What somebody in the family wants to do.
    OF_THE_FAMILY = "of_the_family"
    NOT_OF_THE_FAMILY = "not_of_the_family"
    READS_LATER = "reads_later"
    ANSWERS_FOR_THE_CHILD = "answers_for_the_child"
    NOT_ASKED = "not_asked"

    # Whether a plan is in force.
    PLAN_IN_FORCE = "plan_in_force"
    PLAN_IS_DRAFT = "plan_is_draft"
    PLAN_REFUSED = "plan_refused"
    PLAN_WITHOUT_CONSENT = "plan_without_consent"
    PLAN_CLOSED = "plan_closed"
