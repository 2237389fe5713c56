"""Looking at a case as somebody else sees it, and asking why one doesn't see something."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.queries.preview import viewpoint, viewpoints
from web.desk.case_page import get_case
from web.desk.previews import Preview, record_previews
from web.desk.why import answers_to
from web.desk.words import after_of
from web.request import Request


@require_GET
def preview(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Choose whom to look as; then what she sees, of what the actor may read."""
    page = get_case(request, case_id, action=None)
    key = request.GET.get("som", "")
    if not key:
        page.record_read("opened_sharing")
        context = {"case_page": page, "views": viewpoints(page.case, page.actor)}
        return render(request, "desk/preview_choose.html", context)
    view = viewpoint(key, page.case, page.actor)
    if view is None:
        raise Http404
    shown = Preview(page, view, after=after_of(request))
    record_previews(page, [shown])
    return render(request, "desk/preview.html", {"case_page": page, "preview": shown})


@require_GET
def why_not(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """*Varför ser jag inte …?*: the policy's answers, the same whatever there is to see."""
    page = get_case(request, case_id, own=True, action="opened_why")
    return render(request, "desk/why.html", {"case_page": page, "answers": answers_to(page)})
