"""Kopiera till journalen: the text of a note, and that it has been taken in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.queries.entries import entry_view, journaled
from cases.queries.sharing import shown_by
from cases.services.journal import note_journaled
from kit.errors import Refused
from web.desk.case_page import get_case
from web.desk.events import title_of
from web.desk.journal import journal_text
from web.request import Request

ONLY_HERE = _("This can only be read here. It can't be taken out of the service.")
NOTED = _("It is noted that your unit has taken this into its own record.")
COPIED = _("The text is copied. Paste it into your journal. It is noted that your unit has it there.")


@require_http_methods(["GET", "POST"])
def copy(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """The text to copy by hand, where the browser didn't; sent, it notes that it has been taken in."""
    page = get_case(request, case_id, own=True, action=None)
    entry = entry_view(case_id, entry_id, page.actor)
    if entry is None:
        raise Http404
    version = entry.newest
    page.record_read("opened_entry", object=version.pk, **shown_by(version, page.actor))
    if not page.standing.may_print:
        raise Refused(str(ONLY_HERE))
    if request.method == "POST":
        note_journaled(version=version, by=page.actor)
        messages.success(request, COPIED if "copied" in request.POST else NOTED)
        return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    context = {
        "case_page": page,
        "entry": entry,
        "title": title_of(version),
        "text": journal_text(version),
        "noted": journaled(version, page.actor),
    }
    return render(request, "desk/entry_journal.html", context)
