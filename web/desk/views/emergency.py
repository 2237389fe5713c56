"""Nödöppning: open, end, review."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.roles import Role
from agencies.models import Municipality
from cases.models import Emergency
from cases.queries.emergency import emergencies_to_review, lines_of
from cases.services.emergency import end_emergencies, open_in_emergency, review_emergency
from kit.errors import Refused
from people import services
from people.models import Account
from web.addresses import client_address
from web.desk.forms.emergency import ConfirmForm, EmergencyForm, ReviewForm
from web.desk.log_lines import emergency_lines
from web.door import only_for
from web.request import Request
from web.waiting import too_many

staff_only = only_for(Role.CASEWORKER, Role.LEAD)
reviewers_only = only_for(Role.CASEWORKER, Role.LEAD, Role.DATA_PROTECTION)


# Whose case and why, in the session while the password is asked for: a child's number stands in no
# address. It is gone when she has opened, when the session ends, and soon, so that the next form
# isn't filled in with another child.
ASKED = "emergency_asked"
KEPT_FOR = timedelta(minutes=10)


@staff_only
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """First whose case and why. What she typed stays until she has opened, so that the way back,
    the browser's too, leads to a form that is filled in."""
    form = EmergencyForm(
        request.POST if request.method == "POST" else None,
        initial=_asked(request),
        today=request.actor.today,
    )
    if form.is_bound and form.is_valid():
        until = request.actor.at + KEPT_FOR
        request.session[ASKED] = {"typed": form.typed(), "until": until.isoformat()}
        return redirect("desk:emergency_confirm")
    context = {"form": form, "numbers": _numbers(request)}
    return render(request, "desk/emergency_start.html", context, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("password")
@staff_only
@require_http_methods(["GET", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Then what happens, and the password again. Judged anew: a number is right on a day."""
    asked = EmergencyForm(_asked(request), today=request.actor.today)
    if not asked.is_valid():
        return redirect("desk:emergency")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        opened = _try_open(request, asked, form)
        if isinstance(opened, uuid.UUID):
            return redirect("desk:case", case_id=opened)
        status = opened
    context = {"asked": asked, "form": form, "numbers": _numbers(request)}
    return render(request, "desk/emergency_confirm.html", context, status=status)


def _asked(request: Request) -> dict[str, str]:
    """What she typed on the first page, while it is kept."""
    kept = request.session.get(ASKED)
    if kept is None or datetime.fromisoformat(kept["until"]) <= request.actor.at:
        return {}
    return dict(kept["typed"])


def _try_open(request: Request, form: EmergencyForm, confirm: ConfirmForm) -> uuid.UUID | int:
    """Open it and return the case, or put the reason into the form and return its status."""
    if not confirm.is_valid():
        return 422
    account = Account.objects.get(pk=str(request.actor.account_id))
    username, address, by = account.username, client_address(request), request.actor
    until = services.wait_for_sign_in(username=username, address=address, by=by)
    if until is not None:
        confirm.add_error(None, too_many(until))
        return 429
    if authenticate(request, username=username, password=confirm.cleaned_data["password"]) is None:
        services.note_failed_sign_in(username=username, address=address, by=by)
        confirm.add_error("password", _("That is not your password. Check it and try again."))
        return 422
    try:
        case_id = open_in_emergency(asked=form.asked(), by=by)
    except Refused as refused:
        confirm.refuse(refused)
        return 422
    if case_id is None:
        confirm.add_error(
            None, _("Your unit has no case that you can open with that number. Nothing was opened.")
        )
        return 422
    request.session.pop(ASKED, None)
    request.session.cycle_key()
    messages.success(
        request, _("Opened for you for 60 minutes at the most. Your arbetsledare has been told.")
    )
    return case_id


@staff_only
@require_POST
def end(request: Request) -> HttpResponse:
    """She is done."""
    if end_emergencies(by=request.actor):
        messages.success(request, _("The nödöppning has ended. The case is closed to you again."))
    return redirect("desk:work")


@reviewers_only
@require_GET
def reviews(request: Request) -> HttpResponse:
    """Those that wait to be reviewed, and those that have been."""
    found = emergencies_to_review(request.actor, all=True)
    context = {
        "waiting": [each for each in found if not each.verdict],
        "judged": [each for each in found if each.verdict],
    }
    return render(request, "desk/emergency_reviews.html", context)


@reviewers_only
@require_http_methods(["GET", "POST"])
def review(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """Who, when, why and what was opened: judge it."""
    actor = request.actor
    each = next((e for e in emergencies_to_review(actor, all=True) if e.id == emergency_id), None)
    if each is None:
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        verdict = Emergency.Verdict(form.cleaned_data["verdict"])
        try:
            review_emergency(
                emergency_id=emergency_id, verdict=verdict, note=form.cleaned_data["note"], by=actor
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Reviewed. Your colleague can open in an emergency again if need be.")
            )
            return redirect("desk:emergency_reviews")
    context = {"each": each, "form": form, "rows": emergency_lines(lines_of(emergency_id, actor))}
    return render(request, "desk/emergency_review.html", context, status=422 if form.errors else 200)


def _numbers(request: Request) -> Municipality | None:
    """Whom to ring at once: an emergency opens nothing of other agencies'."""
    return Municipality.objects.filter(code=request.actor.municipality_code).first()
