"""A plan as the desk words it: who has answered, what is missing, what may be done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.functional import cached_property

from access.actor import Actor
from access.permissions import Permission
from access.words import why
from cases.models import Version
from cases.queries.team import TeamUnit, one_each
from plans.models import FollowUp, Goal, GoalResult, Insats, InsatsResult, Plan, PlanVersion, Status
from plans.queries.editing import cited_by_goals, cited_in
from plans.queries.follow_ups import HeldFollowUp, held_follow_ups
from plans.queries.view import PlanView, RowView, plan_view
from web.desk.case_page import CasePage
from web.desk.events import title_of
from web.desk.words import and_list

PILLS = {
    Status.Value.PLANNED: "neutral",
    Status.Value.ONGOING: "active",
    Status.Value.DONE: "success",
    Status.Value.NOT_DONE: "closed",
    Status.Value.PAUSED: "paused",
}


@dataclass(frozen=True)
class ShownRow:
    """An insats as drawn: its state as a word, and whether it is one's own."""

    row: RowView
    mine: bool
    may_report: bool

    @property
    def insats(self) -> Insats:
        """The row itself."""
        return self.row.insats

    @property
    def state(self) -> str:
        """How it goes, as a word."""
        return str(self.row.value.label)

    @property
    def pill(self) -> str:
        """The kind of pill the state is drawn as."""
        return PILLS[self.row.value]

    @property
    def result(self) -> InsatsResult | None:
        """What had come of it when last followed up, where that says more than the state."""
        result, said = self.row.result, self.row.status
        return result if result and result.adds_to(self.row.value, said.comment if said else "") else None


@dataclass(frozen=True)
class PlanPage:
    """One version on the desk."""

    view: PlanView
    page: CasePage
    team: list[TeamUnit]

    @classmethod
    def of(cls, version: PlanVersion | None, page: CasePage, team: list[TeamUnit]) -> PlanPage | None:
        """The version as this actor sees it; nothing for nothing."""
        if version is None:
            return None
        in_force = frozenset(unit.unit_id for unit in team) if page.holds else None
        return cls(plan_view(version, page.actor, units_in_force=in_force), page, team)

    @property
    def version(self) -> PlanVersion:
        """The version."""
        return self.view.version

    @property
    def why_not_in_force(self) -> str:
        """Why the plan is not in force."""
        return why(self.view.in_force.reason)

    @property
    def is_closed(self) -> bool:
        """Followed up and ended, together with its case."""
        return self.version.plan.state == Plan.State.CLOSED

    @cached_property
    def _cited(self) -> dict[object, Version]:
        found = cited_in(self.version, self.page.actor)
        return {version.pk: version for version in found}

    @property
    def wheel(self) -> Version | None:
        """The wheel that the plan rests on, if the actor may read it."""
        return self._cited.get(self.version.wheel_id)

    @property
    def wheel_title(self) -> str:
        """Whose view the wheel is."""
        return title_of(self.wheel) if self.wheel else ""

    @property
    def child_words(self) -> Version | None:
        """The child's own words in the plan, if the actor may read them."""
        return self._cited.get(self.version.child_words_id)

    @property
    def is_mine(self) -> bool:
        """Written by the actor's unit."""
        return self.version.owner_unit_id == self.page.actor.unit_id

    @cached_property
    def _built_on(self) -> dict[uuid.UUID, list[Version]]:
        return cited_by_goals(self.version, self.page.actor)

    @property
    def goals(
        self,
    ) -> list[tuple[Goal, list[ShownRow], list[tuple[Version, str]], GoalResult | None]]:
        """Each goal with its rows, what it builds on of what the actor may read, and how far
        it had come when last followed up."""
        return [
            (
                goal.goal,
                self._rows(goal.rows),
                [(version, title_of(version)) for version in self._built_on.get(goal.goal.pk, [])],
                goal.result,
            )
            for goal in self.view.goals
        ]

    @property
    def other_rows(self) -> list[ShownRow]:
        """Rows without a goal that the actor may see."""
        return self._rows(self.view.other_rows)

    @property
    def waiting(self) -> str:
        """The units that have not agreed, by name."""
        agreed = {reply.unit_id for reply in self.view.unit_replies if reply.agrees}
        units = {
            row.insats.unit_id: row.insats.unit_name
            for row in self.view.rows
            if row.insats.unit_id not in agreed and row.insats.unit_id != self.version.owner_unit_id
        }
        return and_list(sorted(units.values()))

    @property
    def my_reply(self) -> object | None:
        """What the actor's own unit has answered."""
        mine = [r for r in self.view.unit_replies if r.unit_id == self.page.actor.unit_id]
        return mine[0] if mine else None

    @property
    def asks_me(self) -> bool:
        """Whether the actor's unit is asked to answer a proposal."""
        return (
            not self.is_mine
            and self.version.agreed_at is None
            and any(row.insats.unit_id == self.page.actor.unit_id for row in self.view.rows)
        )

    @property
    def readers(self) -> str:
        """The other units that are shown the whole plan or their rows."""
        return and_list([u.name for u in one_each(self.team) if u.unit_id != self.page.actor.unit_id])

    @property
    def some_see_own_rows(self) -> bool:
        """Whether any of those readers sees only the rows that are its own."""
        return any(unit.kind.practical_rows_only for unit in self.team)

    @property
    def not_received(self) -> str:
        """Units of the team in which nobody has taken the invitation yet."""
        return and_list([unit.name for unit in one_each(self.team) if not unit.people])

    def _rows(self, rows: list[RowView]) -> list[ShownRow]:
        reports = bool(self.page.may(Permission.UPDATE_OWN_ROW)) and self.version.agreed_at is not None
        mine = self.page.actor.unit_id
        return [
            ShownRow(row, row.insats.unit_id == mine, reports and row.insats.unit_id == mine) for row in rows
        ]


@dataclass(frozen=True)
class ShownFollowUp:
    """A follow-up in words: the goals' results, what came of each insats, what was decided."""

    held: HeldFollowUp

    @property
    def rows(self) -> list[tuple[InsatsResult, str]]:
        """What came of each insats, with the kind of its pill."""
        return [(result, PILLS[Status.Value(result.value)]) for result in self.held.rows]

    @property
    def outcome(self) -> str:
        """What was decided."""
        return str(FollowUp.Outcome(self.held.follow_up.outcome).label)


def shown_follow_ups(case_id: uuid.UUID, actor: Actor) -> list[ShownFollowUp]:
    """The follow-ups that the actor may read, latest first."""
    return [ShownFollowUp(held) for held in held_follow_ups(case_id, actor)]
