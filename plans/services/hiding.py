"""Hide an entry from one guardian, look it over, and lift it by hand (OSL 12:3 p. 1).

Here and not with the entries, since what derives from one follows: goals that build on it
and the documents that show them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import HidingFacts
from access.permissions import Permission
from access.policy import decide_hiding
from access.words import require
from audit.services import record
from cases.facts import standing
from cases.models import Disclosure, Entry, Hiding
from kit.errors import Refused
from people.models import Guardianship


@dataclass(frozen=True)
class Reasoned:
    """Why an entry is hidden, and when that is looked over at the latest."""

    reason: str
    review_on: date


@transaction.atomic
def hide_entry(*, entry: Entry, guardian_id: uuid.UUID, why: Reasoned, by: Actor) -> Hiding:
    """Hide an entry of the actor's unit from a guardian, from now until it is lifted.

    What she is shown of it ends at once, and the youth's too. Goals that build on it are out of her
    plan, and the papers that showed them are made again.
    """
    standing(entry.case_id, by).require(Permission.HIDE_FROM_GUARDIAN)
    if Hiding.objects.visible_to(by).in_force().filter(entry=entry, guardian=guardian_id).exists():
        raise Refused(_("It is hidden from that person already."))
    made = _decide(entry, guardian_id, why, by)
    ended = _end_disclosures(entry, guardian_id, by)
    _renew_documents(entry, guardian_id)
    _tell("entry_hidden", entry, by, ended=ended)
    return made


@transaction.atomic
def keep_hidden(*, hiding: Hiding, why: Reasoned, by: Actor) -> Hiding:
    """Looked over: it goes on, for the reason of today and until a new day."""
    standing(hiding.case_id, by).require(Permission.HIDE_FROM_GUARDIAN)
    _lift(hiding, by)
    made = _decide(hiding.entry, hiding.guardian_id, why, by)
    _tell("hiding_kept", hiding.entry, by)
    return made


@transaction.atomic
def lift_hiding(*, hiding: Hiding, by: Actor) -> None:
    """It is not hidden any more. Nothing is shown by that: somebody decides anew to show it."""
    standing(hiding.case_id, by).require(Permission.HIDE_FROM_GUARDIAN)
    _lift(hiding, by)
    _renew_documents(hiding.entry, hiding.guardian_id)
    _tell("hiding_lifted", hiding.entry, by)


def _decide(entry: Entry, guardian_id: uuid.UUID, why: Reasoned, by: Actor) -> Hiding:
    account, unit = by.writes_as
    custody = Guardianship.objects.filter(
        child=entry.case.child_id, guardian=guardian_id, valid__contains=by.at
    ).exists()
    require(
        decide_hiding(
            HidingFacts(
                owner=entry.owner_unit_id == unit,
                is_guardian=custody,
                reason=why.reason,
                today=by.today,
                review_on=why.review_on,
            )
        )
    )
    return Hiding.objects.create(
        entry=entry,
        case_id=entry.case_id,
        owner_unit_id=unit,
        guardian_id=guardian_id,
        reason=why.reason,
        decided_by_id=account,
        decided_by_name=by.name,
        decided_at=by.at,
        review_on=why.review_on,
        valid=DateTimeTZRange(by.at, None),
    )


def _lift(hiding: Hiding, by: Actor) -> None:
    if (
        not Hiding.objects.in_force()
        .filter(pk=hiding.pk)
        .update(valid=_ended(hiding.valid, by), lifted_by=by.account_id)
    ):
        raise Refused(_("It is not hidden any more. Look at the page again."))


def _end_disclosures(entry: Entry, guardian_id: uuid.UUID, by: Actor) -> int:
    """End what the guardian, and the child, are shown of the entry now."""
    open_now = Disclosure.objects.filter(
        Q(to_guardian=guardian_id) | Q(to_child__isnull=False),
        version__entry=entry,
        owner_unit=by.unit_id,
        valid__contains=by.at,
    )
    return sum(
        Disclosure.objects.filter(pk=one.pk).update(valid=_ended(one.valid, by)) for one in list(open_now)
    )


def _ended(valid: DateTimeTZRange, by: Actor) -> DateTimeTZRange:
    """A period that ends now; empty if it had not begun before now."""
    lower = valid.lower
    return DateTimeTZRange(lower, by.at) if lower < by.at else DateTimeTZRange(empty=True)


def _renew_documents(entry: Entry, guardian_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select access.documents_renew(%s, %s)", [entry.pk, guardian_id])


def _tell(action: str, entry: Entry, by: Actor, **more: int) -> None:
    record(
        by=by, kind="write", action=action,
        child=entry.case.child_id, case=entry.case_id, object=entry.pk, **more,
    )  # fmt: skip
