"""Hide an entry from a guardian, and note about an orosanmälan: the unit's own pages."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from access.policy import months_later
from agencies.models import Municipality
from audit.services import record
from cases.models import Concern, Hiding
from cases.queries.kept import concerns_of, hiding_of, hidings_of, newest_concern
from cases.queries.people import custody_of
from cases.services.concerns import correct_concern, note_concern
from kit.errors import Conflict
from plans.services.hiding import hide_entry, keep_hidden, lift_hiding
from web.desk.case_page import CasePage, get_case
from web.desk.events import title_of
from web.desk.forms.kept import ConcernForm, HideForm, KeepHiddenForm
from web.desk.views.entries import own_version
from web.desk.writing import attempt
from web.request import Request

USUAL_REVIEW_MONTHS = 3


@require_http_methods(["GET", "POST"])
def hide(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Choose from whom, and why. Says what follows from it."""
    page = get_case(request, case_id, own=True, action=None)
    version = own_version(page, entry_id).newest
    page.standing.require(Permission.HIDE_FROM_GUARDIAN)
    page.record_read("opened_entry", object=version.pk)
    hidden = {row.guardian_id for row in hidings_of(version.entry, page.actor)}
    left = [row for row in custody_of(page.case, page.actor) if row.guardian_id not in hidden]
    initial = {"review_on": months_later(page.actor.today, USUAL_REVIEW_MONTHS)}
    form = HideForm(_posted(request), guardians=left, today=page.actor.today, initial=initial)
    if form.is_bound and form.is_valid():
        hidden_now = attempt(
            form,
            lambda: hide_entry(
                entry=version.entry, guardian_id=form.guardian_id(), why=form.why(), by=page.actor
            ),
        )
        if hidden_now:
            messages.success(request, _("Hidden. What was shown has closed."))
            return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    context = {"case_page": page, "form": form, "version": version, "title": title_of(version), "left": left}
    return render(request, "desk/entry_hide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def review(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, hiding_id: uuid.UUID) -> HttpResponse:
    """Look over what is hidden: it goes on for the reason of today."""
    page, hiding = _hiding(request, case_id, entry_id, hiding_id)
    initial = {"reason": hiding.reason, "review_on": months_later(page.actor.today, USUAL_REVIEW_MONTHS)}
    form = KeepHiddenForm(_posted(request), today=page.actor.today, initial=initial)
    if form.is_bound and form.is_valid():
        kept = attempt(form, lambda: keep_hidden(hiding=hiding, why=form.why(), by=page.actor))
        if kept:
            messages.success(request, _("Noted. It goes on being hidden."))
            return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    context = {"case_page": page, "form": form, "hiding": hiding}
    return render(request, "desk/hiding_review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def lift(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, hiding_id: uuid.UUID) -> HttpResponse:
    """Stop hiding it, after a page that says what happens."""
    page, hiding = _hiding(request, case_id, entry_id, hiding_id)
    if request.method == "POST":
        lift_hiding(hiding=hiding, by=page.actor)
        messages.success(request, _("Not hidden any more. Nobody new can read it before you show it."))
        return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    heading = _("Stop hiding this from %(name)s?") % {"name": hiding.guardian.name}
    return render(request, "desk/hiding_lift.html", {"case_page": page, "hiding": hiding, "heading": heading})


@require_GET
def concerns(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """What the unit has noted about orosanmälningar, and where one is made."""
    page = get_case(request, case_id, own=True, action=None)
    _record_concerns(page)
    context = {
        "case_page": page,
        "notes": concerns_of(case_id, page.actor),
        "municipality": Municipality.objects.filter(code=page.actor.municipality_code).first(),
        "may_write": page.may(Permission.WRITE_ENTRY),
    }
    return render(request, "desk/concerns.html", context)


@require_http_methods(["GET", "POST"])
def concern_new(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Note that one was made, or considered."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.WRITE_ENTRY)
    _record_concerns(page)
    form = ConcernForm(_posted(request), today=page.actor.today, initial={"happened_on": page.actor.today})
    if form.is_bound and form.is_valid():
        noted = attempt(form, lambda: note_concern(case=page.case, text=form.text(), by=page.actor))
        if noted:
            messages.success(request, _("Saved. Only your unit can read it."))
            return redirect("desk:concerns", case_id=case_id)
    return _concern_page(request, page, form)


@require_http_methods(["GET", "POST"])
def concern_correct(request: Request, case_id: uuid.UUID, note_id: uuid.UUID) -> HttpResponse:
    """A new version, also for the answer that has come; the one before it stays."""
    page = get_case(request, case_id, own=True, action=None)
    newest = newest_concern(case_id, note_id, page.actor)
    if newest is None:
        raise Http404
    page.standing.require(Permission.WRITE_ENTRY)
    _record_concerns(page)
    form = ConcernForm(_posted(request), today=page.actor.today, initial=_typed(newest))
    conflict = ""
    if form.is_bound and form.is_valid():
        try:
            started = Concern(note=newest.note, no=_started_from(request), case=page.case)
            if attempt(form, lambda: correct_concern(concern=started, text=form.text(), by=page.actor)):
                messages.success(request, _("Saved. What stood there before is kept."))
                return redirect("desk:concerns", case_id=case_id)
        except Conflict as other:
            conflict = other.theirs or newest.author_name
    return _concern_page(request, page, form, newest=newest, conflict=conflict)


def _concern_page(
    request: Request, page: CasePage, form: ConcernForm, *, newest: Concern | None = None, conflict: str = ""
) -> HttpResponse:
    context = {"case_page": page, "form": form, "newest": newest, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "desk/concern_write.html", context, status=status)


def _record_concerns(page: CasePage) -> None:
    """Read by the unit alone. It names no child, so that no log of the child's holds it."""
    record(by=page.actor, kind="read", action="opened_concerns", case=page.case.pk)


def _hiding(
    request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, hiding_id: uuid.UUID
) -> tuple[CasePage, Hiding]:
    """A decision in force of the actor's own unit, or 404."""
    page = get_case(request, case_id, own=True, action=None)
    hiding = hiding_of(hiding_id, entry_id, page.actor)
    if hiding is None or hiding.case_id != case_id:
        raise Http404
    page.standing.require(Permission.WRITE_ENTRY)
    page.record_read("opened_entry", object=hiding.entry_id)
    return page, hiding


def _typed(newest: Concern) -> dict[str, str | bool | date | None]:
    names = ("what", "happened_on", "reason", "consulted", "reply", "reply_on")
    return {name: getattr(newest, name) for name in names}


def _started_from(request: Request) -> int:
    number = request.POST.get("based_on", "")
    return int(number) if number.isdigit() and len(number) < 9 else 0


def _posted(request: Request) -> Any:
    """What was posted, also where it is nothing."""
    return request.POST if request.method == "POST" else None
