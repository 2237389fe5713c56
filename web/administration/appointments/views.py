"""Roles that somebody has proposed: another person confirms or declines them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from access.appointing import decide_confirmation, decide_refusal, decide_taking_back
from access.reasons import Reason
from access.roles import APPOINTERS
from access.words import why
from agencies import queries
from agencies.appointments import confirm, decline, facts_of, take_back
from agencies.queries import Proposed
from web.administration.appointments.forms import DeclineForm
from web.administration.appointments.words import decided_line, ended, period, told, waiting_line
from web.door import only_for
from web.request import Request

START = "/nya-roller/"
DECIDED = 20
DECLINE, TAKE_BACK = "decline", "take_back"

appointers = only_for(*APPOINTERS)


@appointers
@require_GET
def overview(request: Request) -> HttpResponse:
    """What waits, the reader's own to decide first, and what was decided lately."""
    actor = request.actor
    waiting = [waiting_line(one, actor) for one in queries.appointments_waiting(actor)]
    context = {
        "waiting": sorted(waiting, key=lambda line: line.state != _("Waits for you")),
        "decided": [decided_line(one) for one in queries.appointments_decided(actor, most=DECIDED)],
    }
    return render(request, "administration/appointment_list.html", context)


@appointers
@require_http_methods(["GET", "POST"])
def show(request: Request, appointment_id: uuid.UUID) -> HttpResponse:
    """One of them: confirm it, say why not, or take back what one has proposed."""
    proposed = queries.appointment_seen(request.actor, appointment_id)
    if proposed is None:
        raise Http404
    form = DeclineForm(request.POST if DECLINE in request.POST else None)
    if request.method == "GET" or (form.is_bound and not form.is_valid()):
        return _page(request, proposed, form)
    if DECLINE in request.POST:
        because = form.cleaned_data["because"]
        decline(appointment=proposed.appointment, because=because, by=request.actor)
        messages.success(request, _("Declined. Whoever proposed it sees why."))
    elif TAKE_BACK in request.POST:
        take_back(appointment=proposed.appointment, by=request.actor)
        messages.success(request, _("Taken back. The role is not given."))
    else:
        return _confirmed(request, proposed)
    return redirect(START)


@sensitive_variables("first")
def _confirmed(request: Request, proposed: Proposed) -> HttpResponse:
    """The receipt; of somebody new the one page that shows what she signs in with."""
    row = proposed.appointment
    first = confirm(appointment=row, by=request.actor)
    if first is not None:
        context = {"unit": row.unit, "first": first, "name": row.name, "back": START}
        return render(request, "administration/colleague_added.html", context)
    messages.success(request, _("Confirmed. The colleague has the role."))
    return redirect(START)


def _page(request: Request, proposed: Proposed, form: DeclineForm) -> HttpResponse:
    row = proposed.appointment
    facts = facts_of(row, request.actor)
    confirming, refusing = decide_confirmation(facts), decide_refusal(facts)
    reason = confirming.reason
    context = {
        "proposed": proposed,
        "row": row,
        "told": told(proposed),
        "ended": ended(proposed),
        "period": period(row),
        "confirms": bool(confirming),
        "declines": bool(refusing),
        "takes_back": bool(decide_taking_back(facts)),
        "cannot": why(reason) if not confirming and reason is not Reason.ROLE_DECIDED else "",
        "form": form,
        "declining": bool(form.errors),
    }
    status = 422 if form.errors else 200
    return render(request, "administration/appointment_show.html", context, status=status)
