"""What a person can be allowed to do, one word for each."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing that ``access.policy.decide`` allows or refuses."""

    NOTICE_CHILD = "notice_child"
    TAKE_SIGNAL = "take_signal"
    TAKE_INVITATION = "take_invitation"
    SEE_CASE_HEAD = "see_case_head"
    READ_CONTENT = "read_content"
    OPEN_AS_LEAD = "open_as_lead"
    ASSIGN = "assign"
    WRITE_ENTRY = "write_entry"
    SHARE_WITH_UNIT = "share_with_unit"
    SHARE_WITH_GUARDIAN = "share_with_guardian"
    DECIDE_COLLABORATION = "decide_collaboration"
    REGISTER_FAMILY = "register_family"
    ASK_CONSENT = "ask_consent"
    NOTE_ANSWER = "note_answer"
    ANSWER_CONSENT = "answer_consent"
    EDIT_PLAN = "edit_plan"
    AGREE_PLAN = "agree_plan"
    UPDATE_OWN_ROW = "update_own_row"
    REPLY_TO_PLAN = "reply_to_plan"
    CLOSE_CASE = "close_case"
    READ_FIGURES = "read_figures"
    MANAGE_UNITS = "manage_units"
