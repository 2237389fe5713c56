"""What waits for an actor. Nothing is stored: every task is read from how things stand."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from django.db.models import Q

from access.actor import Actor
from cases.models import Case, Signal, Version
from cases.process import WAITS_FOR_ITS_DAY
from cases.queries.circle import protection_reviews
from cases.queries.timeline import notes_asking
from cases.rules import NextStep
from consent.models import Answer, State
from consent.renewals import ending_consents
from kit.arrays import in_array

MOST = 100
WEEK = timedelta(days=7)
RENEWED_BEFORE = timedelta(days=30)


class Todo(StrEnum):
    """What is to be done; the page puts it into words."""

    TALK_FIRST = "talk_first"
    TALK = "talk"
    FIND_OUT = "find_out"
    HAND_OVER = "hand_over"
    SUPPORT = "support"
    LOOK_AGAIN = "look_again"
    RENEW_CONSENT = "renew_consent"
    CLOSE = "close"
    ASK = "ask"
    GO_THROUGH = "go_through"
    WAIT_FOR_ANSWER = "wait_for_answer"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    SHARE_CORRECTION = "share_correction"
    SIGN = "sign"
    DECLINED = "declined"
    REPLY_TO_PLAN = "reply_to_plan"
    OWN_ROW = "own_row"
    CONSENT_CHANGED = "consent_changed"
    TALK_ABOUT_PLAN = "talk_about_plan"
    REVIEW_HIDING = "review_hiding"
    LOOK_OVER_PROTECTION = "look_over_protection"
    ACCEPT_RESPONSIBILITY = "accept_responsibility"
    ACCEPT_COORDINATION = "accept_coordination"
    WAIT_FOR_HANDOVER = "wait_for_handover"
    HANDOVER_DECLINED = "handover_declined"
    NEXT_STAGE = "next_stage"
    MEET = "meet"
    SETTLE_TIME = "settle_time"
    NOTE_MEETING = "note_meeting"
    GIVE_FEEDBACK = "give_feedback"


OWN_LINE = frozenset({Todo.ACCEPT_RESPONSIBILITY, Todo.ACCEPT_COORDINATION, Todo.MEET, Todo.NOTE_MEETING})


class When(IntEnum):
    """The groups of Mitt arbete, most urgent first."""

    LATE = 0
    TODAY = 1
    THIS_WEEK = 2
    OTHERS = 3
    LATER = 4


@dataclass(frozen=True)
class Task:
    """One thing to do about one child. ``target`` is what it is about: a signal,
    an entry or a plan version. ``names`` are those waited for."""

    todo: Todo
    child: str
    when: When
    case_id: uuid.UUID | None = None
    target: uuid.UUID | None = None
    due_on: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A child's line: its most urgent task, and those that come after it."""

    task: Task
    others: tuple[Task, ...] = ()

    @property
    def more(self) -> int:
        """How many more there are."""
        return len(self.others)


def when_of(due_on: date | None, today: date, *, undated: When = When.THIS_WEEK) -> When:
    """The group of something that is due on a day."""
    if due_on is None:
        return undated
    if due_on < today:
        return When.LATE
    if due_on == today:
        return When.TODAY
    return When.THIS_WEEK if due_on <= today + WEEK else When.LATER


def one_line_each(tasks: Iterable[Task]) -> dict[When, list[Line]]:
    """One line for each child with its most urgent task, in its group. To accept a hand-over
    and a meeting are lines of their own: what is late of the child's must not hide them."""
    of_child: dict[object, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.when is not When.LATER:
            own = task.target if task.todo in OWN_LINE else None
            of_child[own or task.case_id or task.target].append(task)
    groups: dict[When, list[Line]] = defaultdict(list)
    for found in of_child.values():
        first, *others = sorted(found, key=_urgency)
        groups[first.when].append(Line(first, tuple(others)))
    for lines in groups.values():
        lines.sort(key=lambda line: _urgency(line.task))
    return dict(groups)


def tasks_of(actor: Actor) -> list[Task]:
    """What the case work asks of the actor: her own signals, next steps and consents,
    and corrections that have not reached everybody."""
    if not actor.is_staff:
        return []
    return _signals(actor) + _steps(actor) + note_tasks_of(actor) + _protection(actor)


def _urgency(task: Task) -> tuple[When, date, str, str]:
    return task.when, task.due_on or date.max, task.todo, task.child


def _signals(actor: Actor) -> list[Task]:
    """Her own signals that wait for the guardians' yes: talk with the family."""
    waiting = (
        Signal.objects.visible_to(actor)
        .sent_by(actor)
        .filter(delivered_at__isnull=True, ended_as="")
        .order_by("sent_at")[:MOST]
    )
    return [Task(Todo.TALK_FIRST, signal.typed_name, When.TODAY, target=signal.pk) for signal in waiting]


def _steps(actor: Actor) -> list[Task]:
    """The next step of each case whose baton she holds."""
    hers = Q(process__coordinator=actor.account_id) | Q(
        process__coordinator__isnull=True, process__responsible=actor.account_id
    )
    cases = (
        Case.objects.worked_on_by(actor)
        .filter(hers, process__closed_at__isnull=True)
        .exclude(process__next_step="")
        .select_related("child", "process")
        .order_by("process__next_on", "pk")
    )
    found: list[Case] = list(cases[:MOST])
    missing, asked = _missing_answers(found, actor)
    steps = [_step(each, missing[each.child_id], each.child_id in asked, actor) for each in found]
    return steps + _asked_anew(found, missing) + _renewals(found, actor)


def _asked_anew(cases: list[Case], missing: dict[uuid.UUID, list[str]]) -> list[Task]:
    """Questions that wait for the family beside what the case is at."""
    return [
        Task(Todo.WAIT_FOR_ANSWER, case.child.name, When.OTHERS, case.pk, names=tuple(missing[case.child_id]))
        for case in cases
        if missing[case.child_id] and case.process.next_step not in {NextStep.ASK, NextStep.ANSWER}
    ]


def _renewals(cases: list[Case], actor: Actor) -> list[Task]:
    """Consents of theirs that end within 30 days, and about which nothing has been asked since."""
    of_child = {case.child_id: case for case in cases}
    return [
        Task(Todo.RENEW_CONSENT, case.child.name, When.THIS_WEEK, case.pk, due_on=ending.last_on)
        for ending in ending_consents(list(of_child), actor)
        if ending.last_on <= actor.today + RENEWED_BEFORE and (case := of_child[ending.child_id])
    ]


def _protection(actor: Actor) -> list[Task]:
    """Cases that her unit holds, of children with a guardian whose other child has got a
    protected identity: today, because it was raised then."""
    asked = [case_id for case_id, _at in protection_reviews(actor)]
    if not asked:
        return []
    cases = Case.objects.worked_on_by(actor).filter(pk__in=asked).select_related("child")
    return [Task(Todo.LOOK_OVER_PROTECTION, case.child.name, When.TODAY, case.pk) for case in cases[:MOST]]


def _step(case: Case, names: list[str], asked: bool, actor: Actor) -> Task:
    process = case.process
    step = NextStep(process.next_step)
    when = when_of(process.next_on, actor.today)
    if when is When.LATER and step not in WAITS_FOR_ITS_DAY:
        when = When.THIS_WEEK
    if step not in {NextStep.ASK, NextStep.ANSWER}:
        return Task(Todo(step), case.child.name, when, case.pk, due_on=process.next_on)
    if names:
        waits = When.LATE if when is When.LATE else When.OTHERS
        return Task(
            Todo.WAIT_FOR_ANSWER, case.child.name, waits, case.pk, due_on=process.next_on, names=tuple(names)
        )
    if asked:
        return Task(Todo.GO_THROUGH, case.child.name, when, case.pk)
    return Task(Todo.ASK, case.child.name, min(when, When.TODAY), case.pk, due_on=process.next_on)


def _missing_answers(cases: list[Case], actor: Actor) -> tuple[dict[uuid.UUID, list[str]], set[uuid.UUID]]:
    """For each child the given names of those who have not answered, and the
    children about whom anything has been asked: one statement."""
    rows = (
        Answer.objects.filter(
            in_array("scope__consent", "access.my_kept_consents"),
            scope__consent__child__in=[case.child_id for case in cases],
            required=True,
        )
        .order_by("guardian__given_name")
        .values_list(
            "scope__consent__child", "scope__state", "reply", "guardian__given_name", "child__given_name"
        )
    )
    missing: dict[uuid.UUID, list[str]] = defaultdict(list)
    asked: set[uuid.UUID] = set()
    for child, state, reply, guardian, own in rows:
        asked.add(child)
        name = guardian or own
        if state == State.WAITING and not reply and name not in missing[child]:
            missing[child].append(name)
    return missing, asked


def note_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Corrections that are to be shown to those who have the old version, what a colleague
    wants to show and another must sign, and what she wanted to show and a colleague said no to. Of
    one case if it is given."""
    return [_note_task(version) for version in notes_asking(actor, case=case)]


def _note_task(version: Version) -> Task:
    to_sign = getattr(version, "to_sign", None)
    otherwise = Todo.DECLINED if getattr(version, "declined", False) else Todo.SHARE_CORRECTION
    todo, target = (Todo.SIGN, to_sign) if to_sign else (otherwise, version.entry_id)
    return Task(todo, version.case.child.name, When.TODAY, version.case_id, target=target)
