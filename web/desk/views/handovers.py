"""Hand a case over, accept or decline, and say who answers for one in the unit."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from access.units import UnitKind
from access.words import KINDS
from audit.services import record
from cases.models import Handover
from cases.queries.handovers import (
    Waiting,
    handover_of,
    handovers_of,
    receivers_of,
    waiting_in_unit,
)
from cases.rules import next_kind
from cases.services.handovers import (
    accept_handover,
    decline_handover,
    name_responsible,
    propose_handover,
    withdraw_handover,
)
from kit.errors import Refused
from web.desk.case_page import CasePage, get_case
from web.desk.forms.handovers import AcceptForm, DeclineForm, HandOverForm, ResponsibleForm
from web.desk.writing import attempt
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def propose(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """What, to whom and why; beside it what waits already, and what became of the earlier ones."""
    page = get_case(request, case_id, action="opened_handover")
    page.standing.require(Permission.HAND_OVER)
    made = handovers_of(case_id, page.actor)
    waiting = [each for each in made if not each.outcome]
    left = _left_to_give(page, waiting)
    receivers = receivers_of(page.case, page.actor)
    suggested = _suggested(page)
    start = {"kind": left[0] if left else "", "starts_on": page.actor.today}
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        receivers=receivers, kinds=left, today=page.actor.today, suggested=suggested, initial=start,
    )  # fmt: skip
    if form.is_bound and form.is_valid() and attempt(form, lambda: _proposed(request, page, form)):
        return redirect("desk:hand_over", case_id=case_id)
    context = {
        "case_page": page, "form": form, "waiting": waiting, "left": left, "receivers": receivers,
        "answered": [each for each in made if each.outcome],
        "suggested": KINDS[suggested] if suggested else "",
    }  # fmt: skip
    return render(request, "desk/handover_propose.html", context, status=422 if form.errors else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, case_id: uuid.UUID, handover_id: uuid.UUID) -> HttpResponse:
    """Take it back, after a page that says what that means."""
    page = get_case(request, case_id, action="opened_handover")
    page.standing.require(Permission.HAND_OVER)
    found = handover_of(handover_id, case_id, page.actor)
    if found is None or found.outcome:
        raise Http404
    if request.method == "POST":
        withdraw_handover(handover=found, by=page.actor)
        messages.success(request, _("Taken back. Nothing has changed."))
        return redirect("desk:hand_over", case_id=case_id)
    return render(request, "desk/handover_withdraw.html", {"case_page": page, "handover": found})


@staff_only
@require_http_methods(["GET", "POST"])
def answer(request: Request, handover_id: uuid.UUID) -> HttpResponse:
    """Who hands over what, why and what follows: accept, or decline with a reason."""
    actor = request.actor
    found = next(iter(waiting_in_unit(actor, handover_id=handover_id)), None)
    if found is None and request.method == "POST":
        messages.info(
            request, _("This is no longer there to accept. A colleague may have accepted it just now.")
        )
        return redirect("desk:unit")
    if found is None:
        raise Http404
    record(by=actor, kind="read", action="opened_handover", case=found.handover.case_id,
           child=found.child_id, object=handover_id)  # fmt: skip
    declines = request.method == "POST" and "reason" in request.POST
    accept = AcceptForm(request.POST if request.method == "POST" and not declines else None, actor=actor)
    decline = DeclineForm(request.POST if declines else None)
    if answered := _accepted(request, found, accept) or _declined(request, found, decline):
        return answered
    context = {
        "waiting": found, "handover": found.handover, "form": accept, "decline": decline,
        "declining": declines, "forms": [accept, decline],
    }  # fmt: skip
    wrong = bool(accept.errors or decline.errors)
    return render(request, "desk/handover_answer.html", context, status=422 if wrong else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def responsible(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The arbetsledare of the unit that has the case says who answers for it there."""
    page = get_case(request, case_id, head=True, action=None)
    page.standing.require(Permission.ASSIGN)
    if not page.standing.facts.leads_holder or page.standing.facts.closed:
        raise Refused(_("Only the unit that has the case says who answers for it."))
    form = ResponsibleForm(
        request.POST if request.method == "POST" else None, actor=page.actor, works_herself=page.works_on
    )
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["account"]
        if attempt(form, lambda: _named(page, chosen)):
            messages.success(request, _("Saved. The family sees who is responsible now."))
            return redirect("desk:case", case_id=case_id)
    page.record_head()
    context = {"case_page": page, "form": form}
    return render(request, "desk/responsible_name.html", context, status=422 if form.errors else 200)


def _left_to_give(page: CasePage, waiting: list[Handover]) -> list[str]:
    """What the unit has and has not asked anybody to take over."""
    process, unit = page.process, page.actor.unit_id
    asked = {each.kind for each in waiting if each.from_unit_id == unit}
    if process is None:
        return []
    has = {
        Handover.Kind.RESPONSIBILITY: process.responsible_unit_id,
        Handover.Kind.COORDINATION: process.coordinator_unit_id or process.responsible_unit_id,
    }
    return [kind.value for kind, holder in has.items() if holder == unit and kind not in asked]


def _suggested(page: CasePage) -> UnitKind | None:
    """The kind of unit that the child's age says is to be responsible next."""
    process = page.process
    if process is None or process.responsible_unit_id != page.actor.unit_id:
        return None
    return next_kind(UnitKind(process.responsible_unit.kind), page.child.born_on, page.actor.today)


def _proposed(request: Request, page: CasePage, form: HandOverForm) -> bool:
    propose_handover(case=page.case, proposal=form.proposal(), by=page.actor)
    messages.success(request, _("Sent. You are responsible until they have accepted."))
    return True


def _accepted(request: Request, found: Waiting, form: AcceptForm) -> HttpResponse | None:
    """To the case, for whoever took it over; for a colleague it is not hers to open."""
    if not (form.is_bound and form.is_valid()):
        return None
    actor, chosen = request.actor, form.account_id()

    def accept() -> bool:
        accept_handover(handover=found.handover, account_id=chosen, by=actor)
        return True

    if not attempt(form, accept):
        return None
    if found.handover.kind == Handover.Kind.RESPONSIBILITY:
        messages.success(request, _("Your unit is responsible from now. The family sees that."))
    else:
        messages.success(request, _("Your unit holds the work together from now. The family sees that."))
    if chosen in {None, actor.account_id}:
        return redirect("desk:case", case_id=found.handover.case_id)
    return redirect("desk:work")


def _declined(request: Request, found: Waiting, form: DeclineForm) -> HttpResponse | None:
    if not (form.is_bound and form.is_valid()):
        return None

    def decline() -> bool:
        decline_handover(handover=found.handover, reason=form.cleaned_data["reason"], by=request.actor)
        return True

    if not attempt(form, decline):
        return None
    messages.success(request, _("Declined. The one who asked sees why."))
    return redirect("desk:work")


def _named(page: CasePage, account_id: uuid.UUID) -> bool:
    name_responsible(case=page.case, account_id=account_id, by=page.actor)
    return True
