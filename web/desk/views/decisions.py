"""The responsible unit decides what is needed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.rules import CloseReason
from cases.services.decisions import Outcome, close_case, decide_outcome, may_rest, reasons_to_close
from cases.services.drafts import discard_draft
from cases.services.entries import Audience
from plans.queries.view import newest_versions
from web.desk.case_page import get_case
from web.desk.drafts import with_draft
from web.desk.forms.consents import CloseForm, DecisionForm
from web.request import Request

# Own support is followed up in six weeks unless another day is chosen.
FOLLOW_UP_AFTER = timedelta(weeks=6)


@require_http_methods(["GET", "POST"])
def decide(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Choose what is needed; samverka leads straight on to the consent."""
    page = get_case(request, case_id)
    page.standing.require(Permission.DECIDE_COLLABORATION)
    start = {"follow_up_on": page.actor.today + FOLLOW_UP_AFTER, **with_draft(page, "decision")}
    form = DecisionForm(
        request.POST or None, today=page.actor.today, may_rest=may_rest(page.case), initial=start
    )
    if request.method == "POST" and form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        decide_outcome(
            case=page.case,
            outcome=outcome,
            reasons=form.cleaned_data["reasons"],
            audience=Audience(),
            follow_up_on=form.cleaned_data["follow_up_on"],
            by=request.actor,
        )
        discard_draft(case_id=case_id, target="decision", by=request.actor)
        messages.success(request, _("Saved. Only your unit can read it so far."))
        next_page = "desk:consent_ask" if outcome is Outcome.COLLABORATE else "desk:case"
        return redirect(next_page, case_id=case_id)
    context = {"case_page": page, "form": form, "target": "decision"}
    return render(request, "desk/decision_make.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Close a case that has no plan; one that has is closed when the plan is followed up."""
    page = get_case(request, case_id)
    page.standing.require(Permission.CLOSE_CASE)
    if newest_versions(case_id, page.actor)[0] is not None:
        return redirect("desk:follow_up", case_id=case_id)
    form = CloseForm(
        request.POST if request.method == "POST" else None, reasons=reasons_to_close(page.case, page.actor)
    )
    if request.method == "POST" and form.is_valid():
        close_case(case=page.case, reason=CloseReason(form.cleaned_data["reason"]), by=page.actor)
        messages.success(request, _("The case is closed."))
        return redirect("desk:case", case_id=case_id)
    context = {"case_page": page, "form": form}
    return render(request, "desk/case_close.html", context, status=422 if form.errors else 200)
