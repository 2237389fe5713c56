"""Follow a plan up: what came of it, and what happens now."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.queries.team import one_each, team_of
from cases.rules import CloseReason
from cases.services.decisions import reasons_to_close
from cases.services.drafts import discard_draft
from consent.renewals import ending_consents
from kit.errors import Refused
from plans.models import FollowUp
from plans.queries.view import newest_versions, takes_over
from plans.services.doing import CHANGES_THE_PLAN, hold_follow_up
from web.desk.case_page import CasePage, get_case
from web.desk.drafts import with_draft
from web.desk.forms.follow_ups import FollowUpForm
from web.desk.plan_page import PlanPage
from web.desk.words import and_list
from web.desk.writing import attempt
from web.request import Request

CONFIRM, BACK = "confirm", "back"


@require_http_methods(["GET", "POST"])
def follow_up(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Insats by insats and goal by goal, then what happens now. To close takes one more yes."""
    page = get_case(request, case_id, action="opened_plan")
    page.standing.require(Permission.EDIT_PLAN)
    agreed, _draft = newest_versions(case_id, page.actor)
    if agreed is None:
        raise Refused(_("There is no plan to follow up."))
    if takes_over(agreed, page.actor):
        messages.info(
            request, _("Another unit wrote this plan. Write a new version, and follow that one up.")
        )
        return redirect("desk:plan", case_id=case_id)
    plan = PlanPage.of(agreed, page, team_of(case_id, page.actor))
    assert plan is not None  # noqa: S101 (of a version that is there)
    ending = next(iter(ending_consents([page.case.child_id], page.actor)), None)
    form = FollowUpForm(
        request.POST or None, plan=plan.view, today=page.actor.today, consent_ends=ending is not None,
        reasons=reasons_to_close(page.case, page.actor), initial=with_draft(page, "follow_up"),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and BACK not in request.POST:
        if form.closes and CONFIRM not in request.POST:
            return _ask_to_close(request, page, form)
        if attempt(form, lambda: hold_follow_up(version=agreed, held=form.held(), by=page.actor) or True):
            discard_draft(case_id=case_id, target="follow_up", by=page.actor)
            return _held(request, page, form)
    context = {"case_page": page, "form": form, "plan": plan, "ending": ending}
    return render(request, "desk/follow_up.html", context, status=422 if form.errors else 200)


def _ask_to_close(request: Request, page: CasePage, form: FollowUpForm) -> HttpResponse:
    """What closing means, with all that was typed; yes, or back to the form."""
    typed = [(name, value) for name, value in request.POST.items() if name in form.fields]
    reason = CloseReason(form.cleaned_data["close_reason"]).label
    others = [u.name for u in one_each(team_of(page.case.pk, page.actor)) if u.unit_id != page.actor.unit_id]
    context = {"case_page": page, "typed": typed, "reason": reason, "units": and_list(others)}
    return render(request, "desk/follow_up_close.html", context)


def _held(request: Request, page: CasePage, form: FollowUpForm) -> HttpResponse:
    """To the plan; to the draft of what is to change; or to whom else the family is to be asked about."""
    outcome = form.cleaned_data["outcome"]
    closed = _("The follow-up is saved, and the plan and the case are closed.")
    messages.success(request, closed if form.closes else _("The follow-up is saved."))
    if form.cleaned_data.get("renew") and not form.closes:
        return redirect(f"{reverse('desk:consent_ask', args=[page.case.pk])}?fornya")
    if outcome == FollowUp.Outcome.STEP_UP and page.may(Permission.ASK_CONSENT):
        messages.info(
            request,
            _("Choose who more is to help, and ask the family. Then change the plan."),
        )
        return redirect("desk:consent_ask", case_id=page.case.pk)
    if outcome == FollowUp.Outcome.STEP_DOWN:
        messages.info(request, _("Take away what is no longer needed, and save."))
    return redirect("desk:plan_edit" if outcome in CHANGES_THE_PLAN else "desk:plan", case_id=page.case.pk)
