"""Who reads which row of the fixed world: everybody who is named, and nobody else."""

from __future__ import annotations

CASEWORKERS = {
    "bvc", "bvc2", "bvc-ledare", "logoped", "forskola", "rektor", "mentor", "kurator", "soc-ledare", "soc", "soc2",
    "fritid", "polis", "soc-vaxjo", "tva-enheter", "tva-enheter/pupil_health", "jurist",
}  # fmt: skip
STAFF = CASEWORKERS | {"enhetsadmin", "granskare", "styrgrupp", "admin", "dataskydd"}
FAMILY = {"mamma", "pappa", "mor", "far", "granne", "ungdom", "familjehem"}
NOBODY = "nobody"
ACTORS = sorted(STAFF | FAMILY | {NOBODY})

# Case A is the child's of Teamwork: held by BVC, where only "bvc" works on it.
PARENTS = {"mamma", "pappa"}
WHOLE_PLAN = {"bvc", "logoped", "forskola"} | PARENTS
TEAM_A = {"bvc", "logoped", "forskola", "fritid", "polis"}
# Case B is the neighbour's child's: held by the school, BVC on a consent, pupil health with its own.
TEAM_B = {"mentor", "tva-enheter"}
# Case Y is the youth's: held by pupil health; the father's custody is contested.
TEAM_Y = {"kurator", "tva-enheter/pupil_health"}

ASKED = {"forskola", "bvc", "bvc2", "bvc-ledare", "tva-enheter"}

READERS: dict[str, set[str]] = {
    # Public facts, and colleagues.
    "municipality": set(ACTORS),
    "unit_bvc": set(ACTORS),
    "staff_logoped": STAFF,
    "membership_logoped": STAFF,
    # Children and guardians.
    "child_a": TEAM_A | PARENTS | {"bvc-ledare", "familjehem"},
    "child_b": TEAM_B | {"rektor", "bvc-ledare", "kurator", "granne"},
    "child_y": TEAM_Y | {"mor", "ungdom"},
    "child_v": {"soc-vaxjo"},
    "custody_mamma": {"bvc", "logoped", "forskola", "mamma"},
    "custody_granne": TEAM_B | {"granne"},
    "custody_far": TEAM_Y,
    "guardian_mamma": {"bvc", "logoped", "forskola", "mamma"},
    "guardian_far": TEAM_Y | {"far"},
    "listing_a": {"bvc"},
    "contact_youth": {"ungdom"},
    # Consents.
    "consent_a": {"bvc", "logoped", "forskola"} | PARENTS,
    "consent_practical": {"bvc"} | PARENTS,
    "consent_waiting": {"bvc"} | PARENTS,
    "consent_b": {"mentor", "tva-enheter", "granne"},
    "consent_y": TEAM_Y | {"mor", "ungdom"},
    "scope_logoped": {"bvc", "logoped", "forskola"} | PARENTS,
    "scope_waiting": {"bvc"} | PARENTS,
    # Police and leisure: each its own, though one consent asks about both.
    "scope_police": {"bvc", "polis"} | PARENTS,
    "scope_leisure": {"bvc", "fritid"} | PARENTS,
    "answer_mamma": {"bvc", "mamma"},
    "answer_pappa_waiting": {"bvc", "pappa"},
    "answer_far": TEAM_Y,
    "answer_ungdom": TEAM_Y | {"ungdom"},
    # Cases and who works on them.
    "case_a": TEAM_A | PARENTS | {"bvc-ledare", "familjehem"},
    "case_b": TEAM_B | {"rektor", "bvc-ledare", "kurator", "granne"},
    "case_y": TEAM_Y | {"mor", "ungdom"},
    "case_v": {"soc-vaxjo"},
    "process_a": {"bvc", "logoped", "forskola", "bvc-ledare"},
    "process_b": TEAM_B | {"rektor", "bvc-ledare"},
    "process_y": TEAM_Y,
    "participation_bvc_a": {"bvc", "bvc-ledare"},
    "participation_logoped_a": {"bvc", "logoped"},
    "participation_own_b": {"mentor", "kurator"},
    "assignment_bvc_a": {"bvc", "bvc-ledare"},
    "assignment_kurator_y": TEAM_Y,
    "assignment_ended": {"bvc", "bvc2", "bvc-ledare"},
    "grant_period": set(),
    # Signals and invitations.
    "signal_kept": {"forskola"},
    "signal_inbox": {"forskola", "bvc", "bvc2", "bvc-ledare", "tva-enheter"},
    "signal_taken": {"forskola", "bvc", "bvc-ledare"},
    "text_kept": {"forskola"},
    "text_taken": {"forskola", "bvc"},
    "invitation_waiting": {"bvc", "forskola"},
    "invitation_taken": {"bvc", "logoped"},
    # Entries: owner, and those it is shown to.
    "entry_note": {"bvc", "logoped", "mamma"},
    "entry_closed": {"bvc"},
    "entry_logoped": {"bvc", "logoped"},
    "entry_words": {"bvc", "mamma"},
    "entry_kurator_b": {"kurator", "mentor"},
    "entry_school_b": {"mentor"},
    "entry_y": TEAM_Y | {"mor", "ungdom"},
    # Hidden from mamma, though a disclosure to her was never ended.
    "entry_hidden": {"bvc", "pappa"},
    # Shown to the youth: not to her mother; and hidden from her father, who contests.
    "entry_only_y": TEAM_Y,
    "entry_hidden_y": TEAM_Y | {"mor"},
    "note": {"bvc", "logoped", "mamma"},
    "note_corrected": {"bvc"},
    "closed_note": {"bvc"},
    "logoped_note": {"bvc", "logoped"},
    "words": {"bvc", "mamma"},
    "kurator_note_b": {"kurator", "mentor"},
    "school_note_b": {"mentor"},
    "note_y": TEAM_Y | {"mor", "ungdom"},
    "hidden_note": {"bvc", "pappa"},
    "only_y": TEAM_Y,
    "hidden_y": TEAM_Y | {"mor"},
    "shown_logoped": {"bvc", "logoped"},
    "shown_mamma": {"bvc", "mamma"},
    "shown_far": TEAM_Y,
    "shown_hidden_mamma": {"bvc"},
    "shown_hidden_pappa": {"bvc", "pappa"},
    "shown_only_y": TEAM_Y,
    "shown_y": TEAM_Y | {"ungdom"},
    # An adult without custody: read by those who work with the child, and by herself while it holds.
    "adult": {"bvc", "logoped", "forskola", "familjehem"},
    "adult_ended": {"bvc", "logoped", "forskola"},
    # Only the unit that asked.
    "maturity": TEAM_Y,
    "child_view": {"bvc"},
    # What a unit keeps to itself.
    "hiding": {"bvc"},
    "hiding_y": TEAM_Y,
    # Meetings: the unit that holds the case, and those that the newest version invites; police, leisure
    # and the family are told of them by functions.
    "meeting_a": {"bvc", "logoped"},
    "meeting_before": {"bvc", "logoped"},
    "meeting_by_logoped": {"bvc", "logoped", "forskola"},  # from when it held the case
    "meeting_today": {"bvc"},
    "meeting_held": {"bvc"},
    "meeting_b": {"mentor"},
    # What the sender of a signal is told: the unit that told it; the sender by a function.
    "feedback_a": {"bvc"},
    # Links between children: whoever works on both cases.
    "kin_a": {"bvc"},
    "kin_ab": set(),
    "kin_ended": {"bvc"},
    "case_brother": {"bvc", "bvc-ledare"},
    "case_sister": {"bvc", "bvc-ledare"},
    # Hand-overs: both units; what waits, whoever works in the one that is to accept.
    "handover_a": {"bvc", "bvc-ledare", "logoped"},
    "handover_declined": {"bvc", "bvc-ledare", "logoped"},
    "handover_b": {"mentor", "rektor", "bvc", "bvc2", "bvc-ledare", "tva-enheter"},
    "concern": {"bvc"},
    # In whose journal it is: each unit its own, of what it reads now.
    "journaled_bvc": {"bvc"},
    "journaled_logoped": {"logoped"},
    "journaled_unshown": set(),
    "concern_own_b": {"kurator"},
    # A question without a name: who asked, in the unit she asked for, and all of the unit that was asked.
    "question": ASKED,
    "question_answered": ASKED,
    "question_closed": ASKED,
    "question_of_two": {"tva-enheter/pupil_health", "rektor", "mentor"},
    "message": ASKED,
    "message_answer": ASKED,
    "message_closed": ASKED,
    "message_of_two": {"tva-enheter/pupil_health", "rektor", "mentor"},
    "shown_expired": {"mentor"},
    "draft_a": {"bvc"},
    "draft_signal": {"forskola"},
    # The plan. Police and leisure: their own rows.
    "plan": TEAM_A | PARENTS,
    "plan_agreed": TEAM_A | PARENTS,
    "plan_draft": {"bvc"},
    "plan_bare": {"bvc"},
    "goal": WHOLE_PLAN,
    "goal_draft": {"bvc"},
    # What derives from the hidden note.
    "goal_hidden": WHOLE_PLAN - {"mamma"},
    "row_hidden": WHOLE_PLAN - {"mamma"},
    "status_hidden": WHOLE_PLAN - {"mamma"},
    "citation": {"bvc", "pappa"},
    "citation_draft": {"bvc"},
    "row_bvc": WHOLE_PLAN,
    "row_leisure": WHOLE_PLAN | {"fritid"},
    "row_police": WHOLE_PLAN | {"polis"},
    "row_draft": {"bvc"},
    "status_logoped": WHOLE_PLAN,
    "status_leisure": WHOLE_PLAN | {"fritid"},
    "release_logoped": {"bvc", "logoped"},
    "release_leisure": {"bvc", "fritid"},
    "release_mamma": {"bvc", "mamma"},
    "reply_logoped": {"bvc", "logoped"},
    "reply_bvc_draft": {"bvc"},
    "family_reply_mamma": {"bvc", "mamma"},
    "follow_up": WHOLE_PLAN - {"mamma"},
    "follow_up_later": WHOLE_PLAN - {"mamma"},
    # What came of a goal or an insats at it: whoever reads that, also where another is hidden.
    "goal_result": WHOLE_PLAN,
    "goal_result_hidden": WHOLE_PLAN - {"mamma"},
    "row_result_logoped": WHOLE_PLAN,
    "row_result_hidden": WHOLE_PLAN - {"mamma"},
    "row_result_leisure": WHOLE_PLAN | {"fritid"},
    "document_mamma": {"mamma"},
    "document_emptied": {"mamma"},
    # The unit's log reviews: its own reviewer alone. Others get numbers from functions.
    "review": {"granskare"},
    "review_signed": {"granskare"},
    "review_school": set(),
    "access": {"granskare"},
    "access_own": {"granskare"},
    "access_signed": {"granskare"},
    "access_school": set(),
    # A proposed role: those who administer the unit, and its head.
    "appointment_bvc": {"enhetsadmin", "bvc-ledare"},
    "appointment_preschool": {"admin"},
    "appointment_confirmed": {"enhetsadmin", "bvc-ledare"},
    # The law is everybody's to read; what is only proposed, or was declined, those who change it.
    "law_first": set(ACTORS),
    "expectation": set(ACTORS) - {NOBODY},
    "deadline_setting": set(ACTORS) - {NOBODY},
    "school_break": set(ACTORS) - {NOBODY},
    "law_signed": set(ACTORS),
    "law_waiting": {"admin", "jurist"},
    "law_declined": {"admin", "jurist"},
    # How the wheel is worded: whoever is signed in.
    "wheel_edition": set(ACTORS) - {NOBODY},
    # Nobody reads these: functions answer.
    "protection": set(),
    "lock": set(),
    "named": set(),
    "admission": set(),
    "protection_review": set(),
    "emergency": set(),
    "outbox": set(),
    "reminder": set(),
    "delivery": set(),
    "event": set(),
}
