"""The family around a child, and the units it is listed with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection

from access.actor import Actor
from access.clock import access_at
from access.policy import sees_others
from agencies.models import Listing
from cases.models import Case, ChildView, Maturity, OtherAdult
from cases.queries.team import Custody
from consent.models import Consent
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
    guardian_id: uuid.UUID


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
        Relative(
            g.name, g.phone, g.email, g.language, g.account_id is not None, row.get_relation_display(), g.pk
        )
        for row in rows
        for g in (row.guardian,)
    ]


def custody_of(case: Case, actor: Actor) -> list[Custody]:
    """Whoever has custody of the child now, contested or not: those from whom something can
    be hidden."""
    if not actor.is_staff:
        return []
    rows = (
        Guardianship.objects.filter(child=case.child_id, valid__contains=access_at())
        .select_related("guardian")
        .order_by("guardian__given_name")
    )
    return [Custody.of(row) for row in rows]


def adults_of(case: Case, actor: Actor) -> list[OtherAdult]:
    """Adults without custody who have a right in the child's affairs now, for a unit that
    sees more than its own rows."""
    if not actor.is_staff or not sees_others(actor.unit_kind):
        return []
    rows = OtherAdult.objects.in_force(actor.at).filter(child=case.child_id).select_related("person", "unit")
    return list(rows.order_by("person__given_name"))


def child_view_of(consent: Consent, actor: Actor) -> ChildView | None:
    """What a child under 12 thought of the question, for the unit that asked."""
    return ChildView.objects.filter(consent=consent, unit=actor.unit_id).first()


def maturity_of(consent: Consent, actor: Actor) -> Maturity | None:
    """The assessment that a youth decides about this consent alone, for the unit that asked."""
    return (
        Maturity.objects.filter(consent=consent, unit=actor.unit_id)
        .select_related("case__child", "consent")
        .first()
    )


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
