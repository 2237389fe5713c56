"""Mitt arbete: what waits for me today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access.permissions import Permission
from access.roles import has_permission
from access.units import UnitKind
from agencies.queries import appointments_to_confirm
from cases.queries.circle import names_waiting
from cases.queries.emergency import emergencies_to_review
from cases.queries.feedback import feedback_tasks_of, feedback_to
from cases.queries.handovers import handover_tasks_of, waiting_in_unit, without_anybody
from cases.queries.inbox import invitations_waiting, own_signals, signals_waiting
from cases.queries.kept import hidings_due
from cases.queries.lists import Chosen, cases_of, late_in_unit
from cases.queries.meetings import meeting_tasks_of
from cases.queries.unnamed import questions_today
from cases.queries.work import one_line_each, tasks_of
from consent.versions import waiting_for
from plans.queries.work import plan_tasks_of
from reviews.queries import reviews_to_follow
from web.desk.task_words import groups_of
from web.door import staff_only
from web.request import Request

# Units that meet many children and work with few of them here: noticing comes first.
NOTICING_UNITS = frozenset(
    {UnitKind.PRESCHOOL, UnitKind.SCHOOL, UnitKind.INDEPENDENT_SCHOOL, UnitKind.LEISURE, UnitKind.POLICE}
)
FEW = 5


@staff_only
@require_GET
def my_work(request: Request) -> HttpResponse:
    """Late, today, this week, waiting for others: one line for each child."""
    actor = request.actor
    handed = waiting_in_unit(actor)
    lines = one_line_each(
        [
            *tasks_of(actor),
            *plan_tasks_of(actor),
            *hidings_due(actor),
            *handover_tasks_of(actor, waiting=handed),
            *meeting_tasks_of(actor),
            *feedback_tasks_of(actor),
        ]
    )
    page = cases_of(actor, Chosen(), worked_on=True)
    few = page.rows if len(page.rows) <= FEW and page.following is None else []
    questions = questions_today(actor)
    taken_by_nobody = len(signals_waiting(actor)) + len(invitations_waiting(actor))
    waiting = taken_by_nobody + len(handed) + questions.to_answer
    signals = [each for each in own_signals(actor, most=FEW) if each.delivered_at or each.ended_as]
    context = {
        "groups": groups_of(lines, actor.today),
        "waiting": waiting,
        "questions": questions,
        "reviews": reviews_to_follow(actor),
        "unit_late": late_in_unit(actor) if actor.is_lead else 0,
        "law_waits": waiting_for(actor) if has_permission(actor.role, Permission.SIGN_LAW) else 0,
        "roles_wait": appointments_to_confirm(actor) if actor.is_lead else 0,
        "to_name": len(names_waiting(actor)),
        "without_anybody": len(without_anybody(actor)),
        "to_review": len(emergencies_to_review(actor)) if actor.is_lead else 0,
        "signals": signals,
        "answered": feedback_to(actor).keys() if signals else (),
        "few": few,
        "many": bool(page.rows) and not few,
        "can_first": actor.unit_kind in NOTICING_UNITS and len(page.rows) <= FEW,
    }
    return render(request, "desk/work_mine.html", context)
