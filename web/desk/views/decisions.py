"""The responsible unit decides what is needed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.services.decisions import Outcome, decide_outcome
from cases.services.drafts import discard_draft
from cases.services.entries import Audience
from web.desk.case_page import get_case
from web.desk.drafts import with_draft
from web.desk.forms.consents import DecisionForm
from web.request import Request


@require_http_methods(["GET", "POST"])
def decide(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Choose what is needed; samverka leads straight on to the consent."""
    page = get_case(request, case_id)
    page.standing.require(Permission.DECIDE_COLLABORATION)
    form = DecisionForm(request.POST or None, initial=with_draft(page, "decision"))
    if request.method == "POST" and form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        decide_outcome(
            case=page.case,
            outcome=outcome,
            reasons=form.cleaned_data["reasons"],
            audience=Audience(),
            by=request.actor,
        )
        discard_draft(case_id=case_id, target="decision", by=request.actor)
        messages.success(request, _("Saved. Only your unit can read it so far."))
        next_page = "desk:consent_ask" if outcome is Outcome.COLLABORATE else "desk:case"
        return redirect(next_page, case_id=case_id)
    context = {"case_page": page, "form": form, "target": "decision"}
    return render(request, "desk/decision_make.html", context, status=422 if form.errors else 200)
