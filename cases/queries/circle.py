"""Closed circles, as those who may close or open them see them."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from access.actor import Actor
from access.shield import may_end_closing
from cases.models import Case
from people.models import Protection


@dataclass(frozen=True)
class Closing:
    """Why a case is closed, since when, on whose word, and whether opening is asked for."""

    since: datetime
    by: str
    reason: str
    asked_by: str
    asked_by_me: bool
    asked_reason: str

    @property
    def is_mine_to_end(self) -> bool:
        """Somebody else has asked, so that it takes but the actor's own decision."""
        return bool(may_end_closing(self.asked_by or None, self.asked_by if self.asked_by_me else ""))


@dataclass(frozen=True)
class NamedPerson:
    """Somebody named for the case, or asked for (``asked``)."""

    id: uuid.UUID
    name: str
    unit: str
    asked: bool
    reason: str
    is_me: bool


@dataclass(frozen=True)
class Choice:
    """Somebody who can be named."""

    account_id: uuid.UUID
    unit_id: uuid.UUID
    name: str
    unit: str


@dataclass(frozen=True)
class FamilyPerson:
    """A guardian, or the youth, and whether she is let in."""

    person_id: uuid.UUID
    name: str
    is_youth: bool
    reason: str
    since: datetime | None


@dataclass(frozen=True)
class CircleOf:
    """All of a case's circle."""

    level: Protection.Level | None
    protection: Closing | None
    lock: Closing | None
    named: list[NamedPerson]
    choices: list[Choice]
    family: list[FamilyPerson]


@dataclass(frozen=True)
class Identity:
    """A protected child's own name and number."""

    name: str
    number: str


@dataclass(frozen=True)
class WaitingName:
    """Something that an arbetsledare has to say yes or no to; without ``id`` nobody is named
    for ``case_id``."""

    id: uuid.UUID | None
    case_id: uuid.UUID | None
    person: str
    unit: str
    asked_by: str
    reason: str


def circle_of(case_id: uuid.UUID, actor: Actor) -> CircleOf | None:
    """The case's circle, for whoever may close it; one statement."""
    stored = _one("select access.circle(%s)", [case_id])
    if stored is None:
        return None
    found: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    protection, lock = found["protection"], found["lock"]
    return CircleOf(
        level=Protection.Level(protection["level"]) if protection else None,
        protection=_closing(protection, at="raised_at", reason="source", asked="reason"),
        lock=_closing(lock, at="locked_at", reason="reason", asked="unlock_reason"),
        named=[
            NamedPerson(
                uuid.UUID(n["id"]), n["name"], n["unit"], n["asked"], n["reason"],
                is_me=n["account"] == str(actor.account_id) and n["unit_id"] == str(actor.unit_id),
            )
            for n in found["named"]
        ],
        choices=sorted(
            (Choice(uuid.UUID(c["account"]), uuid.UUID(c["unit_id"]), c["name"], c["unit"]) for c in found["choices"]),
            key=lambda choice: (choice.unit != actor.unit_name, choice.unit, choice.name),
        ),
        family=[
            FamilyPerson(
                uuid.UUID(p["person"]), p["name"], p["youth"],
                reason=p["in"]["reason"] if p["in"] else "",
                since=datetime.fromisoformat(p["in"]["since"]) if p["in"] else None,
            )
            for p in found["family"]
        ],
    )  # fmt: skip


def _closing(found: dict[str, Any] | None, *, at: str, reason: str, asked: str) -> Closing | None:
    if not found:
        return None
    return Closing(
        since=datetime.fromisoformat(found[at]),
        by=found["by"] or "",
        reason=found[reason],
        asked_by=found["asked_by"] or "",
        asked_by_me=found["asked_by_me"],
        asked_reason=found[asked],
    )


def identity_of(case_id: uuid.UUID, actor: Actor) -> Identity | None:
    """The protected child's own name and number, for whoever is named and works on the case."""
    found = _one("select access.protection_show(%s)", [case_id])
    if found is None:
        return None
    stored: dict[str, str] = json.loads(found) if isinstance(found, str) else found
    return Identity(stored["name"], stored["number"])


def names_waiting(actor: Actor) -> list[WaitingName]:
    """Whom an arbetsledare is asked to name for closed cases of her unit. Never the child."""
    if not actor.is_lead:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select id, case_id, person, unit, asked_by, reason from access.named_waiting()")
        return [WaitingName(*row) for row in cursor.fetchall()]


def protection_reviews(actor: Actor) -> list[tuple[uuid.UUID, datetime]]:
    """Cases that the actor's unit holds and that she is to look over, with since when."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select case_id, asked_at from access.protection_reviews()")
        return list(cursor.fetchall())


def is_protected(child_id: uuid.UUID) -> bool:
    """Whether the child's identity is protected, to whoever may know of the child: what is shown
    then takes a new menprövning each time and a second person."""
    return bool(_one("select access.is_protected(%s)", [child_id]))


def keeps_phone(case: Case) -> bool:
    """Whether phone numbers of the child's family are kept: not with skyddad folkbokföring (§3:
    nothing is stored that tells where the child is)."""
    return not _one("select access.keeps_no_whereabouts(%s)", [case.pk])


def _one(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
