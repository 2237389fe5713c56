"""Show a plan version to those who may see it, and end that again."""

from __future__ import annotations

import uuid

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import AdultRight
from access.policy import decide_child_share
from cases.models import Case
from cases.queries.team import covering, team_of, those_with
from consent.models import Category
from kit.errors import Refused
from plans.models import Insats, PlanVersion, Release


def release_to_units(*, version: PlanVersion, by: Actor) -> list[uuid.UUID]:
    """Show the version to each other unit of the team on consent (B1).

    Police and leisure see their own rows only, and only where they have any.
    """
    with_rows = set(Insats.objects.filter(version=version, unit__isnull=False).values_list("unit", flat=True))
    team = team_of(version.case_id, by)
    whole, practical = covering(team, Category.PLAN), covering(team, Category.PRACTICAL)
    readers = {
        **{unit_id: unit for unit_id, unit in whole.items() if not unit.kind.practical_rows_only},
        **{unit_id: unit for unit_id, unit in practical.items() if unit.kind.practical_rows_only},
    }
    _check_all_take_part(version, with_rows - set(readers) - {by.unit_id})
    releases = [
        Release(
            version=version,
            case_id=version.case_id,
            owner_unit_id=version.owner_unit_id,
            to_unit_id=unit.unit_id,
            rows=Release.Rows.OWN if unit.kind.practical_rows_only else Release.Rows.ALL,
            basis="B1",
            consent_id=unit.consent_id,
            released_at=by.at,
            valid=(by.at, unit.until),
        )
        for unit in readers.values()
        if unit.unit_id != by.unit_id and (unit.unit_id in with_rows or not unit.kind.practical_rows_only)
    ]
    Release.objects.bulk_create(releases)
    return [release.to_unit_id for release in releases if release.to_unit_id]


def _check_all_take_part(version: PlanVersion, missing: set[uuid.UUID]) -> None:
    """A row is never left to a unit that may not be shown it."""
    row = Insats.objects.filter(version=version, unit__in=missing).first() if missing else None
    if row is not None:
        raise Refused(
            _("A unit in “%(what)s” does not take part. Ask the family first.") % {"what": row.what}
        )


def release_to_family(*, version: PlanVersion, case: Case, by: Actor) -> list[Release]:
    """Show an agreed version to each guardian, to others who may read the plan, and to the
    youth from 16, where all who decide for her are shown it too (B14, I21)."""
    releases = [
        _family_release(version, by, to_guardian_id=custody.guardian_id, until=custody.until)
        for custody in those_with(AdultRight.PLAN, case, by)
    ]
    to_child = decide_child_share(
        case.child.born_on,
        by.at,
        shown_to=frozenset(release.to_guardian_id for release in releases),
        guardians=frozenset(custody.guardian_id for custody in those_with(AdultRight.ANSWERS, case, by)),
        hidden=False,
    )
    if to_child:
        releases.append(_family_release(version, by, to_child_id=case.child_id, until=None))
    Release.objects.bulk_create(releases)
    return releases


def end_releases(releases: QuerySet[Release], by: Actor) -> None:
    """End releases now."""
    for release in releases.filter(valid__contains=by.at):
        lower = release.valid.lower
        Release.objects.filter(pk=release.pk).update(
            valid=DateTimeTZRange(lower, by.at) if lower < by.at else DateTimeTZRange(empty=True)
        )


def _family_release(version: PlanVersion, by: Actor, *, until: object, **to: object) -> Release:
    return Release(
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        basis="B14",
        released_at=by.at,
        valid=(by.at, until),
        **to,
    )
