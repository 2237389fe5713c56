"""How a case, or a child, stands to an actor: the facts that ``access.policy.decide`` asks for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import connection

from access.actor import Actor
from access.facts import ActionFacts, CustodyFacts, FamilyFacts
from access.permissions import Permission
from access.policy import Decision, decide, sees_others
from access.units import UnitKind
from access.words import require
from people.models import Child, Guardianship

_STANDING = """
select %(case)s = any(access.my_cases()),
       %(case)s = any(access.my_own_cases()),
       %(case)s = any(access.my_led_cases()),
       %(case)s = any(access.my_held_cases()),
       access.is_closed(%(case)s)
"""


@dataclass(frozen=True)
class Standing:
    """One case as it stands to one actor, judged once for a request."""

    facts: ActionFacts
    unit_kind: UnitKind | None = None

    def decide(self, permission: Permission) -> Decision:
        """Whether the actor may, and why."""
        return decide(permission, self.facts)

    def require(self, permission: Permission) -> None:
        """Refuse with the decision's reason unless the actor may."""
        require(self.decide(permission))

    @property
    def works_on(self) -> bool:
        """Assigned, and the unit takes part in full."""
        return self.facts.assigned and self.facts.unit_participates == "full"

    @property
    def sees_others(self) -> bool:
        """Whether the actor learns of the other units, and of the process, which names them."""
        return self.facts.unit_participates == "full" and sees_others(
            self.unit_kind, holds_case=self.facts.holds_case
        )


def standing(case_id: uuid.UUID, actor: Actor) -> Standing:
    """How the case stands to the actor, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"case": case_id})
        full, own, led, held, closed = cursor.fetchone()
    return Standing(
        ActionFacts(
            role=actor.role,
            unit_participates="full" if full or led else "own" if own else "",
            assigned=full or own,
            holds_case=held,
            closed=closed,
        ),
        actor.unit_kind,
    )


def family_standing(child: Child, actor: Actor) -> Standing:
    """How a child stands to whoever acts for a family: as its guardian or as the child
    herself. Somebody of 17 can be both, of her own child and of herself. One statement."""
    return Standing(
        ActionFacts(
            role=actor.role,
            family=FamilyFacts(
                born_on=child.born_on,
                at=actor.at,
                custody=_custody(child, actor),
                is_the_child=actor.child_id == child.pk,
            ),
        )
    )


def _custody(child: Child, actor: Actor) -> CustodyFacts | None:
    """The actor's own custody of the child now."""
    if actor.guardian_id is None:
        return None
    rows = Guardianship.objects.in_force(actor.at).filter(child=child, guardian=actor.guardian_id)
    row = rows.first()
    return CustodyFacts(row.guardian_id, row.valid.upper) if row else None
