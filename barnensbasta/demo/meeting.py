"""Meetings in the demo, as ``cases.services.meetings`` would have left them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from agencies.models import Unit
from barnensbasta.demo.planning import PlanStory
from barnensbasta.demo.staff import Worker
from cases.models import Meeting
from kit.dates import STOCKHOLM
from people.models import Guardian


def invite(
    story: PlanStory,
    by: Worker,
    written_at: datetime,
    day: date,
    clock: str,
    *,
    units: Sequence[Unit] = (),
    guardians: Sequence[Guardian] = (),
    **said: Any,
) -> Meeting:
    """One unit invites to a meeting at a time that holds."""
    hour, minute = clock.split(".")
    at = datetime.combine(day, time(int(hour), int(minute)), STOCKHOLM)
    row: dict[str, Any] = {
        "meeting": story.rows.new_id(),
        "no": 1,
        "case": story.case,
        "unit": by.unit,
        "state": Meeting.State.BOOKED,
        "purpose": Meeting.Purpose.START,
        "proposed": [at],
        "starts_at": at,
        "form": Meeting.Form.PLACE,
        "units": sorted({by.unit.pk, *(unit.pk for unit in units)}),
        "guardians": sorted(person.pk for person in guardians),
        "written_by": by.account,
        "written_by_name": by.name,
        "written_at": written_at,
    }
    made = story.rows.add(Meeting(**row | said))
    story.trace(by, written_at, "write", "meeting_arranged", made.meeting)
    return made


def hold(story: PlanStory, made: Meeting, by: Worker, at: datetime, absent: Sequence[Unit] = ()) -> None:
    """It was held, and all came but these units."""
    away = {unit.pk for unit in absent}
    kept = {
        field.attname: getattr(made, field.attname)
        for field in Meeting._meta.concrete_fields
        if field.attname != "id"
    }
    held = story.rows.add(
        Meeting(
            **kept
            | {
                "no": made.no + 1,
                "state": Meeting.State.HELD,
                "present_units": [unit for unit in made.units if unit not in away],
                "present_guardians": list(made.guardians),
                "present_youth": made.youth,
                "written_by_id": by.account.pk,
                "written_by_name": by.name,
                "written_at": at,
            }
        )
    )
    story.trace(by, at, "write", "meeting_held", held.meeting)
