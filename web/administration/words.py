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
    Permission.SHARE_WITH_UNIT: _("Show a note to another unit, on consent"),
    Permission.SHARE_WITH_GUARDIAN: _("Show a note to a guardian or the youth"),
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
    Permission.READ_FIGURES: _("Read the municipality's figures"),
    Permission.MANAGE_UNITS: _("Look after units, colleagues and settings"),
}
