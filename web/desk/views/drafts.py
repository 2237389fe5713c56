"""Drafts: every pause in typing posts the whole form here."""

from __future__ import annotations

import re
import uuid

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.facts import standing
from cases.services.drafts import Typed, save_draft
from kit import dates
from web.door import staff_only
from web.request import Request

_TARGET = re.compile(r"[a-z_]+(:[a-z0-9_-]+){0,3}")
LONGEST_TARGET = 120


@staff_only
@require_POST
def save(request: Request) -> HttpResponse:
    """Keep what is typed; the answer is the line below the form."""
    target, case_id = _target(request.GET), _case_id(request.GET)
    if case_id is not None and not standing(case_id, request.actor).works_on:
        raise Http404
    save_draft(case_id=case_id, target=target, fields=typed_fields(request.POST), by=request.actor)
    text = _("Draft saved %(time)s") % {"time": dates.clock(request.actor.at)}
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def typed_fields(posted: QueryDict) -> dict[str, Typed]:
    """Each field's text, or the list where several boxes are ticked."""
    return {key: values[0] if len(values) == 1 else values for key, values in posted.lists()}


def _target(query: QueryDict) -> str:
    target = query.get("target", "")
    if len(target) > LONGEST_TARGET or not _TARGET.fullmatch(target):
        raise Http404
    return target


def _case_id(query: QueryDict) -> uuid.UUID | None:
    text = query.get("case")
    if text is None:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
