"""What BVC Lessebo opened in the two months before this one, for its log reviewer to go through:
mostly ordinary work, and one thing that each rule finds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from access.policy import STOCKHOLM
from barnensbasta.demo.families import years_ago
from barnensbasta.demo.moments import period
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.rows import Trace
from barnensbasta.demo.shaping import Shape, Told
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.themes import THEMES
from cases.models import Assignment, Case, GrantPeriod, Participation, Process
from kit.working_days import is_working_day
from people.numbers import LegalSex
from reviews.rules import MANY_CHILDREN, month_before, month_of

UNIT = "BVC Lessebo"
EACH_DAY = 2
PAGES = ("opened_case", "opened_case", "opened_events", "opened_plan", "opened_people", "opened_wheels")


def tell_log(stage: Stage) -> None:
    """The traces alone; ``load_demo`` makes the reviews of them, as beat does."""
    with stage.rows.area("log"):
        Log(stage).tell()


class Log:
    """What was opened in the unit, as events of the audit."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.rows = stage, stage.rows
        self.unit = stage.places.unit(UNIT)
        self.colleagues = [stage.staff.colleague(self.unit, n) for n in (0, 1)]
        self.workers = {w.account.pk: w for w in (*self.colleagues, stage.staff.persona("bvc"))}

    def tell(self) -> None:
        """Two months of work, and in the latest what the rules look for."""
        namesake = self._family_of_the_same_name()
        last = month_before(self.stage.moments.today)
        before = month_before(last)
        self._work(before, last, namesake)
        self._work(last, month_of(self.stage.moments.today), namesake)
        days = [day for day in _days(last, month_of(self.stage.moments.today)) if is_working_day(day)]
        colleague = self.colleagues[0]
        self._open(colleague, namesake, _at(days[2], 9, 20))
        self._open(colleague, self._case_of(colleague, days[4]), _at(days[4], 22, 41))
        closed = self._case_of(self.colleagues[1], days[6], closed=True)
        self._open(self.colleagues[1], closed, _at(days[6], 13, 5))
        self._lead_lets_herself_in(namesake, _at(days[8], 10, 2))
        self._lead_opens_many(days[10])

    def _work(self, first: date, end: date, but_for: Case) -> None:
        """A few accesses each working day, by those who work on the cases, while they are open."""
        for day in _days(first, end):
            if not is_working_day(day):
                continue
            works = [a for a in self._assigned(day) if a.content_object is not but_for]
            open_now = [a for a in works if not self._was_closed(a.content_object, day)]
            for number in range(min(EACH_DAY, len(open_now))):
                assigned = self.rows.chance.choice(open_now)
                worker, hour = self.workers[assigned.user.pk], 8 + 3 * number + self.rows.chance.randint(0, 2)
                for page in range(self.rows.chance.randint(1, 3)):
                    at = _at(day, hour, 5 + 4 * page)
                    self._open(worker, assigned.content_object, at, self.rows.chance.choice(PAGES))

    def _family_of_the_same_name(self) -> Case:
        """A case of a colleague's in which the child happens to be called as she is."""
        stage, colleague = self.stage, self.colleagues[0]
        surname = colleague.name.split()[-1]
        born = years_ago(stage.moments.today, 3, 100)
        child = stage.families.child("Edith", surname, born, LegalSex.FEMALE, LESSEBO)
        guardians = (stage.families.guardian("Malin", surname), stage.families.guardian("Jonas", surname))
        family = stage.families.custody(child, guardians)
        preschool = stage.staff.colleague(stage.places.unit("Förskolan Vitsippan"))
        centre = stage.staff.colleague(stage.places.unit("Familjecentralen Lessebo"))
        told = Told(THEMES[4], 110, preschool, self.unit, responsible=colleague, until="planned",
                    partners=(centre, preschool), first_follow_up=130)  # fmt: skip
        return Shape(stage, family, told).tell().case

    def _lead_lets_herself_in(self, case: Case, at: datetime) -> None:
        """With a purpose, for a day; the period is kept when it is over."""
        lead = self.stage.staff.lead(self.unit)
        self.rows.add(
            GrantPeriod(
                what=GrantPeriod.What.ASSIGNMENT, case=case, unit=self.unit, account=lead.account,
                valid=period(at, at + timedelta(days=1)), reason="Kollegan är sjuk och familjen har ringt.",
            )
        )  # fmt: skip
        self._open(lead, case, at, "opened_as_lead")
        self._open(lead, case, at + timedelta(minutes=1))

    def _lead_opens_many(self, day: date) -> None:
        """The heads of more cases in a day than is usual."""
        lead = self.stage.staff.lead(self.unit)
        held = [p.content_object for p in self.rows.of(Participation) if p.group is self.unit.group]
        for number, case in enumerate(held[: MANY_CHILDREN + 3]):
            self._open(lead, case, _at(day, 15, number * 2), "opened_head", head=True)

    def _assigned(self, day: date) -> list[Assignment]:
        at = _at(day, 7)
        return [
            a for a in self.rows.of(Assignment)
            if a.unit is self.unit and a.user.pk in self.workers and a.valid.lower < at
            and (a.valid.upper is None or a.valid.upper > at + timedelta(days=1))
        ]  # fmt: skip

    def _case_of(self, worker: Worker, day: date, *, closed: bool = False) -> Case:
        mine = [a.content_object for a in self._assigned(day) if a.user is worker.account]
        fitting = [case for case in mine if self._was_closed(case, day) is closed]
        return fitting[0] if fitting else mine[0]

    def _was_closed(self, case: Case, day: date) -> bool:
        closed_at = next(p.closed_at for p in self.rows.of(Process) if p.case is case)
        return closed_at is not None and closed_at < _at(day, 0)

    def _open(
        self, by: Worker, case: Case, at: datetime, action: str = "opened_case", *, head: bool = False
    ) -> None:
        self.rows.traces.append(
            Trace(
                at=at, account=by.account.pk, membership=by.membership.pk, role=by.membership.role,
                kind="read", action=action, child=None if head else case.child.pk, case=case.pk, object=None,
                id=self.rows.new_id(),
            )
        )  # fmt: skip


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((end - first).days)]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), STOCKHOLM)
