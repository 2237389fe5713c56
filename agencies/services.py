"""What administrators do: units, colleagues, the municipality's settings. No child anywhere."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.roles import Role
from access.words import require
from agencies.models import Membership, Municipality, StaffMember, Unit
from agencies.rules import UNIT_ROLES, EndReason, new_password, new_username
from audit.services import record
from kit.dates import day_after, midnight
from kit.errors import Refused
from people.models import Account


@dataclass(frozen=True)
class Post:
    """What somebody does in a unit, and when; ``last_on`` is the last day or open."""

    role: Role
    title: str
    starts_on: date
    last_on: date | None = None


@dataclass(frozen=True)
class NewColleague:
    """Somebody without an account; ``key`` is made with the form, so that sending
    it twice opens one account."""

    key: uuid.UUID
    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class FirstSignIn:
    """What the new colleague signs in with the first time. Shown once, kept nowhere."""

    username: str
    password: str


@transaction.atomic
def change_unit(*, unit: Unit, phone: str, hours: str, does: str, by: Actor) -> None:
    """Change how a unit is reached and what it says that it does."""
    _require(by)
    changed = Unit.objects.filter(pk=unit.pk).update(phone=phone, hours=hours, does=does)
    _check_one(changed)
    record(by=by, kind="write", action="unit_changed", object=unit.pk)


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
def add_new_colleague(*, unit: Unit, colleague: NewColleague, post: Post, by: Actor) -> FirstSignIn:
    """Open an account with an opaque user name and give it a role in the unit."""
    _require(by)
    first = FirstSignIn(new_username(), new_password())
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.account_open(%s, %s, %s)",
            [colleague.key, first.username, make_password(first.password)],
        )
        (opened,) = cursor.fetchone()
    if not opened:
        raise Refused(_("This colleague has already been added."))
    StaffMember.objects.create(
        account_id=colleague.key, name=colleague.name, phone=colleague.phone, email=colleague.email
    )
    _give(unit=unit, account_id=colleague.key, post=post, by=by)
    return first


@transaction.atomic
def add_known_colleague(*, unit: Unit, username: str, post: Post, by: Actor) -> None:
    """Give somebody who has an account already a role in the unit too."""
    _require(by)
    account = Account.objects.filter(username=username, staffmember__isnull=False).first()
    if account is None:
        raise Refused(_("There is no colleague with that user name."))
    if account.pk == by.account_id:
        raise Refused(_("You cannot give yourself a role. Ask another administrator."))
    same = Membership.objects.in_force(by.at).filter(unit=unit, account=account, role=post.role)
    if same.exists():
        raise Refused(_("The colleague already has that role here."))
    _give(unit=unit, account_id=account.pk, post=post, by=by)


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
    record(by=by, kind="write", action="membership_ended", object=membership.pk,
           account=membership.account_id, reason=reason.value)  # fmt: skip


def _give(*, unit: Unit, account_id: uuid.UUID, post: Post, by: Actor) -> None:
    """One membership in the unit, from the start of its first day to the end of its last."""
    if post.role not in UNIT_ROLES:
        raise Refused(_("That role is not given in a unit."))
    ends = midnight(day_after(post.last_on)) if post.last_on else None
    membership = Membership.objects.create(
        account_id=account_id,
        unit=unit,
        role=post.role,
        title=post.title,
        valid=DateTimeTZRange(midnight(post.starts_on), ends),
    )
    record(by=by, kind="write", action="colleague_added", object=membership.pk,
           account=account_id, unit=unit.pk, role=post.role.value)  # fmt: skip


def _require(by: Actor) -> None:
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))


def _check_one(changed: int) -> None:
    """The database lets nobody change what is not hers to: then nothing was changed."""
    if changed != 1:
        raise Refused(_("This is not yours to change."))
