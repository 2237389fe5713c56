"""Reading units, colleagues and roles. Nothing here knows of a child."""

from __future__ import annotations

from django.db.models import Q

from access.actor import Actor
from access.roles import Role
from agencies.models import StaffMember, Unit


def leads_of_my_unit(actor: Actor) -> list[StaffMember]:
    """Arbetsledare of the unit that the actor works for, by name; empty for anybody else."""
    if actor.unit_id is None:
        return []
    return list(
        StaffMember.objects.filter(
            account__membership__unit=actor.unit_id,
            account__membership__role=Role.LEAD,
            account__membership__valid__contains=actor.at,
        )
        .order_by("name")
        .distinct()
    )


def units_near(municipality_code: str) -> list[Unit]:
    """Units that a child of the municipality can meet: its own, and those that
    belong to none (the region, the police), by kind and name."""
    return list(
        Unit.objects.filter(Q(municipality=municipality_code) | Q(municipality__isnull=True)).order_by(
            "kind", "name"
        )
    )
