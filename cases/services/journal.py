"""A version goes into the unit's own record."""

from __future__ import annotations

import uuid

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from audit.services import record
from cases.facts import standing
from cases.models import Version
from cases.queries.sharing import shown_by
from kit.errors import Refused


@transaction.atomic
def note_journaled(*, version: Version, by: Actor) -> None:
    """Note that the actor's unit has copied the version into its own record. Once for a unit.

    Text leaves the system, so it is for those who may print (``access.policy.may_print``), and it is
    recorded as something taken out, with what it was open by.
    """
    if not standing(version.case_id, by).may_print:
        raise Refused(_("This can only be read here. It can't be taken out of the service."))
    with connection.cursor() as cursor:
        cursor.execute("select access.journal_note(%s, %s)", [uuid.uuid4(), version.pk])
        (noted,) = cursor.fetchone()
    if not noted:
        raise Refused(_("This can only be read here. It can't be taken out of the service."))
    record(
        by=by, kind="export", action="copied_to_journal", case=version.case_id,
        child=version.case.child_id, object=version.pk, **shown_by(version, by),
    )  # fmt: skip
