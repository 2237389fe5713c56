"""The steering group's one page: six figures."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access.roles import Role
from steering.queries import figures
from steering.rules import LEAST, LEAST_BASE, STEP
from web.door import only_for
from web.request import Request
from web.steering.cards import cards_of


@only_for(Role.STEERING)
@require_GET
def figures_show(request: Request) -> HttpResponse:
    """Six figures on the whole municipality, each with what it says and cannot say."""
    found = figures(request.actor)
    if found is None:
        raise Http404
    context = {
        "figures": found,
        "cards": cards_of(found),
        "least": LEAST,
        "step": STEP,
        "least_base": LEAST_BASE,
    }
    return render(request, "steering/figures_show.html", context)
