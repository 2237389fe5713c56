"""The family around a child, and the units it is listed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from access.actor import Actor
from access.clock import access_at
from access.policy import sees_others
from agencies.models import Listing
from cases.models import Case
from people.models import Guardianship
from people.numbers import PersonalNumber


@dataclass(frozen=True)
class Relative:
    """A guardian, as the ones who work with the child need to know her."""

    name: str
    phone: str
    email: str
    language: str
    can_sign_in: bool
    relation: str


@dataclass(frozen=True)
class UnitChild:
    """A child of one's own preschool or school. ``number`` is empty where it has none."""

    name: str
    number: str
    born_on: date

    @property
    def formatted(self) -> str:
        """The number as people read it."""
        return PersonalNumber(self.number).formatted if self.number else ""


def unit_children(actor: Actor) -> list[UnitChild]:
    """The children who are enrolled with the actor's own preschool or school now, by name:
    what its staff know anyway. Whether there is a case of any of them it does not say."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select name, number, born_on from access.unit_children()")
        return [UnitChild(*row) for row in cursor.fetchall()]


def family_of(case: Case, actor: Actor) -> list[Relative]:
    """The child's guardians now, for a unit that works on the case and sees more
    than its own rows of the plan."""
    if not actor.is_staff or not sees_others(actor.unit_kind):
        return []
    rows = (
        Guardianship.objects.in_force(actor.at)
        .filter(child=case.child_id)
        .select_related("guardian")
        .order_by("guardian__given_name", "guardian__family_name")
    )
    return [
        Relative(g.name, g.phone, g.email, g.language, g.account_id is not None, row.get_relation_display())
        for row in rows
        for g in (row.guardian,)
    ]


def listed_with(case: Case, actor: Actor) -> list[Listing]:
    """Which BVC, preschool or school the child is listed with, for the unit that
    holds the case."""
    if not actor.is_staff:
        return []
    return list(
        Listing.objects.filter(child=case.child_id, valid__contains=access_at())
        .select_related("unit")
        .order_by("unit__name")
    )
