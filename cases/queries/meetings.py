"""Meetings: those of a case, what one who sees only her own part is told, and what they ask of whom."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import connection

from access.actor import Actor
from access.clock import access_at
from access.facts import AdultRight
from access.grants import ParticipationKind
from agencies.models import Unit
from cases.models import Case, Meeting, Participation
from cases.queries.team import Custody, those_with
from cases.queries.work import Task, Todo, When, when_of
from kit import dates
from people.models import Guardian

State = Meeting.State


@dataclass(frozen=True)
class Guests:
    """Who can be invited: units that take part by the family's yes, and the child's adults."""

    units: list[Unit]
    people: list[Custody]


@dataclass(frozen=True)
class Invited:
    """Time, place and purpose of a meeting: what everybody who is invited is told."""

    meeting: uuid.UUID
    case_id: uuid.UUID
    state: str
    purpose: str
    purpose_text: str
    proposed: list[datetime]
    starts_at: datetime | None
    form: str
    place: str
    holds: bool

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        """The same, from what the database says."""
        return cls(*row)

    @property
    def called(self) -> str:
        """What it is for, in words."""
        return self.purpose_text or str(Meeting.Purpose(self.purpose).label)

    @property
    def form_words(self) -> str:
        """How one meets, in words."""
        return str(Meeting.Form(self.form).label)

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled."""
        return self.state in {State.PROPOSED, State.BOOKED}

    @property
    def sorted_by(self) -> datetime:
        """Its time, or the last of those to choose from."""
        return self.starts_at or max(self.proposed)


@dataclass(frozen=True)
class Names:
    """What the invited are called, as far as the reader may know them."""

    units: dict[uuid.UUID, str]
    people: dict[uuid.UUID, str]
    child: str

    def of(self, units: Iterable[uuid.UUID], guardians: Iterable[uuid.UUID], *, youth: bool) -> list[str]:
        """The child first, then those at home, then the units."""
        found = [self.child] if youth else []
        found += sorted(self.people[one] for one in guardians if one in self.people)
        return found + sorted(self.units[one] for one in units if one in self.units)


def guests_of(case: Case, actor: Actor) -> Guests:
    """For a unit that holds the case. Four statements."""
    taking_part = Participation.objects.filter(
        content_object=case, kind=ParticipationKind.FULL, valid__contains=access_at()
    )
    units = Unit.objects.filter(group__in=taking_part.values("group")).order_by("name")
    people = {person.guardian_id: person for person in those_with(AdultRight.PLAN, case, actor)}
    return Guests(list(units), [*people.values()])


def meetings_invited(actor: Actor, *, case_id: uuid.UUID | None = None) -> list[Invited]:
    """Those that the actor's unit is invited to or holds, by time: one statement."""
    if not actor.is_staff:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select meeting, case_id, state, purpose, purpose_text, proposed, starts_at, form, place, holds"
            " from access.meetings_invited() where %s::uuid is null or case_id = %s",
            [case_id, case_id],
        )
        rows = cursor.fetchall()
    return sorted((Invited.of(row) for row in rows), key=lambda one: one.sorted_by)


def meeting_of(meeting_id: uuid.UUID, case_id: uuid.UUID, actor: Actor) -> list[Meeting]:
    """One meeting's versions, the newest first; nothing for whoever may not read it."""
    found = Meeting.objects.visible_to(actor).filter(meeting=meeting_id, case=case_id)
    return list(found.select_related("case", "unit").order_by("-no"))


def names_in(versions: list[Meeting]) -> Names:
    """What everybody in these versions is called: two statements. Of guardians only those whom the
    reader may know, by the tables' own policies."""
    units = {unit for each in versions for unit in each.units}
    people = {person for each in versions for person in each.guardians}
    return Names(
        dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")),
        {person.pk: person.name for person in Guardian.objects.filter(pk__in=people)},
        versions[0].case.child.name if versions else "",
    )


def meeting_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Today's and this week's meetings; for the unit that holds the case also to choose a time, and
    to say who came. Two statements."""
    found = [each for each in meetings_invited(actor, case_id=case.pk if case else None) if each.is_open]
    names = (
        {case.pk: case.child.name}
        if case
        else {
            row.pk: row.child.name
            for row in Case.objects.worked_on_by(actor)
            .filter(pk__in={each.case_id for each in found})
            .select_related("child")
        }
        if found
        else {}
    )
    return [
        task for each in found if each.case_id in names for task in _tasks(each, names[each.case_id], actor)
    ]


def _tasks(each: Invited, child: str, actor: Actor) -> list[Task]:
    day = dates.as_day(each.sorted_by)
    if each.state == State.PROPOSED:
        late = day < actor.today
        return (
            [
                Task(
                    Todo.SETTLE_TIME,
                    child,
                    When.LATE if late else When.THIS_WEEK,
                    each.case_id,
                    target=each.meeting,
                )
            ]
            if each.holds
            else []
        )
    if each.sorted_by <= actor.at:
        todo = Task(Todo.NOTE_MEETING, child, when_of(day, actor.today), each.case_id, each.meeting, day)
        return [todo] if each.holds else []
    when = when_of(day, actor.today)
    return [Task(Todo.MEET, child, when, each.case_id, each.meeting, day, (dates.clock(each.sorted_by),))]
