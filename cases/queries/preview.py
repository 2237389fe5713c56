"""*Förhandsvisa som …*: whom the actor can look as, of those around a child."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from access.actor import Actor
from access.clock import access_at
from access.units import UnitKind
from access.whom import Recipient
from agencies.models import Unit
from cases.models import Case, Disclosure, Participation
from cases.queries.audience import around
from cases.queries.sharing import columns_of


@dataclass(frozen=True)
class Viewpoint:
    """Somebody around the child: whom the QuerySets are asked for, and what she is called.

    ``key`` is a unit's, a guardian's or the child's id with its kind, as forms name recipients.
    """

    key: str
    name: str
    recipient: Recipient

    @property
    def is_family(self) -> bool:
        """Reads on the family's pages."""
        return self.recipient.is_family


def viewpoints(case: Case, actor: Actor) -> list[Viewpoint]:
    """The units that the actor knows take part, and the family as far as she may know it: four
    statements. Besides the team there are the units that hers shows something on another ground
    and, where hers holds the case, all that take part."""
    nearby = around(case, actor)
    found = [
        _viewpoint(column.recipient, column.name, nearby.team[column.recipient[1]][0].kind)
        if column.recipient[0] == "unit"
        else _viewpoint(column.recipient, column.name, None)
        for column in columns_of(nearby)
    ]
    shown = Disclosure.objects.filter(
        case=case, owner_unit=actor.unit_id, to_unit__isnull=False, valid__contains=access_at()
    )
    take_part = Participation.objects.filter(content_object=case, valid__contains=access_at())
    known = Q(pk__in=shown.values("to_unit")) | Q(group__in=take_part.values("group"))
    besides = Unit.objects.filter(known).exclude(pk__in=[*nearby.team, actor.unit_id]).order_by("name")
    return found + [viewpoint_of_unit(unit) for unit in besides]


def viewpoint(key: str, case: Case, actor: Actor) -> Viewpoint | None:
    """The one with the key, if she is among them."""
    return next((one for one in viewpoints(case, actor) if one.key == key), None)


def viewpoint_of_unit(unit: Unit) -> Viewpoint:
    """A unit that something is about to be shown to, whether or not it takes part yet. What it sees is
    asked of the database as of any other, so this opens nothing."""
    return _viewpoint(("unit", unit.pk), unit.name, UnitKind(unit.kind))


def first_shares(case: Case, units: frozenset[uuid.UUID], actor: Actor) -> frozenset[uuid.UUID]:
    """Of the units, those that the actor's unit has never shown anything of the case."""
    known = Disclosure.objects.filter(case=case, owner_unit=actor.unit_id, to_unit__in=units)
    return units - set(known.values_list("to_unit", flat=True))


def _viewpoint(recipient: tuple[str, uuid.UUID], name: str, unit_kind: UnitKind | None) -> Viewpoint:
    kind, pk = recipient
    return Viewpoint(
        f"{kind}:{pk}",
        name,
        Recipient(
            unit_id=pk if kind == "unit" else None,
            unit_kind=unit_kind,
            guardian_id=pk if kind == "guardian" else None,
            child_id=pk if kind == "child" else None,
        ),
    )
