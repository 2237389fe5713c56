"""A town whose figures can be computed by hand: so many children, so many days apart."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import floor

from access.policy import midnight
from cases.models import Case, Process, Signal
from consent.models import Consent, Scope
from people.models import Child
from plans.models import FamilyReply, FollowUp, Insats, Plan, PlanVersion
from steering.rules import period
from tests.database import as_loader
from tests.worlds import World


@dataclass
class Town:
    """Adds children with what has happened around them. Days are counted from
    the first day of the period; ``last`` is its last day, ``end`` the day after."""

    world: World
    code: str = "0761"
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def since(self) -> date:
        """The period's first day."""
        return period(self.world.today)[0]

    @property
    def end(self) -> int:
        """The number of the day after the period's last."""
        return (period(self.world.today)[1] - self.since).days

    def at(self, day: float) -> datetime:
        """So many days after the period began."""
        return midnight(self.since + timedelta(days=floor(day))) + timedelta(days=day % 1)

    def day(self, day: int) -> date:
        return self.since + timedelta(days=day)

    def child(self, code: str = "") -> Child:
        """A child registered in the town."""
        with as_loader():
            return Child.objects.create(
                reserve_number=f"T{next(self._numbers):011d}",
                given_name="Barn",
                born_on=date(2020, 1, 1),
                municipality_code=code or self.code,
            )

    def signal(self, day: float, case: Case | None = None, *, number: str = "", code: str = "") -> Signal:
        """A signal sent on that day; of a child of its own, unless a case or number says whose."""
        with as_loader():
            return Signal.objects.create(
                from_unit=self.world.unit("preschool"),
                sent_by=self.world.accounts["forskola"],
                sent_at=self.at(day),
                municipality_id=code or self.code,
                typed_name=f"Barn {next(self._numbers)}" if not number else "Barn",
                typed_number=number,
                born_on=date(2020, 1, 1),
                case=case,
            )

    def case(
        self, day: float, *, closed: float | None = None, reason: str = "", child: Child | None = None
    ) -> Case:
        """A case opened on that day."""
        child = child or self.child()
        with as_loader():
            case = Case.objects.create(child=child, opened_at=self.at(day))
            Process.objects.create(
                case=case,
                child=child,
                state="closed" if closed else "implementing",
                responsible_unit=self.world.unit("bvc"),
                state_since=self.at(day),
                closed_at=None if closed is None else self.at(closed),
                close_reason=reason,
            )
        return case

    def plan(
        self,
        case: Case,
        agreed: float | None,
        *,
        follow_up: int | None = None,
        plan: Plan | None = None,
        no: int = 1,
        rows_of: str = "logoped",
    ) -> PlanVersion:
        """A version of the case's plan with a row of another unit's, agreed on that day."""
        owner = self.world.unit("bvc")
        account = self.world.accounts["bvc"]
        with as_loader():
            plan = plan or Plan.objects.create(
                case=case, owner_unit=owner, state="agreed", created_by=account, created_at=case.opened_at
            )
            version = PlanVersion.objects.create(
                plan=plan,
                case=case,
                owner_unit=owner,
                no=no,
                edited_at=case.opened_at,
                next_follow_up_on=None if follow_up is None else self.day(follow_up),
            )
            Insats.objects.create(
                version=version, case=case, owner_unit=owner, position=1, what="Språklek",
                unit=self.world.unit(rows_of),
            )  # fmt: skip
            if agreed is not None:
                version.agreed_at = self.at(agreed)
                version.save(update_fields=["agreed_at"])
        return version

    def consent(
        self, case: Case, start: float, end: float, units: tuple[str, ...] = ("bvc", "logoped")
    ) -> Consent:
        """A consent that was in force between those days."""
        valid = (self.at(start), self.at(end))
        with as_loader():
            consent = Consent.objects.create(
                child=case.child,
                from_unit=self.world.unit("bvc"),
                purpose="Stöd",
                valid=valid,
                state="given",
                asked_by=self.world.accounts["bvc"],
                asked_at=self.at(start),
            )
            for unit in units:
                Scope.objects.create(
                    consent=consent,
                    unit=self.world.unit(unit),
                    categories=["plan"],
                    state="given",
                    ends_at=valid[1],
                    valid=valid,
                )
        return consent

    def reply(self, version: PlanVersion, day: float, value: str, guardian: str = "mamma") -> None:
        """A guardian's answer to the version."""
        with as_loader():
            FamilyReply.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                guardian=self.world.guardians[guardian],
                value=value,
                replied_at=self.at(day),
            )

    def follow_up(self, version: PlanVersion, due: int, held: int, *, recorded: float | None = None) -> None:
        """A follow-up due on one day and held on another."""
        with as_loader():
            FollowUp.objects.create(
                id=uuid.uuid4(),
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                due_on=self.day(due),
                held_on=self.day(held),
                outcome="continue",
                held_by=self.world.accounts["bvc"],
                held_at=self.at(held if recorded is None else recorded),
            )

    def followed_up(self, in_time: int, late: int, *, due: int = 100) -> None:
        """So many children whose follow-up was held in time, and a day late."""
        for number in range(in_time + late):
            version = self.plan(self.case(-400), -380, follow_up=due)
            self.follow_up(version, due, due + (number >= in_time))
