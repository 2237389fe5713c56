"""Closed circles: protect an identity, lock a case, name staff, let in one of the family.

Closing takes one person and is done at once; opening again takes two. The functions of
``cases/circle.sql`` write, since nobody who serves may write the tables; the rule of who may is
``access.policy`` with ``access.shield``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from access.reasons import Reason
from access.shield import REASON_FROM
from access.words import why
from audit.services import record
from cases.facts import standing
from cases.models import Case
from kit.errors import Refused
from people.models import Protection


@dataclass(frozen=True)
class Colleague:
    """A person in the unit that she is to work on the case in."""

    account_id: uuid.UUID
    unit_id: uuid.UUID


@transaction.atomic
def raise_protection(*, case: Case, level: Protection.Level, source: Protection.Source, by: Actor) -> None:
    """Protect the child's identity (OSL 21:3, 21:3 a): at once, by one person, in one action.

    From now on the case exists for her alone, until colleagues are named. Whoever holds the
    case of a child with the same guardian is asked to look over its protection too.
    """
    standing(case.pk, by).require(Permission.CLOSE_CIRCLE)
    raised = _call(
        "select access.protection_raise(%s, %s, %s, %s)", [case.pk, level.value, source.value, _("Child")]
    )
    if raised is None:
        raise Refused(_("The child is protected already."))
    # The level is told in no log: fingerade uppgifter must not be found by it.
    record(by=by, kind="write", action="circle_closed", case=case.pk, child=case.child_id, object=raised)


@transaction.atomic
def lower_protection(*, case: Case, reason: str, by: Actor) -> bool:
    """Ask for the protection to be lowered or, as the second person, lower it. True once lowered."""
    standing(case.pk, by).require(Permission.CLOSE_CIRCLE)
    if _call("select access.protection_lower(%s)", [case.pk]):
        record(by=by, kind="write", action="circle_opened", case=case.pk, child=case.child_id)
        return True
    return _ask(case, reason, by, "select access.protection_lower_ask(%s, %s)")


@transaction.atomic
def lock_case(*, case: Case, reason: str, by: Actor) -> None:
    """Lock the case to named staff (Barnahus): the family meets it no more, nothing is sent."""
    standing(case.pk, by).require(Permission.CLOSE_CIRCLE)
    _check(reason)
    locked = _call("select access.case_lock(%s, %s)", [case.pk, reason.strip()])
    if locked is None:
        raise Refused(_("The case is locked already."))
    record(by=by, kind="write", action="case_locked", case=case.pk, child=case.child_id, object=locked)


@transaction.atomic
def unlock_case(*, case: Case, reason: str, by: Actor) -> bool:
    """Ask for the case to be unlocked or, as the second person, unlock it. True once unlocked."""
    standing(case.pk, by).require(Permission.CLOSE_CIRCLE)
    if _call("select access.case_unlock(%s)", [case.pk]):
        record(by=by, kind="write", action="case_unlocked", case=case.pk, child=case.child_id)
        return True
    return _ask(case, reason, by, "select access.case_unlock_ask(%s, %s)")


def _ask(case: Case, reason: str, by: Actor, sql: str) -> bool:
    """The first of two asks, and why."""
    _check(reason)
    if not _call(sql, [case.pk, reason.strip()]):
        raise Refused(why(Reason.NOBODY_ASKED))
    record(by=by, kind="write", action="circle_opening_asked", case=case.pk, child=case.child_id)
    return False


@transaction.atomic
def name_colleague(*, case: Case, who: Colleague, reason: str, by: Actor) -> bool:
    """Name a colleague for the closed case, or ask an arbetsledare to. True once she is named.

    An arbetsledare of the unit that holds the case names; anybody else who is named there asks.
    """
    how = standing(case.pk, by)
    how.require(Permission.CLOSE_CIRCLE)
    _check(reason)
    sql = "named_put" if how.facts.leads_holder else "named_ask"
    named = _call(
        f"select access.{sql}(%s, %s, %s, %s)", [case.pk, who.account_id, who.unit_id, reason.strip()]
    )
    if named is None:
        raise Refused(_("Choose a colleague who works there now and isn't named already."), field="who")
    action = "named" if how.facts.leads_holder else "naming_asked"
    record(by=by, kind="write", action=action, case=case.pk, child=case.child_id, object=named)
    return how.facts.leads_holder


@transaction.atomic
def give_naming(*, named_id: uuid.UUID, by: Actor) -> None:
    """As arbetsledare of the unit that holds the case: name whom somebody else has asked for."""
    case_id = _call("select access.named_give(%s)", [named_id])
    if case_id is None:
        raise Refused(_("Somebody else has answered, or it was you who asked."))
    record(by=by, kind="write", action="named", case=case_id, object=named_id)


@transaction.atomic
def name_for_empty(*, case_id: uuid.UUID, who: Colleague, reason: str, by: Actor) -> None:
    """As arbetsledare: name the first for a closed case of the unit's that nobody is named for."""
    _check(reason)
    named = _call(
        "select access.named_put(%s, %s, %s, %s)", [case_id, who.account_id, who.unit_id, reason.strip()]
    )
    if named is None:
        raise Refused(_("Choose a colleague who works there now and isn't named already."), field="who")
    record(by=by, kind="write", action="named", case=case_id, object=named)


@transaction.atomic
def end_naming(*, named_id: uuid.UUID, by: Actor) -> None:
    """Somebody is named no longer, from now on, or isn't to be. It stays in the records."""
    case_id = _call("select access.named_end(%s)", [named_id])
    if case_id is None:
        raise Refused(_("That could not be ended. Ask your arbetsledare."))
    record(by=by, kind="write", action="naming_ended", case=case_id, object=named_id)


@transaction.atomic
def let_in(*, case: Case, person_id: uuid.UUID, reason: str, by: Actor) -> None:
    """Let one guardian, or the youth, meet a closed case: a decision for her alone (OSL 12:3)."""
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    _check(reason)
    admitted = _call("select access.admit(%s, %s, %s)", [case.pk, person_id, reason.strip()])
    if admitted is None:
        raise Refused(_("That person is let in already, or is no guardian of the child now."))
    record(by=by, kind="write", action="family_let_in", case=case.pk, child=case.child_id, object=admitted)


@transaction.atomic
def shut_out(*, case: Case, person_id: uuid.UUID, by: Actor) -> None:
    """She meets the closed case no more, from now on."""
    standing(case.pk, by).require(Permission.REGISTER_FAMILY)
    if not _call("select access.admission_end(%s, %s)", [case.pk, person_id]):
        raise Refused(_("That person is not let in."))
    record(by=by, kind="write", action="family_shut_out", case=case.pk, child=case.child_id, object=person_id)


@transaction.atomic
def needs_no_protection(*, case: Case, reason: str, by: Actor) -> None:
    """Looked over because a child with the same guardian is protected: this one needs none."""
    standing(case.pk, by).require(Permission.CLOSE_CIRCLE)
    _check(reason)
    if not _call("select access.protection_review_done(%s, %s)", [case.pk, reason.strip()]):
        raise Refused(_("A colleague has answered already."))
    record(by=by, kind="write", action="protection_reviewed", case=case.pk, child=case.child_id)


def raise_from_register(*, number: str, level: Protection.Level, by: Actor) -> bool:
    """The population register says that the identity is protected. As nobody; False if unknown."""
    raised = bool(
        _call("select access.protection_raise_from_register(%s, %s, %s)", [number, level.value, _("Child")])
    )
    if raised:
        record(by=by, kind="write", action="circle_closed_by_register")
    return raised


def _check(reason: str) -> None:
    if len(reason.strip()) < REASON_FROM:
        raise Refused(_("Write why, in a few words."), field="reason")


def _call(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
