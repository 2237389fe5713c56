"""Who is around the child: the units of a consent in force, and the guardians."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from access.actor import Actor
from access.facts import AdultRight
from access.units import UnitKind
from cases.models import Case, OtherAdult
from people.models import Guardianship


@dataclass(frozen=True)
class Person:
    """Somebody who works on the case, as colleagues in the team know her."""

    account_id: uuid.UUID
    name: str
    title: str
    phone: str


@dataclass(frozen=True)
class TeamUnit:
    """A unit of the team: what it may be shown, until when, who works there."""

    unit_id: uuid.UUID
    name: str
    kind: UnitKind
    phone: str
    hours: str
    does: str
    does_not: str
    on_call: str
    consent_id: uuid.UUID
    categories: frozenset[str]
    until: datetime | None
    people: tuple[Person, ...]

    @property
    def called(self) -> str:
        """By title where one person has taken the case, else by the unit's name."""
        titles = {person.title for person in self.people}
        return titles.pop() if len(titles) == 1 else self.name


@dataclass(frozen=True)
class Custody:
    """A guardian of the child and when the custody ends; or an adult who has a right in the
    child's affairs without custody. ``decides``: as guardian, or in a guardian's place."""

    guardian_id: uuid.UUID
    name: str
    given_name: str
    has_account: bool
    phone: str
    until: datetime | None
    decides: bool = True

    @classmethod
    def given(cls, row: OtherAdult) -> Custody:
        """The same, of a right given without custody."""
        person = row.person
        return cls(
            row.person_id,
            person.name,
            person.given_name,
            person.account_id is not None,
            person.phone,
            row.valid.upper,
            decides=AdultRight.ANSWERS in row.facts.rights,
        )

    @classmethod
    def of(cls, row: Guardianship) -> Custody:
        """The same, of a stored custody with its guardian."""
        person = row.guardian
        return cls(
            row.guardian_id,
            person.name,
            person.given_name,
            person.account_id is not None,
            person.phone,
            row.valid.upper,
        )


def team_of(case_id: uuid.UUID, actor: Actor) -> list[TeamUnit]:
    """The units that a consent in force lets the actor's unit know of, her own
    included; once for each consent that covers a unit. Empty where no consent
    covers her own, and only her own where it sees only its own part."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select access.case_team(%s)", [case_id])
        (rows,) = cursor.fetchone()
    return [_team_unit(row) for row in (json.loads(rows) if isinstance(rows, str) else rows)]


def one_each(team: list[TeamUnit]) -> list[TeamUnit]:
    """Each unit once, by name, whatever the number of consents."""
    return sorted({unit.unit_id: unit for unit in team}.values(), key=lambda unit: unit.name)


def units_around(case_id: uuid.UUID, actor: Actor) -> list[TeamUnit]:
    """:func:`team_of` with each unit, and so each of its people, once."""
    return one_each(team_of(case_id, actor))


def covering(team: list[TeamUnit], category: str) -> dict[uuid.UUID, TeamUnit]:
    """The units that may be shown the category: of several consents the one that
    lasts longest."""
    found: dict[uuid.UUID, TeamUnit] = {}
    for unit in team:
        best = found.get(unit.unit_id)
        if category in unit.categories and (best is None or _lasts_longer(unit, best)):
            found[unit.unit_id] = unit
    return found


def _lasts_longer(one: TeamUnit, other: TeamUnit) -> bool:
    return other.until is not None and (one.until is None or one.until > other.until)


def those_with(right: AdultRight, case: Case, actor: Actor) -> list[Custody]:
    """Who has a right in the child's affairs now: her guardians, and adults without custody
    who have been given it. Two statements."""
    given = (
        OtherAdult.objects.in_force(actor.at)
        .filter(child=case.child_id, rights__contains=[right])
        .select_related("person")
        .order_by("person__given_name")
    )
    guardians = guardians_of(case, actor)
    known = {row.guardian_id for row in guardians}
    return guardians + [Custody.given(row) for row in given if row.person_id not in known]


def guardians_of(case: Case, actor: Actor) -> list[Custody]:
    """The child's guardians now, for a unit that holds the case."""
    rows = (
        Guardianship.objects.in_force(actor.at)
        .filter(child=case.child_id)
        .select_related("guardian")
        .order_by("guardian__given_name")
    )
    return [Custody.of(row) for row in rows]


def _team_unit(row: dict[str, object]) -> TeamUnit:
    people = row["people"]
    assert isinstance(people, list)  # noqa: S101 (what the definer returns)
    categories = row["categories"]
    assert isinstance(categories, list)  # noqa: S101
    until = row["until"]
    return TeamUnit(
        unit_id=uuid.UUID(str(row["unit"])),
        name=str(row["name"]),
        kind=UnitKind(str(row["kind"])),
        phone=str(row["phone"]),
        hours=str(row["hours"]),
        does=str(row["does"]),
        does_not=str(row["does_not"]),
        on_call=str(row["on_call"]),
        consent_id=uuid.UUID(str(row["consent"])),
        categories=frozenset(str(c) for c in categories),
        until=datetime.fromisoformat(str(until)) if until else None,
        people=tuple(
            Person(uuid.UUID(p["account"]), p["name"], p["title"] or "", p["phone"]) for p in people
        ),
    )
