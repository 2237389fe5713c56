"""Fråga utan namn: ask another unit about a child whom nobody names, and answer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from access.policy import decide_unnamed
from audit.services import record
from cases.queries.unnamed import QuestionView, own_questions, question_of, units_to_ask
from cases.services.unnamed import (
    Identifies,
    answer_unnamed,
    ask_unnamed,
    close_unnamed,
    facts_of,
    follow_up_unnamed,
    read_unnamed,
)
from kit.dates import day_month
from kit.errors import Refused
from web.desk.forms.unnamed import AskForm, MessageForm
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Choose a unit, write, send. What says who the child is comes back, with all that was typed."""
    units = units_to_ask(request.actor)
    form = AskForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_bound and form.is_valid():
        try:
            made = ask_unnamed(
                to_unit=form.unit(), age=form.cleaned_data["age"], text=form.message(), by=request.actor
            )
        except Identifies as stopped:
            form.stop(stopped)
        except Refused as refused:
            form.refuse(refused)
        else:
            if sent := question_of(made.pk, request.actor):
                day = day_month(sent.line.answer_by)
                told = _("Your question is sent. You can expect an answer by %(day)s.") % {"day": day}
                messages.success(request, told)
            return redirect("desk:unnamed", question_id=made.pk)
    context = {"form": form, "has_own": bool(own_questions(request.actor))}
    return render(request, "desk/unnamed_ask.html", context, status=422 if form.is_bound else 200)


@staff_only
@require_GET
def own(request: Request) -> HttpResponse:
    """What one has asked oneself, and how it stands."""
    return render(request, "desk/unnamed_own.html", {"lines": own_questions(request.actor)})


@staff_only
@require_http_methods(["GET", "POST"])
def question(request: Request, question_id: uuid.UUID) -> HttpResponse:
    """One question with its answers, to the one who asked and to the unit that was asked."""
    view = question_of(question_id, request.actor)
    if view is None:
        raise Http404
    if request.method != "POST":
        return _page(request, view, MessageForm())
    if request.POST.get("what") == "close":
        close_unnamed(question=view.question, by=request.actor)
        messages.success(request, _("The question is ended. You can still read it here."))
        return redirect("desk:unnamed", question_id=question_id)
    if request.POST.get("what") == "read":
        read_unnamed(question=view.question, by=request.actor)
        return redirect("desk:unnamed", question_id=question_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, view, form)
    write = follow_up_unnamed if view.is_mine else answer_unnamed
    try:
        write(question=view.question, text=form.message(), by=request.actor)
    except Identifies as stopped:
        form.stop(stopped)
        return _page(request, view, form)
    messages.success(request, _("Your question is sent.") if view.is_mine else _("Your answer is sent."))
    return redirect("desk:unnamed", question_id=question_id)


def _page(request: Request, view: QuestionView, form: MessageForm) -> HttpResponse:
    """Recorded as read; with a form if it is the actor's turn."""
    actor = request.actor
    record(by=actor, kind="read", action="opened_question", object=view.question.pk)
    permission = Permission.ASK_UNNAMED if view.is_mine else Permission.ANSWER_UNNAMED
    turn = decide_unnamed(permission, facts_of(view.question, view.line.last_no, actor))
    context = {
        "view": view,
        "form": form,
        "text_label": _("Do you want to ask one thing more?") if view.is_mine else _("Your answer"),
        "may_write": bool(turn),
        "answered": view.is_mine and view.line.last_no > 1,
        "due_on": view.line.answer_by,
    }
    return render(request, "desk/unnamed.html", context, status=422 if form.is_bound else 200)
