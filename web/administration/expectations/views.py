"""Vem gör vad: every step with what is expected of whom, and the form of one of them."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.roles import Role
from cases.expectations import Party, first_wordings
from cases.queries.expectations import expected_in_all, versions_of
from cases.rules import Step
from cases.services.expectations import word_expectation
from kit.errors import Refused
from web.administration.expectations.forms import ExpectationForm
from web.administration.place import own_place
from web.door import only_for
from web.request import Request

Choice = TypeVar("Choice", Step, Party)
START = "/administration/vem-gor-vad/"


@only_for(Role.ADMINISTRATOR)
@require_GET
def overview(request: Request) -> HttpResponse:
    """Every step, with what is expected of each party."""
    place = own_place(request)
    context = {"place": place, "steps": list(expected_in_all(place).items())}
    return render(request, "administration/expectation_list.html", context)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def change(request: Request, at: str, party: str) -> HttpResponse:
    """Word what is expected of one party anew; the earlier wordings stand below."""
    place, step, whom = own_place(request), _one_of(Step, at), _one_of(Party, party)
    earlier = versions_of(step, whom, request.actor)
    if earlier is None:
        raise Http404
    now = next(one for one in expected_in_all(place)[step] if one.party == whom)
    form = ExpectationForm(request.POST or None, now=now.text, no=now.no)
    if request.method == "POST" and form.is_valid():
        try:
            word_expectation(municipality=place, step=step, party=whom, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The new wording is read from now on."))
            return redirect(START)
    context = {
        "form": form, "place": place, "step": step, "party": whom, "now": now,
        "earlier": earlier, "first": first_wordings()[step, whom],
    }  # fmt: skip
    return render(
        request, "administration/expectation_edit.html", context, status=422 if form.errors else 200
    )


def _one_of(kind: type[Choice], value: str) -> Choice:
    try:
        return kind(value)
    except ValueError as error:
        raise Http404 from error
