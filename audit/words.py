"""What an event says was done, in words for staff: the unit's own log and its review."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.models import Event

ACTIONS: dict[str, str | Promise] = {
    "opened_case": _("Opened the child's page"),
    "opened_log": _("Opened this log"),
    "opened_as_lead": _("Opened the content as arbetsledare"),
    "assigned_herself": _("Assigned herself as arbetsledare"),
    "opened_entry": _("Read a note"),
    "opened_wheels": _("Read the wheels"),
    "opened_sharing": _("Read who sees what"),
    "opened_why": _("Asked why something is not seen"),
    "previewed_as": _("Looked at the case as somebody else sees it"),
    "opened_plan": _("Read the plan"),
    "opened_signal": _("Read what was noticed"),
    "opened_tests": _("Read the tests of harm"),
    "role_proposed": _("Proposed that a colleague has a role"),
    "colleague_added": _("Confirmed that a colleague has a role"),
    "role_declined": _("Declined that a colleague has a role"),
    "role_taken_back": _("Took back that a colleague is to have a role"),
    "membership_ended": _("Ended a colleague's role"),
    "account_opened": _("Opened an account for a colleague"),
    "wheel_worded": _("Worded a new edition of the wheel"),
    "law_proposed": _("Proposed a new version of a legal ground"),
    "law_signed": _("Signed a new version of a legal ground"),
    "law_declined": _("Did not sign a new version of a legal ground"),
    "disclosure_to_sign": _("Decided to show something, to be signed by another person"),
    "disclosure_signed": _("Signed that something is shown"),
    "disclosure_declined": _("Did not sign that something is shown"),
    "disclosure_refused": _("Noted that something is not shown"),
    "entry_hidden": _("Hid a note from a guardian"),
    "hiding_kept": _("Looked over what is hidden from a guardian"),
    "hiding_lifted": _("Stopped hiding a note from a guardian"),
    "opened_concerns": _("Read about orosanmälningar"),
    "concern_noted": _("Noted about an orosanmälan"),
    "guardian_ended": _("Ended a custody, or marked it as contested"),
    "rights_given": _("Let another adult read"),
    "rights_ended": _("Ended what another adult could read"),
    "maturity_noted": _("Noted that the youth can decide alone"),
    "maturity_signed": _("Signed that the youth can decide alone"),
    "identity_shown": _("Saw the protected child's name and number"),
    "printed_closed_plan": _("Printed the plan of a closed case"),
    "circle_closed": _("Closed the case to all but those named"),
    "circle_opened": _("Opened the case to the unit again"),
    "circle_opening_asked": _("Asked to open the case to the unit again"),
    "case_locked": _("Locked the case"),
    "case_unlocked": _("Unlocked the case"),
    "named": _("Named somebody for the case"),
    "naming_asked": _("Asked to have somebody named for the case"),
    "naming_ended": _("Ended that somebody is named for the case"),
    "family_let_in": _("Let one of the family in"),
    "family_shut_out": _("Shut one of the family out"),
    "protection_reviewed": _("Looked over whether the child needs protection"),
    "emergency_opened": _("Opened the case in an emergency"),
    "emergency_ended": _("Ended the nödöppning"),
    "emergency_reviewed": _("Reviewed a nödöppning"),
    "signal_taken": _("Received a signal"),
    "signal_joined": _("Added a signal to the case"),
    "invitation_taken": _("Received an invitation"),
    "assigned": _("Assigned a colleague"),
    "unassigned": _("Ended a colleague's assignment"),
    "entry_written": _("Wrote a note"),
    "entry_corrected": _("Corrected a note"),
    "version_shown": _("Showed a note to others"),
    "disclosure_ended": _("Stopped showing a note"),
    "process_moved": _("Moved the case to the next step"),
    "case_closed": _("Closed the case"),
    "guardian_registered": _("Registered a guardian"),
    "number_completed": _("Wrote the child's personnummer"),
    "consent_asked": _("Asked the family for consent"),
    "consent_answered": _("Noted an answer about consent"),
    "consent_withdrawn": _("Noted that a yes was taken back"),
    "plan_started": _("Began a plan"),
    "plan_saved": _("Changed the plan"),
    "plan_unit_replied": _("Answered the plan proposal"),
    "plan_discarded": _("Threw a draft of the plan away"),
    "plan_looked_over": _("Looked over the plan"),
    "plan_proposed": _("Sent the plan to the units"),
    "plan_agreed": _("Agreed the plan"),
    "status_set": _("Said how a part of the plan goes"),
    "follow_up_held": _("Followed up the plan"),
    "opened_head": _("Saw that there is a case, not what is written in it"),
    "opened_writing": _("Began to write something new"),
    "opened_events": _("Read the list of what has been written"),
    "opened_people": _("Looked up who helps the child"),
    "opened_consents": _("Read the answers about consent"),
    "opened_consent": _("Read the answers about consent"),
    "opened_follow_up": _("Read the follow-up of the plan"),
    "opened_plan_draft": _("Read a draft of the plan"),
    "search_held_back": _("Searched or tried numbers too often"),
    "opened_wheel": _("Read the wheels"),
}
# Where an action has no words of its own.
KINDS: dict[str, str | Promise] = {
    Event.Kind.READ: _("Read"),
    Event.Kind.PRINT: _("Printed"),
    Event.Kind.EXPORT: _("Took out a file"),
    Event.Kind.EMERGENCY: _("Opened in an emergency"),
    Event.Kind.DENIED: _("Was turned away"),
}


def what_was_done(kind: str, action: str) -> str:
    """The action in words, else its kind. Of a page that was printed: which."""
    if kind == Event.Kind.PRINT and action in ACTIONS and not action.startswith("printed_"):
        return gettext("%(what)s, on paper") % {"what": ACTIONS[action]}
    return str(ACTIONS.get(action) or KINDS.get(kind) or _("Changed something"))
