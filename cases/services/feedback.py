"""Tell whoever noticed a child what came of it, as far as the family has said yes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Feedback, Signal
from cases.queries.feedback import may_say
from kit.errors import Refused


@transaction.atomic
def give_feedback(*, case: Case, signal: Signal, what: str, by: Actor) -> Feedback:
    """One of the fixed sentences. What no yes covers is not there to choose."""
    standing(case.pk, by).require(Permission.DECIDE_COLLABORATION)
    if what not in may_say(signal.pk):
        raise Refused(
            _("The family's yes doesn't cover telling that. Choose another sentence."), field="what"
        )
    account, unit = by.writes_as
    made, new = Feedback.objects.get_or_create(
        signal=signal,
        what=what,
        defaults={
            "case": case,
            "unit_id": unit,
            "given_by_id": account,
            "given_by_name": by.name,
            "given_at": by.at,
        },
    )
    if not new:
        raise Refused(_("They have been told that already."), field="what")
    record(by=by, kind="write", action="feedback_given", case=case.pk, child=case.child_id, object=signal.pk)
    return made
