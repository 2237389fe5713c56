"""Who the child is and who has custody, as the unit that holds the case gets to know it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import AdultKind, AdultRight
from access.permissions import Permission
from access.policy import decide_rights, midnight
from access.words import require
from audit.services import record
from cases.facts import standing
from cases.models import Case, OtherAdult
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
def end_guardian(*, case: Case, guardian_id: uuid.UUID, how: str, reason: str, by: Actor) -> None:
    """End a custody that was registered by mistake or is over, or mark it as contested.

    It closes on every page at once. The row stays, with who did it and why; what she has yet
    to answer is waited for no more.
    """
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    if not reason.strip():
        raise Refused(_("Write why."), field="reason")
    done = _call(
        "select access.guardian_end(%s, %s, %s, %s)", [case.pk, guardian_id, how, reason.strip()[:400]]
    )
    if not done:
        raise Refused(_("Nothing has changed. Look at the page again."))
    record(by=by, kind="write", action="guardian_ended", case=case.pk,
           child=case.child_id, object=guardian_id, how=how)  # fmt: skip


@dataclass(frozen=True)
class NewAdult:
    """An adult without custody, what she may do, and how that is known. ``until`` is the last
    day, or nothing until the child is of age."""

    given_name: str
    family_name: str
    number: str
    phone: str
    kind: AdultKind
    rights: frozenset[AdultRight]
    source: OtherAdult.Source
    until: date | None = None


@transaction.atomic
def give_rights(*, case: Case, adult: NewAdult, by: Actor) -> None:
    """Let an adult without custody do what is named: god man, familjehem, parent."""
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    require(decide_rights(adult.kind, adult.rights))
    if adult.until is not None and adult.until < by.today:
        raise Refused(_("Choose a day that is to come."), field="until")
    values = {
        "given": adult.given_name,
        "family": adult.family_name,
        "number": adult.number,
        "phone": adult.phone,
        "kind": adult.kind.value,
        "rights": sorted(right.value for right in adult.rights),
        "source": adult.source.value,
        "until": midnight(adult.until + timedelta(days=1)).isoformat() if adult.until else None,
    }
    added = _call("select access.adult_add(%s, %s::jsonb)", [case.pk, json.dumps(values)])
    if added is None:
        raise Refused(_("The person has a part in the child's affairs already, or the child is of age."))
    record(by=by, kind="write", action="rights_given", case=case.pk,
           child=case.child_id, object=added, adult=adult.kind.value)  # fmt: skip


@transaction.atomic
def end_rights(*, case: Case, adult_id: uuid.UUID, reason: str, by: Actor) -> None:
    """End what an adult without custody was let do, by hand and at once."""
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    if not reason.strip():
        raise Refused(_("Write why."), field="reason")
    if not _call("select access.adult_end(%s, %s, %s)", [case.pk, adult_id, reason.strip()[:400]]):
        raise Refused(_("Nothing has changed. Look at the page again."))
    record(by=by, kind="write", action="rights_ended", case=case.pk, child=case.child_id, object=adult_id)


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
