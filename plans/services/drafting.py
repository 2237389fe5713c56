"""Write a plan together. A draft is its unit's own until it is proposed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Version
from cases.queries.head import keeper_of
from cases.queries.team import Person, TeamUnit, team_of
from cases.rules import ProcessState
from cases.services.decisions import move_process
from cases.services.drafts import discard_draft
from kit.arrays import in_array
from kit.errors import Conflict, Refused
from plans.models import Goal, Insats, Plan, PlanVersion, Release, UnitReply
from plans.services.citing import cite, copy_citations
from plans.services.releasing import end_releases


@dataclass(frozen=True)
class GoalText:
    """A goal as typed. ``lineage`` keeps its identity from version to version; ``cites`` are
    the versions of entries that it builds on."""

    lineage: uuid.UUID
    text: str
    sign: str = ""
    wheel_area: str = ""
    cites: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class RowText:
    """An insats as typed; without a unit it is a step of the family's own."""

    lineage: uuid.UUID
    what: str
    goal: uuid.UUID | None = None
    unit_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class PlanText:
    """The whole plan as typed, saved in one go."""

    goals: tuple[GoalText, ...] = ()
    rows: tuple[RowText, ...] = ()
    next_follow_up_on: date | None = None
    child_words_id: uuid.UUID | None = None
    wheel_id: uuid.UUID | None = None


@dataclass
class _Contacts:
    """Who in the team can stand as contact, by unit."""

    units: dict[uuid.UUID, TeamUnit] = field(default_factory=dict)

    def of(self, row: RowText) -> tuple[TeamUnit, Person]:
        """The row's unit and its named contact, or a refusal that says what to do."""
        unit = self.units.get(row.unit_id) if row.unit_id else None
        if unit is None:
            raise Refused(
                _("A unit in “%(what)s” does not take part. Ask the family first.") % {"what": row.what},
                field=f"{row.lineage}-who",
            )
        for person in unit.people:
            if person.account_id == row.contact_id:
                return unit, person
        raise Refused(
            _("Write who is responsible for “%(what)s”.") % {"what": row.what}, field=f"{row.lineage}-who"
        )


@transaction.atomic
def start_plan(*, case: Case, kind: str, by: Actor) -> PlanVersion:
    """Begin a plan, or the next version of the one there is, as a copy of it.

    Beside an agreed version a draft changes nothing for anybody: that version holds and
    is followed up until the draft is agreed. A follow-up that is over is not copied.
    """
    standing(case.pk, by).require(Permission.EDIT_PLAN)
    account, unit = by.writes_as
    plan = Plan.objects.filter(case=case, owner_unit=by.unit_id).exclude(
        state=Plan.State.CLOSED
    ).first()  # fmt: skip
    if plan is None:
        plan = Plan.objects.create(
            case=case, owner_unit_id=unit, kind=kind,
            created_by_id=account, created_at=by.at,
        )  # fmt: skip
    versions = PlanVersion.objects.filter(plan=plan).order_by("-no")
    draft = versions.filter(agreed_at__isnull=True, discarded_at__isnull=True).first()
    if draft is not None:
        return draft
    newest = versions.filter(agreed_at__isnull=False).first() or _taken_over(case, by)
    last = versions.first() or newest
    version = PlanVersion.objects.create(
        plan=plan,
        case=case,
        owner_unit_id=unit,
        no=last.no + 1 if last else 1,
        edited_by_name=by.name,
        edited_at=by.at,
        child_words_id=_still_readable(newest.child_words_id, by) if newest else None,
        wheel_id=_still_readable(newest.wheel_id, by) if newest else None,
        next_follow_up_on=_still_to_come(newest.next_follow_up_on, by) if newest else None,
    )
    if newest is not None:
        _copy_rows(newest, version)
        _inherit(newest, version)
    else:
        move_process(case=case, to=ProcessState.PLANNING, by=by)
    record(by=by, kind="write", action="plan_started", case=case.pk,
           child=case.child_id, object=version.pk)  # fmt: skip
    return version


@transaction.atomic
def discard_plan(*, version: PlanVersion, by: Actor) -> None:
    """Put a draft aside that was never agreed. What nobody else has been shown goes; what
    units have been shown stays, closed, with who was shown it (TF 2:10)."""
    standing(version.case_id, by).require(Permission.EDIT_PLAN)
    shown = Release.objects.filter(version=version)
    end_releases(shown, by)
    changes: dict[str, object] = {"discarded_at": by.at, "edited_by_name": by.name, "edited_at": by.at}
    if not shown.exists():
        Insats.objects.filter(version=version, version__agreed_at__isnull=True).delete()
        Goal.objects.filter(version=version, version__agreed_at__isnull=True).delete()
        changes |= {"child_words": None, "wheel": None, "next_follow_up_on": None}
    if not PlanVersion.objects.filter(
        pk=version.pk, agreed_at__isnull=True, discarded_at__isnull=True
    ).update(**changes):
        raise Refused(_("The plan is already agreed."))
    discard_draft(case_id=version.case_id, target="plan", by=by)
    record(by=by, kind="write", action="plan_discarded", case=version.case_id,
           child=version.case.child_id, object=version.pk)  # fmt: skip


@transaction.atomic
def save_plan(*, version: PlanVersion, text: PlanText, edit_no: int, by: Actor) -> None:
    """Replace the draft's text by what was typed.

    ``edit_no`` is the number the writer started from. If somebody else saved
    meanwhile nothing is overwritten. A change takes a proposal back: what the
    others agree to is what they were shown.
    """
    standing(version.case_id, by).require(Permission.EDIT_PLAN)
    _check(text, by)
    changed = PlanVersion.objects.filter(
        pk=version.pk, edit_no=edit_no, agreed_at__isnull=True, discarded_at__isnull=True
    ).update(
        edit_no=edit_no + 1,
        edited_by_name=by.name,
        edited_at=by.at,
        next_follow_up_on=text.next_follow_up_on,
        child_words_id=_readable(text.child_words_id, by),
        wheel_id=_readable(text.wheel_id, by),
        proposed_at=None,
    )
    if not changed:
        now = PlanVersion.objects.get(pk=version.pk)
        raise Conflict(now.edited_by_name)
    if version.proposed_at:
        end_releases(Release.objects.filter(version=version), by)
        UnitReply.objects.filter(version=version).delete()
    _write_rows(version, text, by)
    discard_draft(case_id=version.case_id, target="plan", by=by)
    record(
        by=by,
        kind="write",
        action="plan_saved",
        case=version.case_id,
        child=version.case.child_id,
        object=version.pk,
    )


def _still_to_come(day: date | None, by: Actor) -> date | None:
    return day if day and day >= by.today else None


def _check(text: PlanText, by: Actor) -> None:
    for row in text.rows:
        if row.starts_on and row.due_on and row.due_on < row.starts_on:
            raise Refused(
                _("“%(what)s” ends before it starts.") % {"what": row.what}, field=f"{row.lineage}-due_on"
            )
    if text.next_follow_up_on and text.next_follow_up_on < by.today:
        raise Refused(_("The next follow-up must be a day to come."), field="next_follow_up_on")


def _readable(version_id: uuid.UUID | None, by: Actor) -> uuid.UUID | None:
    """The version, if the actor may read it; a plan can't cite what she can't see."""
    if version_id is None:
        return None
    if not Version.objects.visible_to(by).filter(pk=version_id).exists():
        raise Refused(_("Choose something that you can read yourself."))
    return version_id


def _still_readable(version_id: uuid.UUID | None, by: Actor) -> uuid.UUID | None:
    """The version, or nothing if it has been closed to the actor since it was cited."""
    if version_id is None or not Version.objects.visible_to(by).filter(pk=version_id).exists():
        return None
    return version_id


def _write_rows(version: PlanVersion, text: PlanText, by: Actor) -> None:
    Insats.objects.filter(version=version).delete()
    goals = _write_goals(version, text)
    cite(version, {goals[goal.lineage]: goal.cites for goal in text.goals}, by)
    contacts = _Contacts({unit.unit_id: unit for unit in team_of(version.case_id, by)})
    Insats.objects.bulk_create(
        _row(version, goals, contacts, row, position) for position, row in enumerate(text.rows)
    )


def _write_goals(version: PlanVersion, text: PlanText) -> dict[uuid.UUID, Goal]:
    """The goals by lineage. One that was there is kept, and with it what it builds on."""
    before = {goal.lineage: goal for goal in Goal.objects.filter(version=version)}
    Goal.objects.filter(version=version).exclude(lineage__in=[goal.lineage for goal in text.goals]).delete()
    goals: dict[uuid.UUID, Goal] = {}
    for position, typed in enumerate(text.goals):
        goal = before.get(typed.lineage) or Goal(
            version=version,
            case_id=version.case_id,
            owner_unit_id=version.owner_unit_id,
            lineage=typed.lineage,
        )
        goal.position, goal.text, goal.sign, goal.wheel_area = (
            position,
            typed.text,
            typed.sign,
            typed.wheel_area,
        )
        goals[typed.lineage] = goal
    Goal.objects.bulk_create([goal for goal in goals.values() if goal._state.adding])
    Goal.objects.bulk_update(
        [goal for lineage, goal in goals.items() if lineage in before],
        ["position", "text", "sign", "wheel_area"],
    )
    return goals


def _row(
    version: PlanVersion,
    goals: dict[uuid.UUID, Goal],
    contacts: _Contacts,
    row: RowText,
    position: int,
) -> Insats:
    insats = Insats(
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        goal=goals.get(row.goal) if row.goal else None,
        lineage=row.lineage,
        position=position,
        what=row.what,
        starts_on=row.starts_on,
        due_on=row.due_on,
    )
    if row.unit_id:
        unit, person = contacts.of(row)
        insats.unit_id, insats.unit_name = unit.unit_id, unit.name
        insats.contact_id, insats.contact_name = person.account_id, person.name
        insats.contact_title, insats.contact_phone = person.title, person.phone or unit.phone
    return insats


def _taken_over(case: Case, by: Actor) -> PlanVersion | None:
    """Another unit's agreed version, shown whole to the actor's, which holds the work together now:
    the first of its own goes on from it, with the number after it."""
    if keeper_of(case.pk) != by.unit_id:
        return None
    return (
        PlanVersion.objects.visible_to(by)
        .filter(in_array("pk", "access.my_plan_versions"))
        .filter(case=case, agreed_at__isnull=False, discarded_at__isnull=True)
        .exclude(owner_unit=by.unit_id)
        .order_by("-agreed_at")
        .first()
    )


def _inherit(old: PlanVersion, new: PlanVersion) -> None:
    """What another unit's goals build on, which she does not read, the new ones go on building on."""
    if old.owner_unit_id == new.owner_unit_id:
        return
    with connection.cursor() as cursor:
        cursor.execute("select access.plan_inherits(%s, %s)", [old.pk, new.pk])


def _copy_rows(old: PlanVersion, new: PlanVersion) -> None:
    """Copy goals and insatser, keeping their lineage."""
    goals: dict[uuid.UUID, Goal] = {}
    for goal in Goal.objects.filter(version=old):
        was = goal.pk
        goal.pk, goal.version, goal.owner_unit_id = uuid.uuid4(), new, new.owner_unit_id
        goals[was] = goal
    Goal.objects.bulk_create(goals.values())
    copy_citations(old, new, goals)
    rows = []
    for row in Insats.objects.filter(version=old):
        row.pk, row.version, row.owner_unit_id = uuid.uuid4(), new, new.owner_unit_id
        row.goal = goals[row.goal_id] if row.goal_id else None
        rows.append(row)
    Insats.objects.bulk_create(rows)
