"""Who is shown what, in words: the share page's choices and the rows of *vem ser vad*."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from access.words import why
from cases.models import Version
from cases.queries.audience import Around, Audience, Content
from cases.queries.sharing import Candidate, Cell, Column, Recipient, Row, Sight
from kit import dates
from kit.forms import OptionLabel
from plans.queries.readers import PlanReaders, Reader
from web.desk.case_page import CasePage
from web.desk.events import title_of
from web.desk.words import and_list


@dataclass(frozen=True)
class Line:
    """Somebody, and what is to be said about her."""

    name: str
    text: str


@dataclass(frozen=True)
class SightCell:
    """One cell of *vem ser vad*; ``stop`` is where it can be ended."""

    head: str
    sees: bool
    word: str
    more: str = ""
    stop: str = ""


@dataclass(frozen=True)
class SightRow:
    """One row; ``note`` instead of cells where only the owner knows."""

    title: str
    meta: str
    href: str
    cells: list[SightCell] = field(default_factory=list)
    note: str = ""
    share: str = ""


def offered(found: list[Candidate]) -> list[tuple[Recipient, OptionLabel]]:
    """Those who may be shown it and have not got it, with until when."""
    return [
        (c.recipient, OptionLabel(c.name, hint=_option_hint(c)))
        for c in found
        if c.decision and not c.has_newest
    ]


def refused(found: list[Candidate]) -> list[Line]:
    """Those who may not be shown it, and why."""
    return [Line(c.name, why(c.decision.reason)) for c in found if not c.decision and not c.has_newest]


def chosen_words(audience: Audience, version: Version, nearby: Around) -> list[Line]:
    """Those who were chosen, with until when: what the last yes is about."""
    content = Content.of(version)
    lines = [
        Line(unit.name, until_words(nearby.unit_share(unit.unit_id, content).decision.until))
        for unit in nearby.units
        if unit.unit_id in audience.units
    ]
    lines += [
        Line(row.name, _("as guardian, %(until)s") % {"until": until_words(row.until)})
        for pk, row in nearby.guardians.items()
        if pk in audience.guardians
    ]
    return [*lines, Line(nearby.case.child.name, until_words(None))] if audience.to_child else lines


def until_words(until: datetime | None) -> str:
    """How long it is shown."""
    return dates.through(until) if until else _("until you stop it")


def sight_rows(page: CasePage, sight: Sight) -> list[SightRow]:
    """The entries of a page of *vem ser vad*."""
    may_share = bool(page.works_on)
    return [_entry_row(page, row, may_share=may_share) for row in sight.rows]


def plan_row(page: CasePage, plan: PlanReaders | None, sight: Sight) -> list[SightRow]:
    """The plan's row, where there is an agreed plan."""
    if plan is None:
        return []
    version = plan.version
    agreed = dates.in_words(version.agreed_at) if version.agreed_at else ""
    meta = _("Version %(number)d, agreed %(date)s") % {"number": version.no, "date": agreed}
    title, href = _("The plan"), page.path("plan/")
    if not plan.mine:
        return [
            SightRow(title, meta, href, note=_("You see it. The unit that coordinates knows who else does."))
        ]
    return [
        SightRow(title, meta, href, [_plan_cell(c, plan.readers.get(c.recipient)) for c in sight.columns])
    ]


def _entry_row(page: CasePage, row: Row, *, may_share: bool) -> SightRow:
    version = row.version
    href = page.path(f"anteckning/{version.entry_id}/")
    day = dates.in_words(version.happened_on)
    if not row.mine:
        given = _("Shown to you %(date)s by %(unit)s.") if row.shown_at else _("Shown to you by %(unit)s.")
        shown = given % {
            "date": dates.in_words(row.shown_at) if row.shown_at else "",
            "unit": version.unit_name,
        }
        only_they = _("Only they know who else sees it.")
        return SightRow(title_of(version), day, href, note=f"{shown} {only_they}")
    number = _("version %(number)d") % {"number": version.no}
    meta = f"{day} · {number}" if version.no > 1 else day
    cells = [_entry_cell(cell, href) for cell in row.cells]
    return SightRow(title_of(version), meta, href, cells, share=f"{href}dela/" if may_share else "")


def _entry_cell(cell: Cell, href: str) -> SightCell:
    if cell.sees == "no":
        more = why(cell.reason) if cell.reason else _("not shown")
        return SightCell(cell.column.name, sees=False, word=_("Does not see"), more=more)
    stop = f"{href}dela/{cell.disclosure_id}/sluta/"
    word = _("Sees") if cell.sees == "newest" else _("Sees an older version")
    more = _basis(cell.column, cell.until, by_consent=cell.by_consent)
    return SightCell(cell.column.name, sees=True, word=word, more=more, stop=stop)


def _plan_cell(column: Column, reader: Reader | None) -> SightCell:
    if reader is None:
        return SightCell(column.name, sees=False, word=_("Does not see"))
    word = _("Sees its own rows") if reader.own_rows else _("Sees")
    return SightCell(column.name, sees=True, word=word, more=_basis(column, reader.until))


def _basis(column: Column, until: datetime | None, *, by_consent: bool = True) -> str:
    """On what it is shown, and how long."""
    if column.recipient[0] != "unit" or until is None:
        return ""
    words = _("consent to %(date)s") if by_consent else _("on another legal ground, to %(date)s")
    return words % {"date": short(dates.last_day(until))}


def short(day: date) -> str:
    """3 okt 2027, where there is little room."""
    return format_date(day, "j b Y")


def _option_hint(candidate: Candidate) -> str:
    parts = [and_list(candidate.people)] if candidate.people else []
    if candidate.decision.until and candidate.recipient[0] == "unit":
        parts.append(_("to be read %(through)s") % {"through": dates.through(candidate.decision.until)})
    if candidate.has:
        parts.append(_("has an older version"))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
