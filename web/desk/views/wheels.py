"""The wheel: each one's view by itself, and filling in a new one."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import Permission
from cases.models import Version
from cases.queries.wheels import WheelEntry, WheelSeries, same_view_and_day, wheels_of
from cases.services.entries import write_entry
from cases.wheel import Perspective
from cases.wheel_words import WheelWords, words_of, words_to_fill_in
from kit import dates
from kit.wheel import WheelView
from web.desk.case_page import CasePage, get_case
from web.desk.forms.audience import Readers
from web.desk.forms.wheels import CompareForm, WheelForm, view_title
from web.desk.previews import CHANGE, look_first
from web.desk.views.entries import saved
from web.desk.wheel_pictures import picture_of
from web.desk.writing import DISCARD, Typing, attempt, is_whole, typing
from web.request import Request

# The button that shows the form in another version; it saves nothing.
REDRAW = "redraw"


@require_GET
def show(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The latest wheel of each view with the one before behind it, and the earlier ones."""
    page = get_case(request, case_id, action=None)
    series = wheels_of(page.case, page.actor)
    page.record_read("opened_wheels", object=_named_in_the_log(series))
    words = words_of(entry.wheel for one in series for entry in one.wheels[:2])
    shown = [{"series": one, "wheel": _laid_over(one, words)} for one in series]
    context = {"case_page": page, "shown": shown, "may_write": page.may(Permission.WRITE_ENTRY)}
    context["may_compare"] = any(one.before for one in series)
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
    redrawn = REDRAW in request.POST
    form = _form(page, draft, request.POST if request.method == "POST" else None, redrawn=redrawn)
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
            if same_view_and_day(done, page.actor):
                messages.info(
                    request, _("There is another wheel of the same view and the same day. Both are kept.")
                )
            return saved(request, done, audience)
    page.record_read("opened_writing")
    context = {"case_page": page, "form": form, "draft": draft, "wheel": form.drawn(), "redrawn": redrawn}
    return render(request, "desk/wheel_write.html", context, status=422 if form.errors else 200)


@require_POST
def picture(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The wheel as it stands in the form, drawn anew while one fills it in. Saves nothing."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.WRITE_ENTRY)
    form = _form(page, Typing(page, "wheel:new", {}, None), request.POST)
    return render(request, "desk/wheel_picture.html", {"wheel": form.drawn()})


@require_GET
def compare(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Two wheels of one person's view, the earlier laid over the later; never of two views."""
    page = get_case(request, case_id, action=None)
    series = wheels_of(page.case, page.actor)
    form = CompareForm(request.GET or None, series=series)
    pair = form.pair() if form.is_bound and form.is_valid() else None
    page.record_read("opened_wheels", object=pair[1].version.pk if pair else None)
    context = {"case_page": page, "form": form, "wheel": _compared(*pair) if pair else None, "pair": pair}
    context["editions_differ"] = pair is not None and pair[0].wheel.edition != pair[1].wheel.edition
    return render(request, "desk/wheel_compare.html", context, status=422 if form.errors else 200)


def _compared(before: WheelEntry, now: WheelEntry) -> WheelView | None:
    drawn = picture_of(now.version, previous=before.version)
    label = _("After, %(date)s") % {"date": dates.in_words(now.version.happened_on)}
    return replace(drawn, title=view_title(now), now_label=label, compares=True) if drawn else None


def _form(page: CasePage, draft: Typing, data: Any, *, redrawn: bool = False) -> WheelForm:
    """The form as it was posted; or, where another version is to be shown, what was typed in that."""
    readers = Readers(page)
    kept = data.dict() if redrawn else draft.fields
    return WheelForm(
        None if redrawn else data,
        readers=readers,
        today=page.actor.today,
        guardians=list(readers.nearby.guardians.values()),
        words=words_to_fill_in((data or kept).get("edition", "")),
        born_on=page.child.born_on,
        initial={"happened_on": page.actor.today, **kept},
    )


def _laid_over(series: WheelSeries, words: dict[int, WheelWords]) -> WheelView | None:
    """The latest wheel with the one before behind it, named after whose view it is."""
    now = series.now
    before = series.before.version if series.before else None
    drawn = picture_of(now.version, previous=before, words=words)
    return replace(drawn, title=view_title(now)) if drawn else None


def _named_in_the_log(series: list[WheelSeries]) -> uuid.UUID | None:
    """The version that the reading names. A guardian is told of readings of what she
    is shown; where only the child's own view is open, the reading is of that."""
    versions: list[Version] = [one.now.version for one in series]
    others = [v for v in versions if v.data.get("perspective") != Perspective.CHILD]
    return next((v.pk for v in [*others, *versions]), None)
