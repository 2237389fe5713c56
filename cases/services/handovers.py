"""Hand a case over: propose, accept, decline, take back; and say who answers for one in the unit.

The giver stays responsible until somebody in the receiving unit has accepted (0025).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide, no
from access.reasons import Reason
from access.words import require
from agencies.models import Membership
from audit.services import record
from cases.facts import standing
from cases.models import Case, Handover, Process
from cases.queries.handovers import Receiver, receivers_of
from kit.errors import Refused

LONGEST_NOTE = 4_000


@dataclass(frozen=True)
class Proposal:
    """What is to be handed over, to whom, why, and from which day it can be accepted."""

    kind: str
    to_unit_id: uuid.UUID
    note: str
    starts_on: date
    to_account_id: uuid.UUID | None = None


@transaction.atomic
def propose_handover(*, case: Case, proposal: Proposal, by: Actor) -> Handover:
    """Ask another unit to take over. Nothing changes before it has accepted."""
    standing(case.pk, by).require(Permission.HAND_OVER)
    account, unit = by.writes_as
    _check(case, proposal, by)
    try:
        with transaction.atomic():
            made = Handover.objects.create(
                case=case,
                kind=proposal.kind,
                from_unit_id=unit,
                proposed_by_id=account,
                proposed_by_name=by.name,
                to_unit_id=proposal.to_unit_id,
                to_account_id=proposal.to_account_id,
                note=proposal.note.strip(),
                starts_on=proposal.starts_on,
                proposed_at=by.at,
            )
    except IntegrityError:
        raise Refused(_("This is being handed over already. Take that back first.")) from None
    record(by=by, kind="write", action="handover_proposed", case=case.pk, child=case.child_id,
           object=made.pk)  # fmt: skip
    return made


@transaction.atomic
def withdraw_handover(*, handover: Handover, by: Actor) -> None:
    """The giver takes it back, while nobody has answered."""
    standing(handover.case_id, by).require(Permission.HAND_OVER)
    changed = (
        Handover.objects.visible_to(by)
        .waiting()
        .filter(pk=handover.pk, from_unit=by.unit_id)
        .update(
            outcome=Handover.Outcome.WITHDRAWN,
            answered_by_id=by.account_id,
            answered_by_name=by.name,
            answered_at=by.at,
        )
    )
    if not changed:
        raise Refused(_("Somebody has answered this already."))
    record(by=by, kind="write", action="handover_withdrawn", case=handover.case_id,
           child=handover.case.child_id, object=handover.pk)  # fmt: skip


@transaction.atomic
def decline_handover(*, handover: Handover, reason: str, by: Actor) -> None:
    """Somebody in the receiving unit says no, and why; the giver goes on."""
    _require_role(by)
    if not reason.strip():
        raise Refused(_("Write why you decline it."), field="reason")
    child = _call("select access.handover_decline(%s, %s, %s)", [handover.pk, by.name, reason.strip()])
    if child is None:
        raise Refused(_("Somebody has answered this already."))
    record(by=by, kind="write", action="handover_declined", case=handover.case_id, child=child,
           object=handover.pk)  # fmt: skip


@transaction.atomic
def accept_handover(*, handover: Handover, by: Actor, account_id: uuid.UUID | None = None) -> None:
    """Take over, from now: the one who accepts has it, or the colleague that her arbetsledare
    chooses. Of two who accept at once the second is told so."""
    _require_role(by)
    if handover.starts_on > by.today:
        raise Refused(_("It can't be accepted yet: the day has not come."))
    chosen = account_id or by.account_id
    child = _call("select access.handover_accept(%s, %s, %s)", [handover.pk, chosen, by.name])
    if child is None:
        raise Refused(_("This is no longer there to accept. A colleague may have accepted it just now."))
    record(by=by, kind="write", action="handover_accepted", case=handover.case_id, child=child,
           object=handover.pk, to=chosen)  # fmt: skip


@transaction.atomic
def name_responsible(*, case: Case, account_id: uuid.UUID, by: Actor) -> None:
    """The arbetsledare says who in her unit answers for a case that the unit has. Herself only
    where she works on it already: otherwise she says first why she needs to read."""
    standing(case.pk, by).require(Permission.ASSIGN)
    if not _call("select access.responsible_name(%s, %s)", [case.pk, account_id]):
        raise Refused(_("Choose a colleague who works in your unit now."), field="account")
    record(by=by, kind="write", action="responsible_named", case=case.pk, child=case.child_id, to=account_id)


def _check(case: Case, proposal: Proposal, by: Actor) -> None:
    if proposal.kind not in Handover.Kind.values:
        raise Refused(_("Choose what you hand over."), field="kind")
    if not proposal.note.strip():
        raise Refused(_("Write why, and what they need to know."), field="note")
    if len(proposal.note) > LONGEST_NOTE:
        raise Refused(
            _("The text is too long. Shorten it to %(number)d characters.") % {"number": LONGEST_NOTE},
            field="note",
        )
    if proposal.starts_on < by.today:
        raise Refused(_("Choose today or a day to come."), field="starts_on")
    process = Process.objects.get(case=case)
    has = process.responsible_unit_id
    if proposal.kind == Handover.Kind.COORDINATION:
        has = process.coordinator_unit_id or has
    if has != by.unit_id:
        raise Refused(_("Your unit doesn't have this to hand over."), field="kind")
    found: dict[uuid.UUID, Receiver] = {each.unit_id: each for each in receivers_of(case, by)}
    if proposal.to_unit_id not in found:
        raise Refused(_("Choose a unit that the family has said yes to."), field="to")
    if proposal.to_account_id and not _works_there(proposal.to_account_id, proposal.to_unit_id, by):
        raise Refused(_("Choose somebody who works in that unit now."), field="to")


def _works_there(account_id: uuid.UUID, unit_id: uuid.UUID, by: Actor) -> bool:
    return Membership.objects.in_force(by.at).filter(account=account_id, unit=unit_id).exists()


def _require_role(by: Actor) -> None:
    allowed = decide(Permission.TAKE_HANDOVER, ActionFacts(role=by.role))
    require(allowed if by.is_staff else no(Reason.ROLE_MAY_NOT))


def _call(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
