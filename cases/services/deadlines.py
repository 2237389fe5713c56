"""A municipality sets how long each step may take."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor, NobodyActs
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.words import require
from agencies.models import Municipality
from audit.services import record
from cases.deadlines import FEWEST_DAYS, MOST_DAYS, Deadline, DeadlineSetting
from kit.errors import Refused


@transaction.atomic
def set_deadline(
    *, municipality: Municipality, deadline: Deadline, working_days: int, why: str, based_on: int, by: Actor
) -> DeadlineSetting:
    """So many working days for the step, for what begins from now on. ``based_on`` is the version that
    the administrator saw: somebody else's change in between is not overwritten unseen."""
    if by.account_id is None:
        raise NobodyActs
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))
    if not FEWEST_DAYS <= working_days <= MOST_DAYS or not why.strip():
        raise Refused(_("Write a number of working days from 1 to 60, and why you change it."))
    try:
        with transaction.atomic():
            row = DeadlineSetting.objects.create(
                municipality=municipality,
                deadline=deadline,
                no=based_on + 1,
                working_days=working_days,
                why=why.strip(),
                set_by_id=by.account_id,
                set_at=by.at,
            )
    except IntegrityError as error:
        raise Refused(
            _("Somebody else has changed this in the meantime. Read it and change it anew.")
        ) from error
    record(
        by=by, kind="write", action="deadline_set", object=row.pk,
        municipality=municipality.pk, step=deadline.value, number=working_days, no=row.no,
    )  # fmt: skip
    return row
