"""What each permission means, in words that somebody who is no programmer can read."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.permissions import Permission

PERMISSION_WORDS: dict[Permission, Promise] = {
    Permission.NOTICE_CHILD: _("Write a signal about a child"),
    Permission.TAKE_SIGNAL: _("Take a signal from the unit's inbox"),
    Permission.TAKE_INVITATION: _("Take an invitation from the unit's inbox"),
    Permission.SEE_CASE_HEAD: _("See the unit's cases as name, step, responsible and next date"),
    Permission.READ_CONTENT: _("Read what is the unit's own or has been shown to it"),
    Permission.OPEN_AS_LEAD: _("Open a case of the unit for 24 hours, by saying why"),
    Permission.ASSIGN: _("Assign colleagues in the unit to a case"),
    Permission.WRITE_ENTRY: _("Write notes, wheels and the child's own words"),
    Permission.SHARE_WITH_UNIT: _("Show a note to another unit, on consent or on another legal ground"),
    Permission.SHARE_WITH_GUARDIAN: _("Show a note to a guardian or the youth"),
    Permission.HIDE_FROM_GUARDIAN: _("Hide a note of the unit's own from a guardian, with a reason"),
    Permission.SIGN_DISCLOSURE: _("Sign, as a second person, what a colleague wants to show"),
    Permission.USE_ANY_BASIS: _("Choose among all legal grounds on which something can be shown"),
    Permission.SIGN_AS_LAWYER: _("Sign where the law asks for a lawyer"),
    Permission.ASK_UNNAMED: _("Ask another unit for advice about a child without saying which"),
    Permission.ANSWER_UNNAMED: _("Answer such questions to the unit"),
    Permission.WORD_WHEEL: _("Word the wheel: its areas, prompts and scale"),
    Permission.PROPOSE_LAW: _("Propose how a legal ground is to be worded"),
    Permission.SIGN_LAW: _("Sign a new version of a legal ground, so that it holds"),
    Permission.CLOSE_CIRCLE: _("Close a case to all but named staff"),
    Permission.OPEN_IN_EMERGENCY: _("Open a case of the unit in an emergency (nödöppning)"),
    Permission.REVIEW_EMERGENCY: _("Review a nödöppning that somebody else has made"),
    Permission.DECIDE_COLLABORATION: _("Decide that several units are needed"),
    Permission.ASK_CONSENT: _("Ask families for consent"),
    Permission.NOTE_ANSWER: _("Note an answer given on paper, by phone or in person"),
    Permission.ANSWER_CONSENT: _("Answer a consent and take it back"),
    Permission.REGISTER_FAMILY: _("Register guardians and a child's number, in the unit's own cases"),
    Permission.EDIT_PLAN: _("Write and change the plan"),
    Permission.AGREE_PLAN: _("Agree the plan"),
    Permission.UPDATE_OWN_ROW: _("Say how the unit's own rows of the plan go"),
    Permission.REPLY_TO_PLAN: _("Answer an agreed plan"),
    Permission.CLOSE_CASE: _("Close the case"),
    Permission.ARRANGE_MEETING: _("Invite to meetings, change and cancel them, and note who came"),
    Permission.HAND_OVER: _(
        "Hand over the responsibility for a case, or holding the work together, to another unit"
    ),
    Permission.TAKE_HANDOVER: _("Accept or decline a hand-over to the unit"),
    Permission.READ_FIGURES: _("Read the municipality's figures"),
    Permission.REVIEW_LOG: _("Review who has opened what in the unit, without seeing any child"),
    Permission.FOLLOW_REVIEWS: _("Follow that the log reviews are made, in figures"),
    Permission.MANAGE_UNITS: _("Look after units, colleagues and settings"),
    Permission.CONFIRM_ROLE: _("Confirm, as another person, that somebody has a role in the unit"),
}
