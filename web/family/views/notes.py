"""The notes that have been shown to the reader."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.queries.family import note_shown as find_note
from cases.queries.family import notes_shown
from cases.queries.sharing import shown_by
from web.family.overview import note_shown
from web.family.page import get_child
from web.family.paging import Paging
from web.request import Request

PER_PAGE = 20
EXCERPT = 700


@require_GET
def listing(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """The notes, latest first."""
    page = get_child(request, child_id, "family_opened_notes")
    paging = Paging.of(request, PER_PAGE)
    found = notes_shown(child_id, page.actor, first=paging.first, most=PER_PAGE + 1)
    context = {
        "family": page,
        "notes": [note_shown(version, EXCERPT) for version in found[:PER_PAGE]],
        "paging": paging.with_more(len(found) > PER_PAGE),
    }
    return render(request, "family/notes.html", context)


@require_GET
def one(request: Request, child_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """One note in full."""
    page = get_child(request, child_id)
    version = find_note(version_id, child_id, page.actor)
    if version is None:
        raise Http404
    page.record_reading("family_opened_note", version_id, **shown_by(version, page.actor))
    return render(request, "family/note.html", {"family": page, "note": note_shown(version)})
