"""What administrators do: units, the end of a role, the municipality's settings. No child anywhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.words import require
from agencies.appointments import record_role
from agencies.models import Membership, Municipality, Unit
from agencies.rules import EndReason
from audit.services import record
from kit.errors import Refused


@dataclass(frozen=True)
class UnitCard:
    """How a unit is reached, by day and when it is closed, what it does and what it can't do."""

    phone: str
    hours: str
    on_call: str
    does: str
    does_not: str


@transaction.atomic
def change_unit(*, unit: Unit, card: UnitCard, shared_computers: bool, by: Actor) -> None:
    """Change the unit's card, and whether its computers are
    shared: then its staff are signed out sooner, from their next request."""
    _require(by)
    changed = Unit.objects.filter(pk=unit.pk).update(**asdict(card), shared_computers=shared_computers)
    _check_one(changed)
    record(by=by, kind="write", action="unit_changed", object=unit.pk, shared_computers=shared_computers)


@transaction.atomic
def change_municipality(
    *,
    municipality: Municipality,
    report_url: str,
    social_services_phone: str,
    emergency_phone: str,
    by: Actor,
) -> None:
    """Change the three ways to report that a child is at risk (SoL 19:1)."""
    _require(by)
    changed = Municipality.objects.filter(pk=municipality.pk).update(
        report_url=report_url,
        social_services_phone=social_services_phone,
        emergency_social_phone=emergency_phone,
    )
    _check_one(changed)
    record(by=by, kind="write", action="municipality_changed", municipality=municipality.pk)


@transaction.atomic
def end_membership(*, membership: Membership, reason: EndReason, by: Actor) -> None:
    """End a colleague's role now: from her next request she no longer has it."""
    _require(by)
    if membership.account_id == by.account_id:
        raise Refused(_("You cannot end your own role. Ask another administrator."))
    begins = membership.valid.lower
    had_begun = begins is None or begins < by.at
    valid = DateTimeTZRange(begins, by.at) if had_begun else DateTimeTZRange(empty=True)
    changed = Membership.objects.filter(pk=membership.pk).update(valid=valid)
    _check_one(changed)
    record_role(membership, "membership_ended", by=by, reason=reason)


def _require(by: Actor) -> None:
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))


def _check_one(changed: int) -> None:
    """The database lets nobody change what is not hers to: then nothing was changed."""
    if changed != 1:
        raise Refused(_("This is not yours to change."))
