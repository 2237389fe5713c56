"""The unit's own log in words: one line for what one person did over again in a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import ngettext

from access.roles import Role
from access.words import role_label
from audit.words import what_was_done
from cases.queries.log import LogRow
from kit import dates


@dataclass(frozen=True)
class LogLine:
    """One line of the log."""

    when: str
    who: str
    role: str
    what: str


def log_lines(rows: list[LogRow]) -> list[LogLine]:
    """The rows, latest first; the same thing done again and again becomes one line
    with its latest instant."""
    grouped = groupby(rows, key=lambda row: (dates.as_day(row.at), row.who, row.role, row.kind, row.action))
    return [_line(list(same)) for _key, same in grouped]


def emergency_lines(rows: list[tuple[datetime, str, str]]) -> list[tuple[str, str]]:
    """What was opened and written in an emergency, as instant and words."""
    return [(dates.instant(at), what_was_done(kind, action)) for at, kind, action in rows]


def _line(same: list[LogRow]) -> LogLine:
    row = same[0]
    role = role_label(Role(row.role)) if row.role in set(Role) else row.role
    what = what_was_done(row.kind, row.action)
    if len(same) > 1:
        times = ngettext("%(number)d time", "%(number)d times", len(same)) % {"number": len(same)}
        what = f"{what} ({times})"
    return LogLine(dates.instant(row.at), row.who, role, what)
