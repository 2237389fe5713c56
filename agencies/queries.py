"""Reading units, colleagues and roles. Nothing here knows of a child."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from access.actor import Actor
from access.roles import Role
from agencies.models import Appointment, Membership, Municipality, Organisation, StaffMember, Unit
from agencies.rules import is_municipality_itself

OVERSEERS = (Role.ADMINISTRATOR, Role.DATA_PROTECTION)


@dataclass(frozen=True)
class Colleague:
    """Somebody's role at a place. ``is_me`` because nobody ends her own."""

    membership: Membership
    name: str
    place: str
    is_me: bool


@dataclass(frozen=True)
class Proposed:
    """That somebody is to have a role, with the names of those whom it concerns."""

    appointment: Appointment
    name: str
    proposed_by: str
    decided_by: str


def leads_of_my_unit(actor: Actor) -> list[StaffMember]:
    """Arbetsledare of the unit that the actor works for, by name; empty for anybody else."""
    if actor.unit_id is None:
        return []
    leads = Membership.objects.in_force(actor.at).filter(
        unit=actor.unit_id, role=Role.LEAD, account=OuterRef("pk")
    )
    return list(StaffMember.objects.filter(Exists(leads)).order_by("name"))


def municipality_administered(actor: Actor) -> Municipality | None:
    """The municipality of which the actor's organisation is the municipality itself
    if, and only if, she is its administrator or its dataskyddsombud."""
    if actor.role not in OVERSEERS or actor.organisation_id is None:
        return None
    own = Organisation.objects.select_related("municipality").get(pk=actor.organisation_id)
    place = own.municipality
    if place is None or not own.is_public or not is_municipality_itself(own.name, place.name):
        return None
    return place


def _overseen(actor: Actor, place: Municipality | None) -> QuerySet[Organisation]:
    """An organisation is overseen by the actor if, and only if, it is her own, or she
    oversees the municipality itself (``place``) and it is public and the municipality's."""
    if actor.role not in OVERSEERS:
        return Organisation.objects.none()
    hers = Q(pk=actor.organisation_id)
    return Organisation.objects.filter(hers | Q(is_public=True, municipality=place) if place else hers)


def units_administered(actor: Actor) -> QuerySet[Unit]:
    """A unit is administered by the actor if, and only if, she is administrator of its
    organisation, or of the municipality that the organisation belongs to, or she is
    unit administrator of that very unit."""
    if actor.role is Role.UNIT_ADMINISTRATOR:
        return Unit.objects.filter(membership=actor.membership_id)
    if actor.role is not Role.ADMINISTRATOR:
        return Unit.objects.none()
    overseen = _overseen(actor, municipality_administered(actor))
    return Unit.objects.filter(organisation__in=overseen)


def units_with_staff(actor: Actor) -> list[tuple[Unit, int]]:
    """The units that she administers, with how many work there now."""
    now = Q(membership__valid__contains=actor.at)
    ids = units_administered(actor).values("pk")
    units = Unit.objects.filter(pk__in=ids).select_related("organisation")
    counted = units.annotate(staff=Count("membership__account", filter=now, distinct=True))
    return [(unit, unit.staff) for unit in counted.order_by("organisation__name", "name")]


def colleagues_of(unit: Unit, actor: Actor) -> list[Colleague]:
    """Those who work in a unit now or will, by name."""
    return _named(Membership.objects.filter(_not_over(actor), unit=unit), actor)


def above_units(actor: Actor) -> list[Colleague]:
    """Roles in the organisations and the municipality that she oversees, not in units."""
    found = Membership.objects.filter(_where(actor), _not_over(actor), unit__isnull=True)
    return _named(found, actor)


def holders_of(role: Role, actor: Actor, *, skip: int, most: int) -> list[Colleague]:
    """Who has a role now, in the organisations and the municipality that she oversees."""
    found = Membership.objects.in_force(actor.at).filter(_where(actor), role=role)
    return _named(found, actor, skip=skip, most=most)


def role_counts(actor: Actor) -> dict[Role, int]:
    """How many people have each role now, where she oversees."""
    rows = Membership.objects.in_force(actor.at).filter(_where(actor)).values("role")
    counted = rows.annotate(people=Count("account", distinct=True)).order_by("role")
    return {Role(row["role"]): row["people"] for row in counted}


def membership_to_end(actor: Actor, membership_id: uuid.UUID) -> Colleague | None:
    """A colleague's membership if, and only if, the actor may end it: in a unit that she
    administers, or above units where she is administrator; never a dataskyddsombud's."""
    here = Q(unit__in=units_administered(actor))
    if actor.role is Role.ADMINISTRATOR:
        here |= _where(actor)
    found = Membership.objects.filter(here, _not_over(actor), pk=membership_id)
    return next(iter(_named(found.exclude(role=Role.DATA_PROTECTION), actor)), None)


def appointments_seen_by(actor: Actor) -> QuerySet[Appointment]:
    """A proposal of a role is seen by the actor if, and only if, she administers the unit that it is in,
    or is the head of it."""
    here = Q(unit__in=units_administered(actor))
    if actor.is_lead:
        here |= Q(unit=actor.unit_id)
    return Appointment.objects.filter(here)


def appointments_waiting(actor: Actor, *, unit: Unit | None = None) -> list[Proposed]:
    """Those that nobody has decided on, the oldest first; in one unit, or in all that she answers for."""
    found = appointments_seen_by(actor).filter(outcome="")
    return _proposed(found.filter(unit=unit) if unit else found, "proposed_at")


def appointments_decided(actor: Actor, *, most: int) -> list[Proposed]:
    """The latest that were confirmed, declined or taken back."""
    return _proposed(appointments_seen_by(actor).exclude(outcome=""), "-decided_at", most)


def appointment_seen(actor: Actor, appointment_id: uuid.UUID) -> Proposed | None:
    """One of them, decided or not."""
    return next(iter(_proposed(appointments_seen_by(actor).filter(pk=appointment_id), "pk")), None)


def appointments_to_confirm(actor: Actor) -> int:
    """How many wait for the actor's own yes or no."""
    if actor.account_id is None:
        return 0
    others = ~Q(proposed_by=actor.account_id) & ~Q(account_key=actor.account_id)
    return appointments_seen_by(actor).filter(others, outcome="").count()


def _proposed(found: QuerySet[Appointment], order: str, most: int = 200) -> list[Proposed]:
    """With the people's names: two statements however many."""
    rows = list(found.select_related("unit").order_by(order, "pk")[:most])
    people = {key for row in rows for key in (row.account_key, row.proposed_by_id, row.decided_by_id) if key}
    names = dict(StaffMember.objects.filter(pk__in=people).values_list("pk", "name"))
    return [
        Proposed(
            row,
            row.name or names.get(row.account_key, ""),
            names.get(row.proposed_by_id, ""),
            names.get(row.decided_by_id, "") if row.decided_by_id else "",
        )
        for row in rows
    ]


def _where(actor: Actor) -> Q:
    """A condition on memberships: at a place that the actor oversees."""
    place = municipality_administered(actor)
    overseen = _overseen(actor, place)
    here = Q(organisation__in=overseen) | Q(unit__organisation__in=overseen)
    return here | Q(municipality=place) if place else here


def _not_over(actor: Actor) -> Q:
    """A condition on memberships: in force, or still to come."""
    # Not by excluding what is over: an open end is null, and would be excluded with it.
    return Q(valid__isempty=False) & (Q(valid__upper_inf=True) | Q(valid__endswith__gt=actor.at))


def _named(
    memberships: QuerySet[Membership], actor: Actor, *, skip: int = 0, most: int = 1000
) -> list[Colleague]:
    """Memberships with their people's names, by name: one statement."""
    rows = memberships.select_related("account__staffmember", "unit", "organisation", "municipality")
    ordered = rows.order_by("account__staffmember__name", "pk")[skip : skip + most]
    return [Colleague(row, _name(row), _place(row), row.account_id == actor.account_id) for row in ordered]


def _name(membership: Membership) -> str:
    try:
        return membership.account.staffmember.name
    except StaffMember.DoesNotExist:
        return ""


def _place(membership: Membership) -> str:
    place = membership.unit or membership.organisation or membership.municipality
    return place.name if place else ""
