"""Follow a plan up: what came of it, and what happens now."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.queries.team import team_of
from cases.services.drafts import discard_draft
from kit.errors import Refused
from plans.models import FollowUp
from plans.queries.view import newest_versions
from plans.services.doing import hold_follow_up
from web.desk.case_page import get_case
from web.desk.drafts import with_draft
from web.desk.forms.follow_ups import FollowUpForm
from web.desk.plan_page import PlanPage
from web.request import Request


@require_http_methods(["GET", "POST"])
def follow_up(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Goal by goal, then continue, change or close."""
    page = get_case(request, case_id, action="opened_plan")
    page.standing.require(Permission.EDIT_PLAN)
    agreed, _draft = newest_versions(case_id, page.actor)
    if agreed is None:
        raise Refused(_("There is no plan to follow up."))
    plan = PlanPage.of(agreed, page, team_of(case_id, page.actor))
    goals = [goal.goal for goal in plan.view.goals] if plan else []
    start = {"held_on": page.actor.today, **with_draft(page, "follow_up")}
    form = FollowUpForm(request.POST or None, goals=goals, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            hold_follow_up(version=agreed, held=form.held(), by=page.actor)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            discard_draft(case_id=case_id, target="follow_up", by=page.actor)
            messages.success(request, _("The follow-up is saved."))
            changes = form.cleaned_data["outcome"] == FollowUp.Outcome.CHANGE
            return redirect("desk:plan_edit" if changes else "desk:plan", case_id=case_id)
    context = {"case_page": page, "form": form, "plan": plan}
    return render(request, "desk/follow_up.html", context, status=422 if form.errors else 200)
