"""Tell whoever noticed the child what came of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.models import Feedback
from cases.queries.feedback import given_about, may_say, signal_in
from cases.services.feedback import give_feedback
from web.desk.case_page import get_case
from web.desk.forms.feedback import FeedbackForm
from web.desk.writing import attempt
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def give(request: Request, case_id: uuid.UUID, signal_id: uuid.UUID) -> HttpResponse:
    """The sentences that a yes covers, and beside them what has been told already."""
    page = get_case(request, case_id, action=None)
    signal = signal_in(page.case, signal_id, page.actor)
    if signal is None:
        raise Http404
    page.standing.require(Permission.DECIDE_COLLABORATION)
    page.record_read("opened_feedback", object=signal_id)
    allowed, given = may_say(signal_id), given_about(signal, page.actor)
    left = [one for one in allowed if one not in {each.what for each in given}]
    form = FeedbackForm(request.POST if request.method == "POST" else None, may_say=left)
    if form.is_bound and form.is_valid():
        what = form.cleaned_data["what"]
        if attempt(form, lambda: give_feedback(case=page.case, signal=signal, what=what, by=page.actor)):
            messages.success(request, _("Told. The one who noticed sees it on her own page."))
            return redirect("desk:case", case_id=case_id)
    context = {
        "case_page": page, "signal": signal, "form": form, "given": given, "left": left,
        "all": Feedback.What.PLAN in allowed, "least": allowed == [Feedback.What.RECEIVED],
    }  # fmt: skip
    return render(request, "desk/feedback_give.html", context, status=422 if form.errors else 200)
