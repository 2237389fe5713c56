"""A meeting: invite, change, say who came, cancel; and the page of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from cases.models import Meeting
from cases.queries.meetings import guests_of, meeting_of, meetings_invited, names_in
from cases.services.meetings import arrange_meeting, cancel_meeting, change_meeting, hold_meeting
from kit.errors import Conflict
from kit.forms import BaseForm
from web.desk.case_page import CasePage, get_case
from web.desk.forms.meetings import CancelForm, HeldForm, MeetingForm, start_of
from web.desk.meeting_page import MeetingPage
from web.desk.writing import attempt
from web.door import staff_only
from web.request import Request


@staff_only
@require_http_methods(["GET", "POST"])
def arrange(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Invite to a meeting."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.ARRANGE_MEETING)
    page.record_read("opened_plan")
    start: dict[str, Any] = {"chosen": "1", "form": Meeting.Form.PLACE, "interpreter": "no"}
    if page.interpreter:
        start |= {"interpreter": "yes", "interpreter_language": page.interpreter}
    form = _form(request, page, start)
    if form.is_bound and form.is_valid():
        made = attempt(
            form, lambda: arrange_meeting(case=page.case, arrangement=form.arrangement(), by=page.actor)
        )
        if made is not None:
            messages.success(request, _("Saved. Those who are invited see the meeting."))
            return redirect("desk:meeting", case_id=case_id, meeting_id=made.meeting)
    return _page(request, "desk/meeting_write.html", page, form)


@staff_only
@require_GET
def show(request: Request, case_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """The meeting and what it was before; to police and leisure its time, place and purpose."""
    page = get_case(request, case_id, action=None)
    versions = meeting_of(meeting_id, case_id, page.actor)
    if versions:
        page.record_read("opened_meeting", object=meeting_id)
        context = {"case_page": page, "meeting": MeetingPage.of(versions, page)}
        return render(request, "desk/meeting_show.html", context)
    found = [each for each in meetings_invited(page.actor, case_id=case_id) if each.meeting == meeting_id]
    if not found:
        raise Http404
    page.record_read("opened_meeting", object=meeting_id)
    return render(request, "desk/meeting_part.html", {"case_page": page, "meeting": found[0]})


@staff_only
@require_http_methods(["GET", "POST"])
def change(request: Request, case_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """Another time, place or guest. Somebody else's change since stands beside what was typed."""
    page, versions = _mine(request, case_id, meeting_id)
    form = _form(request, page, start_of(versions[0]))
    started = _started_from(request, versions)
    return _write(
        request, "desk/meeting_write.html", page, versions, form, _("Changed. Those who are invited see it."),
        lambda: change_meeting(meeting=started, arrangement=form.arrangement(), by=page.actor),
    )  # fmt: skip


@staff_only
@require_http_methods(["GET", "POST"])
def held(request: Request, case_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """Say that it was held, and who came."""
    page, versions = _mine(request, case_id, meeting_id)
    form = HeldForm(_posted(request), meeting=versions[0], names=names_in(versions))
    started = _started_from(request, versions)
    return _write(
        request, "desk/meeting_held.html", page, versions, form, _("Saved. Go on with the plan together."),
        lambda: hold_meeting(meeting=started, present=form.who(), by=page.actor),
    )  # fmt: skip


@staff_only
@require_http_methods(["GET", "POST"])
def cancel(request: Request, case_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """Call it off, with the reason."""
    page, versions = _mine(request, case_id, meeting_id)
    form = CancelForm(_posted(request))
    started = _started_from(request, versions)
    return _write(
        request, "desk/meeting_cancel.html", page, versions, form, _("Cancelled. Ring those who were invited."),
        lambda: cancel_meeting(meeting=started, reason=form.cleaned_data["reason"], by=page.actor),
    )  # fmt: skip


def _mine(request: Request, case_id: uuid.UUID, meeting_id: uuid.UUID) -> tuple[CasePage, list[Meeting]]:
    """A meeting that the actor's unit arranges and that is still to be held, or 404."""
    page = get_case(request, case_id, action=None)
    versions = meeting_of(meeting_id, case_id, page.actor)
    if not versions:
        raise Http404
    page.standing.require(Permission.ARRANGE_MEETING)
    page.record_read("opened_meeting", object=meeting_id)
    return page, versions


def _write(
    request: Request, template: str, page: CasePage, versions: list[Meeting], form: BaseForm, said: str,
    save: Callable[[], Meeting],
) -> HttpResponse:  # fmt: skip
    """Save, or hand back what was typed with what is wrong or what somebody else saved first."""
    newest, meeting_id = versions[0], versions[0].meeting
    if request.method == "GET" and not newest.is_open:
        return redirect("desk:meeting", case_id=page.case.pk, meeting_id=meeting_id)
    conflict = ""
    if form.is_bound and form.is_valid():
        try:
            if attempt(form, save) is not None:
                messages.success(request, said)
                return redirect("desk:meeting", case_id=page.case.pk, meeting_id=meeting_id)
        except Conflict as other:
            versions = meeting_of(meeting_id, page.case.pk, page.actor)
            conflict = other.theirs
    return _page(request, template, page, form, versions=versions, conflict=conflict)


def _page(
    request: Request, template: str, page: CasePage, form: BaseForm, *,
    versions: list[Meeting] | None = None, conflict: str = "",
) -> HttpResponse:  # fmt: skip
    shown = MeetingPage.of(versions, page) if versions else None
    context = {"case_page": page, "form": form, "meeting": shown, "conflict": conflict}
    return render(request, template, context, status=409 if conflict else 422 if form.errors else 200)


def _form(request: Request, page: CasePage, start: dict[str, Any]) -> MeetingForm:
    guests = guests_of(page.case, page.actor)
    return MeetingForm(
        _posted(request), initial=start, guests=guests, child=page.child.name, own_unit=page.actor.unit_id
    )


def _started_from(request: Request, versions: list[Meeting]) -> Meeting:
    """The version that was on the page when she began to write; the newest where it doesn't say."""
    number = request.POST.get("based_on", "")
    return next((each for each in versions if str(each.no) == number), versions[0])


def _posted(request: Request) -> Any:
    """What was posted, also where it is nothing."""
    return request.POST if request.method == "POST" else None
