"""Withdraw consent: one required person is enough, and it takes effect at once."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import family_standing
from consent.models import Consent, Route
from kit.errors import Refused


@dataclass(frozen=True)
class Closed:
    """What closed for one unit: how many plans, and of the notes that whoever took it back
    may know of how many, it no longer sees. Whether it has written anything itself, and so
    keeps something, is nobody else's to know."""

    unit: str
    shown: int
    plans: int


@transaction.atomic
def withdraw_consent(*, consent: Consent, unit_ids: list[uuid.UUID], by: Actor) -> list[Closed]:
    """Whoever may answer takes back her yes for some units; return the receipt.

    One definer ends disclosures, releases and participation together, since a
    guardian's own rights cover none of those rows. It also orders the family's
    documents anew, in which the unit's rows stand as paused.
    """
    family_standing(consent.child, by).require(Permission.ANSWER_CONSENT)
    return _withdraw(consent, unit_ids, by, by.guardian_id, by.child_id, Route.ELECTRONIC)


@transaction.atomic
def note_withdrawal(
    *,
    consent: Consent,
    unit_ids: list[uuid.UUID],
    guardian_id: uuid.UUID | None,
    child_id: uuid.UUID | None,
    route: Route,
    by: Actor,
) -> list[Closed]:
    """Note that somebody withdraws by phone, on paper or in person."""
    if not by.is_staff or route == Route.ELECTRONIC:
        raise Refused(_("Only the person herself answers electronically."))
    return _withdraw(consent, unit_ids, by, guardian_id, child_id, route)


def _withdraw(
    consent: Consent,
    unit_ids: list[uuid.UUID],
    by: Actor,
    guardian_id: uuid.UUID | None,
    child_id: uuid.UUID | None,
    route: Route,
) -> list[Closed]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.consent_withdraw(%s, %s::uuid[], %s, %s, %s)",
            [consent.pk, unit_ids, guardian_id, child_id, route.value],
        )
        (rows,) = cursor.fetchone()
    receipt = json.loads(rows) if isinstance(rows, str) else rows
    if not receipt:
        raise Refused(_("There is no yes to take back here. Nothing has changed."))
    record(by=by, kind="write", action="consent_withdrawn", child=consent.child_id,
           object=consent.pk, units=len(receipt), of=guardian_id or child_id)  # fmt: skip
    return _unit_by_unit(receipt)


def _unit_by_unit(rows: list[dict[str, Any]]) -> list[Closed]:
    """One line for each unit, however many consents covered it."""
    units = sorted({row["unit"] for row in rows})
    return [
        Closed(
            unit=unit,
            shown=sum(row["shown"] for row in rows if row["unit"] == unit),
            plans=sum(row["plans"] for row in rows if row["unit"] == unit),
        )
        for unit in units
    ]
