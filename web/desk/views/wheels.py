"""The wheel: each one's view by itself, and filling in a new one."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import Permission
from cases.models import Version
from cases.queries.wheels import WheelSeries, wheels_of
from cases.services.entries import write_entry
from cases.wheel import Perspective
from kit.wheel import WheelView
from web.desk.case_page import CasePage, get_case
from web.desk.forms.audience import Readers
from web.desk.forms.wheels import WheelForm
from web.desk.previews import CHANGE, look_first
from web.desk.views.entries import saved
from web.desk.wheel_pictures import picture_of
from web.desk.writing import DISCARD, Typing, attempt, is_whole, typing
from web.request import Request


@require_GET
def show(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The latest wheel of each view with the one before behind it, and the earlier ones."""
    page = get_case(request, case_id, action=None)
    series = wheels_of(page.case, page.actor)
    page.record_read("opened_wheels", object=_named_in_the_log(series))
    shown = [{"series": one, "wheel": _laid_over(one)} for one in series]
    context = {"case_page": page, "shown": shown, "may_write": page.may(Permission.WRITE_ENTRY)}
    return render(request, "desk/wheel_list.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """A new wheel; nothing but who tells and when is required."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.WRITE_ENTRY)
    draft = typing(page, "wheel:new")
    if DISCARD in request.POST:
        draft.discard()
        return redirect(request.path)
    form = _form(page, draft, request.POST if request.method == "POST" else None)
    if form.is_bound and is_whole(form, request) and CHANGE not in request.POST:
        audience = form.cleaned_data["audience"]
        looks = look_first(request, page, audience, form.written())
        if looks:
            return looks
        done = attempt(
            form,
            lambda: write_entry(case=page.case, written=form.written(), audience=audience, by=page.actor),
        )
        if done:
            return saved(request, done, audience)
    page.record_read("opened_writing")
    context = {"case_page": page, "form": form, "draft": draft, "wheel": form.drawn()}
    return render(request, "desk/wheel_write.html", context, status=422 if form.errors else 200)


@require_POST
def picture(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The wheel as it stands in the form, drawn anew while one fills it in. Saves nothing."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.WRITE_ENTRY)
    form = _form(page, Typing(page, "wheel:new", {}, None), request.POST)
    return render(request, "desk/wheel_picture.html", {"wheel": form.drawn()})


def _form(page: CasePage, draft: Typing, data: Any) -> WheelForm:
    readers = Readers(page)
    return WheelForm(
        data,
        readers=readers,
        today=page.actor.today,
        guardians=list(readers.nearby.guardians.values()),
        initial={"happened_on": page.actor.today, **draft.fields},
    )


def _laid_over(series: WheelSeries) -> WheelView | None:
    """The latest wheel with the one before behind it, named after whose view it is."""
    now = series.now
    drawn = picture_of(now.version, previous=series.before.version if series.before else None)
    who = now.version.unit_name if now.wheel.perspective == Perspective.PROFESSIONAL else now.speaker
    return replace(drawn, title=_("The wheel as %(who)s sees it") % {"who": who}) if drawn and who else drawn


def _named_in_the_log(series: list[WheelSeries]) -> uuid.UUID | None:
    """The version that the reading names. A guardian is told of readings of what she
    is shown; where only the child's own view is open, the reading is of that."""
    versions: list[Version] = [one.now.version for one in series]
    others = [v for v in versions if v.data.get("perspective") != Perspective.CHILD]
    return next((v.pk for v in [*others, *versions]), None)
