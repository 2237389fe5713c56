"""Tasks in words, with the address where each is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from cases.queries.work import Line, Task, Todo, When
from kit import dates
from web.desk.words import and_list


@dataclass(frozen=True)
class TaskRow:
    """One row of a task list. ``more`` names what else there is, on the child's page."""

    title: str
    href: str
    meta: str = ""
    date: str = ""
    state: str = ""
    kind: str = "neutral"
    more: str = ""
    more_href: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one heading."""

    title: str
    rows: list[TaskRow]


def groups_of(lines: dict[When, list[Line]], today: date) -> list[Group]:
    """The groups of Mitt arbete that hold anything, most urgent first."""
    titles = {
        When.LATE: _("Late"),
        When.TODAY: _("Today"),
        When.THIS_WEEK: _("This week"),
        When.OTHERS: _("Waiting for others"),
    }
    return [
        Group(title, [_row(line, today) for line in lines[when]])
        for when, title in titles.items()
        if lines.get(when)
    ]


def row_of(task: Task, today: date, *, with_child: bool = True) -> TaskRow:
    """A task as a row; without the child's name on the child's own page."""
    title = f"{verb_of(task)}: {task.child}" if with_child else verb_of(task)
    state, kind = _state(task, today)
    when = dates.day_month(task.due_on) if task.due_on else ""
    return TaskRow(title, _address(task), date=when, state=state, kind=kind)


def verb_of(task: Task) -> str:
    """What to do, or whom to wait for."""
    if task.todo is Todo.WAIT_FOR_ANSWER:
        return _("Waiting for an answer from %(names)s") % {"names": and_list(task.names)}
    if task.todo is Todo.WAIT_FOR_HANDOVER:
        return _("Waiting for %(names)s to accept the hand-over") % {"names": and_list(task.names)}
    if task.todo is Todo.MEET:
        return _("Meeting at %(time)s") % {"time": task.names[0]}
    words = {
        Todo.TALK_FIRST: _("Talk with the family"),
        Todo.TALK: _("Talk with the family"),
        Todo.FIND_OUT: _("Find out more together"),
        Todo.HAND_OVER: _("Ask the family about the other service"),
        Todo.SUPPORT: _("Follow up your own support"),
        Todo.LOOK_AGAIN: _("Look again whether help is needed"),
        Todo.RENEW_CONSENT: _("Ask for the consent anew, before it ends"),
        Todo.CLOSE: _("Close the case"),
        Todo.ASK: _("Ask the family for consent"),
        Todo.GO_THROUGH: _("Go through the answers with the family"),
        Todo.PLAN: _("Make a plan together"),
        Todo.FOLLOW_UP: _("Follow up the plan"),
        Todo.SHARE_CORRECTION: _("Show the correction"),
        Todo.SIGN: _("Sign what a colleague wants to show"),
        Todo.DECLINED: _("Read why a colleague did not sign"),
        Todo.REPLY_TO_PLAN: _("Answer the plan proposal"),
        Todo.OWN_ROW: _("Say how your part of the plan goes"),
        Todo.LOOK_OVER_PROTECTION: _("Look over whether the child needs protection"),
        Todo.CONSENT_CHANGED: _("Look over the plan, since consent has changed"),
        # The same words whatever was answered: a list is read over shoulders.
        Todo.TALK_ABOUT_PLAN: _("Talk with the family about the plan"),
        Todo.REVIEW_HIDING: _("Look over what is hidden from a guardian"),
        Todo.ACCEPT_RESPONSIBILITY: _("Accept the responsibility"),
        Todo.ACCEPT_COORDINATION: _("Accept holding the work together"),
        Todo.HANDOVER_DECLINED: _("Read why the hand-over was declined"),
        Todo.NEXT_STAGE: _("Hand over as the child grows"),
        Todo.SETTLE_TIME: _("Settle the time of the meeting"),
        Todo.NOTE_MEETING: _("Say who came to the meeting"),
        Todo.GIVE_FEEDBACK: _("Tell the one who noticed"),
    }
    return words[task.todo]


def _row(line: Line, today: date) -> TaskRow:
    row = row_of(line.task, today)
    if not line.more:
        return row
    others = list(dict.fromkeys(verb_of(task).lower() for task in line.others))
    more = _("Also: %(what)s.") % {"what": and_list(others)}
    return replace(row, more=more, more_href=f"/barn/{line.task.case_id}/")


def _state(task: Task, today: date) -> tuple[str, str]:
    if task.todo is Todo.SHARE_CORRECTION:
        return _("Corrected, not shared"), "waiting"
    if task.todo is Todo.TALK_FIRST:
        return _("Not sent on"), "waiting"
    if task.todo is Todo.DECLINED:
        return _("Not shown"), "late"
    if task.due_on is None:
        return "", "neutral"
    return dates.due(task.due_on, today=today), "late" if task.due_on < today else "neutral"


def _address(task: Task) -> str:
    if task.todo is Todo.TALK_FIRST:
        return f"/signal/{task.target}/"
    if task.todo in {Todo.ACCEPT_RESPONSIBILITY, Todo.ACCEPT_COORDINATION}:
        return f"/enheten/lamna-over/{task.target}/"
    below = {
        Todo.TALK: "",
        Todo.FIND_OUT: "",
        Todo.HAND_OVER: "samtycke/",
        Todo.SUPPORT: "beslut/",
        Todo.LOOK_AGAIN: "beslut/",
        Todo.RENEW_CONSENT: "samtycke/nytt/?fornya",
        Todo.CLOSE: "avsluta/",
        Todo.ASK: "samtycke/",
        Todo.GO_THROUGH: "samtycke/",
        Todo.WAIT_FOR_ANSWER: "samtycke/",
        Todo.PLAN: "plan/",
        Todo.FOLLOW_UP: "plan/folj-upp/",
        Todo.SHARE_CORRECTION: f"anteckning/{task.target}/dela/",
        Todo.SIGN: f"skriv-under/{task.target}/",
        Todo.DECLINED: f"anteckning/{task.target}/menprovningar/",
        Todo.REPLY_TO_PLAN: "plan/",
        Todo.CONSENT_CHANGED: "plan/",
        Todo.TALK_ABOUT_PLAN: "plan/",
        Todo.LOOK_OVER_PROTECTION: "skydd/se-over/",
        Todo.OWN_ROW: f"plan/insats/{task.target}/",
        Todo.REVIEW_HIDING: f"anteckning/{task.target}/",
        Todo.WAIT_FOR_HANDOVER: "lamna-over/",
        Todo.HANDOVER_DECLINED: "lamna-over/",
        Todo.NEXT_STAGE: "lamna-over/",
        Todo.MEET: f"mote/{task.target}/",
        Todo.SETTLE_TIME: f"mote/{task.target}/andra/",
        Todo.NOTE_MEETING: f"mote/{task.target}/genomfort/",
        Todo.GIVE_FEEDBACK: f"aterkoppling/{task.target}/",
    }
    return f"/barn/{task.case_id}/{below[task.todo]}"
