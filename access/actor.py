"""Who acts, for which unit, at which instant: set once for a request or task.

The facts come from one definer function in the database, ``actor_begin``,
which also sets the context that row-level security reads. It takes a ticket
that this server has sealed (:mod:`access.ticket`), so that no other SQL can
begin anybody. Nothing that the browser sends is believed beyond the signed-in
account and the chosen unit.

A context lasts for its transaction, and for a minute at most. Whatever takes
longer calls :func:`renew`; after the minute without it nothing is readable.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from access import ticket
from access.policy import STOCKHOLM
from access.roles import FAMILY, Role
from access.ticket import Kind
from access.units import UnitKind

# The workplace of whoever acts as a guardian or a youth: none.
FAMILY_HAT = uuid.UUID(int=0)
# A context older than this is renewed before what must not be lost is written.
RENEWED_AFTER = ticket.LASTS_SECONDS / 2


class NobodyActs(Exception):
    """Something was to be written by staff, and nobody acts for a unit."""


@dataclass(frozen=True)
class Workplace:
    """A unit, organisation or municipality that a person can act for."""

    membership: uuid.UUID
    name: str
    role: Role
    title: str


@dataclass(frozen=True)
class OpenEmergency:
    """A nödöppning that the actor has open now, in the unit she acts for."""

    id: uuid.UUID
    case_id: uuid.UUID
    until: datetime


@dataclass(frozen=True)
class Actor:
    """A person as she acts now. Without an account she is nobody and sees nothing."""

    at: datetime
    account_id: uuid.UUID | None = None
    role: Role | None = None
    name: str = ""
    title: str = ""
    membership_id: uuid.UUID | None = None
    unit_id: uuid.UUID | None = None
    unit_name: str = ""
    unit_kind: UnitKind | None = None
    shared_computers: bool = False
    group_id: int | None = None
    organisation_id: uuid.UUID | None = None
    municipality_code: str = ""
    place_name: str = ""
    guardian_id: uuid.UUID | None = None
    child_id: uuid.UUID | None = None
    workplaces: tuple[Workplace, ...] = ()
    emergency: OpenEmergency | None = None
    request_id: uuid.UUID = field(default_factory=uuid.uuid4)
    events: list[dict[str, Any]] = field(default_factory=list, compare=False)
    kind: Kind = Kind.WORK
    began: list[float] = field(default_factory=lambda: [time.monotonic()], compare=False)

    @property
    def today(self) -> date:
        """The date in Sweden at the instant judged by."""
        return self.at.astimezone(STOCKHOLM).date()

    @property
    def writes_as(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The account and the unit that stand as the author of what staff write."""
        if self.account_id is None or self.unit_id is None:
            raise NobodyActs
        return self.account_id, self.unit_id

    @property
    def is_staff(self) -> bool:
        """Works for a unit with children: ``actor_begin`` names a unit for handläggare, arbetsledare
        and jurist alone."""
        return self.unit_id is not None

    @property
    def is_lead(self) -> bool:
        """Arbetsledare of the unit she acts for."""
        return self.unit_id is not None and self.role is Role.LEAD

    @property
    def is_family(self) -> bool:
        """Guardian or youth."""
        return self.role in FAMILY


def begin(
    account_id: uuid.UUID | None,
    membership_id: uuid.UUID | None = None,
    *,
    at: datetime | None = None,
    kind: Kind = Kind.PAGE,
) -> Actor:
    """Set the context of the current transaction and return who acts.

    ``membership_id`` is the workplace the person chose; one that isn't hers
    now is passed over and her first is taken.
    """
    return _actor(_begin(ticket.for_actor(kind, account_id, membership_id, at)), kind)


def renew(actor: Actor) -> None:
    """Another minute for the same actor, at the same instant, in the same transaction: for work
    that takes longer. Her rights are looked up anew; where she has none left, nothing is readable."""
    _begin(ticket.for_actor(actor.kind, actor.account_id, actor.membership_id or FAMILY_HAT, actor.at))
    actor.began[:] = [time.monotonic()]


@contextlib.contextmanager
def acting_as(
    account_id: uuid.UUID | None,
    membership_id: uuid.UUID | None = None,
    *,
    at: datetime | None = None,
) -> Iterator[Actor]:
    """A transaction in which a person acts; her events are chained last.

    Used by tasks and commands. Without an account nobody acts, nothing is
    readable, and only the narrow definer functions for background work answer.
    """
    with transaction.atomic():
        actor = begin(account_id, membership_id, at=at, kind=Kind.WORK)
        yield actor
        flush_events(actor)


def flush_events(actor: Actor) -> None:
    """Write the queued events, chained, as the last statement before commit."""
    if not actor.events:
        return
    if time.monotonic() - actor.began[0] > RENEWED_AFTER:
        renew(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.audit_append(%s::jsonb)", [json.dumps(actor.events)])
    actor.events.clear()


def _begin(sealed: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("select access.actor_begin(%s)", [sealed])
        (row,) = cursor.fetchone()
    facts: dict[str, Any] = json.loads(row) if isinstance(row, str) else row
    return facts


def _actor(facts: dict[str, Any], kind: Kind) -> Actor:
    """The actor from what the database says of her."""
    return Actor(
        at=datetime.fromisoformat(facts["at"]),
        account_id=_uuid(facts["account"]),
        role=Role(facts["role"]) if facts["role"] else None,
        name=facts["name"] or "",
        title=facts["title"] or "",
        membership_id=_uuid(facts["membership"]),
        unit_id=_uuid(facts["unit"]),
        unit_name=facts["unit_name"] or "",
        unit_kind=UnitKind(facts["unit_kind"]) if facts["unit_kind"] else None,
        shared_computers=facts["shared_computers"],
        group_id=facts["group"],
        organisation_id=_uuid(facts["organisation"]),
        municipality_code=facts["municipality"] or "",
        place_name=facts["place_name"] or "",
        guardian_id=_uuid(facts["guardian"]),
        child_id=_uuid(facts["child"]),
        workplaces=tuple(
            Workplace(uuid.UUID(w["id"]), w["name"], Role(w["role"]), w["title"]) for w in facts["workplaces"]
        ),
        kind=kind,
        emergency=_emergency(facts.get("emergency")),
    )


def _emergency(stored: dict[str, str] | None) -> OpenEmergency | None:
    if not stored:
        return None
    until = datetime.fromisoformat(stored["until"])
    return OpenEmergency(uuid.UUID(stored["id"]), uuid.UUID(stored["case"]), until)


def _uuid(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None
