"""A municipality words what is expected of whom."""

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
from cases.expectations import PARTIES, Expectation, Party
from cases.rules import Step
from kit.errors import Refused


@transaction.atomic
def word_expectation(
    *, municipality: Municipality, step: Step, party: Party, text: str, why: str, based_on: int, by: Actor
) -> Expectation:
    """A new wording, from now on. ``based_on`` is the version that its writer saw: somebody else's
    wording in between is not overwritten unseen."""
    if by.account_id is None:
        raise NobodyActs
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))
    if party not in PARTIES[step] or not text.strip() or not why.strip():
        raise Refused(_("Write what is expected, and why you change it."))
    try:
        with transaction.atomic():
            row = Expectation.objects.create(
                municipality=municipality,
                step=step,
                party=party,
                no=based_on + 1,
                text=text.strip(),
                why=why.strip(),
                written_by_id=by.account_id,
                written_at=by.at,
            )
    except IntegrityError as error:
        raise Refused(
            _("Somebody else has changed this in the meantime. Read it and change it anew.")
        ) from error
    record(
        by=by, kind="write", action="expectation_worded", object=row.pk,
        municipality=municipality.pk, step=step.value, party=party.value, no=row.no,
    )  # fmt: skip
    return row
