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
    LAWFUL = "lawful"
    ABSOLUTE_SECRECY = "absolute_secrecy"
    BASIS_NOT_FOR_UNITS = "basis_not_for_units"
    BASIS_NOT_FROM_YOU = "basis_not_from_you"
    BASIS_NOT_TO_THEM = "basis_not_to_them"
    BASIS_AUTHORITIES_ONLY = "basis_authorities_only"
    BASIS_SAME_AUTHORITY = "basis_same_authority"
    BASIS_CHILD_TOO_OLD = "basis_child_too_old"
    BASIS_WITHOUT_GROUNDS = "basis_without_grounds"
    CONSENT_NOT_ENOUGH = "consent_not_enough"
    NOT_FOR_COMMITTED_CRIME = "not_for_committed_crime"
    NO_DUTY_TO_THEM = "no_duty_to_them"
    NAME_THE_DUTY = "name_the_duty"
    NOTIFY_OUTSIDE = "notify_outside"
    SIGNED_BY_LAWYER = "signed_by_lawyer"

    # A new version of a legal ground.
    LAW_WAITS_ALREADY = "law_waits_already"
    LAW_UNCHANGED = "law_unchanged"
    LAW_STARTS_TOO_EARLY = "law_starts_too_early"
    LAW_CONSENT_IS_THE_FIRST = "law_consent_is_the_first"
    LAW_UNITS_OR_OTHERS = "law_units_or_others"
    LAW_ASKS_FOR_NOTHING = "law_asks_for_nothing"
    LAW_NAMES_NO_STATUTE = "law_names_no_statute"
    LAW_NOT_ONES_OWN = "law_not_ones_own"
    LAW_JUDGED = "law_judged"
    LAW_CHANGED = "law_changed"
    ROLE_NOT_IN_UNITS = "role_not_in_units"
    ROLE_NOT_ONES_OWN = "role_not_ones_own"
    ROLE_CONFIRMED_BY_ANOTHER = "role_confirmed_by_another"
    ROLE_TAKEN_BACK_BY_PROPOSER = "role_taken_back_by_proposer"
    ROLE_DECIDED = "role_decided"
    ROLE_PERIOD_OVER = "role_period_over"

    # A version that is about to be shown to the family.
    NOT_GUARDIAN_NOW = "not_guardian_now"
    CHILD_READS_LATER = "child_reads_later"
    NOT_MORE_THAN_GUARDIANS = "not_more_than_guardians"

    # What is hidden from one guardian.
    HIDDEN_FROM_GUARDIAN = "hidden_from_guardian"
    OWNER_ONLY = "owner_only"
    REASON_MISSING = "reason_missing"
    REVIEW_WITHIN_SIX_MONTHS = "review_within_six_months"

    # A youth who decides alone, and adults without custody.
    NOT_OF_THAT_AGE = "not_of_that_age"
    SECOND_PERSON_MISSING = "second_person_missing"
    NOT_ONES_OWN = "not_ones_own"
    SIGNED_BY_ANOTHER = "signed_by_another"
    RIGHT_MISSING = "right_missing"
    RIGHT_NOT_FOR_THEM = "right_not_for_them"
    RIGHTS_GIVEN = "rights_given"

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

    # A case that is closed to all but named staff, and what an emergency opens.
    NOT_CLOSED = "not_closed"
    NAMED = "named"
    NOT_NAMED = "not_named"
    EMERGENCY = "emergency"
    EMERGENCY_ONLY_READS = "emergency_only_reads"
    EMERGENCY_SUSPENDED = "emergency_suspended"
    ASSIGNED_ALREADY = "assigned_already"
    NOBODY_ASKED = "nobody_asked"
    SAME_PERSON = "same_person"
    SECOND_PERSON = "second_person"

    # A question about a child that nobody names.
    QUESTION_OF_OTHERS = "question_of_others"
    QUESTION_TO_ONESELF = "question_to_oneself"
    QUESTION_NOT_ONES_TURN = "question_not_ones_turn"
    QUESTION_FULL = "question_full"
    QUESTION_CLOSED = "question_closed"

    # What somebody in the family wants to do.
    OF_THE_FAMILY = "of_the_family"
    NOT_OF_THE_FAMILY = "not_of_the_family"
    READS_LATER = "reads_later"
    ANSWERS_FOR_THE_CHILD = "answers_for_the_child"
    NOT_ASKED = "not_asked"

    # Why somebody doesn't see a kind of thing.
    NOT_SHOWN = "not_shown"
    OWN_PART_ONLY = "own_part_only"
    STAYS_WITH_UNIT = "stays_with_unit"
    ANOTHERS_OWN = "anothers_own"
    ONLY_SINCE_THIRTEEN = "only_since_thirteen"

    # Whether a plan is in force.
    PLAN_IN_FORCE = "plan_in_force"
    PLAN_IS_DRAFT = "plan_is_draft"
    PLAN_REFUSED = "plan_refused"
    PLAN_WITHOUT_CONSENT = "plan_without_consent"
    PLAN_CLOSED = "plan_closed"
