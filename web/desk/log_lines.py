"""The unit's own log in words: one line for what one person did over again in a day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.roles import Role
from access.words import role_label
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


def _line(same: list[LogRow]) -> LogLine:
    row = same[0]
    role = role_label(Role(row.role)) if row.role in set(Role) else row.role
    what = _words().get(row.action, _("Read") if row.kind == "read" else _("Changed something"))
    if len(same) > 1:
        times = ngettext("%(number)d time", "%(number)d times", len(same)) % {"number": len(same)}
        what = f"{what} ({times})"
    return LogLine(dates.instant(row.at), row.who, role, what)


def _words() -> dict[str, str]:
    return {
        "opened_case": _("Opened the child's page"),
        "opened_log": _("Opened this log"),
        "opened_as_lead": _("Opened the content as arbetsledare"),
        "opened_entry": _("Read a note"),
        "opened_wheels": _("Read the wheels"),
        "opened_sharing": _("Read who sees what"),
        "opened_plan": _("Read the plan"),
        "opened_signal": _("Read what was noticed"),
        "signal_taken": _("Received a signal"),
        "signal_joined": _("Added a signal to the case"),
        "invitation_taken": _("Received an invitation"),
        "assigned": _("Assigned a colleague"),
        "unassigned": _("Ended a colleague's assignment"),
        "entry_written": _("Wrote a note"),
        "entry_corrected": _("Corrected a note"),
        "version_shown": _("Showed a note to others"),
        "disclosure_ended": _("Stopped showing a note"),
        "process_moved": _("Moved the case to the next step"),
        "case_closed": _("Closed the case"),
        "guardian_registered": _("Registered a guardian"),
        "number_completed": _("Wrote the child's personnummer"),
        "consent_asked": _("Asked the family for consent"),
        "consent_answered": _("Noted an answer about consent"),
        "consent_withdrawn": _("Noted that a yes was taken back"),
        "plan_started": _("Began a plan"),
        "plan_saved": _("Changed the plan"),
        "plan_unit_replied": _("Answered the plan proposal"),
        "plan_discarded": _("Threw a draft of the plan away"),
        "plan_looked_over": _("Looked over the plan after consent had changed"),
        "plan_proposed": _("Sent the plan to the units"),
        "plan_agreed": _("Agreed the plan"),
        "status_set": _("Said how a part of the plan goes"),
        "follow_up_held": _("Followed up the plan"),
    }
