"""Lists of cases, as heads: name, step, responsible and next date."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from access import grants
from access.actor import Actor
from access.clock import access_at
from access.policy import sees_others
from access.roles import AT_WORK
from agencies.models import Membership
from cases.models import Assignment, Case, Process
from cases.process import STEP_OF
from cases.queries.head import holder_name
from cases.rules import NextStep, ProcessState, Step
from kit.identity import keys_of

PAGE = 25


class is_closed(Func):  # noqa: N801 (reads as a function)
    """``access.is_closed(case)`` in a query, for who doesn't see where the case stands."""

    function = "access.is_closed"
    output_field = BooleanField()
    arity = 1


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to. Ended cases come along if ``ended`` says so and
    in a search. ``text`` and ``number`` never stand in an address; ``reference`` is what the
    log reviewer knows a case by."""

    step: str = ""
    mine: bool = False
    late: bool = False
    ended: bool = False
    text: str = ""
    number: str = ""
    reference: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Anything at all is chosen."""
        return self != Chosen()


@dataclass(frozen=True)
class CaseRow:
    """One case in a list. Where it stands is known to whoever sees the other units; where
    not, ``own_part`` says that the unit takes part, and else it keeps only its own."""

    case: Case
    works_on: bool
    process: Process | None
    today: date
    own_part: bool = False

    @property
    def name(self) -> str:
        """The child's name."""
        return self.case.child.name

    @property
    def step(self) -> str:
        """The step as a word, empty where the actor may not know."""
        if self.process is None:
            return ""
        return str(STEP_OF[ProcessState(self.process.state)].label)

    @property
    def is_closed(self) -> bool:
        """The case is closed."""
        return self.process is not None and self.process.closed_at is not None

    @property
    def responsible(self) -> str:
        """Who holds the baton."""
        return holder_name(self.process)

    @property
    def next_on(self) -> date | None:
        """The next date."""
        return self.process.next_on if self.process else None

    @property
    def next_step(self) -> str:
        """The next step as words, empty where none is set."""
        step = self.process.next_step if self.process else ""
        return str(NextStep(step).label) if step else ""

    @property
    def is_late(self) -> bool:
        """The next date has passed."""
        return self.next_on is not None and self.next_on < self.today


@dataclass(frozen=True)
class CasePageOf:
    """A page of a list, and the keys of the pages beside it."""

    rows: list[CaseRow]
    following: uuid.UUID | None = None
    is_first: bool = True
    chosen: Chosen = field(default_factory=Chosen)


def cases_of(
    actor: Actor,
    chosen: Chosen,
    *,
    after: uuid.UUID | None = None,
    led: bool = False,
    worked_on: bool = False,
) -> CasePageOf:
    """The actor's cases by the child's name, 25 at a time.

    ``after`` is the last case of the page before; its name stands in the
    database and so never in an address. ``led`` lists the unit's cases for its
    arbetsledare, ``worked_on`` only those the actor herself works on.
    """
    every: Any = Case.objects
    seen = every.led_by(actor) if led else every.worked_on_by(actor) if worked_on else every.visible_to(actor)
    cases = _narrowed(_with_head(seen, actor), actor, chosen)
    if after is not None:
        cases = _beyond(cases, after, actor)
    found = list(cases.order_by("child__given_name", "child__family_name", "pk")[: PAGE + 1])
    rows = [_row(case, actor) for case in found[:PAGE]]
    more = rows[-1].case.pk if len(found) > PAGE else None
    return CasePageOf(rows, more, after is None, chosen)


def late_in_unit(actor: Actor) -> int:
    """How many cases of the unit that the actor leads have passed their next date."""
    late: Any = Case.objects.led_in_full_by(actor)
    if not sees_others(actor.unit_kind):
        return 0
    return int(late.filter(process__next_on__lt=actor.today, process__closed_at__isnull=True).count())


def has_cases(actor: Actor) -> bool:
    """Whether there is any case that the actor may know of."""
    return Case.objects.visible_to(actor).exists()


def colleagues(actor: Actor) -> list[tuple[uuid.UUID, str, str]]:
    """Who works in the actor's unit now: account, name and title."""
    rows = (
        Membership.objects.in_force(actor.at)
        .filter(unit=actor.unit_id, role__in=AT_WORK)
        .select_related("account__staffmember")
        .order_by("account__staffmember__name")
    )
    return [(row.account_id, row.account.staffmember.name, row.title) for row in rows]


def working_here(case_id: uuid.UUID, actor: Actor) -> list[tuple[uuid.UUID, str, str]]:
    """Who of the actor's own unit works on the case: account, name and phone."""
    rows = (
        Assignment.objects.filter(
            content_object=case_id, unit=actor.unit_id, valid__contains=access_at(), valid__endswith=None
        )
        .select_related("user__staffmember")
        .order_by("user__staffmember__name")
    )
    return [(row.user_id, row.user.staffmember.name, row.user.staffmember.phone) for row in rows]


def open_until(case_id: uuid.UUID, actor: Actor) -> datetime | None:
    """When the actor's assignment to the case ends, if it does."""
    rows = Assignment.objects.filter(
        content_object=case_id, user=actor.account_id, unit=actor.unit_id, valid__contains=access_at()
    )
    ends = [row.valid.upper for row in rows]
    return max(ends) if ends and None not in ends else None


def _with_head(cases: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    return cases.select_related(
        "child", "process", "process__responsible__staffmember", "process__coordinator__staffmember"
    ).annotate(
        works=Exists(_assigned(actor)),
        in_full=grants.participates(actor, kinds=("full",)),
    )


def _assigned(actor: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        content_object=OuterRef("pk"),
        user_id=actor.account_id,
        unit_id=actor.unit_id,
        valid__contains=access_at(),
    )


def _narrowed(every: QuerySet[Case], actor: Actor, chosen: Chosen) -> QuerySet[Case]:
    """What is chosen. Whatever asks about the process leaves out what has none to show."""
    cases: Any = every  # with the annotations of _with_head
    if chosen.step in Step.values:
        states = [state for state, step in STEP_OF.items() if step == chosen.step]
        cases = cases.filter(in_full=True, process__state__in=states)
    if chosen.mine:
        mine = Q(process__responsible=actor.account_id) | Q(process__coordinator=actor.account_id)
        cases = cases.filter(mine, in_full=True)
    if chosen.late:
        cases = cases.filter(in_full=True, process__next_on__lt=actor.today)
    if not (chosen.ended or chosen.text or chosen.number or chosen.reference):
        cases = cases.exclude(in_full=True, process__closed_at__isnull=False)
        if not sees_others(actor.unit_kind):
            cases = cases.exclude(is_closed("pk"))
    if chosen.number:
        cases = cases.filter(child__number=chosen.number)
    if keys := keys_of(chosen.reference):
        cases = cases.filter(pk__range=keys)
    if chosen.text:
        cases = cases.annotate(
            whole_name=Concat("child__given_name", Value(" "), "child__family_name")
        ).filter(whole_name__icontains=chosen.text)
    narrowed: QuerySet[Case] = cases
    return narrowed


def _beyond(cases: QuerySet[Case], after: uuid.UUID, actor: Actor) -> QuerySet[Case]:
    """Those after a case; from the start where that case is no longer the actor's."""
    last = Case.objects.visible_to(actor).filter(pk=after).select_related("child").first()
    if last is None:
        return cases
    given, family = last.child.given_name, last.child.family_name
    return cases.filter(
        Q(child__given_name__gt=given)
        | Q(child__given_name=given, child__family_name__gt=family)
        | Q(child__given_name=given, child__family_name=family, pk__gt=after)
    )


def _row(case: Case, actor: Actor) -> CaseRow:
    facts: Any = case  # the annotations
    process = getattr(case, "process", None) if facts.in_full else None
    if process is not None:
        holds = actor.unit_id in {process.responsible_unit_id, process.coordinator_unit_id}
        process = process if sees_others(actor.unit_kind, holds_case=holds) else None
    return CaseRow(case, bool(facts.works), process, actor.today, own_part=bool(facts.in_full))
