"""Deadlines: every step with its working days, and the form of one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.roles import Role
from cases.deadlines import FIRST_DAYS, Deadline
from cases.queries.deadlines import deadlines_of, settings_of
from cases.services.deadlines import set_deadline
from kit.errors import Refused
from web.administration.deadlines.forms import DeadlineForm
from web.administration.place import own_place
from web.door import only_for
from web.request import Request

START = "/administration/tidsgranser/"


@only_for(Role.ADMINISTRATOR)
@require_GET
def overview(request: Request) -> HttpResponse:
    """How long each step may take in the municipality."""
    place = own_place(request)
    context = {"place": place, "deadlines": list(deadlines_of(place.code).items())}
    return render(request, "administration/deadline_list.html", context)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def change(request: Request, deadline: str) -> HttpResponse:
    """Set another number for one step; the earlier ones stand below."""
    place, step = own_place(request), _deadline(deadline)
    earlier = settings_of(step, request.actor)
    if earlier is None:
        raise Http404
    now, no = (earlier[0][0].working_days, earlier[0][0].no) if earlier else (FIRST_DAYS[step], 1)
    form = DeadlineForm(request.POST or None, now=now, no=no)
    if request.method == "POST" and form.is_valid():
        try:
            set_deadline(municipality=place, deadline=step, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Changed. It holds for what begins from now on."))
            return redirect(START)
    context = {
        "form": form, "place": place, "deadline": step, "earlier": earlier, "first": FIRST_DAYS[step],
        "no": no,
    }  # fmt: skip
    return render(request, "administration/deadline_edit.html", context, status=422 if form.errors else 200)


def _deadline(value: str) -> Deadline:
    try:
        return Deadline(value)
    except ValueError as error:
        raise Http404 from error
