"""Each filter of the second wall, dropped and widened in turn, turns an answer red.

First in the fixed world, whose readers are written by hand; then, whatever is left, in the same
world with a case closed, and in small drawn worlds whose readers the oracle names.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import FunctionType
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from access import actor as actors
from access import grants
from access.actor import Actor
from access.whom import Recipient, ids_of
from agencies.models import MembershipQuerySet
from cases import querysets as cases
from cases.feedback import FeedbackQuerySet
from cases.handover import HandoverQuerySet
from cases.journal import JournaledQuerySet
from cases.kept import ConcernQuerySet, HidingQuerySet
from cases.kin import KinQuerySet
from cases.meeting import MeetingQuerySet
from cases.persons import OtherAdultQuerySet
from cases.queries import inbox
from cases.unnamed import UnnamedMessageQuerySet, UnnamedQuestionQuerySet
from people.models import ChildQuerySet, GuardianshipQuerySet
from plans import deliveries
from plans import querysets as plans
from plans.queries import family as plans_of_family
from reviews.models import LogReviewQuerySet
from tests.access import oracle
from tests.access.fixed_world import FixedWorld
from tests.access.loading import Loaded, load
from tests.access.small_worlds import SmallWorld, family_worlds, small_worlds
from tests.access.test_agreement import FILTERED, MODELS
from tests.mutations import report
from tests.mutations.equivalent import EQUIVALENT
from tests.mutations.more_rows import fixed_world
from tests.mutations.mutants import Mutant, applied, mutants_of
from tests.mutations.questions import (
    Answers,
    Question,
    closed,
    closed_to_keepers,
    concerns,
    everybody,
    in_emergency,
    questions,
)
from tests.worlds import World

PARTS: dict[str, list[Callable[..., Any] | property]] = {
    "filters of cases": [
        cases.CaseQuerySet.worked_on_by,
        cases.CaseQuerySet.remembered_by,
        cases.CaseQuerySet.led_by,
        cases.CaseQuerySet.of_family,
        cases.CaseQuerySet.of_guardian,
        cases.CaseQuerySet._stands_for_child,
        cases.CaseQuerySet.visible_to,
        cases.ProcessQuerySet.visible_to,
        cases.SignalQuerySet.waiting_for,
        cases.SignalQuerySet.sent_by,
        cases.SignalQuerySet.visible_to,
        inbox._readable_texts,
    ],
    "filters of entries": [
        cases._disclosed_to,
        cases.VersionQuerySet.written_by_unit_of,
        cases.VersionQuerySet.shown_to,
        cases.VersionQuerySet.visible_to,
        cases.EntryQuerySet.visible_to,
        cases.cases_with_own_entries,
        HidingQuerySet.visible_to,
        HidingQuerySet.in_force,
        ConcernQuerySet.visible_to,
        UnnamedQuestionQuerySet.asked_by,
        UnnamedQuestionQuerySet.asked_of,
        UnnamedQuestionQuerySet.visible_to,
        UnnamedMessageQuerySet.visible_to,
        HandoverQuerySet.visible_to,
        MeetingQuerySet.visible_to,
        FeedbackQuerySet.visible_to,
        KinQuerySet.visible_to,
        JournaledQuerySet.visible_to,
    ],
    "filters of plans and people": [
        plans._released_to,
        plans._owned,
        plans._releases,
        plans.PlanVersionQuerySet.visible_to,
        plans.PlanVersionQuerySet.agreed,
        plans.PlanQuerySet.visible_to,
        plans.FollowUpQuerySet.visible_to,
        plans.GoalQuerySet.visible_to,
        plans.InsatsQuerySet.visible_to,
        plans.GoalResultQuerySet.visible_to,
        plans.InsatsResultQuerySet.visible_to,
        plans_of_family._releases_to,
        deliveries._releases_to,
        ChildQuerySet.of_guardian,
        GuardianshipQuerySet.in_force,
        OtherAdultQuerySet.in_force,
        MembershipQuerySet.in_force,
        LogReviewQuerySet.visible_to,
    ],
    "grants and capacities": [
        grants.participates,
        grants.is_assigned,
        grants.is_open,
        grants.is_in_emergency,
        grants.works_on,
        grants.is_shut_signal,
        grants.is_in_shut_case,
        grants.waits_in_unit,
        grants.is_of_open_child,
        ids_of,
        Actor.is_staff,
        Actor.is_lead,
        Actor.is_family,
        Recipient.is_staff,
        Recipient.is_family,
    ],
}


@dataclass(frozen=True)
class Asked:
    """A filter asked of one actor: which rows are hers, and of which all. ``way`` names askers for
    whom the program goes the same way."""

    name: str
    rows: Callable[[], Any]
    expected: set[Any]
    known: set[Any]
    way: object


class Hunt:
    """The mutants of some parts, and which answer turned red for each."""

    def __init__(self, *parts: str, every: int = 1) -> None:
        functions = [function for part in parts for function in PARTS[part]]
        self.all = [mutant for function in functions for mutant in mutants_of(function)][::every]
        self.alive = list(self.all)
        self.caught: dict[int, str] = {}
        self._reached: dict[object, bool] = {}

    def ask(self, where: str, asked: list[Asked]) -> None:
        """Questions to one actor, to all mutants that live."""
        answers = Answers()
        right: set[str] = set()
        for function in {id(m.function): m.function for m in self.alive}.values():
            reached = [each for each in asked if self._reaches(function, each)]
            for each in reached:
                if each.name not in right:
                    found = answers.of(each.rows()) & each.known
                    assert found == each.expected, f"red without any change: {where} {each.name}"
                    right.add(each.name)
            for mutant in [m for m in self.alive if m.function is function]:
                red = next((each for each in reached if _is_red(mutant, each, answers)), None)
                if red:
                    self.caught[id(mutant)] = f"{where}: {red.name}"
                    self.alive.remove(mutant)

    def sought(self) -> bool:
        """Whether one lives that some answer should tell of."""
        return any(str(mutant) not in EQUIVALENT for mutant in self.alive)

    def _reaches(self, function: FunctionType, asked: Asked) -> bool:
        """Whether a question goes through the function at all."""
        key = (function, asked.name, asked.way)
        if key not in self._reached:
            self._reached[key] = _stops(function, asked.rows)
        return self._reached[key]


def _stops(function: FunctionType, ask: Callable[[], Any]) -> bool:
    def stop(*args: Any, **kwargs: Any) -> Any:
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(function, "__code__", stop.__code__)
        try:
            ask()
        except InterruptedError:
            return True
    return False


def _is_red(mutant: Mutant, asked: Asked, answers: Answers) -> bool:
    with applied(mutant):
        try:
            return bool(answers.of(asked.rows()) & asked.known != asked.expected)
        except Exception:  # a filter that falls over shows nothing
            return True


# --- The worlds ------------------------------------------------------------------------------------


def _ask_everybody(hunt: Hunt, fixed: FixedWorld, asked: list[Question], where: str) -> None:
    for name in everybody():
        actor = actors.begin(*fixed.hat(name))
        hunt.ask(
            f"{where}, {name}",
            [
                Asked(q.name, partial(q.ask, actor), q.expected(fixed, name), q.known(fixed), _way(actor))
                for q in asked
                if concerns(q, name)
            ],
        )


def _way(actor: Actor) -> object:
    """What the program's filters ask before they build a statement."""
    return actor.role, actor.unit_kind, actor.guardian_id is None, actor.child_id is None


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _drawn() -> list[SmallWorld]:
    """The same small worlds each time."""
    found: list[SmallWorld] = []

    @settings(derandomize=True, database=None, max_examples=25)
    @given(drawn=st.one_of(small_worlds(), family_worlds()))
    def collect(drawn: SmallWorld) -> None:
        found.append(drawn)

    collect()
    return found


def _ask_small(hunt: Hunt, loaded: Loaded, number: int) -> None:
    keys = {(MODELS[key[0]], row.pk): key for key, row in loaded.rows.items()}
    for acting in loaded.hats():
        actor = actors.begin(acting.account, acting.membership, at=loaded.at)
        seen = oracle.readable(loaded.drawn, acting.hat)
        asked = []
        for what in FILTERED:
            model: Any = MODELS[what]
            known = {pk for of, pk in keys if of is model}
            expected = {pk for (of, pk), key in keys.items() if of is model and key in seen}
            rows = partial(model.objects.visible_to, actor)
            asked.append(Asked(f"{model.__name__}.visible_to", rows, expected, known, _way(actor)))
        hunt.ask(f"small world {number}", asked)


def test_a_sample_of_the_filters(world: World) -> None:
    """Each twelfth of all, in every run of the suite."""
    assert _unnoticed(world, Hunt(*PARTS, every=12), "filters, a sample") == []


@pytest.mark.thorough
@pytest.mark.parametrize("part", PARTS)
def test_every_filter_is_needed(world: World, part: str) -> None:
    """Some answer to somebody must be another."""
    assert _unnoticed(world, Hunt(part), part) == []


def _unnoticed(world: World, hunt: Hunt, name: str) -> list[str]:
    """What no answer told of, after each question in each world; written as a report too."""
    with _undone():
        fixed = fixed_world(world)
        _ask_everybody(hunt, fixed, questions(fixed), "fixed world")
        for where, another in (
            ("case A closed", closed),
            ("case B closed", closed_to_keepers),
            ("case A opened in an emergency", in_emergency),
        ):
            if hunt.sought():
                with _undone():
                    _ask_everybody(hunt, fixed, another(fixed), where)
    for number, drawn in enumerate(_drawn()):
        if hunt.sought():
            with _undone():
                _ask_small(hunt, load(drawn, world), number)
    found = report.Report(name, EQUIVALENT)
    for mutant in hunt.all:
        found.add(str(mutant), mutant.done, hunt.caught.get(id(mutant)))
    found.write()
    assert hunt.all
    return found.wrong()
