"""Arrange a meeting, change it, say who came, or call it off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Meeting
from cases.queries.meetings import Guests, guests_of
from cases.rules import ProcessState
from cases.services.decisions import move_process
from kit import dates
from kit.errors import Conflict, Refused

State = Meeting.State
MOST_TIMES = 3
LONGEST_REASON = 2_000
# What the one version hands on to the next; the rest says what that version did.
_KEPT = (
    "meeting", "case_id", "purpose", "purpose_text", "proposed", "starts_at", "form", "place", "interpreter_language",
    "interpreter_form", "interpreter_booked", "units", "guardians", "youth",
)  # fmt: skip


@dataclass(frozen=True)
class Interpreter:
    """In which language, how, and whether one is booked."""

    language: str
    form: str
    booked: bool = False


@dataclass(frozen=True)
class Arrangement:
    """What is arranged: one to three times, of which ``starts_at`` is the one that holds."""

    purpose: str
    proposed: tuple[datetime, ...]
    form: str
    purpose_text: str = ""
    starts_at: datetime | None = None
    place: str = ""
    interpreter: Interpreter | None = None
    units: frozenset[uuid.UUID] = frozenset()
    guardians: frozenset[uuid.UUID] = frozenset()
    youth: bool = False


@dataclass(frozen=True)
class Present:
    """Who of the invited came."""

    units: frozenset[uuid.UUID] = frozenset()
    guardians: frozenset[uuid.UUID] = frozenset()
    youth: bool = False


@transaction.atomic
def arrange_meeting(*, case: Case, arrangement: Arrangement, by: Actor) -> Meeting:
    """Invite to a meeting, at a time that holds or at times to choose from.

    With another unit invited the case is at "invited": the family has said yes to that one.
    """
    standing(case.pk, by).require(Permission.ARRANGE_MEETING)
    _check(arrangement, guests_of(case, by), by, earlier=())
    made = _write({"meeting": uuid.uuid4(), "case_id": case.pk, **_columns(arrangement, by)}, 1, by)
    if set(made.units) - {by.unit_id}:
        move_process(case=case, to=ProcessState.INVITED, by=by)
    _record(case, made, "meeting_arranged", by)
    return made


@transaction.atomic
def change_meeting(*, meeting: Meeting, arrangement: Arrangement, by: Actor) -> Meeting:
    """Change a meeting that the actor has read as it stands in ``meeting``; the earlier times stay.

    Raises ``Conflict`` where somebody else has changed it since.
    """
    standing(meeting.case_id, by).require(Permission.ARRANGE_MEETING)
    _check_open(meeting, by)
    case = meeting.case
    _check(arrangement, guests_of(case, by), by, earlier=(*meeting.proposed, meeting.starts_at))
    made = _next(meeting, by, **_columns(arrangement, by))
    if set(made.units) - {by.unit_id}:
        move_process(case=case, to=ProcessState.INVITED, by=by)
    _record(case, made, "meeting_changed", by)
    return made


@transaction.atomic
def hold_meeting(*, meeting: Meeting, present: Present, by: Actor) -> Meeting:
    """It was held, and these came."""
    standing(meeting.case_id, by).require(Permission.ARRANGE_MEETING)
    _check_open(meeting, by)
    if meeting.starts_at is None:
        raise Refused(_("Choose the time of the meeting first."))
    if dates.as_day(meeting.starts_at) > by.today:
        raise Refused(_("The day of the meeting has not come yet. Change the time if you met before."))
    if not (present.units or present.guardians or present.youth):
        raise Refused(_("Tick at least one who came. If nobody came, cancel the meeting."), field="present")
    if (
        present.units - set(meeting.units)
        or present.guardians - set(meeting.guardians)
        or (present.youth and not meeting.youth)
    ):
        raise Refused(_("Choose among those who were invited."), field="present")
    made = _next(
        meeting, by, state=State.HELD, present_units=sorted(present.units),
        present_guardians=sorted(present.guardians), present_youth=present.youth,
    )  # fmt: skip
    move_process(case=meeting.case, to=ProcessState.MET, by=by)
    _record(meeting.case, made, "meeting_held", by)
    return made


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """It will not be held, and why. The invited units read why; the family sees that it is cancelled."""
    standing(meeting.case_id, by).require(Permission.ARRANGE_MEETING)
    _check_open(meeting, by)
    if not reason.strip():
        raise Refused(_("Write why the meeting is cancelled."), field="reason")
    made = _next(meeting, by, state=State.CANCELLED, reason=reason.strip())
    _record(meeting.case, made, "meeting_cancelled", by)
    return made


def _check_open(meeting: Meeting, by: Actor) -> None:
    """Of two who change at once the second is told, what the first did included."""
    newest = Meeting.objects.visible_to(by).filter(meeting=meeting.meeting).order_by("-no").first()
    if newest is None or newest.no != meeting.no:
        raise _conflict(newest)
    if not newest.is_open:
        raise Refused(_("The meeting is held or cancelled already."))


def _check(arrangement: Arrangement, guests: Guests, by: Actor, *, earlier: tuple[object, ...]) -> None:
    """Whole, to come, and to those who have to do with the child now."""
    if arrangement.purpose not in Meeting.Purpose.values:
        raise Refused(_("Choose what the meeting is for."), field="purpose")
    if arrangement.purpose == Meeting.Purpose.OTHER and not arrangement.purpose_text.strip():
        raise Refused(_("Write what the meeting is for."), field="purpose_text")
    if not 1 <= len(set(arrangement.proposed)) <= MOST_TIMES:
        raise Refused(_("Fill in at least one time, and at most three."), field="day_1")
    if any(time <= by.at and time not in earlier for time in arrangement.proposed):
        raise Refused(_("Choose a time that is still to come."), field="day_1")
    if arrangement.starts_at and arrangement.starts_at not in arrangement.proposed:
        raise Refused(_("Choose one of the times."), field="chosen")
    if arrangement.form not in Meeting.Form.values:
        raise Refused(_("Choose how you meet."), field="form")
    if arrangement.interpreter and not arrangement.interpreter.language.strip():
        raise Refused(_("Write which language the interpreter speaks."), field="interpreter_language")
    if arrangement.units - {unit.pk for unit in guests.units} - {by.unit_id} or arrangement.guardians - {
        person.guardian_id for person in guests.people
    }:
        raise Refused(_("One of your choices is no longer there. Choose again."), field="invited")
    if not (arrangement.units - {by.unit_id} or arrangement.guardians or arrangement.youth):
        raise Refused(_("Choose at least one to invite."), field="invited")


def _columns(arrangement: Arrangement, by: Actor) -> dict[str, Any]:
    interpreter = arrangement.interpreter
    return {
        "state": State.BOOKED if arrangement.starts_at else State.PROPOSED,
        "purpose": arrangement.purpose,
        "purpose_text": arrangement.purpose_text.strip()
        if arrangement.purpose == Meeting.Purpose.OTHER
        else "",
        "proposed": sorted(set(arrangement.proposed)),
        "starts_at": arrangement.starts_at,
        "form": arrangement.form,
        "place": arrangement.place.strip(),
        "interpreter_language": interpreter.language.strip() if interpreter else "",
        "interpreter_form": interpreter.form if interpreter else "",
        "interpreter_booked": bool(interpreter and interpreter.booked),
        "units": sorted({*arrangement.units, *([by.unit_id] if by.unit_id else [])}),
        "guardians": sorted(arrangement.guardians),
        "youth": arrangement.youth,
    }


def _next(meeting: Meeting, by: Actor, **changes: Any) -> Meeting:
    """The version after this one. The arranging unit is always among the invited."""
    kept = {name: getattr(meeting, name) for name in _KEPT}
    values: dict[str, Any] = kept | changes
    return _write(values, meeting.no + 1, by)


def _write(values: dict[str, Any], no: int, by: Actor) -> Meeting:
    account, unit = by.writes_as
    try:
        with transaction.atomic():
            return Meeting.objects.create(
                no=no,
                unit_id=unit,
                written_by_id=account,
                written_by_name=by.name,
                written_at=by.at,
                **values,
            )
    except IntegrityError as error:
        if "version_number_of_a_meeting" not in str(error):
            raise
    newest = Meeting.objects.visible_to(by).filter(meeting=values["meeting"]).order_by("-no").first()
    raise _conflict(newest)


def _conflict(newest: Meeting | None) -> Conflict:
    return Conflict(f"{newest.written_by_name}, {dates.instant(newest.written_at)}" if newest else "")


def _record(case: Case, meeting: Meeting, action: str, by: Actor) -> None:
    record(by=by, kind="write", action=action, case=case.pk, child=case.child_id, object=meeting.meeting)
