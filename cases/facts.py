"""How a case, or a child, stands to an actor: the facts that ``access.policy.decide`` asks for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import connection

from access.actor import Actor
from access.facts import ActionFacts, AdultFacts, Circle, CustodyFacts, FamilyFacts
from access.permissions import Permission
from access.policy import Decision, decide, may_print, sees_others
from access.units import UnitKind
from access.words import require
from cases.models import OtherAdult
from people.models import Child

_STANDING = """
select %(case)s = any(access.my_assigned_cases()),
       %(case)s = any(access.my_own_cases()),
       %(case)s = any(access.my_led_cases()),
       %(case)s = any(access.my_led_in_full()),
       %(case)s = any(access.my_held_cases()),
       access.is_closed(%(case)s),
       %(case)s = any(access.my_emergency_cases()),
       access.circle_mark(%(case)s),
       access.leads_holder(%(case)s)
"""


@dataclass(frozen=True)
class Standing:
    """One case as it stands to one actor, judged once for a request."""

    facts: ActionFacts
    unit_kind: UnitKind | None = None
    circle: str = ""

    def decide(self, permission: Permission) -> Decision:
        """Whether the actor may, and why."""
        return decide(permission, self.facts)

    def require(self, permission: Permission) -> None:
        """Refuse with the decision's reason unless the actor may."""
        require(self.decide(permission))

    @property
    def works_on(self) -> bool:
        """Assigned, or has opened it in an emergency, and the unit takes part in full."""
        return (self.facts.assigned or self.facts.emergency) and self.facts.unit_participates == "full"

    @property
    def may_print(self) -> bool:
        """Whether a page of the case is made for paper for the actor."""
        return may_print(self.unit_kind, self.facts)

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
        full, own, led, led_in_full, held, closed, emergency, circle, leads_holder = cursor.fetchone()
    return Standing(
        ActionFacts(
            role=actor.role,
            unit_participates="full" if full or emergency or led_in_full else "own" if own or led else "",
            assigned=full or own,
            holds_case=held,
            leads_holder=leads_holder,
            closed=closed,
            # Whoever isn't named never gets here: to her the case doesn't exist.
            circle=Circle(closed=bool(circle), named=True),
            emergency=emergency,
        ),
        actor.unit_kind,
        circle,
    )


def family_standing(child: Child, actor: Actor) -> Standing:
    """How a child stands to whoever acts for a family: as its guardian or as the child
    herself. Somebody of 17 can be both, of her own child and of herself. Two statements."""
    custody, let_in = _custody(child, actor)
    return Standing(
        ActionFacts(
            role=actor.role,
            family=FamilyFacts(
                born_on=child.born_on,
                at=actor.at,
                custody=custody,
                adult=_adult(child, actor),
                is_the_child=actor.child_id == child.pk,
                let_in=let_in,
            ),
        )
    )


def _adult(child: Child, actor: Actor) -> AdultFacts | None:
    """What the actor has been let do for the child without custody."""
    if actor.guardian_id is None:
        return None
    row = OtherAdult.objects.in_force(actor.at).filter(child=child, person=actor.guardian_id).first()
    return row.facts if row else None


_CUSTODY = """
select %(child)s = any(access.my_open_children()), g.guardian_id, upper(g.valid)
from (select) one left join people_guardianship g
    on g.child_id = %(child)s and g.guardian_id = %(guardian)s and not g.contested and g.valid @> access.at()
limit 1
"""


def _custody(child: Child, actor: Actor) -> tuple[CustodyFacts | None, bool]:
    """The actor's own custody of the child now, and whether she meets the child's cases."""
    with connection.cursor() as cursor:
        cursor.execute(_CUSTODY, {"child": child.pk, "guardian": actor.guardian_id})
        let_in, guardian, until = cursor.fetchone()
    return CustodyFacts(guardian, until) if guardian else None, let_in
