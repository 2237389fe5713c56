"""Brothers, sisters and others of the household, for whoever works on both cases."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from access.actor import Actor
from access.clock import access_at
from cases.models import Case, Kin
from people.models import Guardianship

MOST = 200


@dataclass(frozen=True)
class Relative:
    """The other child of a link."""

    kin: Kin
    case: Case

    @property
    def relation(self) -> str:
        """What they are to each other."""
        return str(Kin.Relation(self.kin.relation).label)


def kin_of(case_id: uuid.UUID, actor: Actor) -> list[Relative]:
    """Of a case that the actor works on, the links to others that she works on too: one statement."""
    rows = (
        Kin.objects.visible_to(actor)
        .in_force()
        .filter(Q(one=case_id) | Q(other=case_id))
        .select_related("one__child", "other__child")
        .order_by("added_at")
    )
    return [Relative(row, row.other if row.one_id == case_id else row.one) for row in rows]


def can_be_linked(case: Case, actor: Actor) -> list[Case]:
    """The other open cases that the actor works on, those of a child with the same guardian first; but
    for those that are linked already. Three statements."""
    linked = {each.case.pk for each in kin_of(case.pk, actor)}
    found = (
        Case.objects.worked_on_by(actor)
        .filter(process__closed_at__isnull=True)
        .exclude(pk__in=[case.pk, *linked])
        .exclude(child=case.child_id)
        .select_related("child")
        .order_by("child__given_name", "pk")[:MOST]
    )
    custody = Guardianship.objects.filter(valid__contains=access_at())
    same = set(
        custody.filter(guardian__in=custody.filter(child=case.child_id).values("guardian")).values_list(
            "child", flat=True
        )
    )
    return sorted(found, key=lambda each: each.child_id not in same)
