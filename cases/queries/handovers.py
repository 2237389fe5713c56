"""Hand-overs: to whom one can be made, what waits to be accepted, and children without anybody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from access.actor import Actor
from access.clock import access_at
from access.grants import ParticipationKind
from access.units import UnitKind
from agencies.models import Unit
from cases.models import Case, Handover, Participation
from cases.queries.team import Person, units_around
from cases.queries.work import Task, Todo, When, when_of
from cases.rules import next_kind
from kit.dates import as_day
from kit.working_days import add_working_days

MOST = 100
ANSWERED_WITHIN = 5
TOLD_FOR = timedelta(days=14)
PART_OF_PLAN = [kind.value for kind in UnitKind if kind.practical_rows_only]


@dataclass(frozen=True)
class Receiver:
    """A unit that a case can be handed over to, and who works on it there."""

    unit_id: uuid.UUID
    name: str
    kind: UnitKind
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Waiting:
    """A hand-over that waits in the actor's unit, with the child's name."""

    handover: Handover
    child_id: uuid.UUID
    child: str
    answer_by: date
    today: date

    @property
    def is_late(self) -> bool:
        """Nobody has answered in time."""
        return self.answer_by < self.today

    @property
    def not_yet(self) -> bool:
        """The first day on which it can be accepted is to come."""
        return self.handover.starts_on > self.today


@dataclass(frozen=True)
class WithoutAnybody:
    """A child of the unit's whom nobody answers for any more."""

    case_id: uuid.UUID
    child: str
    kind: str


def receivers_of(case: Case, actor: Actor) -> list[Receiver]:
    """Units that take part in full by the family's yes, and see the whole: nobody is told of a
    child by being asked to take over. For a unit that holds the case."""
    taking_part = Participation.objects.filter(
        content_object=case, kind=ParticipationKind.FULL, valid__contains=access_at()
    )
    people = {unit.unit_id: unit.people for unit in units_around(case.pk, actor)}
    units = (
        Unit.objects.filter(group__in=taking_part.values("group"))
        .exclude(pk__in=[actor.unit_id])
        .exclude(kind__in=PART_OF_PLAN)
        .order_by("name")
    )
    return [Receiver(unit.pk, unit.name, UnitKind(unit.kind), people.get(unit.pk, ())) for unit in units]


def answer_by(handover: Handover) -> date:
    """The last day on which an answer is not late: five working days from when it was proposed,
    and never before it can be accepted."""
    return max(add_working_days(as_day(handover.proposed_at), ANSWERED_WITHIN), handover.starts_on)


def handovers_of(case_id: uuid.UUID, actor: Actor) -> list[Handover]:
    """Those of a case that are the unit's to know of, the latest first: one statement."""
    return list(
        Handover.objects.visible_to(actor)
        .filter(case=case_id)
        .select_related("from_unit", "to_unit")
        .order_by("-proposed_at")
    )


def handover_of(handover_id: uuid.UUID, case_id: uuid.UUID, actor: Actor) -> Handover | None:
    """One of a case, from the actor's own unit."""
    found = Handover.objects.visible_to(actor).filter(from_unit=actor.unit_id)
    return found.filter(pk=handover_id, case=case_id).select_related("to_unit").first()


def waiting_in_unit(actor: Actor, *, handover_id: uuid.UUID | None = None) -> list[Waiting]:
    """What waits to be accepted in the actor's unit, oldest first; or just one: two statements."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select handover, child_id, child from access.handovers_to_unit()")
        children = {handover: (child_id, name) for handover, child_id, name in cursor.fetchall()}
    rows = Handover.objects.visible_to(actor).waiting().filter(pk__in=children)
    if handover_id is not None:
        rows = rows.filter(pk=handover_id)
    found = rows.select_related("from_unit", "to_account__staffmember").order_by("proposed_at", "pk")
    return [Waiting(row, *children[row.pk], answer_by(row), actor.today) for row in found[:MOST]]


def handover_tasks_of(actor: Actor, *, waiting: list[Waiting]) -> list[Task]:
    """What hand-overs ask of the actor: to accept, to wait, to go on after a no, and to think of
    the next one. ``waiting``: what :func:`waiting_in_unit` found. Three statements at most."""
    if not actor.is_staff:
        return []
    mine = set(
        Case.objects.worked_on_by(actor)
        .filter(pk__in=[each.handover.case_id for each in waiting])
        .values_list("pk", flat=True)
        if waiting
        else ()
    )
    given = _given(actor).filter(Q(proposed_by=actor.account_id) | _holds(actor))
    tasks = [_accept(each) for each in waiting if _is_hers(each, actor, mine)]
    return [
        *tasks,
        *(_of_giver(row, row.case.child.name, actor) for row in given[:MOST]),
        *_next_stage(actor),
    ]


def handover_tasks_in(case: Case, actor: Actor) -> list[Task]:
    """The same of one case that the actor works on, whoever of the unit it waits for: one statement."""
    if not actor.is_staff:
        return []
    name = case.child.name
    rows = list(
        Handover.objects.visible_to(actor)
        .filter(_told(actor), case=case)
        .select_related("from_unit", "to_unit")
    )
    if case.process.closed_at is not None:
        return []
    tasks = [
        _accept(Waiting(row, case.child_id, name, answer_by(row), actor.today))
        for row in rows
        if row.to_unit_id == actor.unit_id and not row.outcome
    ]
    tasks += [_of_giver(row, name, actor) for row in rows if row.from_unit_id == actor.unit_id]
    asked = any(not row.outcome and row.kind == Handover.Kind.RESPONSIBILITY for row in rows)
    if not asked and case.process.responsible_unit_id == actor.unit_id and _grows_out(case, actor):
        tasks.append(Task(Todo.NEXT_STAGE, name, When.THIS_WEEK, case.pk))
    return tasks


def without_anybody(actor: Actor) -> list[WithoutAnybody]:
    """Barn utan ansvarig, of the unit that the actor leads: two statements."""
    if not actor.is_lead:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select case_id, kind from access.led_without_anybody()")
        kinds = dict(cursor.fetchall())
    cases = (
        Case.objects.led_in_full_by(actor)
        .filter(pk__in=kinds)
        .select_related("child")
        .order_by("child__given_name", "pk")
    )
    return [WithoutAnybody(case.pk, case.child.name, kinds[case.pk]) for case in cases]


def _accept(each: Waiting) -> Task:
    responsibility = each.handover.kind == Handover.Kind.RESPONSIBILITY
    return Task(
        Todo.ACCEPT_RESPONSIBILITY if responsibility else Todo.ACCEPT_COORDINATION,
        each.child,
        When.LATE if each.is_late else When.TODAY,
        each.handover.case_id,
        target=each.handover.pk,
        due_on=each.answer_by,
    )


def _is_hers(each: Waiting, actor: Actor, mine: set[uuid.UUID]) -> bool:
    """Those with her in mind; where nobody is, those of cases that she works on. An arbetsledare's
    also what nobody has answered in time. The rest stand in the unit's inbox."""
    meant = each.handover.to_account_id
    if meant == actor.account_id or (each.is_late and actor.is_lead):
        return True
    return meant is None and each.handover.case_id in mine


def _told(actor: Actor) -> Q:
    """What waits; and of each kind in a case the latest, where it was declined in the last two weeks."""
    later = Handover.objects.filter(
        case=OuterRef("case"), kind=OuterRef("kind"), proposed_at__gt=OuterRef("proposed_at")
    )
    declined = Q(~Exists(later), outcome=Handover.Outcome.DECLINED, answered_at__gte=actor.at - TOLD_FOR)
    return Q(outcome="") | declined


def _given(actor: Actor) -> QuerySet[Handover]:
    """What the actor's unit has asked another to take over."""
    return (
        Handover.objects.visible_to(actor)
        .filter(_told(actor), from_unit=actor.unit_id, case__process__closed_at__isnull=True)
        .select_related("case__child", "to_unit")
        .order_by("proposed_at", "pk")
    )


def _of_giver(row: Handover, child: str, actor: Actor) -> Task:
    if row.outcome:
        return Task(Todo.HANDOVER_DECLINED, child, When.TODAY, row.case_id, target=row.pk)
    late = when_of(answer_by(row), actor.today) is When.LATE
    return Task(
        Todo.WAIT_FOR_HANDOVER,
        child,
        When.LATE if late else When.OTHERS,
        row.case_id,
        target=row.pk,
        due_on=answer_by(row),
        names=(row.to_unit.name,),
    )


def _holds(actor: Actor) -> Q:
    return Q(case__process__responsible=actor.account_id) | Q(case__process__coordinator=actor.account_id)


def _next_stage(actor: Actor) -> list[Task]:
    """The child's age says that another kind of unit is to be responsible, and nobody has been asked."""
    asked = Handover.objects.waiting().filter(case=OuterRef("pk"), kind=Handover.Kind.RESPONSIBILITY)
    if actor.unit_kind not in {UnitKind.MATERNITY_CARE, UnitKind.CHILD_HEALTH}:
        return []
    cases = (
        Case.objects.worked_on_by(actor)
        .filter(
            ~Exists(asked),
            process__responsible_unit=actor.unit_id,
            process__responsible=actor.account_id,
            process__closed_at__isnull=True,
        )
        .select_related("child")
    )
    return [
        Task(Todo.NEXT_STAGE, each.child.name, When.THIS_WEEK, each.pk)
        for each in cases
        if _grows_out(each, actor)
    ]


def _grows_out(case: Case, actor: Actor) -> bool:
    kind = actor.unit_kind
    return kind is not None and next_kind(kind, case.child.born_on, actor.today) is not None
