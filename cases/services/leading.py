"""What an arbetsledare does: assign, end an assignment, and open content with a purpose."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access import grants
from access.actor import Actor
from access.permissions import Permission
from agencies.models import Membership
from audit.services import record
from cases.facts import standing
from cases.models import Assignment, Case
from kit.errors import Refused

OPEN_FOR = timedelta(hours=24)
SHORTEST_PURPOSE = 10


@transaction.atomic
def open_as_lead(*, case: Case, purpose: str, by: Actor) -> None:
    """Open the content of the unit's case for 24 hours, for a stated purpose.

    The family sees it among those who have read. While it is open to her
    already, nothing changes.
    """
    how = standing(case.pk, by)
    how.require(Permission.OPEN_AS_LEAD)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Refused(_("Write why you need to read, in a few words."), field="reason")
    if how.works_on:
        return
    assert by.account_id  # noqa: S101 (a lead is signed in)
    grants.assign(
        case_id=case.pk, account_id=by.account_id, by=by,
        until=by.at + OPEN_FOR, reason=purpose.strip(),
    )  # fmt: skip
    record(by=by, kind="read", action="opened_as_lead", case=case.pk, child=case.child_id)


@transaction.atomic
def assign_colleague(*, case: Case, account_id: uuid.UUID, by: Actor) -> None:
    """Let a colleague of the unit work on the case; whoever does so already goes on."""
    standing(case.pk, by).require(Permission.ASSIGN)
    works_here = Membership.objects.in_force(by.at).filter(
        account=account_id, unit=by.unit_id, role__in=("caseworker", "lead")
    )
    if not works_here.exists():
        raise Refused(_("Choose a colleague who works in your unit now."))
    already = Assignment.objects.filter(
        content_object=case, user=account_id, unit=by.unit_id, valid__contains=by.at, valid__endswith=None
    )
    if already.exists():
        return
    grants.assign(case_id=case.pk, account_id=account_id, by=by, until=None, reason="assigned")
    record(by=by, kind="write", action="assigned", case=case.pk, child=case.child_id,
           to=account_id)  # fmt: skip


@transaction.atomic
def end_assignment(*, case: Case, account_id: uuid.UUID, by: Actor) -> None:
    """End a colleague's work on the case; the period stays in the log of who could read
    (PDL 4:3). The one who is responsible for it, or coordinates it, can't be taken away:
    a case is never without her."""
    standing(case.pk, by).require(Permission.ASSIGN)
    if _holds_baton(case, account_id):
        raise Refused(_("Your colleague is responsible for the case. Somebody else must take it over first."))
    if grants.end_assignment(case_id=case.pk, account_id=account_id, by=by):
        record(by=by, kind="write", action="unassigned", case=case.pk, child=case.child_id,
               to=account_id)  # fmt: skip


def _holds_baton(case: Case, account_id: uuid.UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select access.holds_baton(%s, %s)", [case.pk, account_id])
        return bool(cursor.fetchone()[0])
