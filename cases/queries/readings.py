"""Who has read, and what else has been done, as one of the family may know of it (PDL 8:5).

Which events and units that is ``access.reads_of_child`` says; here they are put together to
lines, and into words.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from access.actor import Actor
from access.roles import Role
from cases.models import Emergency
from kit import dates

# --- In words ---------------------------------------------------------------------------

OPENED = _("opened the child's page")

# What a page's reading is called for the family; whatever isn't here is OPENED.
READINGS: dict[str, str | Promise] = {
    "opened_case": OPENED,
    "opened_head": _("saw that there is a case, not what is written in it"),
    "opened_as_lead": _("opened the child's page as head of the unit"),
    "assigned_herself": _("began to work with the child, as head of the unit"),
    "opened_events": _("read the list of what has been written"),
    "opened_wheels": _("looked at the wheel"),
    "opened_wheel": _("looked at the wheel"),
    "opened_plan": _("read the plan"),
    "opened_plan_draft": _("read a draft of the plan"),
    "opened_follow_up": _("read the follow-up of the plan"),
    "opened_consents": _("looked at your answers about consent"),
    "opened_consent": _("looked at your answers about consent"),
    "opened_people": _("looked up who helps the child"),
    "opened_handover": _("read about who is to be responsible"),
    "opened_feedback": _("looked at what the one who noticed has been told"),
    "opened_meeting": _("read about a meeting"),
    "opened_sharing": _("looked up who may see what"),
    "previewed_as": _("looked up who may see what"),
    "opened_log": _("looked at the log of the case"),
    "opened_signal": _("read why the child was noticed"),
    "emergency_opened": _("opened the child's page in an emergency (nödöppning)"),
    "copied_to_journal": _("copied something into their own record"),
}
# To the youth herself: her own page, her own answers.
READINGS_TO_YOUTH: dict[str, str | Promise] = {
    "opened_case": pgettext_lazy("youth", "opened your page"),
    "opened_as_lead": pgettext_lazy("youth", "opened your page as head of the unit"),
    "assigned_herself": pgettext_lazy("youth", "began to work with you, as head of the unit"),
    "opened_consents": pgettext_lazy("youth", "looked at your answers about consent"),
    "opened_consent": pgettext_lazy("youth", "looked at your answers about consent"),
    "opened_people": pgettext_lazy("youth", "looked up who helps you"),
    "opened_signal": pgettext_lazy("youth", "read why you were noticed"),
    "emergency_opened": pgettext_lazy("youth", "opened your page in an emergency (nödöppning)"),
    "opened_entry": pgettext_lazy("youth", "read a note that you can read too"),
}
# What names a note does so only where the reader may know the note.
READINGS_OF_A_NOTE = {"opened_entry": _("read a note that you can read too")}

# A unit whose name would tell too much.
SOME_SERVICE = _("a service")
READERS: dict[str, str | Promise] = {
    Role.CASEWORKER: _("staff"),
    Role.LEAD: _("head of the unit"),
    Role.LAWYER: _("lawyer of the unit"),
}

# What a change is called; whatever isn't here is CHANGED. Only what the reader can see herself.
CHANGED = _("changed something that you can see")
CHANGES: dict[str, str | Promise] = {
    "entry_written": _("wrote a note that you can read"),
    "entry_corrected": _("corrected a note that you can read"),
    "consent_asked": _("asked for consent"),
    "consent_answered": _("wrote down an answer about consent"),
    "consent_withdrawn": _("wrote down that a yes was taken back"),
    "plan_started": _("worked on the plan"),
    "plan_saved": _("worked on the plan"),
    "plan_proposed": _("worked on the plan"),
    "plan_looked_over": _("worked on the plan"),
    "plan_unit_replied": _("answered about the plan"),
    "plan_agreed": _("decided on the plan"),
    "follow_up_held": _("followed up the plan"),
    "case_closed": _("ended the work"),
}
CHANGES_TO_YOUTH: dict[str, str | Promise] = {
    "entry_written": pgettext_lazy("youth", "wrote a note that you can read"),
    "entry_corrected": pgettext_lazy("youth", "corrected a note that you can read"),
}
CHANGED_TO_YOUTH = pgettext_lazy("youth", "changed something that you can see")
# That a note was shown, or is shown no more: to the reader herself, or to a unit.
SHOWN_TO_ME: dict[str, str | Promise] = {
    "version_shown": _("showed a note to you"),
    "disclosure_ended": _("stopped showing a note to you"),
}
SHOWN_TO_A_UNIT: dict[str, str | Promise] = {
    "version_shown": _("showed a note to %(unit)s"),
    "disclosure_signed": _("showed a note to %(unit)s"),
    "disclosure_ended": _("stopped showing a note to %(unit)s"),
}
# Why something was shown without a yes: of the grounds in access.law.TOLD_TO_FAMILY, to a layperson.
GROUNDS: dict[str, str | Promise] = {
    "B2": _("what was shown is not secret for them"),
    "B3": _("whoever showed it needed to for work of their own"),
    "B4": _("it weighs heavier that they know than that it is kept secret"),
    "B6": _("it is needed for care or support"),
    "B7": _("it is needed for support at school"),
}
BY_CONSENT = "B1"
# Why somebody opened in an emergency. What she wrote about it only her own unit reads.
EMERGENCIES: dict[str, str | Promise] = {
    Emergency.Code.ACUTE: _("somebody needed help at once"),
    Emergency.Code.STAND_IN: _("the usual contact could not be reached"),
    Emergency.Code.CONTACT: _("somebody in the family was in contact with us just then"),
    Emergency.Code.OTHER: _("another reason, which is written down and is reviewed by somebody else"),
}
# Paper, and files.
OTHER_KINDS: dict[str, str | Promise] = {
    "print": _("printed something"),
    "export": _("saved a file"),
}

# --- Lines --------------------------------------------------------------------------------

# One row for what one person did of one kind on one day. Two who would be called the same are
# counted, so that they can be told apart without a name.
_READINGS_BY_DAY = """
with found as (
    select (r.at at time zone 'Europe/Stockholm')::date as day, coalesce(r.unit, '') as unit, r.role, r.title, r.person,
           r.kind, r.action, r.shown, r.purpose, r.until, r.to_unit, coalesce(r.basis, '') as basis,
           coalesce(r.provision, '') as provision, count(*) as times, min(r.at) as first_at, max(r.at) as last_at
    from access.reads_of_child(%s) r
    where r.at >= coalesce(%s, '-infinity'::timestamptz) and r.at < coalesce(%s, 'infinity'::timestamptz)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
numbered as (
    select found.*, dense_rank() over (alike order by person) as which
    from found window alike as (partition by day, unit, coalesce(nullif(title, ''), role)))
select day, unit, role, title, which,
       max(which) over (partition by day, unit, coalesce(nullif(title, ''), role)) as alike,
       kind, action, shown, purpose, until, to_unit, basis, provision, times, first_at, last_at
from numbered
order by day desc, last_at desc, unit, title, which, action, to_unit
limit %s offset %s
"""


@dataclass(frozen=True)
class Reader:
    """Somebody at work, by title and unit. Of several who are called the same that day,
    ``alike`` of them, she is number ``which``: two people are never one line."""

    title: str
    unit: str
    which: int = 1
    alike: int = 1


@dataclass(frozen=True)
class Reading:
    """What one person of one unit did on one day, and how many times. ``until``: how long a
    nödöppning lasted. ``ground``: by what right something was shown, or read."""

    day: date
    by: Reader
    what: str
    purpose: str
    ground: str
    until: datetime | None
    times: int
    first_at: datetime
    last_at: datetime
    goes_on: bool = False

    @property
    def clock(self) -> str:
        """When that day: 8.14, or 8.14–9.02; from when to when where it was open for a time."""
        first, last = dates.clock(self.first_at), dates.clock(self.until or self.last_at)
        return first if first == last or self.goes_on else f"{first}–{last}"

    @property
    def ends(self) -> str:
        """When what goes on ends by itself."""
        return dates.clock(self.until) if self.goes_on and self.until else ""


@dataclass(frozen=True)
class Readings:
    """Some of the readings, and whether there are older ones."""

    rows: list[Reading] = field(default_factory=list)
    more: bool = False


def readings_of(
    child_id: uuid.UUID,
    actor: Actor,
    *,
    first: int = 0,
    most: int = 50,
    period: tuple[datetime | None, datetime | None] = (None, None),
) -> Readings:
    """Who has opened or changed what about the child, latest day first, her own reading not
    counted; within a half-open ``period``."""
    if not actor.is_family:
        return Readings()
    with connection.cursor() as cursor:
        cursor.execute(_READINGS_BY_DAY, [child_id, *period, most + 1, first])
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    found: dict[tuple[object, ...], Reading] = {}
    for row in rows[:most]:
        line = _line(row, actor, to_youth=actor.child_id == child_id)
        key = (line.day, line.by, line.what, line.purpose, line.ground, line.until)
        found[key] = _together(found[key], line) if key in found else line
    return Readings(list(found.values()), more=len(rows) > most)


def _line(row: dict[str, Any], actor: Actor, *, to_youth: bool) -> Reading:
    reader = row["title"] or str(READERS.get(row["role"], row["role"]))
    purpose, until = row["purpose"], row["until"]
    if row["action"] == "emergency_opened":
        purpose = str(EMERGENCIES.get(purpose, ""))
    return Reading(
        day=row["day"],
        by=Reader(reader, row["unit"] or str(SOME_SERVICE), row["which"], row["alike"]),
        what=_what(row, to_youth=to_youth),
        purpose=purpose,
        ground=_ground(row),
        until=until,
        times=row["times"],
        first_at=row["first_at"],
        last_at=row["last_at"],
        goes_on=until is not None and until > actor.at,
    )


def _together(one: Reading, other: Reading) -> Reading:
    """Two kinds of pages with the same words, as one line."""
    return Reading(
        **{
            **one.__dict__,
            "times": one.times + other.times,
            "first_at": min(one.first_at, other.first_at),
            "last_at": max(one.last_at, other.last_at),
        }
    )


def _ground(row: dict[str, Any]) -> str:
    """By what right something was shown; for what was read only where nobody was asked."""
    values = {"provision": row["provision"]}
    if row["basis"] in GROUNDS:
        values["why"] = str(GROUNDS[row["basis"]])
        return str(_("Without consent: %(why)s (%(provision)s)") % values)
    if row["basis"] == BY_CONSENT and row["kind"] == "write" and row["action"] != "disclosure_ended":
        return str(_("With consent (%(provision)s)") % values)
    return ""


def _what(row: dict[str, Any], *, to_youth: bool) -> str:
    kind, action = row["kind"], row["action"]
    if kind == "write" and action in SHOWN_TO_A_UNIT:
        if row["to_unit"] is None:
            return str(SHOWN_TO_ME.get(action, CHANGED))
        return str(SHOWN_TO_A_UNIT[action]) % {"unit": row["to_unit"] or str(SOME_SERVICE)}
    if kind == "write":
        mine = CHANGES_TO_YOUTH.get(action, CHANGED_TO_YOUTH if action not in CHANGES else None)
        return str(mine if to_youth and mine else CHANGES.get(action, CHANGED))
    # A page that was printed has its page's own action; that it is on paper is what to tell.
    if kind in OTHER_KINDS and (action not in READINGS or kind == "print"):
        return str(OTHER_KINDS[kind])
    if not row["shown"] and action in READINGS_OF_A_NOTE:
        action = "opened_case"
    if to_youth:
        known = READINGS_TO_YOUTH if action in READINGS_TO_YOUTH else READINGS
        return str(known.get(action, READINGS_TO_YOUTH["opened_case"]))
    return str({**READINGS, **READINGS_OF_A_NOTE}.get(action, OPENED))
