"""What somebody is to the children: in which role, in what kind of unit, and in which relation to a case.

Read off rows, of the demo's county as of the fixed world, so that one can be held beside the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.ages import PLAN_FOR_CHILD_FROM, YOUTH_READS_FROM, age_on
from access.roles import Role
from agencies.models import Membership
from cases.models import Assignment, Case, Hiding, Lock, OtherAdult, Participation, Process
from kit.dates import as_day
from people.models import Child, Guardian, Guardianship, Protection

MODELS = (
    Membership, Case, Process, Participation, Assignment, Lock, Protection, Hiding,
    Child, Guardian, Guardianship, OtherAdult,
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Likeness:
    """One relation of somebody's; whoever has the same meets the same rules."""

    role: str
    place: str
    relation: str


@dataclass(frozen=True)
class People:
    """The rows of a county, and the instant at which they are looked at."""

    rows: Callable[[Any], Iterable[Any]]
    at: datetime

    def likenesses(self) -> dict[str, set[Likeness]]:
        """User name → all that she is to anybody."""
        found: dict[str, set[Likeness]] = defaultdict(set)
        places: dict[str, list[Any]] = defaultdict(list)
        for one in self._now(Membership):
            found[one.account.username] |= set(self._at_work(one))
            places[one.account.username].append(one)
        for username, many in places.items():
            if len(many) > 1:
                found[username].add(Likeness("several workplaces", "", ""))
        for guardian in self.rows(Guardian):
            if guardian.account:
                found[guardian.account.username] |= set(self._as_guardian(guardian))
        for child in self.rows(Child):
            if child.account:
                found[child.account.username].add(
                    Likeness(Role.YOUTH, self._age(child), self._with_case(child))
                )
        return found

    def _now(self, model: Any) -> Iterator[Any]:
        return (row for row in self.rows(model) if not row.valid.isempty and self.at in row.valid)

    def _at_work(self, one: Any) -> Iterator[Likeness]:
        if one.unit is None:
            yield Likeness(one.role, "municipality" if one.municipality else "organisation", "")
            return
        kind = one.unit.kind
        relations = set(self._relations(one)) if Role(one.role) in {Role.CASEWORKER, Role.LEAD} else {""}
        yield from (Likeness(one.role, kind, relation) for relation in relations or {"no case"})

    def _relations(self, one: Any) -> Iterator[str]:
        """What her unit is to each case, and whether she works on it."""
        held = {p.case_id for p in self.rows(Process) if p.responsible_unit_id == one.unit.pk}
        shut = {lock.case_id for lock in self._now(Lock)}
        protected = {row.child_id for row in self._now(Protection)}
        cases = {case.pk: case for case in self.rows(Case)}
        mine = {
            _case_of(a) for a in self._now(Assignment)
            if a.user_id == one.account_id and a.unit_id == one.unit.pk
        }  # fmt: skip
        for part in self._now(Participation):
            if part.group != one.unit.group:
                continue
            case = _case_of(part)
            part_of = "holds" if case in held else "takes part" if part.kind == "full" else "keeps its own"
            closed = ", locked" if case in shut else ""
            closed += ", protected" if cases[case].child_id in protected else ""
            yield f"{part_of}, {'assigned' if case in mine else 'not assigned'}{closed}"

    def _as_guardian(self, guardian: Any) -> Iterator[Likeness]:
        hidden = {one.guardian_id for one in self._now(Hiding)}
        relations = [
            (one.child, "contested" if one.contested else "custody")
            for one in self._now(Guardianship) if one.guardian_id == guardian.pk
        ]  # fmt: skip
        relations += [
            (one.child, f"other adult: {', '.join(sorted(one.rights))}")
            for one in self._now(OtherAdult) if one.person_id == guardian.pk
        ]  # fmt: skip
        for child, how in relations:
            hiding = ", something hidden" if guardian.pk in hidden else ""
            yield Likeness(Role.GUARDIAN, self._age(child), f"{how}, {self._with_case(child)}{hiding}")
        if not relations:
            yield Likeness(Role.GUARDIAN, "", "no child here")

    def _age(self, child: Any) -> str:
        age = age_on(child.born_on, as_day(self.at))
        bounds = (PLAN_FOR_CHILD_FROM, YOUTH_READS_FROM)
        return f"of {sum(age >= bound for bound in bounds)}"

    def _with_case(self, child: Any) -> str:
        return "case" if any(case.child_id == child.pk for case in self.rows(Case)) else "no case"


def _case_of(grant: Any) -> Any:
    return getattr(grant.content_object, "pk", None) or grant.object_pk
