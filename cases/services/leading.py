"""What an arbetsledare does: assign, end an assignment, and open content with a purpose.

She reads no content without saying why, whichever way she lets herself in (PDL 4:1–4:2,
SoLPuL 10 §): the reason stands with her assignment, the family and the log reviewer read it there,
and the audit holds only what was done.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access import grants
from access.actor import Actor
from access.permissions import Permission
from access.roles import AT_WORK
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
    said = _said(purpose, field="purpose")
    if how.works_on or how.facts.assigned:
        return
    assert by.account_id  # noqa: S101 (a lead is signed in)
    grants.assign(
        case_id=case.pk, account_id=by.account_id, by=by,
        until=by.at + OPEN_FOR, reason=said,
    )  # fmt: skip
    record(by=by, kind="read", action="opened_as_lead", case=case.pk, child=case.child_id)


@transaction.atomic
def assign_colleague(*, case: Case, account_id: uuid.UUID, by: Actor, reason: str = "") -> None:
    """Let a colleague of the unit work on the case; whoever does so already goes on. Where she
    chooses herself she says why: nobody else has judged that she needs to read."""
    standing(case.pk, by).require(Permission.ASSIGN)
    works_here = Membership.objects.in_force(by.at).filter(
        account=account_id, unit=by.unit_id, role__in=AT_WORK
    )
    if not works_here.exists():
        raise Refused(_("Choose a colleague who works in your unit now."))
    already = Assignment.objects.filter(
        content_object=case, user=account_id, unit=by.unit_id, valid__contains=by.at, valid__endswith=None
    )
    if already.exists():
        return
    if account_id == by.account_id:
        _assign_oneself(case, reason, by)
        return
    grants.assign(case_id=case.pk, account_id=account_id, by=by, until=None, reason="assigned")
    record(by=by, kind="write", action="assigned", case=case.pk, child=case.child_id,
           to=account_id)  # fmt: skip


def _assign_oneself(case: Case, reason: str, by: Actor) -> None:
    """Kept and told as what she opens for 24 hours: a reading, so that the family meets it."""
    assert by.account_id  # noqa: S101 (a lead is signed in)
    grants.assign(case_id=case.pk, account_id=by.account_id, by=by, until=None, reason=_said(reason))
    record(by=by, kind="read", action="assigned_herself", case=case.pk, child=case.child_id)


def _said(reason: str, *, field: str = "reason") -> str:
    """Why she needs to read; refused where it says nothing."""
    said = reason.strip()
    if len(said) < SHORTEST_PURPOSE:
        raise Refused(_("Write why you need to read, in a few words."), field=field)
    return said


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
