"""Which invited units have taken the case, for the unit that invited them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from access.actor import Actor
from agencies.models import StaffMember
from cases.models import Case, Invitation


@dataclass(frozen=True)
class Invited:
    """An invitation as the inviting unit sees it; ``taken_by`` is a name or empty."""

    unit_id: uuid.UUID
    consent_id: uuid.UUID | None
    taken_by: str


def invitations_of(case: Case, actor: Actor) -> list[Invited]:
    """The invitations that the actor's unit sent in the case. Two statements."""
    invitations = list(Invitation.objects.filter(case=case, from_unit=actor.unit_id))
    names = dict(
        StaffMember.objects.filter(
            account__in=[i.taken_by_id for i in invitations if i.taken_by_id]
        ).values_list("account", "name")
    )
    return [
        Invited(i.to_unit_id, i.consent_id, names.get(i.taken_by_id, "") if i.taken_by_id else "")
        for i in invitations
    ]
