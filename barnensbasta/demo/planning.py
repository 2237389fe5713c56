"""Barnets plan in a story: agreed versions, how it goes, follow-ups."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from access.policy import YOUTH_READS_FROM, age_on
from access.units import UnitKind
from agencies.models import Unit
from barnensbasta.demo.agreement import ConsentStory
from barnensbasta.demo.families import Family
from barnensbasta.demo.moments import Moments, period
from barnensbasta.demo.rows import Rows
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.story import ImpossibleStep
from cases.models import Version
from cases.rules import CloseReason, ProcessState
from consent.models import Category
from kit.dates import as_day
from notices.models import Outbox
from people.models import Child, Guardian
from plans.models import (
    FamilyReply,
    FollowUp,
    Goal,
    GoalResult,
    Insats,
    InsatsResult,
    Plan,
    PlanVersion,
    Release,
    Status,
    UnitReply,
)


@dataclass(frozen=True)
class Aim:
    """A goal; ``key`` keeps its identity from version to version."""

    key: str
    text: str
    sign: str = ""
    area: str = ""


@dataclass(frozen=True)
class Step:
    """What a unit's worker does, or, without one, the family itself."""

    key: str
    what: str
    by: Worker | None = None
    aim: str = ""
    first: int | None = None
    last: int | None = None


class PlanStory(ConsentStory):
    """A case that comes to a plan."""

    plan_row: Plan | None = None
    version: PlanVersion | None = None

    def __init__(
        self, rows: Rows, moments: Moments, family: Family, ago: int, *, traced: bool = False
    ) -> None:
        super().__init__(rows, moments, family, ago, traced=traced)
        self.goals: list[Goal] = []
        self.steps: list[Insats] = []
        self.said: dict[uuid.UUID, tuple[str, str]] = {}

    def plan(
        self, by: Worker, day: int, aims: Sequence[Aim], steps: Sequence[Step], follow_up: int, *,
        words: Version | None = None, wheel: Version | None = None, kind: str = Plan.Kind.CHILDS_PLAN,
        clock: str = "11.00",
    ) -> PlanVersion:  # fmt: skip
        """Propose a version, let the other units agree, and agree on it."""
        proposed = self.at(day, clock)
        if self.plan_row is None:
            made = Plan(
                case=self.case, owner_unit=by.unit, kind=kind, created_by=by.account, created_at=proposed
            )
            self.plan_row = self.rows.add(made)
            self.move(ProcessState.PLANNING, proposed)
        version = self.rows.add(
            PlanVersion(
                plan=self.plan_row,
                case=self.case,
                owner_unit=by.unit,
                no=self.version.no + 1 if self.version else 1,
                edit_no=3,
                edited_by_name=by.name,
                edited_at=proposed,
                child_words=words,
                wheel=wheel,
                next_follow_up_on=self.on(follow_up),
                proposed_at=proposed,
            )
        )
        self._add_rows(version, aims, steps)
        self._release_to_units(version, steps, proposed)
        self._units_agree(version, by, steps)
        self._agree(version, by)
        self.version = version
        return version

    def _agree(self, version: PlanVersion, by: Worker) -> None:
        at = version.agreed_at = self.at(1, "11.45")
        version.agreed_by = by.account
        for release in self.releases:
            if release.version is not version and at in release.valid:
                release.valid = period(release.valid.lower, at)
        assert self.plan_row  # noqa: S101
        self.plan_row.state = Plan.State.AGREED
        self._release_to_family(version, at)
        if self.process.state == ProcessState.PLANNING:
            self.move(ProcessState.IMPLEMENTING, at)
        self.process.next_on = version.next_follow_up_on
        self.trace(by, at, "write", "plan_agreed", version.pk)

    def _add_rows(self, version: PlanVersion, aims: Sequence[Aim], steps: Sequence[Step]) -> None:
        goals = {}
        for position, aim in enumerate(aims, 1):
            goals[aim.key] = self.rows.add(
                Goal(
                    version=version,
                    case=self.case,
                    owner_unit=version.owner_unit,
                    lineage=self.lineage(aim.key),
                    position=position,
                    text=aim.text,
                    sign=aim.sign,
                    wheel_area=aim.area,
                )
            )
        self.goals += goals.values()
        self.steps += [
            self.rows.add(
                Insats(
                    version=version,
                    case=self.case,
                    owner_unit=version.owner_unit,
                    goal=goals.get(step.aim),
                    lineage=self.lineage(step.key),
                    position=position,
                    what=step.what,
                    starts_on=None if step.first is None else self.on(step.first),
                    due_on=None if step.last is None else self.on(step.last),
                    **_contact(step.by),
                )
            )
            for position, step in enumerate(steps, 1)
        ]

    def lineage(self, key: str) -> uuid.UUID:
        """What keeps a goal's or a step's identity from version to version."""
        return uuid.uuid5(self.case.pk, key)

    # --- Releases and answers ----------------------------------------------------------

    def _release_to_units(self, version: PlanVersion, steps: Sequence[Step], at: datetime) -> None:
        """Each other unit with a consent in force; police and leisure their own rows."""
        with_rows = [step.by.unit for step in steps if step.by]
        for unit in {scope.unit.pk: scope.unit for scope in self.scopes}.values():
            if unit is version.owner_unit or self.scope_in_force(unit, at) is None:
                continue
            if UnitKind(unit.kind).practical_rows_only and unit not in with_rows:
                continue
            self.release_to_unit(version, unit, at)
        if missing := [
            u.name for u in with_rows if u is not version.owner_unit and not self.scope_in_force(u, at)
        ]:
            raise ImpossibleStep(f"no consent for {missing}")

    def release_to_unit(self, version: PlanVersion, unit: Unit, at: datetime) -> None:
        """The version is shown to a unit on consent (B1)."""
        own = UnitKind(unit.kind).practical_rows_only
        needed = Category.PRACTICAL if own else Category.PLAN
        scope = self.scope_in_force(unit, at, needed)
        if scope is None or needed not in scope.categories:
            raise ImpossibleStep(f"no consent for the plan to {unit.name}")
        self._release(
            version, at, scope.valid.upper, to_unit=unit, basis="B1", consent=scope.consent,
            rows=Release.Rows.OWN if own else Release.Rows.ALL,
        )  # fmt: skip

    def _release_to_family(self, version: PlanVersion, at: datetime) -> None:
        for custody in self.family.custody:
            self._release(version, at, custody.valid.upper, to_guardian=custody.guardian, basis="B14")
        if age_on(self.child.born_on, as_day(at)) >= YOUTH_READS_FROM:
            self._release(version, at, None, to_child=self.child, basis="B14")

    def _release(self, version: PlanVersion, at: datetime, until: datetime | None, **to: object) -> None:
        made = Release(
            version=version,
            case=self.case,
            owner_unit=version.owner_unit,
            released_at=at,
            valid=period(at, until),
            **to,
        )
        self.releases.append(self.rows.add(made))

    def _units_agree(self, version: PlanVersion, by: Worker, steps: Sequence[Step]) -> None:
        units = {step.by.unit.pk: step.by for step in steps if step.by and step.by.unit is not by.unit}
        for worker in units.values():
            at = self.at(1)
            self.rows.add(
                UnitReply(
                    version=version,
                    case=self.case,
                    owner_unit=version.owner_unit,
                    unit=worker.unit,
                    agrees=True,
                    replied_by=worker.account,
                    replied_by_name=worker.name,
                    replied_at=at,
                )
            )
            self.trace(worker, at, "write", "plan_unit_replied", version.pk)

    def family_reply(self, person: Guardian | Child, day: int, value: str, comment: str = "") -> None:
        """A guardian's or youth's answer beside the plan. What asks for something was talked about
        the day after."""
        assert self.version  # noqa: S101
        at = self.at(day, "20.15", any_day=True)
        if value != FamilyReply.Value.YES:
            self.version.plan.reviewed_at = at + timedelta(days=1)
        self.rows.add(
            FamilyReply(
                version=self.version,
                case=self.case,
                owner_unit=self.version.owner_unit,
                guardian=None if isinstance(person, Child) else person,
                child=person if isinstance(person, Child) else None,
                value=value,
                comment=comment,
                replied_at=at,
            )
        )
        self._trace_family(person, None, at, "plan_family_replied", self.version.pk)

    # --- Carrying it out ------------------------------------------------------------------

    def status(
        self, key: str, by: Worker, day: int, value: str, comment: str = "", clock: str = "15.20"
    ) -> None:
        """A unit says how its own row goes."""
        self.said[self.lineage(key)] = (value, comment)
        at = self.at(day, clock)
        self.rows.add(
            Status(
                case=self.case,
                lineage=self.lineage(key),
                unit=by.unit,
                value=value,
                comment=comment,
                set_by=by.account,
                set_by_name=by.name,
                set_at=at,
            )
        )
        self.trace(by, at, "write", "status_set", self.lineage(key))

    def follow_up(
        self, by: Worker, day: int, outcome: str, goals: dict[str, str], note: str, *,
        next_day: int | None = None, reason: str = CloseReason.GOALS_REACHED, clock: str = "13.30",
    ) -> None:  # fmt: skip
        """Hold the follow-up that is due, and continue, change or close."""
        assert self.version  # noqa: S101
        assert self.plan_row  # noqa: S101
        at = self.at(day, clock)
        follow_up = self.rows.add(
            FollowUp(
                version=self.version,
                case=self.case,
                owner_unit=by.unit,
                due_on=self.process.next_on or as_day(at),
                held_on=as_day(at),
                note=note,
                outcome=outcome,
                held_by=by.account,
                held_at=at,
            )
        )
        self._results(follow_up, {self.lineage(key): value for key, value in goals.items()})
        self.trace(by, at, "write", "follow_up_held", self.version.pk)
        if outcome == FollowUp.Outcome.CLOSE:
            self.plan_row.state = Plan.State.CLOSED
            self.close(by, day, CloseReason(reason))
            return
        self.plan_row.state = Plan.State.FOLLOWED_UP
        self.process.next_on = self._coming(next_day)

    def _results(self, follow_up: FollowUp, goals: dict[uuid.UUID, str]) -> None:
        """How far the goals had come, and what the units had last said of their insatser."""
        of = {
            "follow_up": follow_up, "version": follow_up.version, "case": self.case,
            "owner_unit": follow_up.version.owner_unit, "held_on": follow_up.held_on,
            "written_at": follow_up.held_at,
        }  # fmt: skip
        for goal in self.goals:
            if goal.version is follow_up.version and goal.lineage in goals:
                self.rows.add(GoalResult(**of, goal=goal, value=goals[goal.lineage]))
        for step in self.steps:
            if step.version is follow_up.version and step.unit:
                said, why = self.said.get(step.lineage, (Status.Value.ONGOING, ""))
                value = said if said in InsatsResult.Value.values else InsatsResult.Value.ONGOING
                reason = why if value == InsatsResult.Value.NOT_DONE else ""
                self.rows.add(InsatsResult(**of, insats=step, value=value, reason=reason))

    def _coming(self, day: int | None) -> date | None:
        return None if day is None else self.on(day)

    def order_documents(self) -> None:
        """The PDF of each version in force, for those of the family who can sign in."""
        now = self.moments.now
        for release in self.releases:
            account = (release.to_guardian or release.to_child or self.child).account
            if release.to_unit or account is None or now not in release.valid:
                continue
            self.rows.add(
                Outbox(
                    recipient=account,
                    kind=Outbox.Kind.PLAN_DOCUMENT,
                    key=f"{release.pk}:{release.released_at.isoformat()}",
                    subject=release.pk,
                    created_at=now,
                    due_at=now,
                )
            )


def _contact(worker: Worker | None) -> dict[str, object]:
    """The named contact as she was when the row was written."""
    if worker is None:
        return {}
    return {
        "unit": worker.unit,
        "contact": worker.account,
        "contact_name": worker.name,
        "contact_title": worker.title,
        "contact_phone": worker.phone,
        "unit_name": worker.unit.name,
    }
