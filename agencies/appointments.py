"""Who has a role in a unit: proposed by one, confirmed by another (threat 20). No child anywhere.

The rules stand in ``access.appointing``; the database says the same of who and when.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from access.actor import Actor
from access.appointing import (
    AppointmentFacts,
    decide_confirmation,
    decide_proposal,
    decide_refusal,
    decide_taking_back,
)
from access.reasons import Reason
from access.roles import Role
from access.words import require, why
from agencies.models import Appointment, Membership, StaffMember, Unit
from agencies.queries import appointments_seen_by
from agencies.rules import EndReason, new_password, new_username
from audit.services import record
from kit.dates import day_after, midnight
from kit.errors import Refused
from people.models import Account

LONGEST_WHY = 400
Outcome = Appointment.Outcome


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
    it twice proposes one."""

    key: uuid.UUID
    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class FirstSignIn:
    """What the new colleague signs in with the first time. Shown once, kept nowhere."""

    username: str
    password: str


def propose_new_colleague(*, unit: Unit, colleague: NewColleague, post: Post, by: Actor) -> Appointment:
    """Propose that somebody without an account works in the unit. Nothing is opened yet."""
    return _propose(
        Appointment(
            id=colleague.key, unit=unit, account_key=colleague.key, is_new=True,
            name=colleague.name, phone=colleague.phone, email=colleague.email,
        ),
        post,
        by,
    )  # fmt: skip


def propose_known_colleague(*, unit: Unit, username: str, post: Post, by: Actor) -> Appointment:
    """Propose that somebody who has an account already has a role in the unit too."""
    account = Account.objects.filter(username=username, staffmember__isnull=False).first()
    if account is None:
        raise Refused(_("There is no colleague with that user name."))
    same = Membership.objects.in_force(by.at).filter(unit=unit, account=account, role=post.role)
    if same.exists():
        raise Refused(_("The colleague already has that role here."))
    return _propose(Appointment(unit=unit, account_key=account.pk, is_new=False), post, by)


@transaction.atomic
def confirm(*, appointment: Appointment, by: Actor) -> FirstSignIn | None:
    """The second person's yes: the role begins on its day, or now if that has passed. Somebody new gets an
    account with an opaque user name, and a first password that only the one who confirms sees."""
    require(decide_confirmation(facts_of(appointment, by)))
    _decide(appointment, Outcome.CONFIRMED, by)
    first = _open_account(appointment, by) if appointment.is_new else None
    ends = midnight(day_after(appointment.last_on)) if appointment.last_on else None
    membership = Membership.objects.create(
        account_id=appointment.account_key,
        unit=appointment.unit,
        role=appointment.role,
        title=appointment.title,
        valid=DateTimeTZRange(max(midnight(appointment.starts_on), by.at), ends),
        appointment=appointment,
    )
    record_role(membership, "colleague_added", by=by)
    return first


@transaction.atomic
def decline(*, appointment: Appointment, because: str, by: Actor) -> None:
    """The second person's no, with its reason for whoever proposed it."""
    require(decide_refusal(facts_of(appointment, by)))
    if not because.strip():
        raise Refused(_("Write why you decline it."), field="because")
    _decide(appointment, Outcome.DECLINED, by, because=because.strip()[:LONGEST_WHY])
    _record(appointment, "role_declined", by)


@transaction.atomic
def take_back(*, appointment: Appointment, by: Actor) -> None:
    """The proposer's second thoughts."""
    require(decide_taking_back(facts_of(appointment, by)))
    _decide(appointment, Outcome.TAKEN_BACK, by)
    _record(appointment, "role_taken_back", by)


def facts_of(appointment: Appointment, by: Actor) -> AppointmentFacts:
    """What the rules ask about."""
    return AppointmentFacts(
        role=by.role,
        actor=by.account_id,
        here=appointments_seen_by(by).filter(pk=appointment.pk).exists(),
        proposed_by=appointment.proposed_by_id,
        appointed=appointment.account_key,
        decided=bool(appointment.outcome),
        last_on=appointment.last_on,
        today=by.today,
    )


def record_role(membership: Membership, action: str, *, by: Actor, reason: EndReason | None = None) -> None:
    """Whose role, which and where: by ids."""
    place = membership.unit_id or membership.organisation_id or membership.municipality_id
    record(by=by, kind="role", action=action, object=membership.pk, account=membership.account_id,
           place=place, role=membership.role, reason=reason or "")  # fmt: skip


def _propose(appointment: Appointment, post: Post, by: Actor) -> Appointment:
    appointed = appointment.account_key
    require(decide_proposal(role=by.role, actor=by.account_id, appointed=appointed, given=post.role))
    appointment.role, appointment.title = post.role, post.title
    appointment.starts_on, appointment.last_on = post.starts_on, post.last_on
    appointment.proposed_by_id, appointment.proposed_at = by.account_id, by.at  # type: ignore[assignment]
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("This colleague has been proposed already.")) from error
    _record(appointment, "role_proposed", by)
    return appointment


def _decide(appointment: Appointment, outcome: Outcome, by: Actor, *, because: str = "") -> None:
    waiting = Appointment.objects.filter(pk=appointment.pk, outcome="")
    if waiting.update(outcome=outcome, decided_by=by.account_id, decided_at=by.at, because=because) != 1:
        raise Refused(why(Reason.ROLE_DECIDED), code=Reason.ROLE_DECIDED)


def _open_account(appointment: Appointment, by: Actor) -> FirstSignIn:
    first = FirstSignIn(new_username(), new_password())
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.account_open(%s, %s, %s)",
            [appointment.account_key, first.username, make_password(first.password)],
        )
        (opened,) = cursor.fetchone()
    if not opened:
        raise Refused(_("This colleague has already been added."))
    record(by=by, kind="account", action="account_opened", object=appointment.account_key)
    StaffMember.objects.create(
        account_id=appointment.account_key,
        name=appointment.name,
        phone=appointment.phone,
        email=appointment.email,
    )
    return first


def _record(appointment: Appointment, action: str, by: Actor) -> None:
    """By ids, as for the role itself."""
    record(by=by, kind="role", action=action, object=appointment.pk, account=appointment.account_key,
           place=appointment.unit_id, role=appointment.role)  # fmt: skip
