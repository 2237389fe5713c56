"""Who the child is and who has custody, as the unit that holds the case gets to know it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case
from kit.errors import Refused
from people.models import Guardianship
from people.numbers import PersonalNumber


@dataclass(frozen=True)
class NewGuardian:
    """A guardian as somebody has got to know of her. ``number`` is twelve digits, or
    empty for whoever has none yet; ``since`` the first day of the custody."""

    given_name: str
    family_name: str
    number: str
    phone: str
    relation: Guardianship.Relation
    source: Guardianship.Source
    since: date


@transaction.atomic
def register_guardian(*, case: Case, guardian: NewGuardian, by: Actor) -> None:
    """Register one who has custody of the child (FB 6:2), until the child turns 18.

    Whoever is known already by number and name is the same person. A consent that
    waits stays closed until the new guardian too has been asked.
    """
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    if guardian.since > by.today:
        raise Refused(_("The day can't be in the future."))
    values = {
        "given": guardian.given_name,
        "family": guardian.family_name,
        "number": guardian.number,
        "phone": guardian.phone,
        "relation": guardian.relation.value,
        "source": guardian.source.value,
        "since": guardian.since.isoformat(),
    }
    added = _call("select access.guardian_add(%s, %s::jsonb)", [case.pk, json.dumps(values)])
    if added is None:
        raise Refused(_("A guardian of that name is registered already."))
    record(by=by, kind="write", action="guardian_registered", case=case.pk,
           child=case.child_id, object=added, source=guardian.source.value)  # fmt: skip


@transaction.atomic
def complete_number(*, case: Case, number: PersonalNumber, by: Actor) -> None:
    """Give a child that had a reserve number its personnummer, and the day of birth it says.

    The refusal is the same whatever stands in the way: that the number is known
    elsewhere is not told.
    """
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    if not _call("select access.child_number_add(%s, %s, %s)", [case.pk, number.digits, number.born_on]):
        raise Refused(_("The number could not be saved. Check it with the family."))
    record(by=by, kind="write", action="number_completed", case=case.pk, child=case.child_id)


def _call(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
