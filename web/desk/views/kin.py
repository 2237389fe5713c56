"""Brothers, sisters and children of one household: link two, and take the link away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.queries.kin import can_be_linked, kin_of
from cases.services.kin import link_children, unlink_children
from web.desk.case_page import get_case
from web.desk.forms.kin import KinForm, UnlinkForm
from web.desk.writing import attempt
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def link(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Choose the other child among those that one works with."""
    page = get_case(request, case_id, action="opened_people")
    page.standing.require(Permission.WRITE_ENTRY)
    cases = can_be_linked(page.case, page.actor)
    form = KinForm(request.POST if request.method == "POST" else None, cases=cases)
    if form.is_bound and form.is_valid():
        to = next(each for each in cases if each.pk == form.cleaned_data["other"])
        relation = form.cleaned_data["relation"]
        if attempt(form, lambda: link_children(case=page.case, to=to, relation=relation, by=page.actor)):
            messages.success(request, _("Linked. Only those who work with both children see it."))
            return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form, "cases": cases}
    return render(request, "desk/kin_link.html", context, status=422 if form.errors else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def unlink(request: Request, case_id: uuid.UUID, kin_id: uuid.UUID) -> HttpResponse:
    """Take it away, with the reason."""
    page = get_case(request, case_id, action="opened_people")
    found = next((each for each in kin_of(case_id, page.actor) if each.kin.pk == kin_id), None)
    if found is None:
        raise Http404
    page.standing.require(Permission.WRITE_ENTRY)
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        unlink_children(kin=found.kin, reason=form.cleaned_data["reason"], by=page.actor)
        messages.success(request, _("The link is taken away."))
        return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form, "relative": found}
    return render(request, "desk/kin_unlink.html", context, status=422 if form.errors else 200)
