"""Somebody notices something about a child, and a unit takes it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide, no
from access.reasons import Reason
from access.words import require
from audit.services import record
from cases.facts import standing
from cases.models import Case
from cases.rules import SignalEnd, responsible_kind
from kit.errors import Refused

NO_DEFAULT_UNIT = "BB001"


@dataclass(frozen=True)
class Noticed:
    """What somebody noticed. ``yes_from`` names the guardians who said that it
    may be sent on; empty while nobody has. ``number`` is twelve digits or empty."""

    name: str
    number: str
    born_on: date
    municipality_code: str
    seen: str
    seen_on: date
    works: str
    family_knows: bool
    yes_from: str = ""
    yes_on: date | None = None


@transaction.atomic
def send_signal(*, noticed: Noticed, by: Actor) -> uuid.UUID:
    """Keep what was noticed and, with the guardians' yes, send it on.

    It goes to the responsible unit by the child's age. The answer is the same
    whether or not the child has a case (access model, threat 5).
    """
    _require(Permission.NOTICE_CHILD, by)
    if noticed.seen_on > by.today:
        raise Refused(_("The day you saw it can't be in the future."))
    signal_id = uuid.uuid4()
    _call(
        "select access.signal_send(%s::jsonb)",
        [
            json.dumps(
                {
                    "id": str(signal_id),
                    "name": noticed.name,
                    "number": noticed.number,
                    "born_on": noticed.born_on.isoformat(),
                    "municipality": noticed.municipality_code,
                    "seen": noticed.seen,
                    "seen_on": noticed.seen_on.isoformat(),
                    "works": noticed.works,
                    "family_knows": noticed.family_knows,
                    "yes_from": noticed.yes_from,
                    "yes_on": noticed.yes_on.isoformat() if noticed.yes_on else None,
                    "to_kind": responsible_kind(noticed.born_on, by.today),
                }
            )
        ],
    )
    record(by=by, kind="write", action="signal_sent", object=signal_id)
    return signal_id


@transaction.atomic
def forward_signal(*, signal_id: uuid.UUID, born_on: date, yes_from: str, yes_on: date, by: Actor) -> None:
    """The family has now said yes: send the waiting signal on."""
    _require(Permission.NOTICE_CHILD, by)
    forwarded = _call(
        "select access.signal_forward(%s, %s, %s, %s)",
        [signal_id, yes_from, yes_on, responsible_kind(born_on, by.today)],
    )
    if not forwarded:
        raise Refused(_("This has already been sent on."))
    record(by=by, kind="write", action="signal_sent_on", object=signal_id)


@transaction.atomic
def end_signal(*, signal_id: uuid.UUID, as_: SignalEnd, on: date, by: Actor) -> None:
    """What was noticed is not sent on: the family said no, or it is not needed. It stays
    with its unit, and a yes later on still sends it."""
    _require(Permission.NOTICE_CHILD, by)
    if on > by.today:
        raise Refused(_("The day can't be in the future."))
    if not _call("select access.signal_end(%s, %s, %s)", [signal_id, as_.value, on]):
        raise Refused(_("This has already been sent on."))
    record(by=by, kind="write", action="signal_ended", object=signal_id, reason=as_.value)


@transaction.atomic
def resume_signal(*, signal_id: uuid.UUID, by: Actor) -> None:
    """Take the end of a signal back: it waits for the family again."""
    _require(Permission.NOTICE_CHILD, by)
    if not _call("select access.signal_end(%s, '', null)", [signal_id]):
        raise Refused(_("This has already been sent on."))
    record(by=by, kind="write", action="signal_resumed", object=signal_id)


@transaction.atomic
def take_signal(*, signal_id: uuid.UUID, by: Actor) -> uuid.UUID:
    """Take a signal out of the unit's inbox; return its case.

    The taker is assigned and becomes responsible where nobody was.
    """
    _require(Permission.TAKE_SIGNAL, by)
    case_id = _call("select access.signal_take(%s)", [signal_id])
    if case_id is None:
        raise Refused(_("A colleague has already taken this."))
    record(by=by, kind="write", action="signal_taken", case=case_id, object=signal_id)
    return uuid.UUID(str(case_id))


@transaction.atomic
def join_signal(*, signal_id: uuid.UUID, case: Case, by: Actor) -> None:
    """Take a signal into a case that the unit holds already, because it is the same child
    reported a second time without a number. No second child is worked with."""
    standing(case.pk, by).require(Permission.DECIDE_COLLABORATION)
    if not _call("select access.signal_join(%s, %s)", [signal_id, case.pk]):
        raise Refused(_("It can't be added to that case. Receive it on its own."))
    record(by=by, kind="write", action="signal_joined", case=case.pk, child=case.child_id, object=signal_id)


@transaction.atomic
def take_invitation(*, invitation_id: uuid.UUID, by: Actor) -> uuid.UUID:
    """Take an invitation for the unit; return its case."""
    _require(Permission.TAKE_SIGNAL, by)
    case_id = _call("select access.invitation_take(%s)", [invitation_id])
    if case_id is None:
        raise Refused(_("This invitation is no longer open."))
    record(by=by, kind="write", action="invitation_taken", case=case_id, object=invitation_id)
    return uuid.UUID(str(case_id))


def _require(permission: Permission, by: Actor) -> None:
    require(decide(permission, ActionFacts(role=by.role)) if by.is_staff else no(Reason.ROLE_MAY_NOT))


def _call(sql: str, params: list[Any]) -> Any:
    """Call a definer function and return its one value."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == NO_DEFAULT_UNIT:
            raise Refused(
                _("The municipality has no unit that receives this yet. Ring them instead.")
            ) from error
        raise
