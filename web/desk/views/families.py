"""The family as the unit that holds the case registers it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.queries.people import family_of
from cases.services.families import complete_number, register_guardian
from kit.errors import Refused
from web.desk.case_page import get_case
from web.desk.forms.families import GuardianForm, NumberForm
from web.request import Request


@require_http_methods(["GET", "POST"])
def guardian_new(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Register one who has custody of the child."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    today = page.actor.today
    form = GuardianForm(request.POST or None, today=today, initial={"since": min(page.child.born_on, today)})
    if request.method == "POST" and form.is_valid():
        try:
            register_guardian(case=page.case, guardian=form.guardian(), by=page.actor)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The guardian is registered."))
            return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form, "family": family_of(page.case, page.actor)}
    return render(request, "desk/guardian_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def child_number(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Complete the personnummer of a child that has a reserve number."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    if page.child.number:
        return redirect("desk:people", case_id=case_id)
    form = NumberForm(request.POST or None, today=page.actor.today)
    if request.method == "POST" and form.is_valid():
        try:
            complete_number(case=page.case, number=form.cleaned_data["number"], by=page.actor)
        except Refused as refused:
            form.add_error("number", refused.reason)
        else:
            messages.success(request, _("The personnummer is saved."))
            return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form}
    return render(request, "desk/child_number.html", context, status=422 if form.errors else 200)
