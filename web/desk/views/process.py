"""*Så går det till*: the four steps, read from the table that the code and the database follow."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from cases.deadlines import Deadline
from cases.process import PROCESS, WAITS_FOR_ITS_DAY, next_step_in
from cases.queries.deadlines import deadlines_of
from cases.rules import CloseReason, ProcessState, Step
from web.desk.words import and_list
from web.door import staff_only
from web.request import Request


@dataclass(frozen=True)
class StateRow:
    """One state in words."""

    name: str
    entry: str
    within: str
    leads_to: str


@staff_only
@require_GET
def how_it_works(request: Request) -> HttpResponse:
    """Each step with its states, and for which reasons a case is closed. About no child."""
    days = deadlines_of(request.actor.municipality_code)
    steps = [
        (step, [_row(state, days) for state, stage in PROCESS.items() if stage.step is step]) for step in Step
    ]
    answers = [(deadline.label, _working_days(days[deadline])) for deadline in _BESIDE]
    context = {"steps": steps, "reasons": [_reason(reason) for reason in CloseReason], "answers": answers}
    return render(request, "desk/process.html", context)


# What has a day of its own beside the states.
_BESIDE = (Deadline.ACT, Deadline.ANSWER, Deadline.ACCEPT, Deadline.ADVISE)


def _row(state: ProcessState, days: dict[Deadline, int]) -> StateRow:
    stage = PROCESS[state]
    exits = [str(each.label) for each in ProcessState if each in stage.exits]
    return StateRow(str(state.label), str(stage.entry), _within(state, days), and_list(exits))


def _within(state: ProcessState, days: dict[Deadline, int]) -> str:
    deadline = PROCESS[state].deadline
    if deadline is not None:
        return _working_days(days[deadline])
    return _("On a day that is chosen") if next_step_in(state) in WAITS_FOR_ITS_DAY else "–"


def _working_days(number: int) -> str:
    return ngettext("%(number)d working day", "%(number)d working days", number) % {"number": number}


def _reason(reason: CloseReason) -> tuple[str, str]:
    """A reason, and from which steps a case can be closed for it."""
    steps = [step for step in Step if any(reason in s.closes for s in PROCESS.values() if s.step is step)]
    if len(steps) == len(Step):
        return str(reason.label), _("whenever the case is open")
    return str(reason.label), and_list([str(step.label) for step in steps])
