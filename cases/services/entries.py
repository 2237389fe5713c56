"""Write, correct and share what a unit knows. Saving is sharing: the save is the
owner's decision on that very version, and nothing opens by itself (R2.2)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import FamilyShareFacts, ShareFacts
from access.permissions import Permission
from access.policy import decide_family_share, decide_share
from access.units import UnitKind
from audit.services import record
from cases.facts import standing
from cases.models import Case, Disclosure, Entry, Version
from cases.queries.team import guardians_of, team_of
from cases.services.drafts import discard_draft
from consent.models import Category
from kit.errors import Conflict, Refused


@dataclass(frozen=True)
class Audience:
    """Who may read a version: named units, named guardians, and the child.

    ``child_asked`` notes that the child was asked before its own words or
    wheel are shown to a guardian (OSL 12:3).
    """

    units: frozenset[uuid.UUID] = frozenset()
    guardians: frozenset[uuid.UUID] = frozenset()
    to_child: bool = False
    child_asked: bool = False


@dataclass(frozen=True)
class Written:
    """The content of a version. ``data`` holds a wheel or an outcome."""

    kind: str
    body: str
    happened_on: date
    category: str = Category.BASIS
    data: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def write_entry(*, case: Case, written: Written, audience: Audience, by: Actor) -> Version:
    """Save a new entry of the actor's unit and show it to its audience."""
    standing(case.pk, by).require(Permission.WRITE_ENTRY)
    _check(written, by)
    entry = Entry.objects.create(
        case=case,
        owner_unit_id=by.unit_id,
        kind=written.kind,
        happened_on=written.happened_on,
        created_by_id=by.account_id,
        created_at=by.at,
    )
    version = _new_version(entry, 1, written, by)
    record(
        by=by, kind="write", action="entry_written",
        child=case.child_id, case=case.pk, object=version.pk,
    )  # fmt: skip
    _disclose(version, case, audience, by)
    discard_draft(case_id=case.pk, target=f"entry:{written.kind}", by=by)
    return version


@transaction.atomic
def correct_entry(
    *, entry: Entry, written: Written, audience: Audience, based_on: int, by: Actor
) -> Version:
    """Save a corrected version. Those not shown it keep the one they have.

    ``based_on`` is the version number the writer started from; if somebody
    else has saved meanwhile, nothing is overwritten.
    """
    standing(entry.case_id, by).require(Permission.WRITE_ENTRY)
    if entry.owner_unit_id != by.unit_id:
        raise Refused(_("Only the unit that wrote this can correct it."))
    _check(written, by)
    newest = Version.objects.filter(entry=entry).order_by("-no").first()
    if newest is None or newest.no != based_on:
        raise Conflict(newest.author_name if newest else "")
    version = _new_version(entry, based_on + 1, written, by)
    record(
        by=by, kind="write", action="entry_corrected",
        child=entry.case.child_id, case=entry.case_id, object=version.pk,
    )  # fmt: skip
    _disclose(version, entry.case, audience, by)
    discard_draft(case_id=entry.case_id, target=f"correct:{entry.pk}", by=by)
    return version


@transaction.atomic
def share_version(*, version: Version, audience: Audience, by: Actor) -> None:
    """Show a version that exists to more units or guardians."""
    standing(version.case_id, by).require(Permission.SHARE_WITH_UNIT)
    if version.owner_unit_id != by.unit_id:
        raise Refused(_("Only the unit that wrote this can show it to others."))
    _disclose(version, version.case, audience, by)


@transaction.atomic
def stop_sharing(*, disclosure: Disclosure, by: Actor) -> None:
    """End a disclosure by hand, now."""
    standing(disclosure.case_id, by).require(Permission.SHARE_WITH_UNIT)
    ended = Disclosure.objects.filter(
        pk=disclosure.pk, owner_unit=by.unit_id, valid__contains=by.at
    ).update(valid=_ended(disclosure.valid.lower, by.at))
    if not ended:
        raise Refused(_("This is already closed."))
    record(
        by=by, kind="write", action="disclosure_ended",
        case=disclosure.case_id, object=disclosure.version_id, disclosure=disclosure.pk,
    )  # fmt: skip


def _check(written: Written, by: Actor) -> None:
    if written.happened_on > by.today:
        raise Refused(_("The day can't be in the future."))


def _new_version(entry: Entry, no: int, written: Written, by: Actor) -> Version:
    return Version.objects.create(
        entry=entry,
        case_id=entry.case_id,
        owner_unit_id=entry.owner_unit_id,
        no=no,
        kind=written.kind,
        category=written.category,
        body=written.body,
        data=written.data,
        author_id=by.account_id,
        author_name=by.name,
        author_title=by.title,
        unit_name=by.unit_name,
        happened_on=written.happened_on,
        written_at=by.at,
    )


def _disclose(version: Version, case: Case, audience: Audience, by: Actor) -> None:
    """Write one disclosure for each recipient that doesn't have this version."""
    made = _to_units(version, audience, by) + _to_family(version, case, audience, by)
    if not made:
        return
    Disclosure.objects.bulk_create(made)
    for disclosure in made:
        record(
            by=by, kind="write", action="version_shown",
            child=case.child_id, case=case.pk, object=version.pk,
            basis=disclosure.basis, disclosure=disclosure.pk,
        )  # fmt: skip


def _to_units(version: Version, audience: Audience, by: Actor) -> list[Disclosure]:
    wanted = audience.units - {by.unit_id}
    if not wanted:
        return []
    team = {member.unit_id: member for member in team_of(version.case_id, by)}
    have = set(_in_force(version, by).values_list("to_unit", flat=True))
    made = []
    for unit_id in wanted - have:
        member = team.get(unit_id)
        decision = decide_share(
            ShareFacts(
                owner_kind=by.unit_kind or UnitKind.SCHOOL,
                recipient_kind=member.kind if member else UnitKind.SCHOOL,
                version_category=version.category,
                consented_categories=member.categories if member else frozenset(),
                consent_until=member.until if member else None,
            )
        )
        if not decision or member is None:
            raise Refused(decision.reason)
        made.append(_disclosure(version, by, decision.until, to_unit_id=unit_id,
                                basis=Disclosure.Basis.CONSENT, consent_id=member.consent_id))  # fmt: skip
    return made


def _to_family(
    version: Version, case: Case, audience: Audience, by: Actor
) -> list[Disclosure]:
    if not audience.guardians and not audience.to_child:
        return []
    childs_own = version.kind == Entry.Kind.CHILD_WORDS or (
        version.kind == Entry.Kind.WHEEL and version.data.get("perspective") == "child"
    )
    custody = {row.guardian_id: row for row in guardians_of(case, by)}
    have = set(_in_force(version, by).values_list("to_guardian", flat=True))
    made = []
    for guardian_id in audience.guardians - have:
        row = custody.get(guardian_id)
        if row is None:
            raise Refused(_("That person is not the child's guardian now."))
        decision = decide_family_share(
            FamilyShareFacts(childs_own, audience.child_asked, row.until)
        )
        if not decision:
            raise Refused(decision.reason)
        made.append(_disclosure(version, by, decision.until, to_guardian_id=guardian_id,
                                basis=Disclosure.Basis.PARTY, child_asked=audience.child_asked))  # fmt: skip
    if audience.to_child:
        made.append(_disclosure(version, by, None, to_child_id=case.child_id,
                                basis=Disclosure.Basis.PARTY, child_asked=True))  # fmt: skip
    return made


def _in_force(version: Version, by: Actor) -> Any:
    return Disclosure.objects.filter(version=version, valid__contains=by.at)


def _disclosure(
    version: Version, by: Actor, until: datetime | None, **recipient: Any
) -> Disclosure:
    return Disclosure(
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        decided_by_id=by.account_id,
        decided_at=by.at,
        valid=(by.at, until),
        **recipient,
    )


def _ended(lower: datetime, at: datetime) -> Any:
    """A period that ends now; empty if it had not begun before now."""
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    return DateTimeTZRange(lower, at) if lower < at else DateTimeTZRange(empty=True)
