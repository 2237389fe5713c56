"""Mitt arbete: what waits for me today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access.roles import Role
from access.units import UnitKind
from cases.queries.inbox import invitations_waiting, own_signals, signals_waiting
from cases.queries.lists import Chosen, cases_of, late_in_unit
from cases.queries.work import one_line_each, tasks_of
from plans.queries.work import plan_tasks_of
from web.desk.task_words import groups_of
from web.door import only_for
from web.request import Request

# Units that meet many children and work with few of them here: noticing comes first.
NOTICING_UNITS = frozenset(
    {UnitKind.PRESCHOOL, UnitKind.SCHOOL, UnitKind.INDEPENDENT_SCHOOL, UnitKind.LEISURE, UnitKind.POLICE}
)
FEW = 5


@only_for(Role.CASEWORKER, Role.LEAD)
@require_GET
def my_work(request: Request) -> HttpResponse:
    """Late, today, this week, waiting for others: one line for each child."""
    actor = request.actor
    lines = one_line_each([*tasks_of(actor), *plan_tasks_of(actor)])
    page = cases_of(actor, Chosen(), worked_on=True)
    few = page.rows if len(page.rows) <= FEW and page.following is None else []
    waiting = len(signals_waiting(actor)) + len(invitations_waiting(actor))
    context = {
        "groups": groups_of(lines, actor.today),
        "waiting": waiting,
        "unit_late": late_in_unit(actor) if actor.is_lead else 0,
        "signals": [
            signal for signal in own_signals(actor, most=FEW) if signal.delivered_at or signal.ended_as
        ],
        "few": few,
        "many": bool(page.rows) and not few,
        "can_first": actor.unit_kind in NOTICING_UNITS and len(page.rows) <= FEW,
    }
    return render(request, "desk/work_mine.html", context)
