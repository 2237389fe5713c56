"""The plan as PDF."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kit import dates
from plans.queries.family import document_of, plan_documents
from web.family.page import get_child
from web.files import to_save
from web.request import Request


@require_GET
def listing(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """The documents, newest version first, with a word of warning."""
    page = get_child(request, child_id, "family_opened_documents", needs="plan")
    context = {"family": page, "documents": plan_documents(child_id, page.actor)}
    return render(request, "family/documents.html", context)


@require_GET
def download(request: Request, child_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """The PDF itself, to be saved and not kept by any cache."""
    page = get_child(request, child_id)
    document = document_of(document_id, child_id, page.actor)
    if document is None:
        raise Http404
    page.record_reading("family_downloaded_document", document_id, kind="export")
    return to_save(bytes(document.pdf), what="plan", when=dates.as_day(document.rendered_at))
