"""Enheten: the unit's inbox, and for its arbetsledare the unit's cases."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.queries.handovers import waiting_in_unit, without_anybody
from cases.queries.inbox import invitations_waiting, signals_waiting
from cases.queries.lists import Chosen, cases_of
from cases.queries.unnamed import questions_answered, questions_waiting
from cases.services.signals import join_signal, take_invitation, take_signal
from web.desk.case_page import get_case
from web.desk.words import after_of, age_words
from web.door import staff_only
from web.request import Request


@staff_only
@require_GET
def unit(request: Request) -> HttpResponse:
    """What nobody has taken yet; the heads of the unit's cases for its arbetsledare."""
    actor = request.actor
    signals = signals_waiting(actor)
    context = {
        "signals": [(each, age_words(each.signal.born_on, actor.today)) for each in signals],
        "late": [each for each in signals if each.stands_with_lead],
        "questions": questions_waiting(actor),
        "answered": questions_answered(actor),
        "invitations": invitations_waiting(actor),
        "handovers": waiting_in_unit(actor),
        "without_anybody": without_anybody(actor),
        "page": cases_of(actor, Chosen(), after=after_of(request), led=True) if actor.is_lead else None,
    }
    return render(request, "desk/unit_inbox.html", context)


@staff_only
@require_POST
def take(request: Request, signal_id: uuid.UUID) -> HttpResponse:
    """Take a signal: the case is the taker's to work on from now."""
    case_id = take_signal(signal_id=signal_id, by=request.actor)
    messages.success(request, _("You have received it. The one who sent it sees that."))
    return redirect("desk:case", case_id=case_id)


@staff_only
@require_POST
def join(request: Request, signal_id: uuid.UUID, case_id: uuid.UUID) -> HttpResponse:
    """Take a signal into the case that the unit has of the same child."""
    page = get_case(request, case_id, action=None)
    join_signal(signal_id=signal_id, case=page.case, by=request.actor)
    messages.success(request, _("You have received it. The one who sent it sees that."))
    return redirect("desk:case", case_id=case_id)


@staff_only
@require_POST
def accept(request: Request, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation: what is shown to the unit is hers to read from now."""
    case_id = take_invitation(invitation_id=invitation_id, by=request.actor)
    messages.success(request, _("You have received the invitation."))
    return redirect("desk:case", case_id=case_id)
