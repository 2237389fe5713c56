"""The family around a child, and the units it is listed with."""

from __future__ import annotations

from dataclasses import dataclass

from access.actor import Actor
from access.clock import access_at
from access.policy import sees_others
from agencies.models import Listing
from cases.models import Case
from people.models import Guardianship


@dataclass(frozen=True)
class Relative:
    """A guardian, as the ones who work with the child need to know her."""

    name: str
    phone: str
    email: str
    language: str
    can_sign_in: bool


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
        Relative(g.name, g.phone, g.email, g.language, g.account_id is not None)
        for g in (row.guardian for row in rows)
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
