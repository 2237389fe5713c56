"""Uppmärksamma: somebody notices something about a child."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.models import Municipality
from audit.services import record
from cases.queries.feedback import feedback_to
from cases.queries.inbox import SignalView, signal_of
from cases.rules import SignalEnd
from cases.services.signals import end_signal, forward_signal, resume_signal, send_signal
from kit.errors import Refused
from kit.forms import BaseForm
from web.desk import noticing
from web.desk.forms.signals import EndForm, YesForm
from web.desk.noticing import CHECK, STEPS, Notice
from web.door import staff_only
from web.request import Request


@staff_only
@require_GET
def start(request: Request) -> HttpResponse:
    """Step 0: this is no orosanmälan and never becomes one."""
    return render(request, "desk/signal_start.html", {"begun": noticing.begun(request.actor)})


@staff_only
@require_GET
def stop(request: Request) -> HttpResponse:
    """The child may be harmed: nothing is written here, another way is shown."""
    mine = Municipality.objects.filter(pk=request.actor.municipality_code).first()
    municipalities = [mine] if mine else list(Municipality.objects.order_by("name"))
    return render(request, "desk/signal_stop.html", {"municipalities": municipalities})


@staff_only
@require_POST
def discard(request: Request) -> HttpResponse:
    """Start over: what was typed is thrown away."""
    noticing.discard(request.actor)
    messages.success(request, _("What you had written is gone."))
    return redirect("desk:notice_step", step=STEPS[0].name)


@staff_only
@require_http_methods(["GET", "POST"])
def step(request: Request, step: str) -> HttpResponse:
    """One screen of the form; each is kept as a draft until all is sent."""
    notice = Notice.of(request.actor)
    place = notice.place(step)
    if place is None:
        raise Http404
    if notice.first_missing_before(step):
        return redirect("desk:notice_step", step=notice.first_missing_before(step))
    form = notice.form(step, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        noticing.keep(step, request.POST, request.actor)
        return redirect(noticing.after(step, checking="kontrollera" in request.GET))
    first = step == STEPS[0].name
    context = {
        "form": form,
        "step": place,
        "child_name": "" if first else notice.child_name,
        "known": None if first else notice.known,
    }
    return render(request, place.template, context, status=422 if form.is_bound else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def check(request: Request) -> HttpResponse:
    """Everything once more, then it is sent or kept in the unit."""
    notice = Notice.of(request.actor)
    missing = notice.first_missing_before(CHECK)
    if missing:
        return redirect("desk:notice_step", step=missing)
    form = BaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            signal_id = send_signal(noticed=notice.noticed(), by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            noticing.discard(request.actor)
            return redirect("desk:notice_done", signal_id=signal_id)
    context = {"notice": notice, "noticed": notice.noticed(), "form": form, "known": notice.known}
    return render(request, "desk/signal_check.html", context, status=422 if form.is_bound else 200)


@staff_only
@require_GET
def done(request: Request, signal_id: uuid.UUID) -> HttpResponse:
    """The receipt: the same whether or not the child has a case."""
    view = signal_of(signal_id, request.actor)
    if view is None or not view.is_mine:
        raise Http404
    _record_opening(request, view)
    context = {"view": view, "receiver": noticing.receiver(view.signal.born_on, request.actor.today)}
    return render(request, "desk/signal_done.html", context)


def _record_opening(request: Request, view: SignalView) -> None:
    record(
        by=request.actor, kind="read", action="opened_signal", case=view.text.case_id, object=view.signal.pk
    )


@staff_only
@require_http_methods(["GET", "POST"])
def signal(request: Request, signal_id: uuid.UUID) -> HttpResponse:
    """One's own signal: how it stands, the family's yes later on, or that it ends."""
    view = signal_of(signal_id, request.actor)
    if view is None:
        raise Http404
    if request.method != "POST":
        return _signal_page(request, view, None)
    if not view.is_mine:
        raise Refused(_("Only the one who wrote this can send it on."))
    return _change(request, view)


def _change(request: Request, view: SignalView) -> HttpResponse:
    """Send it on, end it, or take the end back, by the button that was pressed."""
    actor, pk, what = request.actor, view.signal.pk, request.POST.get("what", "")
    if what == "resume":
        resume_signal(signal_id=pk, by=actor)
        return redirect("desk:signal", signal_id=pk)
    form = (EndForm if what == "end" else YesForm)(request.POST, today=actor.today)
    if not form.is_valid():
        return _signal_page(request, view, form)
    if isinstance(form, EndForm):
        data = form.cleaned_data
        end_signal(signal_id=pk, as_=SignalEnd(data["ended_as"]), on=data["ended_on"], by=actor)
        messages.success(request, _("Noted. The task is gone from My work."))
        return redirect("desk:signal", signal_id=pk)
    forward_signal(signal_id=pk, born_on=view.signal.born_on, by=actor, **form.cleaned_data)
    return redirect("desk:notice_done", signal_id=pk)


def _signal_page(request: Request, view: SignalView, wrong: BaseForm | None) -> HttpResponse:
    """The page with its two forms; the one that was wrong is shown as it was typed."""
    today = request.actor.today
    _record_opening(request, view)
    context = {
        "view": view,
        "yes": wrong if isinstance(wrong, YesForm) else YesForm(today=today, initial={"yes_on": today}),
        "end": wrong if isinstance(wrong, EndForm) else EndForm(today=today, initial={"ended_on": today}),
        "form": wrong,
        "told": feedback_to(request.actor).get(view.signal.pk, []),
        "receiver": noticing.receiver(view.signal.born_on, today),
    }
    return render(request, "desk/signal_show.html", context, status=422 if wrong else 200)
