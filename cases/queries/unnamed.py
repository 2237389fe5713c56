"""Questions without a name: one's own, those that the unit is asked, and which wait."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from access.actor import Actor
from access.roles import AT_WORK
from agencies.models import Membership, Unit
from cases.models import UnnamedMessage, UnnamedQuestion
from kit.dates import as_day
from kit.working_days import add_working_days

MOST = 100
MOST_ANSWERED = 30
# Working days within which a unit is to answer.
ANSWERED_WITHIN = 5


def due_on(asked_at: datetime) -> date:
    """The last day on which an answer comes in time."""
    return add_working_days(as_day(asked_at), ANSWERED_WITHIN)


@dataclass(frozen=True)
class QuestionLine:
    """A question in a list: nothing of what it says."""

    question: UnnamedQuestion
    last_no: int
    last_at: datetime
    today: date

    @property
    def waits(self) -> bool:
        """For the unit's answer."""
        return self.question.closed_at is None and self.last_no % 2 == 1

    @property
    def is_late(self) -> bool:
        """The unit has not answered in time."""
        return self.waits and due_on(self.last_at) < self.today

    @property
    def is_news(self) -> bool:
        """An answer that the asker has not opened."""
        closed = self.question.closed_at is not None
        return not closed and self.last_no % 2 == 0 and self.question.read_no < self.last_no


@dataclass(frozen=True)
class QuestionView:
    """A question with all that is written in it."""

    question: UnnamedQuestion
    messages: list[UnnamedMessage]
    is_mine: bool
    line: QuestionLine


@dataclass(frozen=True)
class Waiting:
    """For Mitt arbete: how many the unit has to answer, how many of them late, and one's own answers."""

    to_answer: int
    late: int
    answers: list[QuestionLine]


def units_to_ask(actor: Actor) -> list[Unit]:
    """Units where somebody is at work now, but one's own: the own municipality's first, then those of
    the whole county, then the others', by name."""
    at_work = Membership.objects.in_force(actor.at).filter(
        unit=OuterRef("pk"), role__in=[str(role) for role in AT_WORK]
    )
    found = Unit.objects.filter(Exists(at_work)).exclude(pk=actor.writes_as[1])
    units = found.select_related("municipality").order_by("municipality__name", "name")
    return sorted(units, key=lambda unit: _distance(unit, actor))


def _distance(unit: Unit, actor: Actor) -> int:
    if unit.municipality_id is None:
        return 1
    return 0 if unit.municipality_id == actor.municipality_code else 2


def questions_waiting(actor: Actor) -> list[QuestionLine]:
    """What the unit has to answer, that which has waited longest first."""
    asked = UnnamedQuestion.objects.asked_of(actor).filter(closed_at=None).with_last()
    found = asked.annotate(turn=F("last_no") % 2).filter(turn=1).select_related("from_unit")
    return _lines(found.order_by("last_at", "pk")[:MOST], actor)


def questions_answered(actor: Actor) -> list[QuestionLine]:
    """What the unit has answered, or the asker has ended, the latest first."""
    asked = UnnamedQuestion.objects.asked_of(actor).with_last().annotate(turn=F("last_no") % 2)
    found = asked.filter(Q(turn=0) | Q(closed_at__isnull=False)).select_related("from_unit")
    return _lines(found.order_by("-last_at", "pk")[:MOST_ANSWERED], actor)


def own_questions(actor: Actor) -> list[QuestionLine]:
    """What the actor has asked for the unit that she acts for, the latest first."""
    asked = UnnamedQuestion.objects.asked_by(actor).with_last().select_related("to_unit")
    return _lines(asked.order_by("-last_at", "pk")[:MOST], actor)


def questions_today(actor: Actor) -> Waiting:
    """What of it stands on Mitt arbete: one statement."""
    open_now = UnnamedQuestion.objects.visible_to(actor).filter(closed_at=None).with_last()
    lines = _lines(open_now.select_related("to_unit").order_by("last_at", "pk"), actor)
    to_us = [line for line in lines if line.question.to_unit_id == actor.unit_id and line.waits]
    mine = [line for line in lines if line.question.to_unit_id != actor.unit_id and line.is_news]
    return Waiting(len(to_us), sum(line.is_late for line in to_us), mine)


def question_of(question_id: uuid.UUID, actor: Actor) -> QuestionView | None:
    """A question with its messages, if the actor may read it."""
    units = ("from_unit", "to_unit__municipality")
    question = UnnamedQuestion.objects.visible_to(actor).select_related(*units).filter(pk=question_id).first()
    if question is None:
        return None
    messages = list(UnnamedMessage.objects.visible_to(actor).filter(question=question).order_by("no"))
    is_mine = question.to_unit_id != actor.unit_id
    last = messages[-1]
    return QuestionView(
        question, messages, is_mine, QuestionLine(question, last.no, last.written_at, actor.today)
    )


def _lines(rows: object, actor: Actor) -> list[QuestionLine]:
    return [QuestionLine(row, row.last_no, row.last_at, actor.today) for row in rows]  # type: ignore[attr-defined]
