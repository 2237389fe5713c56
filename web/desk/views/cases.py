"""Barn: the list, and the pages of one child that are not written on."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from cases.expectations import Expected
from cases.models import Entry
from cases.queries.expectations import expected_in
from cases.queries.feedback import feedback_tasks_of
from cases.queries.handovers import handover_tasks_in
from cases.queries.inbox import signal_of_case
from cases.queries.kin import kin_of
from cases.queries.lists import cases_of, has_cases, working_here
from cases.queries.log import unit_log
from cases.queries.meetings import meeting_tasks_of
from cases.queries.people import adults_of, family_of, listed_with
from cases.queries.team import units_around
from cases.queries.timeline import Events, day_of, events_of, latest_of_kinds, tally_of
from cases.queries.work import note_tasks_of
from plans.queries.follow_ups import held_follow_ups
from plans.queries.work import plan_tasks_of
from web.desk.case_page import CasePage, get_case
from web.desk.events import shown_events, with_follow_ups
from web.desk.forms.events import EventFilter
from web.desk.forms.leading import AssignForm, OpenForm
from web.desk.forms.lists import FilterForm, SearchForm
from web.desk.guessing import SEARCHED, tried
from web.desk.log_lines import log_lines
from web.desk.next_steps import next_step
from web.desk.task_words import row_of
from web.desk.wheel_pictures import picture_of
from web.desk.words import after_of, language_words
from web.door import staff_only
from web.request import Request

LAST = 5


@staff_only
@require_http_methods(["GET", "POST"])
def listing(request: Request) -> HttpResponse:
    """The unit's children that the actor works with; a name or number only by POST."""
    actor = request.actor
    narrow = FilterForm(request.GET)
    search = SearchForm(request.POST if request.method == "POST" else None, today=actor.today)
    status = tried(search, actor, SEARCHED) if search.is_bound else 200
    chosen = search.chosen() if search.is_bound and status == 200 else narrow.chosen()
    page = cases_of(actor, chosen, after=None if search.is_bound else after_of(request))
    context = {
        "page": page,
        "search": search,
        "form": search,
        "narrow": narrow,
        "any": bool(page.rows) or has_cases(actor),
    }
    return render(request, "desk/case_list.html", context, status=status)


@staff_only
@require_GET
def overview(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The child at a glance; the head alone for the arbetsledare; one's own for who keeps it."""
    page = get_case(request, case_id, own=True, head=True, action=None)
    if page.works_on:
        return _whole(request, page)
    return _own(request, page) if page.reads_own else _head(request, page)


def _whole(request: Request, page: CasePage) -> HttpResponse:
    page.record_read()
    actor, case = page.actor, page.case
    latest = latest_of_kinds(case, actor)
    events = shown_events(events_of(case, actor, most=LAST).events, actor)
    tasks = [
        *(handover_tasks_in(case, actor) if page.process else []),
        *(meeting_tasks_of(actor, case=case) if not page.standing.facts.closed else []),
        *(feedback_tasks_of(actor, case=case) if page.holds else []),
        *note_tasks_of(actor, case=case),
        *plan_tasks_of(actor, case=case),
    ]
    context = {
        "case_page": page,
        "assigned": _assigned_now(request, page),
        "next": next_step(page, has_wheel=Entry.Kind.WHEEL in latest, has_events=bool(events)),
        "tasks": [row_of(task, actor.today, with_child=False) for task in tasks],
        "signal": signal_of_case(case, actor),
        "wheel": picture_of(latest.get(Entry.Kind.WHEEL)),
        "words": latest.get(Entry.Kind.CHILD_WORDS),
        "events": events,
        "team": units_around(case.pk, actor),
        "family": family_of(case, actor),
        "may_write": page.may(Permission.WRITE_ENTRY),
        "expected": _expected(page),
        "may_hand_over": page.may(Permission.HAND_OVER),
    }
    return render(request, "desk/case_overview.html", context)


def _expected(page: CasePage) -> list[Expected]:
    """What is expected of whom in the step where the case stands; nothing once it is closed."""
    step = page.step_now
    return expected_in(step, page.child.municipality_code) if step else []


def _assigned_now(request: Request, page: CasePage) -> str:
    """Who was assigned just before, by the id in the address: a receipt, and only of one's own unit."""
    just = request.GET.get("tilldelad", "")
    working = working_here(page.case.pk, page.actor) if just and page.may(Permission.ASSIGN) else []
    return next((name for account, name, _phone in working if str(account) == just), "")


def _own(request: Request, page: CasePage) -> HttpResponse:
    page.record_read()
    events = events_of(page.case, page.actor, marks=False)
    working = working_here(page.case.pk, page.actor) if page.may(Permission.ASSIGN) else []
    context = {
        "case_page": page,
        "assigned": _assigned_now(request, page),
        "events": shown_events(events.events, page.actor),
        "working": working,
        "assign_form": AssignForm(actor=page.actor, working=working) if page.may(Permission.ASSIGN) else None,
    }
    return render(request, "desk/case_own.html", context)


def _head(request: Request, page: CasePage) -> HttpResponse:
    page.record_head()
    working = working_here(page.case.pk, page.actor)
    context = {
        "case_page": page,
        "assigned": _assigned_now(request, page),
        "open_form": OpenForm(),
        "assign_form": AssignForm(actor=page.actor, working=working),
        "working": working,
    }
    return render(request, "desk/case_head.html", context)


@staff_only
@require_GET
def events(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Everything written that the actor may read, newest first."""
    page = get_case(request, case_id, own=True, action="opened_events")
    after = after_of(request)
    form = EventFilter(request.GET, held=held_follow_ups(case_id, page.actor))
    form.offer(tally_of(page.case, page.actor, form.period))
    found = Events([])
    if form.of_entries:
        found = events_of(page.case, page.actor, narrowed=form.narrowed, before=after, marks=page.works_on)
    last = day_of(after, page.case, page.actor)
    context = {
        "case_page": page,
        "events": with_follow_ups(found, form.held_chosen, after=last, actor=page.actor),
        "following": found.following,
        "form": form,
        "signal": signal_of_case(page.case, page.actor) if page.works_on else None,
        "may_write": page.may(Permission.WRITE_ENTRY),
    }
    return render(request, "desk/case_events.html", context, status=422 if form.errors else 200)


@staff_only
@require_GET
def people(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Whom to ring: the family, the team, and who the child is listed with."""
    page = get_case(request, case_id, action="opened_people")
    working = working_here(case_id, page.actor)
    context = {
        "case_page": page,
        "family": [(each, language_words(each.language)) for each in family_of(page.case, page.actor)],
        "team": units_around(case_id, page.actor),
        "working": working,
        "adults": adults_of(page.case, page.actor),
        "may_register": page.may(Permission.REGISTER_FAMILY),
        "kin": kin_of(case_id, page.actor),
        "may_link": page.may(Permission.WRITE_ENTRY),
        "listed": listed_with(page.case, page.actor) if page.holds else [],
        "assign_form": AssignForm(actor=page.actor, working=working) if page.may(Permission.ASSIGN) else None,
    }
    return render(request, "desk/case_people.html", context)


@staff_only
@require_GET
def log(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """What one's own unit has read and done with the case."""
    page = get_case(request, case_id, action="opened_log")
    context = {"case_page": page, "rows": log_lines(unit_log(case_id, page.actor))}
    return render(request, "desk/case_log.html", context)
