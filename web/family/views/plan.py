"""What the family thinks of the plan."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plans.queries.family import own_replies, replyable_version
from plans.services.agreeing import reply_for_family
from web.family.forms import PlanReplyForm
from web.family.page import get_child
from web.request import Request


@require_http_methods(["GET", "POST"])
def reply(request: Request, child_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """Yes, yes but, or no; with what a no means, and the reader's earlier answers."""
    page = get_child(request, child_id, needs="replies")
    version = replyable_version(version_id, child_id, page.actor)
    if version is None:
        raise Http404
    page.record_reading("family_opened_plan_reply", version_id)
    form = PlanReplyForm(request.POST if request.method == "POST" else None, is_me=page.is_me)
    if request.method == "POST" and form.is_valid():
        reply_for_family(version=version, by=page.actor, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer is saved."))
        return redirect("family:overview", child_id=child_id)
    context = {"family": page, "form": form, "version": version, "replies": own_replies(child_id, page.actor)}
    return render(request, "family/plan_reply.html", context, status=422 if form.errors else 200)
