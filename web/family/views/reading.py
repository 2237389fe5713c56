"""Vem har läst: every opening that the reader may know of."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_GET

from cases.queries.family import Reading, readings_of
from web.family.page import get_child
from web.family.paging import Paging
from web.request import Request

PER_PAGE = 60


@require_GET
def listing(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """Who has opened what, by month."""
    page = get_child(request, child_id, "family_opened_readings")
    paging = Paging.of(request, PER_PAGE)
    found = readings_of(child_id, page.actor, first=paging.first, most=PER_PAGE)
    context = {"family": page, "months": by_month(found.rows), "paging": paging.with_more(found.more)}
    return render(request, "family/readings.html", context)


def by_month(rows: list[Reading]) -> list[tuple[str, list[Reading]]]:
    """The rows under the name of their month."""
    months = groupby(rows, key=lambda row: (row.day.year, row.day.month))
    return [(format_date(group[0].day, "F Y"), group) for _, rows_ in months if (group := list(rows_))]
