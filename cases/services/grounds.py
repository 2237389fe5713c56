"""Show a version to a unit on another legal ground than consent, with the test of harm written
down, and the second person's signature where one is asked for (R1.3, R1.4)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from access.actor import Actor
from access.decisions import no
from access.law import Need, Second, decide_basis, second_person
from access.permissions import Permission
from access.reasons import Reason
from access.roles import has_permission
from access.shield import REASON_FROM
from access.words import refusal, require
from agencies.models import Unit
from audit.services import record
from cases.facts import standing
from cases.harm import harm_of
from cases.models import Disclosure, Version
from cases.queries.grounds import Grounds
from cases.rules import Outcome
from consent.law import law_at
from kit.errors import Refused

LONGEST_GROUNDS = 2000


@dataclass(frozen=True)
class Weighed:
    """What the one who decides has chosen and written: the ground, why it holds (``text``),
    which statute where one says so, and whether it is about an offence already committed."""

    basis: str
    text: str
    duty: str = ""
    committed_crime: bool = False

    def filled(self, needs: frozenset[Need]) -> frozenset[Need]:
        """What of the needs the text fills: one text answers the one question that is asked."""
        return needs if self.text.strip() else frozenset()


@transaction.atomic
def show_on_ground(*, version: Version, to_unit: Unit, weighed: Weighed, by: Actor) -> Disclosure:
    """Show the version to the unit, at once or when a second person has signed."""
    grounds = _grounds(version, to_unit, by)
    _not_twice(version, to_unit, by)
    basis = grounds.basis(weighed.basis, to_lawyer=has_permission(by.role, Permission.USE_ANY_BASIS))
    if basis is None:
        raise refusal(no(Reason.BASIS_NOT_FROM_YOU))
    if len(weighed.text) > LONGEST_GROUNDS:
        raise Refused(_("The text is too long. Shorten it."), field="text")
    facts = grounds.facts(
        filled=weighed.filled(basis.needs), duty=weighed.duty, committed_crime=weighed.committed_crime
    )
    decision = decide_basis(basis, facts)
    require(decision)
    assert decision.until is not None  # noqa: S101 (a ground always ends)
    second = second_person(basis, facts)
    outcome = Outcome.NOT_SECRET if Need.SENTENCE in basis.needs else Outcome.LIFTED
    made = _new(version, to_unit, by, decision.until, second, outcome)
    made.basis, made.basis_no = basis.code, basis.no
    made.consent_id = grounds.consent_id if Need.CONSENT in basis.needs else None
    made.duty, made.grounds = weighed.duty, weighed.text.strip()
    made.save(force_insert=True)
    if not second:
        _invite(made)
    _tell("version_shown" if not second else "disclosure_to_sign", made, by)
    return made


@transaction.atomic
def refuse_to_show(*, version: Version, to_unit: Unit, text: str, by: Actor) -> Disclosure:
    """Note that the test of harm came to no: nothing is shown, and why is kept (R1.3)."""
    grounds = _grounds(version, to_unit, by)
    if not text.strip():
        raise Refused(_("Write why you do not show it."), field="text")
    made = _new(version, to_unit, by, None, Second.NOBODY, Outcome.REFUSED)
    made.basis, made.basis_no = "B2", grounds.law.rows["B2"].no
    made.grounds = text.strip()[:LONGEST_GROUNDS]
    made.save(force_insert=True)
    _tell("disclosure_refused", made, by)
    return made


@transaction.atomic
def sign(*, disclosure: Disclosure, by: Actor) -> None:
    """The second person's yes: from now on the recipient reads it. What was decided on a version
    of the ground that no longer holds is decided anew."""
    how = standing(disclosure.case_id, by)
    how.require(Permission.SIGN_DISCLOSURE)
    if disclosure.decided_by_id == by.account_id:
        raise refusal(no(Reason.NOT_ONES_OWN))
    if disclosure.second == Second.LAWYER and not how.decide(Permission.SIGN_AS_LAWYER):
        raise refusal(no(Reason.SIGNED_BY_LAWYER))
    if law_at(by.at).rows[disclosure.basis].no != disclosure.basis_no:
        raise refusal(no(Reason.LAW_CHANGED))
    if not _call("access.disclosure_sign", disclosure.pk):
        raise Refused(_("This no longer waits for a signature."))
    _tell("disclosure_signed", disclosure, by)


@transaction.atomic
def decline(*, disclosure: Disclosure, because: str = "", by: Actor) -> None:
    """The second person's no, with a reason that the one who decided reads; or that she takes it back herself."""
    standing(disclosure.case_id, by).require(Permission.SIGN_DISCLOSURE)
    if disclosure.decided_by_id != by.account_id and len(because.strip()) < REASON_FROM:
        raise Refused(_("Write in a few words why you do not sign."), field="because")
    if not _call("access.disclosure_decline", disclosure.pk, because.strip()[:LONGEST_GROUNDS]):
        raise Refused(_("This no longer waits for a signature."))
    _tell("disclosure_declined", disclosure, by)


def _grounds(version: Version, to_unit: Unit, by: Actor) -> Grounds:
    """May the actor show what her unit wrote to another at all?"""
    how = standing(version.case_id, by)
    how.require(Permission.WRITE_ENTRY)
    how.require(Permission.SHARE_WITH_UNIT)
    if version.owner_unit_id != by.unit_id:
        raise Refused(_("Only the unit that wrote this can show it to others."))
    if to_unit.pk == by.unit_id:
        raise Refused(_("Your own unit reads it already."))
    return Grounds.of(version, to_unit, by)


def _not_twice(version: Version, to_unit: Unit, by: Actor) -> None:
    """Two tabs, or two colleagues: what is shown, or waits to be signed, is not decided once more."""
    decided = Disclosure.objects.filter(version=version, to_unit=to_unit).exclude(outcome=Outcome.REFUSED)
    waits = Q(valid__isempty=True, signed_at__isnull=True) & ~Q(second="")
    if decided.filter(Q(valid__contains=by.at) | waits).exists():
        raise Refused(_("This is already shown to them, or waits for a signature."))


def _new(
    version: Version, to_unit: Unit, by: Actor, until: datetime | None, second: Second, outcome: Outcome
) -> Disclosure:
    assert by.unit_kind is not None  # noqa: S101 (whoever may write acts for a unit)
    opens = until is not None and not second and outcome != Outcome.REFUSED
    return Disclosure(
        id=uuid.uuid4(),
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        to_unit=to_unit,
        decided_by_id=by.writes_as[0],
        decided_at=by.at,
        second=second.value,
        ends_at=until,
        valid=DateTimeTZRange(by.at, until) if opens else DateTimeTZRange(empty=True),
        **harm_of(by.unit_kind, version.category, outcome),
    )


def _invite(made: Disclosure) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select access.reader_invite(%s)", [made.pk])


def _call(function: str, *params: uuid.UUID | str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({', '.join(['%s'] * len(params))})", params)
        return bool(cursor.fetchone()[0])


def _tell(action: str, made: Disclosure, by: Actor) -> None:
    record(
        by=by, kind="write", action=action, child=made.case.child_id, case=made.case_id,
        object=made.version_id, basis=made.basis, disclosure=made.pk,
    )  # fmt: skip
