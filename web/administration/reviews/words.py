"""A review's accesses in words: rows of a list, one access with what was opened, and a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from access.roles import Role
from access.words import role_label
from audit.words import what_was_done
from kit import dates
from kit.identity import reference_of
from reviews.models import LogReview, ReviewedAccess
from reviews.queries import Opened
from reviews.rules import WHAT_FLAGS_MEAN, Flag, Judgement

# What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Mark:
    """A rule that found something, and what it means."""

    label: str
    meaning: str


@dataclass(frozen=True)
class AccessRow:
    """One access, as the list and its own page show it."""

    access: ReviewedAccess
    who: str
    role: str
    case: str
    when: str
    marks: list[Mark]
    is_mine: bool

    @property
    def judgement(self) -> str:
        """What the reviewer found, as words; empty where nobody has judged."""
        return str(Judgement(self.access.judgement).label) if self.access.judgement else ""


def row_of(access: ReviewedAccess, me: object) -> AccessRow:
    """An access in words."""
    return AccessRow(
        access=access,
        who=access.account.staffmember.name,
        role=role_label(Role(access.role)).capitalize(),
        case=reference_of(access.subject) if access.subject else "",
        when=_when(access),
        marks=[Mark(str(Flag(flag).label), str(WHAT_FLAGS_MEAN[Flag(flag)])) for flag in access.flags],
        is_mine=access.account_id == me,
    )


def opened_lines(opened: Iterable[Opened]) -> list[tuple[str, str]]:
    """Clock and what was opened, in the order in which it happened."""
    return [(dates.clock(one.at), _opened_words(one)) for one in opened]


def _opened_words(one: Opened) -> str:
    what = what_was_done(one.kind, one.action)
    return _("%(what)s. Why: %(reason)s") % {"what": what, "reason": one.reason} if one.reason else what


def month_words(review: LogReview) -> str:
    """Oktober 2026."""
    return format_date(review.month, "F Y").capitalize()


def as_file(review: LogReview, rows: Iterable[AccessRow]) -> str:
    """A signed review as CSV: a head that says what it is, then one line for each access."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";")
    signed = dates.instant(review.signed_at) if review.signed_at else ""
    name = review.signed_by.staffmember.name if review.signed_by else ""
    head = [
        (_("Log review"), f"{review.unit.name}, {month_words(review)}"),
        (_("Signed"), f"{name}, {signed}"),
        (_("Accesses in the month"), str(review.accesses)),
        (_("Drawn with the seed"), review.seed),
    ]
    columns = (
        _("No."), _("Day"), _("Who"), _("Role"), _("Case"), _("Pages"), _("By chance"), _("Rules"),
        _("Judgement"), _("Reason"),
    )  # fmt: skip
    lines.writerows([*([safe(cell) for cell in row] for row in head), [], columns])
    lines.writerows([safe(cell) for cell in _cells(row)] for row in rows)
    return "\ufeff" + out.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(row: AccessRow) -> tuple[str, ...]:
    access = row.access
    rules = ", ".join(mark.label for mark in row.marks)
    drawn = _("Yes") if access.drawn else _("No")
    return (
        str(access.no), row.when, row.who, row.role, row.case, str(len(access.events)), drawn, rules,
        row.judgement, access.reason,
    )  # fmt: skip


def _when(access: ReviewedAccess) -> str:
    """Onsdag 7 oktober 2026 klockan 8.14–9.02."""
    first, last = dates.clock(access.first_at), dates.clock(access.last_at)
    clock = first if first == last else f"{first}–{last}"
    return _("%(date)s at %(time)s") % {"date": dates.with_weekday(access.first_at), "time": clock}
