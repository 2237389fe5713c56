"""Who could see what at an instant: the stored facts, for background work that acts as nobody."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from access.actor import Actor
from access.decisions import Decision
from access.facts import ActionFacts, AdultFacts, AdultKind, AdultRight, Circle, CustodyFacts, FamilyFacts
from access.past import PastActor, PastShown, PastVersion, decide_version, decides_for_child
from access.permissions import Permission
from access.policy import decide
from access.roles import AT_WORK, Role
from audit.services import record

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """What an id is of, and the case it is in."""

    what: str
    case_id: uuid.UUID
    version_id: uuid.UUID | None


@dataclass(frozen=True)
class Sight:
    """An actor and the versions that she could see."""

    actor: PastActor
    versions: list[tuple[PastVersion, Decision]]


@dataclass(frozen=True)
class Explained:
    """A decision of one capacity of somebody's, of a case or of a version in it."""

    case_id: uuid.UUID
    actor: PastActor
    version: PastVersion | None
    decision: Decision


def who_could_see(case_id: uuid.UUID, at: datetime, *, by: Actor) -> list[Sight]:
    """Everybody who could see something of a case then, with the versions; recorded."""
    record(by=by, kind="read", action="listed_who_could_see", case=case_id, asked_at=at.isoformat())
    actors, versions = _actors(case_id, None, at), _versions(case_id, at)
    deciding = _deciding(actors)
    found = []
    for actor in actors:
        seen = [(version, decide_version(actor, version, deciding)) for version in versions]
        seen = [(version, decision) for version, decision in seen if decision]
        if seen or decide(Permission.READ_CONTENT, actor.action):
            found.append(Sight(actor, seen))
    return found


def explain_access(
    account: uuid.UUID, object_id: uuid.UUID, permission: Permission, at: datetime, *, by: Actor
) -> list[Explained]:
    """The decision on an account and an object then, in each capacity that she had; recorded."""
    record(
        by=by,
        kind="read",
        action="explained_access",
        object=object_id,
        asked_of=account,
        permission=permission.value,
        asked_at=at.isoformat(),
    )
    found: list[Explained] = []
    for place in objects(object_id):
        everybody = _actors(place.case_id, None, at)
        deciding = _deciding(everybody)
        versions = [v for v in _versions(place.case_id, at) if v.id == place.version_id or v.of == object_id]
        for actor in _actors(place.case_id, account, at):
            found += _explain(place, actor, versions, permission, deciding)
    return found


def objects(object_id: uuid.UUID) -> list[Found]:
    """What an id is of: nothing, one thing, or a child with its cases."""
    return [
        Found(row["what"], uuid.UUID(row["case"]), _uuid(row["version"]))
        for row in _ask("access.past_cases(%s)", object_id)
    ]


def _explain(
    place: Found,
    actor: PastActor,
    versions: list[PastVersion],
    permission: Permission,
    deciding: frozenset[uuid.UUID],
) -> Iterator[Explained]:
    about = place.what not in {"case", "child"} and permission is Permission.READ_CONTENT
    if not about:
        yield Explained(place.case_id, actor, None, decide(permission, actor.action))
        return
    for version in versions:
        yield Explained(place.case_id, actor, version, decide_version(actor, version, deciding))


def _deciding(actors: list[PastActor]) -> frozenset[uuid.UUID]:
    return frozenset(a.guardian for a in actors if a.guardian is not None and decides_for_child(a))


def _actors(case_id: uuid.UUID, account: uuid.UUID | None, at: datetime) -> list[PastActor]:
    staff = [_worker(row) for row in _ask("access.past_staff(%s, %s, %s)", case_id, account, at)]
    family = [_relative(row, at) for row in _ask("access.past_family(%s, %s, %s)", case_id, account, at)]
    return staff + [actor for actor in family if actor is not None]


def _versions(case_id: uuid.UUID, at: datetime) -> list[PastVersion]:
    return [_version(row) for row in _ask("access.past_versions(%s, %s)", case_id, at)]


def _worker(row: dict[str, Any]) -> PastActor:
    role = Role(row["role"])
    works = role in AT_WORK and row["unit"] is not None
    emergency = row["emergency"] and row["participates"] == "full" and not row["shut"]
    return PastActor(
        account=uuid.UUID(row["account"]),
        action=ActionFacts(
            role=role,
            unit_participates=(row["participates"] or "") if works else "",
            assigned=row["assigned"],
            holds_case=row["assigned"] and row["holds"],
            closed=row["case_closed"],
            circle=Circle(closed=row["shut"], named=row["named"]),
            emergency=emergency,
            leads_holder=role is Role.LEAD and row["holds"],
        ),
        unit=_uuid(row["unit"]),
        membership=uuid.UUID(row["membership"]),
    )


def _relative(row: dict[str, Any], at: datetime) -> PastActor | None:
    """Somebody of the family; ``None`` for a child without an account, who acts nowhere."""
    if row["account"] is None:
        return None
    guardian, child = _uuid(row["guardian"]), _uuid(row["self"])
    adult = row["adult"]
    facts = FamilyFacts(
        born_on=date.fromisoformat(row["born_on"]),
        at=at,
        custody=CustodyFacts(guardian, _instant(row["until"]), bool(row["contested"]))
        if guardian and row["contested"] is not None
        else None,
        is_the_child=child is not None,
        adult=AdultFacts(
            AdultKind(adult["kind"]), frozenset(map(AdultRight, adult["rights"])), _instant(adult["until"])
        )
        if adult
        else None,
        let_in=row["let_in"] or not row["shut"],
    )
    role = Role.YOUTH if child else Role.GUARDIAN
    return PastActor(
        uuid.UUID(row["account"]), ActionFacts(role=role, family=facts), guardian=guardian, child=child
    )


def _version(row: dict[str, Any]) -> PastVersion:
    return PastVersion(
        row["what"],
        uuid.UUID(row["id"]),
        uuid.UUID(row["of"]),
        row["no"],
        uuid.UUID(row["owner"]),
        frozenset(uuid.UUID(pk) for pk in row["hidden"]),
        tuple(
            PastShown(
                uuid.UUID(s["id"]),
                s["basis"],
                datetime.fromisoformat(s["at"]),
                _instant(s["until"]),
                _uuid(s["unit"]),
                _uuid(s["guardian"]),
                _uuid(s["child"]),
            )
            for s in row["shown"]
        ),
    )


def _ask(function: str, *arguments: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}", arguments)
        (rows,) = cursor.fetchone()
    found: Rows = json.loads(rows) if isinstance(rows, str) else rows
    return found


def _uuid(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
