"""Show versions to units on consent and to the family, and stop: the everyday grounds.

Each disclosure is the owner's decision on one version (R2.2) and carries its test of harm,
which consent or the family's own right settles. Other grounds: :mod:`cases.services.grounds`.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from access.actor import Actor
from access.ages import midnight, months_later, swedish_day
from access.law import LONGEST_SHARE_MONTHS, Second
from access.permissions import Permission
from access.policy import Decision
from access.units import UnitKind
from access.words import require
from audit.services import record
from cases.facts import standing
from cases.harm import harm_of, harm_to_family
from cases.models import Case, Disclosure, Version
from cases.queries.audience import Around, Audience, Content, around
from cases.queries.circle import is_protected
from cases.rules import Outcome
from consent.law import law_at
from kit.errors import Refused


@transaction.atomic
def share_version(*, version: Version, audience: Audience, by: Actor) -> None:
    """Show a version that exists to more units or guardians."""
    require_to_show(version.case_id, audience, by)
    if version.owner_unit_id != by.unit_id:
        raise Refused(_("Only the unit that wrote this can show it to others."))
    if not audience:
        raise Refused(_("Choose who you want to show it to."))
    made = disclose(version=version, case=version.case, audience=audience, by=by)
    tell_shown(version, version.case, made, by)


@transaction.atomic
def stop_sharing(*, disclosure: Disclosure, by: Actor) -> None:
    """End by hand, now: the recipient sees no version of this entry any more. What ends for a
    guardian ends for the child too, who is shown no more than each of her guardians.

    Also in a closed case, since closing what is open must always be possible.
    """
    standing(disclosure.case_id, by).require(Permission.WRITE_ENTRY)
    same = Q(
        to_unit=disclosure.to_unit_id,
        to_guardian=disclosure.to_guardian_id,
        to_child=disclosure.to_child_id,
    )
    if disclosure.to_guardian_id:
        same |= Q(to_child__isnull=False)
    open_now = list(
        Disclosure.objects.filter(
            same,
            version__entry__versions=disclosure.version_id,
            owner_unit=by.unit_id,
            valid__contains=by.at,
        ).select_related("case")
    )
    ended = [
        Disclosure.objects.filter(pk=one.pk).update(valid=_ended(one.valid.lower, by.at)) for one in open_now
    ]
    if not all(ended) or not ended:
        raise Refused(_("This is already closed."))
    if disclosure.to_unit_id:
        with connection.cursor() as cursor:
            cursor.execute("select access.reader_settle(%s, %s)", [disclosure.case_id, disclosure.to_unit_id])
    for one in open_now:
        record(
            by=by, kind="write", action="disclosure_ended", child=one.case.child_id,
            case=one.case_id, object=one.version_id, disclosure=one.pk,
        )  # fmt: skip


def require_to_show(case_id: uuid.UUID, audience: Audience, by: Actor) -> None:
    """Refuse unless the actor may write in the case and show to these."""
    how = standing(case_id, by)
    how.require(Permission.WRITE_ENTRY)
    if audience.units:
        how.require(Permission.SHARE_WITH_UNIT)
    if audience.guardians or audience.to_child:
        how.require(Permission.SHARE_WITH_GUARDIAN)


def disclose(*, version: Version, case: Case, audience: Audience, by: Actor) -> list[Disclosure]:
    """Write one disclosure for each recipient that doesn't have this version."""
    if not audience:
        return []
    nearby, content, law = around(case, by), Content.of(version), law_at(by.at)
    have = list(Disclosure.objects.filter(version=version, valid__contains=by.at))
    have += waiting_for_signature(version)
    made = _to_units(version, content, audience, nearby, {d.to_unit_id for d in have})
    made += _to_guardians(version, content, audience, nearby, {d.to_guardian_id for d in have})
    made += _to_child(version, content, audience, nearby, have)
    protected = is_protected(case.child_id)
    for disclosure in made:
        disclosure.basis_no = law.rows[disclosure.basis].no
        if protected:
            _wait_for_signature(disclosure)
    return Disclosure.objects.bulk_create(made)


def waiting_for_signature(version: Version) -> list[Disclosure]:
    """What is decided and not signed yet: it opens nothing, and is not decided twice."""
    return list(
        Disclosure.objects.filter(version=version, valid__isempty=True, signed_at__isnull=True)
        .exclude(second="")
        .exclude(outcome=Outcome.REFUSED)
    )


def tell_shown(version: Version, case: Case, made: list[Disclosure], by: Actor) -> None:
    """The events, once nothing can be refused any more: a refusal must leave none."""
    for disclosure in made:
        record(
            by=by, kind="write", action="disclosure_to_sign" if disclosure.second else "version_shown",
            child=case.child_id, case=case.pk, object=version.pk,
            basis=disclosure.basis, disclosure=disclosure.pk,
        )  # fmt: skip


def _to_units(
    version: Version, content: Content, audience: Audience, nearby: Around, have: set[uuid.UUID | None]
) -> list[Disclosure]:
    made = []
    harm = harm_of(_kind(nearby.actor), version.category)
    for unit_id in sorted(audience.units - have - {nearby.actor.unit_id}):
        share = nearby.unit_share(unit_id, content)
        require(share.decision)
        made.append(
            _disclosure(version, nearby.actor, share.decision, to_unit_id=unit_id,
                        basis=Disclosure.BY_CONSENT, consent_id=share.consent_id, **harm)
        )  # fmt: skip
    return made


def _to_guardians(
    version: Version, content: Content, audience: Audience, nearby: Around, have: set[uuid.UUID | None]
) -> list[Disclosure]:
    made = []
    asked, harm = audience.child_asked, harm_to_family(_kind(nearby.actor), version.category)
    for guardian_id in sorted(audience.guardians - have):
        decision = nearby.guardian_share(guardian_id, content, child_asked=asked)
        require(decision)
        made.append(
            _disclosure(version, nearby.actor, decision, to_guardian_id=guardian_id,
                        basis=Disclosure.BY_OWN_RIGHT, child_asked=asked, **harm)
        )  # fmt: skip
    return made


def _to_child(
    version: Version, content: Content, audience: Audience, nearby: Around, have: list[Disclosure]
) -> list[Disclosure]:
    if not audience.to_child or any(d.to_child_id for d in have):
        return []
    shown = frozenset(d.to_guardian_id for d in have if d.to_guardian_id)
    decision = nearby.child_share(content, with_guardians=audience.guardians | shown)
    require(decision)
    harm = harm_to_family(_kind(nearby.actor), version.category)
    return [
        _disclosure(version, nearby.actor, decision, to_child_id=nearby.case.child_id,
                    basis=Disclosure.BY_OWN_RIGHT, child_asked=True, **harm)
    ]  # fmt: skip


def _wait_for_signature(disclosure: Disclosure) -> None:
    """Of a child with protected identity nobody alone shows anything to anybody: a second person
    signs, whatever the ground. At the longest a year, so that it is judged anew."""
    starts, until = disclosure.valid
    longest = midnight(months_later(swedish_day(starts), LONGEST_SHARE_MONTHS))
    disclosure.second = Second.COLLEAGUE.value
    disclosure.ends_at = min(until, longest) if until else longest
    disclosure.valid = DateTimeTZRange(empty=True)


def _disclosure(version: Version, by: Actor, decision: Decision, **to: Any) -> Disclosure:
    return Disclosure(
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        decided_by_id=by.writes_as[0],
        decided_at=by.at,
        valid=(by.at, decision.until),
        **to,
    )


def _kind(by: Actor) -> UnitKind:
    """The kind of the unit whose secrecy is tested."""
    assert by.unit_kind is not None  # noqa: S101 (whoever may write acts for a unit)
    return by.unit_kind


def _ended(lower: datetime, at: datetime) -> DateTimeTZRange:
    """A period that ends now; empty if it had not begun before now."""
    return DateTimeTZRange(lower, at) if lower < at else DateTimeTZRange(empty=True)
