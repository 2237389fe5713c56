"""What the arbetsledare does: open content with a purpose, and assign."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access.permissions import Permission
from cases.queries.lists import working_here
from cases.services.leading import assign_colleague, end_assignment, open_as_lead
from web.desk.case_page import get_case
from web.desk.forms.leading import AssignForm, OpenForm
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def open_content(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """For 24 hours and a purpose that the family sees."""
    page = get_case(request, case_id, head=True, action=None)
    page.standing.require(Permission.OPEN_AS_LEAD)
    form = OpenForm(request.POST or None)
    if page.works_on or page.standing.facts.assigned:
        return redirect("desk:case", case_id=case_id)
    if request.method == "POST" and form.is_valid():
        open_as_lead(case=page.case, purpose=form.cleaned_data["purpose"], by=request.actor)
        messages.success(request, _("Open for you for 24 hours. The family can see it."))
        return redirect("desk:case", case_id=case_id)
    page.record_head()
    context = {"case_page": page, "form": form}
    return render(request, "desk/case_open.html", context, status=422 if form.is_bound else 200)


@staff_only
@require_POST
def assign(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Let a colleague work on the case."""
    page = get_case(request, case_id, head=True, action=None)
    page.standing.require(Permission.ASSIGN)
    form = AssignForm(request.POST, actor=request.actor)
    if form.is_valid():
        chosen, reason = form.cleaned_data["account"], form.cleaned_data["reason"]
        assign_colleague(case=page.case, account_id=chosen, reason=reason, by=request.actor)
        return redirect(f"{page.address}?tilldelad={form.cleaned_data['account']}")
    page.record_head()
    context = {
        "case_page": page,
        "open_form": OpenForm(),
        "assign_form": form,
        "forms": [form],
        "working": working_here(case_id, request.actor),
    }
    return render(request, "desk/case_head.html", context, status=422)


@staff_only
@require_http_methods(["GET", "POST"])
def unassign(request: Request, case_id: uuid.UUID, account_id: uuid.UUID) -> HttpResponse:
    """End a colleague's work on the case, after a page that says what happens."""
    page = get_case(request, case_id, head=True, action=None)
    page.standing.require(Permission.ASSIGN)
    names = {account: name for account, name, _phone in working_here(case_id, request.actor)}
    if account_id not in names:
        raise Http404
    if request.method == "POST":
        end_assignment(case=page.case, account_id=account_id, by=request.actor)
        messages.success(request, _("Your colleague no longer works with the child."))
        return redirect("desk:case", case_id=case_id)
    page.record_head()
    heading = _("Let %(name)s stop working with the child?") % {"name": names[account_id]}
    return render(request, "desk/case_unassign.html", {"case_page": page, "heading": heading})
