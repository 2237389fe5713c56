"""Which child, and the overview of one child."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from web.family.overview import Overview
from web.family.page import children_of, get_child
from web.request import Request


@require_GET
def choose(request: Request) -> HttpResponse:
    """To the only child; a choice where there are several; a kind word where there is none."""
    children = children_of(request.actor)
    if len(children) == 1:
        return redirect("family:overview", child_id=children[0].pk)
    return render(request, "family/choose.html", {"children": children})


@require_GET
def show(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """What happens now, the next step, whom to ring, and everything below."""
    page = get_child(request, child_id, "family_opened_overview")
    return render(request, "family/overview.html", {"family": page, "shown": Overview(page)})
