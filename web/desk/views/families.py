"""The family as the unit that holds the case registers it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.permissions import Permission
from cases.queries.circle import keeps_phone
from cases.queries.people import adults_of, custody_of, family_of
from cases.services.families import (
    complete_number,
    end_guardian,
    end_rights,
    give_rights,
    register_guardian,
)
from kit.errors import Refused
from web.desk.case_page import get_case
from web.desk.forms.families import (
    AdultForm,
    EndGuardianForm,
    EndRightsForm,
    GuardianForm,
    NumberForm,
)
from web.desk.guessing import tried
from web.desk.writing import attempt
from web.request import Request


@require_http_methods(["GET", "POST"])
def guardian_new(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Register one who has custody of the child."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    today = page.actor.today
    form = GuardianForm(
        request.POST or None, today=today, keeps_phone=keeps_phone(page.case),
        initial={"since": min(page.child.born_on, today)},
    )  # fmt: skip
    status = tried(form, page.actor) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        done = attempt(
            form, lambda: register_guardian(case=page.case, guardian=form.guardian(), by=page.actor) or True
        )
        if done:
            messages.success(request, _("The guardian is registered."))
            return redirect("desk:people", case_id=case_id)
        status = 422
    context = {"case_page": page, "form": form, "family": family_of(page.case, page.actor)}
    return render(request, "desk/guardian_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def guardian_end(request: Request, case_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """End a custody that was wrongly registered or is over, or mark it as contested."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    person = next((row for row in custody_of(page.case, page.actor) if row.guardian_id == person_id), None)
    if person is None:
        raise Http404
    form = EndGuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: (
                end_guardian(case=page.case, guardian_id=person_id, by=page.actor, **form.cleaned_data)
                or True
            ),
        )
        if done:
            messages.success(request, _("Saved. It has closed at once."))
            return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form, "person": person}
    return render(request, "desk/guardian_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def adult_new(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Let an adult without custody read, or answer in a guardian's place."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    form = AdultForm(request.POST or None, today=page.actor.today, keeps_phone=keeps_phone(page.case))
    status = tried(form, page.actor) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        done = attempt(form, lambda: give_rights(case=page.case, adult=form.adult(), by=page.actor) or True)
        if done:
            messages.success(request, _("Saved. Nothing is shown to the person before somebody shows it."))
            return redirect("desk:people", case_id=case_id)
        status = 422
    return render(request, "desk/adult_new.html", {"case_page": page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def adult_end(request: Request, case_id: uuid.UUID, adult_id: uuid.UUID) -> HttpResponse:
    """End what an adult without custody was let do."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    adult = next((row for row in adults_of(page.case, page.actor) if row.pk == adult_id), None)
    if adult is None:
        raise Http404
    form = EndRightsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form,
            lambda: end_rights(case=page.case, adult_id=adult_id, reason=reason, by=page.actor) or True,
        ):
            messages.success(request, _("Saved. It has closed at once."))
            return redirect("desk:people", case_id=case_id)
    context = {"case_page": page, "form": form, "adult": adult}
    return render(request, "desk/adult_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def child_number(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Complete the personnummer of a child that has a reserve number."""
    page = get_case(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    if page.child.number:
        return redirect("desk:people", case_id=case_id)
    form = NumberForm(request.POST or None, today=page.actor.today)
    status = tried(form, page.actor) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        try:
            complete_number(case=page.case, number=form.cleaned_data["number"], by=page.actor)
        except Refused as refused:
            form.add_error("number", refused.reason)
            status = 422
        else:
            messages.success(request, _("The personnummer is saved."))
            return redirect("desk:people", case_id=case_id)
    return render(request, "desk/child_number.html", {"case_page": page, "form": form}, status=status)
