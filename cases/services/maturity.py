"""A youth of 15 to 17 who decides about one consent alone: noted by one, signed by another."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import MaturityFacts
from access.permissions import Permission
from access.policy import decide_maturity
from access.reasons import Reason
from access.words import refusal, require
from audit.services import record
from cases.facts import standing
from cases.models import Case, Maturity
from consent.models import Consent
from kit.errors import Refused


@transaction.atomic
def note_maturity(*, case: Case, consent: Consent, reason: str, by: Actor) -> Maturity:
    """Note why the youth can decide about this consent without her guardians (R1.7). Nothing
    changes before somebody else has signed."""
    standing(case.pk, by).require(Permission.ASK_CONSENT)
    account, unit = by.writes_as
    decision = decide_maturity(MaturityFacts(case.child.born_on, by.at, reason, account))
    if decision.reason != Reason.SECOND_PERSON_MISSING:
        raise refusal(decision)
    if Maturity.objects.filter(consent=consent).exists():
        raise Refused(_("It is noted already for this consent."))
    made = Maturity.objects.create(
        consent=consent,
        case=case,
        unit_id=unit,
        reason=reason,
        noted_by_id=account,
        noted_by_name=by.name,
        noted_at=by.at,
    )
    record(by=by, kind="write", action="maturity_noted", case=case.pk, child=case.child_id, object=consent.pk)
    return made


@transaction.atomic
def sign_maturity(*, maturity: Maturity, by: Actor) -> None:
    """Another person of the unit signs: from now on the youth's answer alone decides, also where
    all had said yes before (R1.7): the guardians are required no more, and have no yes to take back."""
    standing(maturity.case_id, by).require(Permission.NOTE_ANSWER)
    case = maturity.case
    facts = MaturityFacts(case.child.born_on, by.at, maturity.reason, maturity.noted_by_id)
    require(decide_maturity(replace(facts, signed_by=by.account_id)))
    with connection.cursor() as cursor:
        cursor.execute("select access.maturity_sign(%s, %s)", [maturity.pk, by.name])
        (signed,) = cursor.fetchone()
    if not signed:
        raise Refused(_("Nothing has changed. Look at the page again."))
    record(by=by, kind="write", action="maturity_signed", case=case.pk,
           child=case.child_id, object=maturity.consent_id)  # fmt: skip
