"""Vem har läst: every opening and change that the reader may know of, and the same on paper."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.queries.readings import Reading, readings_of
from web.family.extract import PeriodForm, TooMuch, paper_of
from web.family.page import FamilyPage, get_child
from web.family.paging import Paging
from web.family.why import answers_to
from web.files import to_save
from web.request import Request

PER_PAGE = 60


@require_GET
def listing(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """Who has opened or changed what, by month; all, or in a period."""
    page = get_child(request, child_id, "family_opened_readings", needs="log")
    form = PeriodForm(request.GET if {"fran", "till"} & set(request.GET) else None)
    chosen = form.chosen
    paging = Paging.of(request, PER_PAGE, chosen.query)
    found = readings_of(child_id, page.actor, first=paging.first, most=PER_PAGE, period=chosen.period)
    context = {
        "family": page,
        "months": by_month(found.rows),
        "paging": paging.with_more(found.more),
        "form": form,
        "chosen": chosen,
    }
    return render(request, "family/readings.html", context, status=422 if form.errors else 200)


@require_GET
def why_not(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """*Varför ser jag inte …?*: the policy's answers, the same whatever there is to see."""
    page = get_child(request, child_id, "family_opened_why")
    return render(request, "family/why.html", {"family": page, "answers": answers_to(page)})


@require_http_methods(["GET", "POST"])
def save(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """First the warning and the period, then the PDF."""
    page = get_child(request, child_id, needs="log")
    posted = request.POST if request.method == "POST" else None
    form = PeriodForm(posted, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            return _paper(page, form)
        except TooMuch:
            form.add_error(None, _("That is more than fits on one paper. Choose a shorter period."))
    page.record_reading("family_opened_extract")
    status = 422 if form.errors else 200
    return render(request, "family/readings_save.html", {"family": page, "form": form}, status=status)


def _paper(page: FamilyPage, form: PeriodForm) -> HttpResponse:
    made = paper_of(page, form.chosen)
    page.record_reading("family_saved_extract", kind="export")
    return to_save(bytes(made), what="loggutdrag", when=page.actor.today)


def by_month(rows: list[Reading]) -> list[tuple[str, list[Reading]]]:
    """The rows under the name of their month."""
    months = groupby(rows, key=lambda row: (row.day.year, row.day.month))
    return [(format_date(group[0].day, "F Y"), group) for _, rows_ in months if (group := list(rows_))]
