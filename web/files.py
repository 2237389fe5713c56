"""What somebody saves as a file: kept by no cache, under a name that says what it is and nothing of whom."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def to_save(content: bytes | str, *, what: str, when: date | str, ending: str = "pdf") -> HttpResponse:
    """The answer that a browser saves: ``plan-2026-11-22.pdf``. ``what`` is one plain word for the
    kind of paper, never a name, a number or a unit: others who use the same phone see it too."""
    response = HttpResponse(content, content_type=TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{what}-{when}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
