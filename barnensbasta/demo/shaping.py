"""A theme told as a case, as far as it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from access.units import UnitKind as K
from agencies.models import Unit
from barnensbasta.demo.families import Family
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.themes import Theme
from barnensbasta.demo.wheels import wheel
from cases.models import Version
from cases.rules import CloseReason, ProcessState
from cases.wheel import Perspective
from consent.models import Answer, Category, Consent, Route
from people.models import Child, Guardian
from plans.models import FamilyReply, FollowUp, Status


@dataclass(frozen=True)
class Held:
    """A follow-up: the day it was held and the day the next is due."""

    day: int
    next_day: int | None = None


@dataclass(frozen=True)
class Told:
    """How a theme's case went. Days are counted from the signal.

    ``until`` is ``noticed``, ``dialogue``, ``own`` (own support, then closed),
    ``asked``, ``declined``, ``agreed`` (consent given) or ``planned``.
    """

    theme: Theme
    ago: int
    sender: Worker
    unit: Unit
    until: str
    responsible: Worker | None = None
    partners: tuple[Worker, ...] = ()
    joined: tuple[Worker, ...] | None = None
    plan_day: int = 24
    first_follow_up: int = 90
    held: tuple[Held, ...] = ()
    ends: int | None = None
    reason: str = CloseReason.GOALS_REACHED
    route: str = Route.PAPER
    quick: int = 1
    unanswered: bool = field(default=True)


class Shape:
    """Tells one case of the county by its theme."""

    def __init__(self, stage: Stage, family: Family, told: Told) -> None:
        self.stage = stage
        self.told = told
        self.theme = told.theme
        self.family = family
        self.story = PlanStory(stage.rows, stage.moments, family, told.ago)
        self.own = told.responsible or stage.staff.colleague(told.unit)

    def say(self, text: str) -> str:
        """The theme's words with the child's name."""
        return text.format(n=self.family.child.given_name)

    def tell(self) -> PlanStory:
        """As far as the case has come."""
        story, told = self.story, self.told
        story.signal(told.sender, told.unit, self.say(self.theme.seen), self.say(self.theme.works))
        if told.until != "noticed":
            story.take_signal(self.own, min(told.quick, told.ago - 1))
            self._go_on()
        story.finish()
        return story

    def _go_on(self) -> None:
        until = self.told.until
        if until == "dialogue":
            return
        shown = self._find_out()
        if until == "own":
            self._close_with_own_support()
            return
        consent = self._ask()
        if until == "asked":
            return
        if until == "declined":
            self._decline(consent)
            return
        self._agree(consent)
        self._share(shown)
        if until == "planned":
            self._plan(shown[-1])
            self._carry_out()

    def _find_out(self) -> list[Version]:
        story, own = self.story, self.own
        talk = story.entry(own, 4, Kind.NOTE, self.say(self.theme.talk), category=self._category)
        story.show(talk, own, guardians=self.family.guardians)
        seen = story.entry(
            own, 7, Kind.WHEEL, "Tillsammans med familjen.",
            data=wheel(Perspective.PROFESSIONAL, self.theme.before),
        )  # fmt: skip
        story.show(seen, own, guardians=self.family.guardians)
        outcome = "own_support" if self.told.until == "own" else "collaborate"
        body = (
            "Det här kan vi själva hjälpa till med."
            if outcome == "own_support"
            else self.say(self.theme.assessed)
        )
        story.entry(own, 8, Kind.ASSESSMENT, body, data={"outcome": outcome})
        return [talk, seen]

    @property
    def _category(self) -> str:
        return Category.HEALTH if self.told.unit.kind == K.CHILD_HEALTH else Category.BASIS

    def _close_with_own_support(self) -> None:
        story = self.story
        story.move(ProcessState.ASSESSMENT, story.entries[-1].created_at)
        if self.told.ends is not None:
            note = story.entry(self.own, self.told.ends, Kind.NOTE, self.say(self.theme.later))
            story.show(note, self.own, guardians=self.family.guardians)
            story.close(self.own, self.told.ends, CloseReason(self.told.reason))

    # --- Consent ------------------------------------------------------------------

    @property
    def _people(self) -> list[Guardian | Child]:
        """Who must answer, in order."""
        answers = self.story.all_answers
        people = {(a.guardian or a.child): None for a in answers}
        return cast("list[Guardian | Child]", list(people))

    def _ask(self) -> Consent:
        """One guardian answers at once; the rest is told by what comes."""
        units = [worker.unit for worker in self.told.partners]
        consent = self.story.ask(self.own, 8, self.say(self.theme.purpose), units, clock="14.40")
        if len(self._people) > 1:
            self._reply(consent, self._people[0], 9)
        return consent

    def _reply(
        self, consent: Consent, person: Guardian | Child, day: int, reply: str = Answer.Reply.YES
    ) -> None:
        if day < self.told.ago:
            self.story.reply(
                consent, person, day, reply=reply, route=self.told.route, noted_by=self.own, clock="10.10"
            )

    def _decline(self, consent: Consent) -> None:
        self._reply(consent, self._people[-1], 12, Answer.Reply.NO)
        if self.told.ends is not None:
            self.story.close(self.own, self.told.ends, CloseReason.FAMILY_DECLINES)

    def _agree(self, consent: Consent) -> None:
        for person in self._people[1:] or self._people:
            self._reply(consent, person, 11)
        joined = self.told.partners if self.told.joined is None else self.told.joined
        for place, worker in enumerate(joined):
            self.story.join(worker, min(12 + place, self.told.ago - 1))

    def _share(self, shown: list[Version]) -> None:
        """To the units that may see more than their own rows."""
        if self.told.ago < 16:
            return
        for version in shown:
            self.story.show(version, self.own, 15, units=self._readers)

    @property
    def _readers(self) -> list[Unit]:
        units = [worker.unit for worker in self.told.partners]
        return [unit for unit in units if not K(unit.kind).practical_rows_only]

    # --- The plan ------------------------------------------------------------------

    def _plan(self, seen: Version) -> None:
        theme, told = self.theme, self.told
        aims = [
            Aim(f"goal-{n}", self.say(text), self.say(sign), area)
            for n, (text, sign, area) in enumerate(theme.goals)
        ]
        last = told.first_follow_up
        steps = [Step("own", theme.own_step, self.own, "goal-0", told.plan_day + 3, last)]
        steps += [
            Step(f"step-{n}", what, worker, f"goal-{n % len(aims)}", told.plan_day + 5, last)
            for n, (worker, what) in enumerate(zip(told.partners, theme.partner_steps, strict=True))
        ]
        steps.append(Step("family", theme.family_step))
        self.story.plan(self.own, told.plan_day, aims, steps, last, wheel=seen)
        if told.plan_day + 2 < told.ago:
            self.story.family_reply(self.family.guardians[0], told.plan_day + 2, FamilyReply.Value.YES)

    def _carry_out(self) -> None:
        story, told = self.story, self.told
        for n, worker in enumerate(told.partners):
            day = told.plan_day + 10 + 3 * n
            if day < told.ago:
                story.status(f"step-{n}", worker, day, Status.Value.ONGOING)
        day = told.plan_day + 22
        helper = told.partners[0]
        if day < told.ago and not K(helper.unit.kind).practical_rows_only:
            saw = story.entry(helper, day, Kind.OBSERVATION, self.say(self.theme.partner_saw))
            story.show(saw, helper, guardians=self.family.guardians, units=(self.own.unit,))
        for held in told.held:
            self._follow_up(held, last=held is told.held[-1] and told.ends is not None)

    def _follow_up(self, held: Held, *, last: bool) -> None:
        story = self.story
        note = story.entry(self.own, held.day, Kind.NOTE, self.say(self.theme.later), clock="9.30")
        story.show(note, self.own, guardians=self.family.guardians)
        reached = last and self.told.reason == CloseReason.GOALS_REACHED
        goals = {f"goal-{n}": "reached" if reached else "partly" for n in range(len(self.theme.goals))}
        if last:
            after = story.entry(
                self.own, held.day, Kind.WHEEL, "När vi avslutade.",
                data=wheel(Perspective.PROFESSIONAL, self.theme.after), clock="9.50",
            )  # fmt: skip
            story.show(after, self.own, guardians=self.family.guardians)
        story.follow_up(
            self.own, held.day, FollowUp.Outcome.CLOSE if last else FollowUp.Outcome.CONTINUE, goals,
            self.say(self.theme.later), next_day=held.next_day, reason=self.told.reason, clock="10.30",
        )  # fmt: skip
